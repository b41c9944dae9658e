/** Reading and writing of the wasm binary format's primitive values (WebAssembly core specification, 5.2). */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A malformed binary. `offset` is the byte offset in the module of the error. */
export class WasmFormatError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(`${message} (at offset 0x${offset.toString(16)})`);
    this.name = 'WasmFormatError';
    this.offset = offset;
  }
}

export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  u8(): number {
    if (this.at >= this.end) throw new WasmFormatError('unexpected end', this.at);
    return this.bytes[this.at++]!;
  }

  /** Unsigned LEB128 of at most 32 bits. */
  u32(): number {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      if (shift === 28 && byte > 0x0f) throw new WasmFormatError('invalid u32: integer too large', this.at - 1);
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return result >>> 0;
    }
  }

  /** Unsigned LEB128 of at most 64 bits; beyond 2^53 the number is rounded. */
  u64(): number {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      if (shift === 63 && byte > 0x01) throw new WasmFormatError('invalid u64: integer too large', this.at - 1);
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
  }

  /** Signed LEB128 of at most 32 bits. */
  s32(): number {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      if (shift === 28) {
        const sign = byte & 0x7f;
        if (byte >= 0x80 || (sign > 0x07 && sign < 0x78)) {
          throw new WasmFormatError('invalid i32: integer too large', this.at - 1);
        }
        return result | (byte << 28);
      }
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (result << (25 - shift)) >> (25 - shift);
    }
  }

  /** Signed LEB128 of at most `bits` (33 or 64). */
  s64(bits = 64): bigint {
    let result = 0n;
    for (let shift = 0n; ; ) {
      const byte = this.u8();
      result |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (byte < 0x80) return BigInt.asIntN(Number(shift), result);
      if (shift >= bits) throw new WasmFormatError(`invalid s${bits}: integer too large`, this.at - 1);
    }
  }

  take(length: number): Uint8Array {
    if (length > this.end - this.at) throw new WasmFormatError('unexpected end', this.at);
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  name(): string {
    const at = this.at;
    try {
      return utf8.decode(this.take(this.u32()));
    } catch (error) {
      if (error instanceof WasmFormatError) throw error;
      throw new WasmFormatError('malformed UTF-8 encoding', at);
    }
  }
}

export class ByteWriter {
  private buffer: Uint8Array;
  private length = 0;

  constructor(capacity = 256) {
    this.buffer = new Uint8Array(capacity);
  }

  get size(): number {
    return this.length;
  }

  private room(more: number): void {
    const need = this.length + more;
    if (need <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(need, this.buffer.length * 2));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }

  u8(...values: number[]): this {
    this.room(values.length);
    for (const value of values) this.buffer[this.length++] = value;
    return this;
  }

  u32(value: number): this {
    this.room(5);
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.buffer[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[this.length++] = rest;
    return this;
  }

  /** A number below 2^53. */
  u64(value: number): this {
    this.room(10);
    let rest = value;
    while (rest >= 0x80) {
      this.buffer[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.length++] = rest;
    return this;
  }

  s32(value: number): this {
    this.room(5);
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      if ((rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40)) {
        this.buffer[this.length++] = low;
        return this;
      }
      this.buffer[this.length++] = low | 0x80;
    }
  }

  s64(value: bigint): this {
    this.room(10);
    let rest = BigInt.asIntN(64, value);
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      if ((rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40)) {
        this.buffer[this.length++] = low;
        return this;
      }
      this.buffer[this.length++] = low | 0x80;
    }
  }

  bytes(part: Uint8Array): this {
    this.room(part.length);
    this.buffer.set(part, this.length);
    this.length += part.length;
    return this;
  }

  name(text: string): this {
    const encoded = new TextEncoder().encode(text);
    return this.u32(encoded.length).bytes(encoded);
  }

  /** A length-prefixed part. */
  sized(part: Uint8Array): this {
    return this.u32(part.length).bytes(part);
  }

  finish(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}
