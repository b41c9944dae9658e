/** Writes GGUF files, piece by piece, so that a file may be bigger than memory would like. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { ALIGNMENT, TENSOR_TYPES, type TensorType, VALUE, type ValueType } from './layout.js';

type Scalar = number | bigint | boolean | string;

/** A metadata value: its type and the value, or the values of an array. */
export type Value = { type: ValueType; value: Scalar } | { array: ValueType; values: readonly Scalar[] };

export interface Tensor {
  name: string;
  type: TensorType;
  /** ne0 (length of a row) first. */
  shape: readonly number[];
  /** Its bytes, in one or more pieces. */
  data(): Iterable<Uint8Array>;
}

/** Bytes of a tensor. */
export function tensorBytes(type: TensorType, shape: readonly number[]): number {
  const { block, bytes } = TENSOR_TYPES[type];
  return (shape.reduce((a, b) => a * b) / block) * bytes;
}

const NUMBER_BYTES = { bool: 1, u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, f32: 4, f64: 8 } as const;
type NumberType = keyof typeof NUMBER_BYTES;

class Bytes {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  length = 0;

  #room(count: number): number {
    while (this.length + count > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    const at = this.length;
    this.length += count;
    return at;
  }

  u32(value: number): void {
    this.#number('u32', value);
  }

  u64(value: number | bigint): void {
    const at = this.#room(8);
    this.#view.setBigUint64(at, BigInt(value), true);
  }

  string(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.u64(bytes.length);
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  scalar(type: ValueType, value: Scalar): void {
    if (type === 'array') throw new TypeError('arrays of arrays are not written');
    if (type === 'string') this.string(String(value));
    else if (type === 'u64' || type === 'i64') this.u64(BigInt.asUintN(64, BigInt(value)));
    else this.#number(type as NumberType, Number(value));
  }

  #number(type: NumberType, value: number): void {
    const at = this.#room(NUMBER_BYTES[type]);
    // Only now: making room may have moved everything.
    const view = this.#view;
    if (type === 'bool' || type === 'u8') view.setUint8(at, value);
    else if (type === 'i8') view.setInt8(at, value);
    else if (type === 'u16') view.setUint16(at, value, true);
    else if (type === 'i16') view.setInt16(at, value, true);
    else if (type === 'u32') view.setUint32(at, value, true);
    else if (type === 'i32') view.setInt32(at, value, true);
    else if (type === 'f32') view.setFloat32(at, value, true);
    else view.setFloat64(at, value, true);
  }

  pad(alignment: number): void {
    this.#room((alignment - (this.length % alignment)) % alignment);
  }

  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

/** The file in pieces: the header, then the tensors' data with their padding. */
export function* ggufPieces(metadata: Record<string, Value>, tensors: readonly Tensor[]): Generator<Uint8Array> {
  const header = new Bytes();
  header.u32(0x46554747);
  header.u32(3);
  header.u64(tensors.length);
  header.u64(Object.keys(metadata).length);
  for (const [key, value] of Object.entries(metadata)) {
    header.string(key);
    if ('array' in value) {
      header.u32(VALUE.array);
      header.u32(VALUE[value.array]);
      header.u64(value.values.length);
      for (const element of value.values) header.scalar(value.array, element);
    } else {
      header.u32(VALUE[value.type]);
      header.scalar(value.type, value.value);
    }
  }
  let offset = 0;
  for (const { name, type, shape } of tensors) {
    header.string(name);
    header.u32(shape.length);
    for (const length of shape) header.u64(length);
    header.u32(TENSOR_TYPES[type].id);
    header.u64(offset);
    offset += Math.ceil(tensorBytes(type, shape) / ALIGNMENT) * ALIGNMENT;
  }
  header.pad(ALIGNMENT);
  yield header.written;
  for (const { name, type, shape, data } of tensors) {
    let length = 0;
    for (const piece of data()) {
      length += piece.length;
      yield piece;
    }
    const expected = tensorBytes(type, shape);
    if (length !== expected) throw new Error(`tensor ${name} has ${length} bytes of data, not ${expected}`);
    yield new Uint8Array((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT);
  }
}

/** The whole file in memory. */
export function gguf(metadata: Record<string, Value>, tensors: readonly Tensor[]): Uint8Array {
  return new Uint8Array(Buffer.concat([...ggufPieces(metadata, tensors)].map((piece) => piece.slice())));
}

/** Writes the file to a path. */
export function writeGguf(path: string, metadata: Record<string, Value>, tensors: readonly Tensor[]): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of ggufPieces(metadata, tensors)) writeSync(file, piece);
  } finally {
    closeSync(file);
  }
}
