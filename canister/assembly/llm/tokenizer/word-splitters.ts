import { CharacterRun } from './character-run';
import { Splitter } from './splitter';

const APOSTROPHE: u32 = 0x27;
const SPACE: u32 = 0x20;

/** Characters of a contraction ('s 't 'm 'd 're 've 'll) at `index`, or 0. */
export function contraction(text: CharacterRun, index: u32, end: u32, anyCase: bool): u32 {
  if (text.point(index) != APOSTROPHE || index + 1 >= end) return 0;
  const fold: u32 = anyCase ? 0x20 : 0;
  const first = text.point(index + 1) | fold;
  if (first == 0x73 || first == 0x74 || first == 0x6d || first == 0x64) return 2;
  if (index + 2 >= end) return 0;
  const second = text.point(index + 2) | fold;
  if (second == 0x65) return first == 0x72 || first == 0x76 ? 3 : 0;
  return first == 0x6c && second == 0x6c ? 3 : 0;
}

/** End of the run of white space at `index`. */
function spaceEnd(text: CharacterRun, index: u32, end: u32): u32 {
  while (index < end && text.isSpace(index)) ++index;
  return index;
}

/** `\s+(?!\S)|\s+`: a run of white space leaves its last character to the word that follows, if it has more than one. */
function spaces(index: u32, runEnd: u32, end: u32): u32 {
  return runEnd < end && runEnd - index > 1 ? runEnd - 1 : runEnd;
}

/** `\s*[\r\n]+|\s+(?!\S)|\s+` */
export function spaceRunEnd(text: CharacterRun, index: u32, end: u32): u32 {
  const runEnd = spaceEnd(text, index, end);
  for (let i = runEnd; i > index; --i) if (text.isNewline(i - 1)) return i;
  return spaces(index, runEnd, end);
}

/**
 * GPT-2's words:
 *
 *     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 */
export class Gpt2Splitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      text.begin(i);
      i = this.wordEnd(text, i, end);
    }
  }

  private wordEnd(text: CharacterRun, index: u32, end: u32): u32 {
    const short = contraction(text, index, end, false);
    if (short > 0) return index + short;
    let i = index;
    if (text.point(i) == SPACE && i + 1 < end) ++i;
    if (text.isLetter(i)) {
      do ++i;
      while (i < end && text.isLetter(i));
      return i;
    }
    if (text.isNumber(i)) {
      do ++i;
      while (i < end && text.isNumber(i));
      return i;
    }
    if (text.isOther(i)) {
      do ++i;
      while (i < end && text.isOther(i));
      return i;
    }
    return spaces(index, spaceEnd(text, index, end), end);
  }
}

/**
 * Llama 3's words, with `digits` = 3; Qwen 2's differ only in `digits` = 1, and in Qwen 3.5's marks count as letters:
 *
 *     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,digits}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 */
export class Llama3Splitter extends Splitter {
  constructor(
    private readonly digits: u32,
    private readonly marks: bool = false,
  ) {
    super();
  }

  // @ts-ignore: decorator
  @inline
  private isLetter(text: CharacterRun, index: u32): bool {
    return this.marks ? text.isLetterOrMark(index) : text.isLetter(index);
  }

  private isOther(text: CharacterRun, index: u32): bool {
    return text.isOther(index) && !this.isLetter(text, index);
  }

  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      text.begin(i);
      i = this.wordEnd(text, i, end);
    }
  }

  private wordEnd(text: CharacterRun, index: u32, end: u32): u32 {
    const short = contraction(text, index, end, true);
    if (short > 0) return index + short;
    let i = index;
    if (text.isNumber(i)) {
      do ++i;
      while (i < end && i - index < this.digits && text.isNumber(i));
      return i;
    }
    if (!text.isNewline(i) && (this.isLetter(text, i) || (i + 1 < end && this.isLetter(text, i + 1)))) {
      do ++i;
      while (i < end && this.isLetter(text, i));
      return i;
    }
    if (text.point(i) == SPACE && i + 1 < end) ++i;
    if (this.isOther(text, i)) {
      do ++i;
      while (i < end && this.isOther(text, i));
      while (i < end && text.isNewline(i)) ++i;
      return i;
    }
    return spaceRunEnd(text, index, end);
  }
}
