/** Writes GGUF files for tests, sound ones and others: nothing here checks anything. */

export const type = {
  u8: 0,
  i8: 1,
  u16: 2,
  i16: 3,
  u32: 4,
  i32: 5,
  f32: 6,
  bool: 7,
  string: 8,
  array: 9,
  u64: 10,
  i64: 11,
  f64: 12,
} as const;

export type ValueType = keyof typeof type;
export type Scalar = number | bigint | boolean | string | Uint8Array;

/** A key's value: a scalar of a type, or an array of them. */
type Value = readonly [ValueType, Scalar] | readonly [ValueType, readonly Scalar[]];

export interface Tensor {
  name: string;
  shape: readonly (number | bigint)[];
  type: number;
  offset: number | bigint;
}

export interface Gguf {
  magic?: string;
  version?: number;
  metadata?: readonly (readonly [string, Value])[];
  /** Written in place of the number of metadata keys. */
  keyCount?: bigint;
  tensors?: readonly Tensor[];
  tensorCount?: bigint;
  alignment?: number;
  /** Bytes of the data section. */
  data?: number;
}

class Writer {
  readonly #parts: Uint8Array[] = [];
  length = 0;

  bytes(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    this.length += bytes.length;
    return this;
  }

  number(bytes: number, set: (view: DataView) => void): this {
    const view = new DataView(new ArrayBuffer(bytes));
    set(view);
    return this.bytes(new Uint8Array(view.buffer));
  }

  u32(value: number): this {
    return this.number(4, (view) => view.setUint32(0, value, true));
  }

  u64(value: number | bigint): this {
    return this.number(8, (view) => view.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true));
  }

  text(value: string | Uint8Array): this {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    return this.u64(bytes.length).bytes(bytes);
  }

  scalar(kind: ValueType, value: Scalar): this {
    if (kind === 'string') return this.text(value as string | Uint8Array);
    const number = Number(value);
    switch (kind) {
      case 'u8':
      case 'bool':
        return this.number(1, (view) => view.setUint8(0, number));
      case 'i8':
        return this.number(1, (view) => view.setInt8(0, number));
      case 'u16':
        return this.number(2, (view) => view.setUint16(0, number, true));
      case 'i16':
        return this.number(2, (view) => view.setInt16(0, number, true));
      case 'u32':
        return this.u32(number);
      case 'i32':
        return this.number(4, (view) => view.setInt32(0, number, true));
      case 'f32':
        return this.number(4, (view) => view.setFloat32(0, number, true));
      case 'f64':
        return this.number(8, (view) => view.setFloat64(0, number, true));
      case 'u64':
      case 'i64':
        return this.u64(value as number | bigint);
      default:
        throw new Error(`no scalar of type ${kind}`);
    }
  }

  value([kind, value]: Value): this {
    if (!Array.isArray(value)) return this.u32(type[kind]).scalar(kind, value as Scalar);
    this.u32(type.array).u32(type[kind]).u64(value.length);
    for (const element of value as readonly Scalar[]) this.scalar(kind, element);
    return this;
  }

  finish(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/** The file's bytes; `dataOffset` is where the data section begins. */
export function ggufBytes(file: Gguf): { bytes: Uint8Array; dataOffset: number } {
  const { metadata = [], tensors = [], alignment = 32, data = 0 } = file;
  const writer = new Writer();
  writer.bytes(new TextEncoder().encode(file.magic ?? 'GGUF')).u32(file.version ?? 3);
  writer.u64(file.tensorCount ?? BigInt(tensors.length)).u64(file.keyCount ?? BigInt(metadata.length));
  for (const [key, value] of metadata) writer.text(key).value(value);
  for (const tensor of tensors) {
    writer.text(tensor.name).u32(tensor.shape.length);
    for (const length of tensor.shape) writer.u64(length);
    writer.u32(tensor.type).u64(tensor.offset);
  }
  const dataOffset = tensors.length === 0 ? writer.length : Math.ceil(writer.length / alignment) * alignment;
  writer.bytes(new Uint8Array(dataOffset - writer.length)).bytes(new Uint8Array(data));
  return { bytes: writer.finish(), dataOffset };
}
