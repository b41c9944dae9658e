// A copy of a GGUF file with every tensor as F32: what its numbers mean, without the arithmetic of its type.
// Only what tiny-chat's files hold: version 3, tensors of type F32, F16 and Q8_0, default alignment.

import { readFileSync, writeFileSync } from 'node:fs';

const F32 = 0;
const F16 = 1;
const Q8_0 = 8;
const ARRAY = 9;
const STRING = 8;
const ALIGNMENT = 32;
/** Bytes of a metadata value by its type number; strings and arrays have none. */
const WIDTHS = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];

/** The value of an IEEE 754 half-precision bit pattern. */
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Reads forward through a GGUF header. */
class Cursor {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  u32() {
    this.at += 4;
    return this.bytes.readUInt32LE(this.at - 4);
  }
  u64() {
    this.at += 8;
    return Number(this.bytes.readBigUInt64LE(this.at - 8));
  }
  text() {
    const size = this.u64();
    this.at += size;
    return this.bytes.toString('utf8', this.at - size, this.at);
  }
  skip(type) {
    if (type === STRING) {
      this.text();
    } else if (type === ARRAY) {
      const inner = this.u32();
      const count = this.u64();
      for (let i = 0; i < count; i++) this.skip(inner);
    } else {
      this.at += WIDTHS[type];
    }
  }
}

/** The elements of a tensor as floats. */
function floats(bytes, start, count, type) {
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    if (type === F32) out[i] = bytes.readFloatLE(start + 4 * i);
    else if (type === F16) out[i] = half(bytes.readUInt16LE(start + 2 * i));
    else if (type === Q8_0) {
      const block = start + 34 * Math.floor(i / 32);
      out[i] = half(bytes.readUInt16LE(block)) * bytes.readInt8(block + 2 + (i % 32));
    } else throw new Error(`tensor type ${type} is not read here`);
  }
  return Buffer.from(out.buffer);
}

/** Writes the F32 copy of a GGUF file. */
export function writeF32(source, target) {
  const bytes = readFileSync(source);
  const cursor = new Cursor(bytes);
  cursor.at = 8;
  const tensorCount = cursor.u64();
  const keys = cursor.u64();
  for (let i = 0; i < keys; i++) {
    cursor.text();
    cursor.skip(cursor.u32());
  }
  const metadataEnd = cursor.at;
  const tensors = [];
  for (let i = 0; i < tensorCount; i++) {
    const nameStart = cursor.at;
    cursor.text();
    const dimensions = cursor.u32();
    let count = 1;
    for (let d = 0; d < dimensions; d++) count *= cursor.u64();
    const description = bytes.subarray(nameStart, cursor.at);
    tensors.push({ description, count, type: cursor.u32(), offset: cursor.u64() });
  }
  const dataStart = Math.ceil(cursor.at / ALIGNMENT) * ALIGNMENT;
  const parts = [bytes.subarray(0, metadataEnd)];
  const data = [];
  let offset = 0;
  for (const { description, count, type, offset: from } of tensors) {
    const body = floats(bytes, dataStart + from, count, type);
    const tail = Buffer.alloc(12);
    tail.writeUInt32LE(F32, 0);
    tail.writeBigUInt64LE(BigInt(offset), 4);
    parts.push(description, tail);
    data.push(body, Buffer.alloc((ALIGNMENT - (body.length % ALIGNMENT)) % ALIGNMENT));
    offset += Math.ceil(body.length / ALIGNMENT) * ALIGNMENT;
  }
  const header = Buffer.concat(parts);
  const padding = Buffer.alloc((ALIGNMENT - (header.length % ALIGNMENT)) % ALIGNMENT);
  writeFileSync(target, Buffer.concat([header, padding, ...data]));
}
