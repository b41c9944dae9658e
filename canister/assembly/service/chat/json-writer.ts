import { Text } from '../../ic/candid/values';
import { RawBuffer } from '../../memory/raw-buffer';

const HEX: string = '0123456789abcdef';

/** Writes JSON (RFC 8259) as UTF-8 into a buffer of its own, which is reused. */
@final
export class JsonWriter {
  /** There was no memory for all of it. */
  isFull: bool = false;
  size: u32 = 0;

  constructor(private readonly buffer: RawBuffer) {}

  get ptr(): usize {
    return this.buffer.ptr;
  }

  private reserve(bytes: u32): bool {
    if (!this.isFull && this.buffer.reserve(this.size + bytes, this.size)) return true;
    this.isFull = true;
    return false;
  }

  /** Bytes that are JSON already. */
  bytes(ptr: usize, size: u32): void {
    if (!this.reserve(size)) return;
    memory.copy(this.ptr + this.size, ptr, size);
    this.size += size;
  }

  /** ASCII that is JSON already. */
  raw(text: string): void {
    if (!this.reserve(text.length)) return;
    for (let i = 0; i < text.length; ++i) this.byte(text.charCodeAt(i));
  }

  private byte(code: u32): void {
    store<u8>(this.ptr + this.size++, code);
  }

  /** A string. */
  text(text: Text): void {
    // \u00xx at most for each byte, and two quotes.
    if (!this.reserve(6 * text.size + 2)) return;
    this.byte(0x22);
    for (let i: u32 = 0; i < text.size; ++i) {
      const code = load<u8>(text.ptr + i);
      if (code == 0x22 || code == 0x5c) {
        this.byte(0x5c);
        this.byte(code);
      } else if (code < 0x20) {
        this.raw('\\u00');
        this.byte(HEX.charCodeAt(code >> 4));
        this.byte(HEX.charCodeAt(code & 15));
      } else {
        this.byte(code);
      }
    }
    this.byte(0x22);
  }

  /** A member of an object whose value is a string. */
  member(name: string, value: Text): void {
    this.raw(`"${name}":`);
    this.text(value);
  }
}
