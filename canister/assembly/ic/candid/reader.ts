import { Problem } from '../../problem';
import { isUtf8 } from './utf8';

/** Bits that a padded number may be spread over; bounds the work of reading it. */
export const MAX_LEB_BITS: u64 = 7 * 64;
export const TOO_PADDED: string = 'a number is padded to more than 64 bytes';

/**
 * Reads bytes from front to back. The first error is kept in `problem`; after it nothing is left to read: reads return
 * zeros, and loops over counts must check {@link Reader.failed}.
 */
@final
export class Reader {
  /** Why the bytes are malformed. */
  problem: Problem | null = null;

  constructor(
    /** Address of the next byte. */
    public at: usize,
    private end: usize,
  ) {}

  get failed(): bool {
    return this.problem !== null;
  }

  /** Bytes not read yet. */
  get left(): u32 {
    return <u32>(this.end - this.at);
  }

  fail(why: string): void {
    if (this.problem !== null) return;
    this.problem = new Problem(why);
    this.at = this.end;
  }

  /** Skips `size` bytes and returns their address; check {@link failed} before using it. */
  take(size: u64): usize {
    if (size > this.left) {
      this.fail(`it ends where ${size.toString()} more bytes should be`);
      return this.at;
    }
    const ptr = this.at;
    this.at += <usize>size;
    return ptr;
  }

  u8(): u32 {
    const ptr = this.take(1);
    return this.failed ? 0 : load<u8>(ptr);
  }

  u16(): u32 {
    const ptr = this.take(2);
    return this.failed ? 0 : load<u16>(ptr);
  }

  u32(): u32 {
    const ptr = this.take(4);
    return this.failed ? 0 : load<u32>(ptr);
  }

  u64(): u64 {
    const ptr = this.take(8);
    return this.failed ? 0 : load<u64>(ptr);
  }

  /** Passes over a LEB128 number, however many bytes it has. */
  skipLeb(): void {
    const end = this.end;
    let at = this.at;
    while (at < end && load<u8>(at) >= 0x80) ++at;
    this.at = at;
    this.take(1);
  }

  /** An unsigned LEB128 number of at most 64 bits. */
  leb(): u64 {
    let value: u64 = 0;
    let shift: u64 = 0;
    while (!this.failed) {
      const byte = this.u8();
      const bits = <u64>(byte & 0x7f);
      if (bits != 0 && (shift > 63 || (shift == 63 && bits > 1))) this.fail('a count has more than 64 bits');
      if (shift < 64) value |= bits << shift;
      if (byte < 0x80) break;
      shift += 7;
      if (shift >= MAX_LEB_BITS) this.fail(TOO_PADDED);
    }
    return this.failed ? 0 : value;
  }

  /** A signed LEB128 number that fits 32 bits. */
  sleb32(): i32 {
    let value: i64 = 0;
    let shift: u64 = 0;
    while (!this.failed) {
      const byte = this.u8();
      const bits = <u64>(byte & 0x7f);
      if (shift < 63) value |= <i64>(bits << shift);
      // All further bits have to repeat the sign.
      else if (bits != (((value >> 62) & 1) != 0 ? 0x7f : 0)) this.fail('a type code has more than 64 bits');
      shift += 7;
      if (byte < 0x80) {
        if ((byte & 0x40) != 0) value |= shift < 64 ? -1 << shift : i64.MIN_VALUE;
        break;
      }
      if (shift >= MAX_LEB_BITS) this.fail(TOO_PADDED);
    }
    if (value != <i64>(<i32>value)) this.fail('a type code has more than 32 bits');
    return this.failed ? 0 : <i32>value;
  }

  /** The length of a text, whose bytes are checked and come next: `take` them. */
  textSize(): u32 {
    const size = this.leb();
    if (size > this.left) {
      this.fail(`a text of ${size.toString()} bytes does not fit`);
      return 0;
    }
    if (!isUtf8(this.at, <u32>size)) {
      this.fail('a text is not UTF-8');
      return 0;
    }
    return <u32>size;
  }
}
