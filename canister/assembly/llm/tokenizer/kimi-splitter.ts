import { CharacterRun } from './character-run';
import { Splitter } from './splitter';
import { contraction, spaceRunEnd } from './word-splitters';

const SPACE: u32 = 0x20;

/** Ranges of ideographs, as llama.cpp has them for Kimi: [first, last], ascending. */
// prettier-ignore
const HAN: StaticArray<u32> = [
  0x3400, 0x4dbf, 0x4e00, 0x9fff, 0xf900, 0xfaff, 0x20000, 0x2a6df, 0x2a700, 0x2ebef, 0x2f800, 0x2fa1f,
];

function isHan(text: CharacterRun, index: u32): bool {
  const point = text.point(index);
  for (let i = 0; i < HAN.length; i += 2) {
    if (point < unchecked(HAN[i])) return false;
    if (point <= unchecked(HAN[i + 1])) return true;
  }
  return false;
}

/**
 * Kimi K2's words, as llama.cpp finds them: case and marks do not count, ideographs keep to themselves.
 *
 *     \p{Han}+  |  [^\r\n\p{L}\p{N}]?[letters but Han]+ contraction?  |  \p{N}{1,3}  |   ?[^\s\p{L}\p{N}]+[\r\n]*
 *     \s*[\r\n]+  |  \s+(?!\S)  |  \s+
 */
export class KimiSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      text.begin(i);
      i = this.wordEnd(text, i, end);
    }
  }

  private wordEnd(text: CharacterRun, index: u32, end: u32): u32 {
    let i = index;
    if (isHan(text, i)) {
      do ++i;
      while (i < end && isHan(text, i));
      return i;
    }
    if (text.isNumber(i)) {
      do ++i;
      while (i < end && i - index < 3 && text.isNumber(i));
      return i;
    }
    if (!text.isNewline(i) && !text.isLetter(i)) ++i;
    if (i < end && this.isLetter(text, i)) {
      do ++i;
      while (i < end && this.isLetter(text, i));
      return i < end ? i + contraction(text, i, end, true) : i;
    }
    i = index;
    if (text.point(i) == SPACE && i + 1 < end) ++i;
    if (text.isOther(i)) {
      do ++i;
      while (i < end && text.isOther(i));
      while (i < end && text.isNewline(i)) ++i;
      return i;
    }
    return spaceRunEnd(text, index, end);
  }

  private isLetter(text: CharacterRun, index: u32): bool {
    return text.isLetter(index) && !isHan(text, index);
  }
}
