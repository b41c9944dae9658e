/** Writes the header of a GGUF file. Nothing is checked, so the header may be invalid. */
import { ALIGNMENT, VALUE, type ValueType } from './layout.js';

/** Texts may be given as bytes, which need not be UTF-8. */
type Scalar = number | bigint | boolean | string | Uint8Array;
export type ArrayValue = { array: ValueType; values: readonly (Scalar | ArrayValue)[] };

/** A metadata value: its type and the value, or the values of an array. */
export type Value = { type: ValueType; value: Scalar } | ArrayValue;

/** A tensor as a header describes it. */
export interface TensorEntry {
  name: string;
  /** ne0 (length of a row) first. */
  shape: readonly (number | bigint)[];
  /** ggml's number. */
  type: number;
  offset: number | bigint;
}

/** The contents of a header. Counts are the lengths of the lists unless they are given. */
export interface Header {
  magic?: string;
  version?: number;
  metadata?: readonly (readonly [string, Value])[];
  keyCount?: bigint;
  tensors?: readonly TensorEntry[];
  tensorCount?: bigint;
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
    this.#view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), true);
  }

  bytes(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  string(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    this.u64(bytes.length);
    this.bytes(bytes);
  }

  value(value: Value): void {
    if ('array' in value) {
      this.u32(VALUE.array);
      this.#array(value);
    } else {
      this.u32(VALUE[value.type]);
      this.#scalar(value.type, value.value);
    }
  }

  #array({ array, values }: ArrayValue): void {
    this.u32(VALUE[array]);
    this.u64(values.length);
    for (const element of values) this.#scalar(array, element);
  }

  #scalar(type: ValueType, value: Scalar | ArrayValue): void {
    if (typeof value === 'object' && 'array' in value) this.#array(value);
    else if (type === 'string') this.string(value instanceof Uint8Array ? value : String(value));
    else if (type === 'u64' || type === 'i64') this.u64(value as number | bigint);
    else this.#number(type as NumberType, Number(value));
  }

  #number(type: NumberType, value: number): void {
    const at = this.#room(NUMBER_BYTES[type]);
    // Takes the view only now, because making room may have replaced it.
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

function write(header: Header): Bytes {
  const { metadata = [], tensors = [] } = header;
  const bytes = new Bytes();
  bytes.bytes(new TextEncoder().encode(header.magic ?? 'GGUF'));
  bytes.u32(header.version ?? 3);
  bytes.u64(header.tensorCount ?? tensors.length);
  bytes.u64(header.keyCount ?? metadata.length);
  for (const [key, value] of metadata) {
    bytes.string(key);
    bytes.value(value);
  }
  for (const { name, shape, type, offset } of tensors) {
    bytes.string(name);
    bytes.u32(shape.length);
    for (const length of shape) bytes.u64(length);
    bytes.u32(type);
    bytes.u64(offset);
  }
  return bytes;
}

/** A header with the padding before the data. */
export function ggufHeader(header: Header, alignment = ALIGNMENT): Uint8Array {
  const bytes = write(header);
  bytes.pad(alignment);
  return bytes.written;
}

/** A whole file with `data` zero bytes after the header. Without tensors the header is not padded. */
export function ggufBytes(file: Header & { alignment?: number; data?: number }): {
  bytes: Uint8Array;
  dataOffset: number;
} {
  const bytes = write(file);
  if (file.tensors?.length) bytes.pad(file.alignment ?? ALIGNMENT);
  const dataOffset = bytes.length;
  bytes.bytes(new Uint8Array(file.data ?? 0));
  return { bytes: bytes.written.slice(), dataOffset };
}
