import { Problem } from '../../problem';
import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../../utf8';

/** Bytes of the text that an error quotes. */
const SHOWN: u32 = 24;

/**
 * The text of a grammar and the parser's place in it: the next byte, spaces and comments, characters and their escapes,
 * numbers. It also keeps the first problem, with the line and a quote of the text there.
 */
@final
export class GbnfScanner {
  /** The first problem, or null. */
  problem: Problem | null = null;
  /** Address of the next byte. */
  at: usize = 0;
  private start: usize = 0;
  private end: usize = 0;

  /** Starts at the beginning of `bytes` bytes of text at `text`. */
  open(text: usize, bytes: u32): void {
    this.start = this.at = text;
    this.end = text + bytes;
  }

  // @ts-ignore: decorator
  @inline
  get ok(): bool {
    return this.problem === null;
  }

  // @ts-ignore: decorator
  @inline
  get atEnd(): bool {
    return this.at >= this.end;
  }

  /** Keeps a problem at the scanner's place, unless there already is one. */
  fail(what: string): void {
    if (!this.ok) return;
    let line = 1;
    for (let at = this.start; at < this.at && at < this.end; ++at) if (load<u8>(at) == 0x0a) ++line;
    this.problem = new Problem(`the grammar, line ${line}: ${what}${this.quote()}`);
  }

  /** The text at the scanner's place. */
  private quote(): string {
    if (this.at >= this.end) return ', at its end';
    let to = this.at;
    while (to < this.end && to < this.at + SHOWN && load<u8>(to) >= 0x20) ++to;
    while (to < this.end && (load<u8>(to) & 0xc0) == 0x80) ++to;
    return to == this.at ? '' : `, at "${String.UTF8.decodeUnsafe(this.at, to - this.at)}"`;
  }

  /** The byte at the scanner, or 0 at the end. */
  // @ts-ignore: decorator
  @inline
  get next(): u32 {
    return this.at < this.end ? load<u8>(this.at) : 0;
  }

  /** Skips a byte; false, and a problem that names `what`, if the next byte is another. */
  expect(byte: u32, what: string): bool {
    if (this.next == byte) {
      ++this.at;
      return true;
    }
    this.fail(`${what} was expected`);
    return false;
  }

  /** The byte after the next one, or 0 if there is none. */
  // @ts-ignore: decorator
  @inline
  get second(): u32 {
    return this.at + 1 < this.end ? load<u8>(this.at, 1) : 0;
  }

  /** Skips spaces and comments, and newlines if `newlines`. */
  skipSpace(newlines: bool): void {
    for (; this.at < this.end; ++this.at) {
      const byte = load<u8>(this.at);
      if (byte == 0x23) {
        while (this.at + 1 < this.end && !isNewline(load<u8>(this.at, 1))) ++this.at;
      } else if (byte != 0x20 && byte != 0x09 && !(newlines && isNewline(byte))) return;
    }
  }

  /** Skips a name; returns its bytes, 0 if there is none. */
  skipWord(): u32 {
    const from = this.at;
    while (isWord(this.next)) ++this.at;
    return <u32>(this.at - from);
  }

  /** Consumes a character of a text or a class, which may be escaped; returns its code point. */
  takeCharacter(): u32 {
    if (this.at >= this.end) {
      this.fail('the end of a text or a class is missing');
      return 0;
    }
    if (this.next == 0x5c) return this.escape();
    const decoded = decode(this.at, this.end);
    const point = decoded & DECODED_CODE_POINT;
    const length = decoded >> DECODED_LENGTH_SHIFT;
    if ((length == 1 && load<u8>(this.at) >= 0x80) || (point >= 0xd800 && point < 0xe000)) {
      this.fail('a byte that is no UTF-8');
    }
    this.at += length;
    return point;
  }

  private escape(): u32 {
    const letter = this.second;
    let digits: i32 = 0;
    let point = letter;
    switch (letter) {
      case 0x78:
        digits = 2;
        break;
      case 0x75:
        digits = 4;
        break;
      case 0x55:
        digits = 8;
        break;
      case 0x74:
        point = 0x09;
        break;
      case 0x72:
        point = 0x0d;
        break;
      case 0x6e:
        point = 0x0a;
        break;
      case 0x5c:
      case 0x22:
      case 0x5b:
      case 0x5d:
      case 0x2d:
        break;
      default:
        this.fail('there is no such escape');
        return 0;
    }
    if (digits > 0) point = this.hexadecimal(this.at + 2, digits);
    this.at += 2 + digits;
    return point;
  }

  private hexadecimal(from: usize, digits: i32): u32 {
    let value: u32 = 0;
    for (let at = from; at < from + digits; ++at) {
      const byte: u32 = at < this.end ? load<u8>(at) : 0;
      const letter = byte | 0x20;
      if (isDigit(byte)) value = (value << 4) | (byte - 0x30);
      else if (letter >= 0x61 && letter <= 0x66) value = (value << 4) | (letter - 0x57);
      else this.fail(`${digits} hexadecimal digits were expected`);
    }
    return value;
  }

  /** Consumes a decimal number; more than `most` is an error. */
  takeNumber(most: u32): u32 {
    if (!isDigit(this.next)) this.fail('a number was expected');
    let value: u64 = 0;
    for (; isDigit(this.next) && this.ok; ++this.at) {
      value = value * 10 + (this.next - 0x30);
      if (value > most) this.fail(`the number is above ${most}`);
    }
    return <u32>value;
  }
}

export function isNewline(byte: u32): bool {
  return byte == 0x0a || byte == 0x0d;
}

export function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

/** Characters of names. */
export function isWord(byte: u32): bool {
  return isDigit(byte) || (byte | 0x20) - 0x61 < 26 || byte == 0x2d;
}
