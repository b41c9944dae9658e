import { CharacterRun } from './character-run';
import { Splitter } from './splitter';
import { contraction, spaceRunEnd } from './word-splitters';

const SPACE: u32 = 0x20;
const SLASH: u32 = 0x2f;

/**
 * Words like GPT-4o's. Their expression distinguishes capitals from small letters, but llama.cpp reads both as letters
 * of any case (Aya, Youtu):
 *
 *     [^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+ contraction?  |  \p{N}{1,digits}  |   ?[^\s\p{L}\p{N}]+[\r\n/]*
 *     \s*[\r\n]+  |  \s+(?!\S)  |  \s+
 */
export class UncasedSplitter extends Splitter {
  constructor(private readonly digits: u32) {
    super();
  }

  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      text.begin(i);
      i = this.wordEnd(text, i, end);
    }
  }

  private wordEnd(text: CharacterRun, index: u32, end: u32): u32 {
    let i = index;
    if (text.isNumber(i)) {
      do ++i;
      while (i < end && i - index < this.digits && text.isNumber(i));
      return i;
    }
    if (!text.isNewline(i) && (text.isLetterOrMark(i) || (i + 1 < end && text.isLetterOrMark(i + 1)))) {
      do ++i;
      while (i < end && text.isLetterOrMark(i));
      return i < end ? i + contraction(text, i, end, true) : i;
    }
    if (text.point(i) == SPACE && i + 1 < end) ++i;
    if (text.isOther(i)) {
      do ++i;
      while (i < end && text.isOther(i));
      while (i < end && (text.isNewline(i) || text.point(i) == SLASH)) ++i;
      return i;
    }
    return spaceRunEnd(text, index, end);
  }
}
