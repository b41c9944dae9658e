import { Table } from '../../memory/table';
import { DIGITS, KEY, Literal, WORD } from './literal';

/** Results of a search, besides the place after a match. */
export const NO: i32 = -1;
/** More text is needed to decide. */
export const MORE: i32 = -2;

/** No byte: differs from every byte. */
export const END: u32 = 0x200;
/** Added to a byte of a control token. */
const CONTROL: u32 = 0x100;

/** Most bytes of waiting text: a larger call is not recognized. */
const MOST: u32 = 1 << 20;

/**
 * Text of an answer that is not decided yet:
 *
 *     text      [ u8 ] * n     whole characters
 *     controls  [ u8 ] * n     1 for a byte of a control token
 *
 * A search finds its target, excludes it, or needs more text; the outcome does not depend on how the text is cut into
 * pieces.
 */
@final
export class Pending {
  /** No more text comes. */
  isFinal: bool = false;
  /** The text that matched the last WORD or DIGITS of a literal. */
  run: string = '';
  /** The place after the match of `find`. */
  behind: i32 = 0;
  private readonly text: Table = new Table(1, MOST);
  private readonly controls: Table = new Table(1, MOST);

  get length(): i32 {
    return this.text.count;
  }

  /** Address of the bytes from an index on. */
  // @ts-ignore: decorator
  @inline
  address(at: i32): usize {
    return this.text.ptr + <usize>at;
  }

  /** Appends text; false if there is too much, or no memory. */
  append(bytes: usize, length: u32, isControl: bool): bool {
    const at = this.text.append(length);
    const mark = at < 0 ? -1 : this.controls.append(length);
    if (mark < 0) {
      if (at >= 0) this.text.count = at;
      return false;
    }
    memory.copy(this.text.row(at), bytes, length);
    memory.fill(this.controls.row(mark), u8(isControl), length);
    return true;
  }

  /** Removes the first `count` bytes. */
  drop(count: i32): void {
    const left = this.text.count - count;
    memory.copy(this.text.ptr, this.text.ptr + <usize>count, left);
    memory.copy(this.controls.ptr, this.controls.ptr + <usize>count, left);
    this.text.count = this.controls.count = left;
  }

  /** The byte at an index, END after the last; a control token's byte equals no plain byte. */
  // @ts-ignore: decorator
  @inline
  byte(at: i32): u32 {
    if (at >= this.length) return END;
    return (<u32>load<u8>(this.text.ptr + <usize>at)) | (<u32>load<u8>(this.controls.ptr + <usize>at) * CONTROL);
  }

  isControl(at: i32): bool {
    return at < this.length && load<u8>(this.controls.ptr + <usize>at) != 0;
  }

  /** The byte at an index, whether of a control token or not. */
  plain(at: i32): u32 {
    return this.byte(at) & ~CONTROL;
  }

  /** The result for a search that reaches the end of the text. */
  get atEnd(): i32 {
    return this.isFinal ? NO : MORE;
  }

  /** The first place from `at` on that is not white space. */
  skipSpace(at: i32): i32 {
    while (isSpace(this.byte(at))) ++at;
    return at;
  }

  /** The place after a literal that begins at `at`, ignoring white space; NO or MORE. */
  match(literal: Literal, at: i32, key: string = ''): i32 {
    const bytes = literal.bytes;
    at = this.skipSpace(at);
    for (let i = 0; i < bytes.length; ++i) {
      const byte = unchecked(bytes[i]);
      if (isSpace(byte)) {
        // Do not wait for what follows the last word of a literal.
        if (this.isLast(bytes, i)) break;
        at = this.skipSpace(at);
      } else if (byte <= KEY) {
        at = byte == KEY ? this.matchWord(key, at) : this.skipRun(byte, at);
        if (at < 0) return at;
      } else {
        const next = this.byte(at);
        if (next == END) return this.atEnd;
        if ((next & 0xff) != <u32>byte) return NO;
        if (literal.isControl(i) && !this.isControl(at)) return NO;
        ++at;
      }
    }
    return at;
  }

  private isLast(bytes: StaticArray<u8>, index: i32): bool {
    for (let i = index; i < bytes.length; ++i) if (!isSpace(bytes[i])) return false;
    return true;
  }

  private skipRun(kind: u8, at: i32): i32 {
    const from = at;
    for (; at < this.length; ++at) {
      const byte = this.byte(at);
      if (kind == DIGITS ? byte - 0x30 < 10 : (byte | 0x20) - 0x61 < 26) continue;
      this.run = this.slice(from, at);
      return at > from ? at : NO;
    }
    return this.atEnd;
  }

  /** The place after an ASCII text; NO or MORE. */
  matchWord(word: string, at: i32): i32 {
    for (let i = 0; i < word.length; ++i) {
      const byte = this.byte(at + i);
      if (byte == END) return this.atEnd;
      if (byte != <u32>word.charCodeAt(i)) return NO;
    }
    return at + word.length;
  }

  /** Whether the whole text is the beginning of a literal, at least one character of it. */
  isStartOf(literal: Literal): bool {
    const text = this.slice(0, this.length).trim();
    return text.length > 0 && literal.text.trimStart().startsWith(text);
  }

  /** The first place from `at` on where a literal begins, and sets `behind`; NO or MORE. */
  find(literal: Literal, at: i32, key: string = ''): i32 {
    for (; at < this.length; ++at) {
      if (isSpace(this.byte(at))) continue;
      const end = this.match(literal, at, key);
      if (end == MORE) return MORE;
      if (end < 0) continue;
      this.behind = end;
      return at;
    }
    return this.atEnd;
  }

  /** The text between two places. */
  slice(from: i32, to: i32): string {
    return String.UTF8.decodeUnsafe(this.address(from), to - from);
  }

  dispose(): void {
    this.text.dispose();
    this.controls.dispose();
  }
}

// @ts-ignore: decorator
@inline
export function isSpace(byte: u32): bool {
  return byte == 0x20 || byte - 9 < 5;
}
