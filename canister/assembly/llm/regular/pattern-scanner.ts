import { Problem } from '../../problem';
import { LAST_POINT } from './automata';

/** Read at the end of a pattern: no character. */
export const NONE: u32 = u32.MAX_VALUE;
const MAX_REPETITIONS: u32 = 65536;

/** Reads a pattern character by character, and the numbers and escapes in it; the first problem is kept. */
@final
export class PatternScanner {
  /** The unsupported or wrong part; null if there is none. */
  problem: Problem | null = null;
  /** Where it reads; after the end once there is a problem. */
  at: u32 = 0;

  /** @param text [ code point: u32 ] * length */
  constructor(
    private readonly text: usize,
    private readonly length: u32,
  ) {}

  get ok(): bool {
    return this.problem === null;
  }

  get atEnd(): bool {
    return this.at >= this.length;
  }

  /** Keeps a problem at this place, unless there already is one, and goes to the end; 0. */
  fail(reason: string): u32 {
    if (this.ok) this.problem = new Problem(`${reason} (at character ${this.at + 1} of the pattern)`);
    this.at = this.length;
    return 0;
  }

  /** The character at a distance; NONE behind the end. */
  peek(distance: u32 = 0): u32 {
    return this.at + distance < this.length ? load<u32>(this.text + ((<usize>(this.at + distance)) << 2)) : NONE;
  }

  /** Passes over a character if it is the next one. */
  take(point: u32): bool {
    if (this.peek() != point) return false;
    ++this.at;
    return true;
  }

  /** A number of repetitions. */
  number(): u32 {
    let value: u32 = 0;
    if (this.peek() - 0x30 > 9) this.fail('a number is missing');
    for (; this.peek() - 0x30 <= 9; ++this.at) {
      value = value * 10 + (this.peek() - 0x30);
      if (value > MAX_REPETITIONS) this.fail(`repetitions are counted to ${MAX_REPETITIONS}`);
    }
    return value;
  }

  /** The character that an escape stands for. */
  escapedPoint(): u32 {
    const letter = this.peek();
    ++this.at;
    switch (letter) {
      case 0x74:
        return 0x09;
      case 0x6e:
        return 0x0a;
      case 0x76:
        return 0x0b;
      case 0x66:
        return 0x0c;
      case 0x72:
        return 0x0d;
      case 0x30:
        return this.peek() - 0x30 > 9 ? 0 : this.fail('octal escapes are not supported');
      case 0x63:
        if ((this.peek() | 0x20) - 0x61 > 25) return this.fail('there is no such escape');
        return load<u32>(this.text + (usize(this.at++) << 2)) & 31;
      case 0x78:
        return this.hexadecimal(2);
      case 0x75:
        return this.unicode();
      default:
    }
    const isName = (letter | 0x20) - 0x61 < 26 || letter - 0x30 < 10;
    if (letter == NONE || isName) {
      --this.at;
      return this.fail('there is no such escape');
    }
    return letter;
  }

  private unicode(): u32 {
    if (this.take(0x7b)) {
      let point: u32 = 0;
      while (this.peek() != 0x7d && this.ok && point <= LAST_POINT) point = (point << 4) | this.hexadecimal(1);
      if (!this.take(0x7d) || point > LAST_POINT) return this.fail('there is no such character');
      return point;
    }
    const unit = this.hexadecimal(4);
    if ((unit & 0xfc00) != 0xd800 || this.peek() != 0x5c || this.peek(1) != 0x75) return unit;
    this.at += 2;
    const other = this.hexadecimal(4);
    if (this.ok && (other & 0xfc00) != 0xdc00) return this.fail('half of a pair of \\u escapes is missing');
    return 0x10000 + ((unit & 0x3ff) << 10) + (other & 0x3ff);
  }

  private hexadecimal(digits: u32): u32 {
    let value: u32 = 0;
    for (let i: u32 = 0; i < digits; ++i, ++this.at) {
      const point = this.peek();
      const letter = point | 0x20;
      if (point - 0x30 < 10) value = (value << 4) | (point - 0x30);
      else if (point != NONE && letter - 0x61 < 6) value = (value << 4) | (letter - 0x57);
      else return this.fail('hexadecimal digits are missing');
    }
    return value;
  }
}
