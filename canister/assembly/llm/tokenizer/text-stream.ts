import { REPLACEMENT, encode } from '../../utf8';

const INVALID: i32 = 0;
const PARTIAL: i32 = 1;
const COMPLETE: i32 = 2;

/** Bytes of a stream. */
export const STREAM_BYTES: usize = 8;

/** Most bytes that `TextStream` writes for `length` bytes pushed, and for a flush with `length` 0. */
export function streamRoom(length: u32): u32 {
  return 3 * (length + 3);
}

/**
 * Turns the pieces of tokens into text. A token may end in the middle of a character: such a tail (at most 3 bytes) is
 * held back until the next piece completes it, and bytes that can never become a character turn into U+FFFD, by the
 * rule of the Unicode Standard ("maximal subparts", section 3.9) and of TextDecoder. The output is always valid UTF-8.
 *
 * A stream is STREAM_BYTES bytes of raw memory at an address of its owner's choice.
 */
@unmanaged
export class TextStream {
  /** The held bytes, the first in the lowest byte, and how many there are. */
  private held: u32;
  private count: u32;

  /** A stream at its beginning. */
  static begin(at: usize): TextStream {
    const stream = TextStream.at(at);
    stream.held = stream.count = 0;
    return stream;
  }

  /** The stream that was begun there. */
  static at(at: usize): TextStream {
    return changetype<TextStream>(at);
  }

  /** Bytes that are held back, 0 to 3. */
  get pending(): u32 {
    return this.count;
  }

  /** Continues from the state of another stream. */
  copy(other: TextStream): void {
    this.held = other.held;
    this.count = other.count;
  }

  /** Takes `length` bytes at `src`; writes the text that is now whole to `dst` and returns its bytes. */
  push(src: usize, length: u32, dst: usize): u32 {
    let out: u32 = 0;
    let from: u32 = 0;
    // Complete the held character byte by byte: its bytes are not adjacent to those of the new piece.
    while (this.count > 0 && from < length) {
      const byte: u32 = load<u8>(src + from);
      const step = follow(this.held, this.count, byte);
      if (step == INVALID) {
        out += this.flush(dst + out);
        break;
      }
      this.held |= byte << (8 * this.count++);
      ++from;
      if (step == COMPLETE) {
        store<u32>(dst + out, this.held);
        out += this.count;
        this.count = this.held = 0;
      }
    }
    while (from < length) {
      const lead: u32 = load<u8>(src + from++);
      if (lead < 0x80) {
        store<u8>(dst + out++, lead);
        continue;
      }
      if (lead < 0xc2 || lead > 0xf4) {
        out += encode(REPLACEMENT, dst + out);
        continue;
      }
      this.held = lead;
      this.count = 1;
      let step = PARTIAL;
      while (step == PARTIAL && from < length) {
        const byte: u32 = load<u8>(src + from);
        step = follow(this.held, this.count, byte);
        if (step == INVALID) {
          out += this.flush(dst + out);
        } else {
          this.held |= byte << (8 * this.count++);
          ++from;
        }
      }
      if (step == COMPLETE) {
        store<u32>(dst + out, this.held);
        out += this.count;
        this.count = this.held = 0;
      }
    }
    return out;
  }

  /** The end of the text: the held bytes can no longer become a character. */
  flush(dst: usize): u32 {
    if (this.count == 0) return 0;
    this.count = this.held = 0;
    return encode(REPLACEMENT, dst);
  }
}

/** The effect of `byte` on the character with the first `count` bytes `held` (Unicode Standard, table 3-7). */
function follow(held: u32, count: u32, byte: u32): i32 {
  const lead = held & 0xff;
  let low: u32 = 0x80;
  let high: u32 = 0xbf;
  if (count == 1) {
    if (lead == 0xe0) low = 0xa0;
    else if (lead == 0xed) high = 0x9f;
    else if (lead == 0xf0) low = 0x90;
    else if (lead == 0xf4) high = 0x8f;
  }
  if (byte < low || byte > high) return INVALID;
  const length: u32 = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return count + 1 == length ? COMPLETE : PARTIAL;
}
