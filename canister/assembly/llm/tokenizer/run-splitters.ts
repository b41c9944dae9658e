import { CharacterRun } from './character-run';
import { RunSplitter, Splitter } from './splitter';
import { PUNCTUATION } from './unicode.generated';

const NEWLINE: u32 = 0x0a;

/** `\p{N}` or `\p{N}+`. */
export class NumberSplitter extends RunSplitter {
  constructor(single: bool) {
    super(single, false);
  }

  matches(text: CharacterRun, index: u32): bool {
    return text.isNumber(index);
  }
}

/** `\p{N}{1,3}`, from the left. */
export class NumberTripleSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    let numbers: u32 = 0;
    for (let i = start; i < end; ++i) {
      if (text.isNumber(i)) {
        if (numbers % 3 == 0) text.begin(i);
        ++numbers;
        continue;
      }
      if (numbers > 0) text.begin(i);
      numbers = 0;
    }
  }
}

/**
 * Numbers by threes from the right, as llama.cpp cuts them for AFMoE and Aya: the text before a number stays with its
 * first one to three digits.
 */
export class NumberGroupSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    let digits: u32 = 0;
    for (let i = end; i > start; --i) {
      if (!text.isNumber(i - 1)) {
        digits = 0;
        continue;
      }
      if (digits % 3 == 0) text.begin(i);
      ++digits;
    }
  }
}

/** `\S+` */
export class SpaceSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start + 1; i < end; ++i) if (text.isSpace(i) != text.isSpace(i - 1)) text.begin(i);
  }
}

/** `[^\n]+|[\n]+` */
export class LineSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start + 1; i < end; ++i) {
      if ((text.point(i) == NEWLINE) != (text.point(i - 1) == NEWLINE)) text.begin(i);
    }
  }
}

/** `(?=(\d{3})+(?!\d))`: digits by threes, from the right. */
export class ThousandsSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    let digits: u32 = 0;
    for (let i = end; i > start; --i) {
      digits = text.point(i - 1) - 0x30 < 10 ? digits + 1 : 0;
      if (digits > 0 && digits % 3 == 0) text.begin(i - 1);
    }
  }
}

/** `\s?\p{L}+` */
export class LetterSplitter extends RunSplitter {
  constructor() {
    super(false, true);
  }

  matches(text: CharacterRun, index: u32): bool {
    return text.isLetter(index);
  }
}

/** `\s?\p{P}+` */
export class PlainPunctuationSplitter extends RunSplitter {
  constructor() {
    super(false, true);
  }

  matches(text: CharacterRun, index: u32): bool {
    return (text.classOf(index) & PUNCTUATION) != 0;
  }
}

/** `[\r\n]`, each for itself. */
export class NewlineSplitter extends RunSplitter {
  constructor() {
    super(true, false);
  }

  matches(text: CharacterRun, index: u32): bool {
    return text.isNewline(index);
  }
}

/** `[\p{P}$+<=>^~|]+`, with "`" too if `backtick`. */
export class PunctuationSplitter extends RunSplitter {
  constructor(private readonly backtick: bool) {
    super(false, false);
  }

  matches(text: CharacterRun, index: u32): bool {
    if ((text.classOf(index) & PUNCTUATION) != 0) return true;
    const point = text.point(index);
    switch (point) {
      case 0x24: // $
      case 0x2b: // +
      case 0x3c: // <
      case 0x3d: // =
      case 0x3e: // >
      case 0x5e: // ^
      case 0x7c: // |
      case 0x7e: // ~
        return true;
      default:
        return point == 0x60 && this.backtick;
    }
  }
}

/** `\s?[ranges]+` or `[ranges]+`: characters by ascending ranges [first, last], none of them white space. */
export class RangeSplitter extends RunSplitter {
  constructor(
    private readonly ranges: StaticArray<u32>,
    leadingSpace: bool,
  ) {
    super(false, leadingSpace);
  }

  matches(text: CharacterRun, index: u32): bool {
    if (text.isSpace(index)) return false;
    const point = text.point(index);
    let low = 0;
    let high = this.ranges.length >> 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (unchecked(this.ranges[2 * middle + 1]) < point) low = middle + 1;
      else high = middle;
    }
    return 2 * low < this.ranges.length && unchecked(this.ranges[2 * low]) <= point;
  }
}

/** `[0-9][0-9][0-9]`, from the left. */
export class DigitTripleSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    let digits: u32 = 0;
    for (let i = start; i < end; ++i) {
      const point = text.point(i);
      digits = point >= 0x30 && point <= 0x39 ? digits + 1 : 0;
      if (digits < 3) continue;
      text.begin(i - 2);
      text.begin(i + 1);
      digits = 0;
    }
  }
}

/** `\s+$`: white space at the end of a piece. */
export class TrailingSpaceSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    let from = end;
    while (from > start && text.isSpace(from - 1)) --from;
    if (from < end) text.begin(from);
  }
}
