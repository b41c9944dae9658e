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
export function spaceEnd(text: CharacterRun, index: u32, end: u32): u32 {
  while (index < end && text.isSpace(index)) ++index;
  return index;
}

/** `\s+(?!\S)|\s+`: a run of white space leaves its last character to the word that follows, if it has more than one. */
export function spaces(index: u32, runEnd: u32, end: u32): u32 {
  return runEnd < end && runEnd - index > 1 ? runEnd - 1 : runEnd;
}

/** `\s*[\r\n]+`: up to the last end of a line in the white space [index, runEnd); `index` if there is none. */
function newlineEnd(text: CharacterRun, index: u32, runEnd: u32): u32 {
  while (runEnd > index && !text.isNewline(runEnd - 1)) --runEnd;
  return runEnd;
}

/** `\s*[\r\n]+|\s+(?!\S)|\s+` */
export function spaceRunEnd(text: CharacterRun, index: u32, end: u32): u32 {
  const runEnd = spaceEnd(text, index, end);
  const line = newlineEnd(text, index, runEnd);
  return line > index ? line : spaces(index, runEnd, end);
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
 * `\s*[\r\n]+|\s{512}(?!\S)|\s{256}(?!\S)|...|\s{4}(?!\S)|\s{1,2}(?!\S)|\s`: cuts a run of white space into powers of
 * two, the longest first, without the last character, which it leaves to a following word.
 */
function cutByPowers(text: CharacterRun, index: u32, end: u32): u32 {
  const runEnd = spaceEnd(text, index, end);
  const line = newlineEnd(text, index, runEnd);
  if (line > index) return line;
  const last = spaces(index, runEnd, end);
  for (let length: u32 = 512; index < last; index += length) {
    while (length > last - index) length >>= 1;
    text.begin(index);
  }
  return last;
}

/**
 * Llama 3's words, with `digits` = 3; Qwen 2's differ only in `digits` = 1, and in Qwen 3.5's marks count as letters:
 *
 *     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,digits}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 */
export class Llama3Splitter extends Splitter {
  /** Contractions are words; without that an apostrophe begins the letters behind it. */
  contractions: bool = true;
  /** The ends of lines behind symbols belong to them. */
  newlinesFollow: bool = true;
  /** White space is cut into lengths that are powers of two. */
  powers: bool = false;

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
    const short = this.contractions ? contraction(text, index, end, true) : 0;
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
      while (this.newlinesFollow && i < end && text.isNewline(i)) ++i;
      return i;
    }
    return this.powers ? cutByPowers(text, index, end) : spaceRunEnd(text, index, end);
  }
}
