import { CharacterRun } from './character-run';
import { Splitter } from './splitter';
import { contraction, spaceRunEnd } from './word-splitters';

const SPACE: u32 = 0x20;
const SLASH: u32 = 0x2f;

/**
 * Words that end where small letters are followed by capitals, in llama.cpp's version (it knows case in ASCII only).
 * One-digit numbers without contractions are Mistral's Tekken, three-digit ones with contractions are GPT-4o's; with
 * `marks` combining marks are letters, as in Granite's multilingual embeddings.
 *
 *     [^\r\n\p{L}\p{N}]? C* c+ contraction?  |  [^\r\n\p{L}\p{N}]? C+ c* contraction?
 *     \p{N}{1,digits}  |   ?[^\s\p{L}\p{N}]+[\r\n/]*  |  \s*[\r\n]+  |  \s+(?!\S)  |  \s+
 */
export class CaseSplitter extends Splitter {
  constructor(
    private readonly digits: u32,
    private readonly contractions: bool,
    private readonly marks: bool = false,
  ) {
    super();
  }

  // @ts-ignore: decorator
  @inline
  private isLetter(text: CharacterRun, index: u32): bool {
    return this.marks ? text.isLetterOrMark(index) : text.isLetter(index);
  }

  /** Letters that match C: all but a-z. */
  private isCapital(text: CharacterRun, index: u32): bool {
    return this.isLetter(text, index) && text.point(index) - 0x61 >= 26;
  }

  /** Letters that match c: all but A-Z. */
  private isSmall(text: CharacterRun, index: u32): bool {
    return this.isLetter(text, index) && text.point(index) - 0x41 >= 26;
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
      const letters = this.lettersEnd(text, i, end);
      if (letters > index)
        return this.contractions && letters < end ? letters + contraction(text, letters, end, true) : letters;
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

  /** End of the letters at `index`, or after the one character there; `index` if there are none. */
  private lettersEnd(text: CharacterRun, index: u32, end: u32): u32 {
    const first = text.isLetter(index) ? index : index + 1;
    if (first == end || !this.isLetter(text, first)) return this.isLetter(text, index) ? index + 1 : index;
    const mixed = this.mixedEnd(text, first, end);
    if (mixed > first) return mixed;
    // A mark before nothing but capitals is a small letter that ends the word.
    if (this.isLetter(text, index) && first > index) return index + 1;
    let i = first;
    while (i < end && this.isCapital(text, i)) ++i;
    return i;
  }

  /** `C* c+` at `index`; `index` if it does not match. */
  private mixedEnd(text: CharacterRun, index: u32, end: u32): u32 {
    let capitals = index;
    while (capitals < end && this.isCapital(text, capitals)) ++capitals;
    let i = capitals;
    while (i < end && this.isSmall(text, i)) ++i;
    if (i > capitals) return i;
    // No small letter follows: the last capital that can be a small letter as well is taken as one.
    for (let last = capitals; last > index; --last) if (this.isSmall(text, last - 1)) return last;
    return index;
  }
}
