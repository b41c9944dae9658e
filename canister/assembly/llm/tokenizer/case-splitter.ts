import { CharacterRun } from './character-run';
import { Splitter } from './splitter';
import { contraction, spaceRunEnd } from './word-splitters';

const SPACE: u32 = 0x20;
const SLASH: u32 = 0x2f;

/** A letter that may stand where capitals do: all but a-z. */
function isCapital(text: CharacterRun, index: u32): bool {
  return text.isLetter(index) && text.point(index) - 0x61 >= 26;
}

/** A letter that may stand where small ones do: all but A-Z. */
function isSmall(text: CharacterRun, index: u32): bool {
  return text.isLetter(index) && text.point(index) - 0x41 >= 26;
}

/**
 * Words that end where small letters are followed by capitals, as llama.cpp has them (it knows case in ASCII only): with
 * one digit a number and no contractions Mistral's Tekken, with three and contractions GPT-4o's.
 *
 *     [^\r\n\p{L}\p{N}]? C* c+ contraction?  |  [^\r\n\p{L}\p{N}]? C+ c* contraction?
 *     \p{N}{1,digits}  |   ?[^\s\p{L}\p{N}]+[\r\n/]*  |  \s*[\r\n]+  |  \s+(?!\S)  |  \s+
 */
export class CaseSplitter extends Splitter {
  constructor(
    private readonly digits: u32,
    private readonly contractions: bool,
  ) {
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
    if (!text.isNewline(i)) {
      if (!text.isLetter(i)) ++i;
      if (i < end && text.isLetter(i)) return this.lettersEnd(text, i, end);
    }
    i = index;
    if (text.point(i) == SPACE && i + 1 < end) ++i;
    if (text.isOther(i)) {
      do ++i;
      while (i < end && text.isOther(i));
      while (i < end && (text.isNewline(i) || text.point(i) == SLASH)) ++i;
      return i;
    }
    return spaceRunEnd(text, index, end);
  }

  private lettersEnd(text: CharacterRun, index: u32, end: u32): u32 {
    let capitals = index;
    while (capitals < end && isCapital(text, capitals)) ++capitals;
    let i = capitals;
    while (i < end && isSmall(text, i)) ++i;
    if (i == capitals) {
      // No small letter follows: the last capital that can be a small letter as well is taken as one.
      for (let last = capitals; last > index; --last) {
        if (!isSmall(text, last - 1)) continue;
        i = last;
        break;
      }
    }
    return this.contractions && i < end ? i + contraction(text, i, end, true) : i;
  }
}
