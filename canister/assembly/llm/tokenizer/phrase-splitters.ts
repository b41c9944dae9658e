import { CharacterRun } from './character-run';
import { Splitter } from './splitter';
import { contraction, spaceRunEnd } from './word-splitters';

const SPACE: u32 = 0x20;
const SLASH: u32 = 0x2f;

/**
 * Pieces of several words (EXAONE MoE): single spaces between letters stay within.
 *
 *     contraction  |  [^\r\n\p{L}\p{N}]?(\p{L}\p{M}*( \p{L}\p{M}*)*)+  |  \p{N}  |   ?[^\s\p{L}\p{N}]+[\r\n/]?
 *     \s*[\r\n]  |  \s+(?!\S)  |  \s+
 */
export class PhraseSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      text.begin(i);
      i = this.phraseEnd(text, i, end);
    }
  }

  private phraseEnd(text: CharacterRun, index: u32, end: u32): u32 {
    const short = contraction(text, index, end, true);
    if (short > 0) return index + short;
    let i = index;
    if (text.isNumber(i)) return i + 1;
    if (!text.isNewline(i) && !text.isLetter(i)) ++i;
    if (i < end && text.isLetter(i)) {
      for (++i; i < end; ++i) {
        if (text.isLetterOrMark(i)) continue;
        if (text.point(i) != SPACE || i + 1 == end || !text.isLetter(i + 1)) break;
      }
      return i;
    }
    i = index;
    if (text.point(i) == SPACE && i + 1 < end) ++i;
    if (text.isOther(i)) {
      do ++i;
      while (i < end && text.isOther(i));
      return i < end && (text.isNewline(i) || text.point(i) == SLASH) ? i + 1 : i;
    }
    return spaceRunEnd(text, index, end);
  }
}

/** Characters that end a clause: ( ) | . , ! ? and the stops of other scripts. */
// prettier-ignore
const STOPS: StaticArray<u32> = [
  0x21, 0x28, 0x29, 0x2c, 0x2e, 0x3f, 0x7c, 0x60c, 0x6d4, 0x964, 0x2026, 0x3001, 0x3002, 0xff0c,
];

/**
 * ` ?[^(\s|.,!?...)]+`: words between white space and stops (BLOOM, Poro, Viking); text between matches stays together.
 */
export class ClauseSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      let next = i;
      if (text.point(i) == SPACE && i + 1 < end && this.isWord(text, i + 1)) ++next;
      else if (!this.isWord(text, i)) {
        ++i;
        continue;
      }
      do ++next;
      while (next < end && this.isWord(text, next));
      text.begin(i);
      text.begin(next);
      i = next;
    }
  }

  private isWord(text: CharacterRun, index: u32): bool {
    return !text.isSpace(index) && !STOPS.includes(text.point(index));
  }
}
