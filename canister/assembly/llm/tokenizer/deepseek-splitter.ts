import { CharacterRun } from './character-run';
import { Splitter } from './splitter';
import { spaceEnd, spaceRunEnd, spaces } from './word-splitters';

const SPACE: u32 = 0x20;

function isAsciiLetter(point: u32): bool {
  return (point | 0x20) - 0x61 < 26;
}

/** ASCII that is visible and neither letter nor digit. */
function isAsciiMark(point: u32): bool {
  return point > 0x20 && point < 0x7f && !isAsciiLetter(point) && point - 0x30 >= 10;
}

/**
 * The words of DeepSeek V3 within the pieces of its other passes:
 *
 *     [ASCII punctuation][A-Za-z]+  |  [^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+  |   ?[\p{P}\p{S}]+[\r\n]*
 *     \s*[\r\n]+  |  \s+(?!\S)  |  \s+
 *
 * Text between matches stays together. With `linesApart` (Spark 2.5) the end of a line is a piece of its own and
 * belongs to nothing before it:
 *
 *     ...  |   ?[\p{P}\p{S}]+  |  [\r\n]  |  \s+(?!\S)  |  \s+
 */
export class DeepSeekSplitter extends Splitter {
  constructor(private readonly linesApart: bool = false) {
    super();
  }

  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      const next = this.matchEnd(text, i, end);
      if (next > i) {
        text.begin(i);
        text.begin(next);
      }
      i = max(next, i + 1);
    }
  }

  /** End of the match at `index`; `index` if there is none. */
  private matchEnd(text: CharacterRun, index: u32, end: u32): u32 {
    let i = index + 1;
    if (isAsciiMark(text.point(index)) && i < end && isAsciiLetter(text.point(i))) {
      while (i < end && isAsciiLetter(text.point(i))) ++i;
      return i;
    }
    i = index;
    if (!text.isNewline(i) && !text.isLetterOrMark(i) && !text.isPunctuationOrSymbol(i)) ++i;
    if (i < end && text.isLetterOrMark(i)) {
      while (i < end && text.isLetterOrMark(i)) ++i;
      return i;
    }
    i = index;
    if (text.point(i) == SPACE) ++i;
    if (i < end && text.isPunctuationOrSymbol(i)) {
      while (i < end && text.isPunctuationOrSymbol(i)) ++i;
      while (!this.linesApart && i < end && text.isNewline(i)) ++i;
      return i;
    }
    if (!text.isSpace(index)) return index;
    if (!this.linesApart) return spaceRunEnd(text, index, end);
    return text.isNewline(index) ? index + 1 : spaces(index, spaceEnd(text, index, end), end);
  }
}
