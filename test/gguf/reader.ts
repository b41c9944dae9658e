/** Reads small GGUF files in memory for tests. The files are trusted: nothing is checked. */
import { ALIGNMENT, VALUE } from './layout.js';

export interface TensorInfo {
  name: string;
  /** ggml's number of the type. */
  type: number;
  /** ne0 (length of a row) first. */
  shape: number[];
  /** Offset of the data in the file. */
  offset: number;
}

export interface Gguf {
  metadata: Map<string, unknown>;
  tensors: Map<string, TensorInfo>;
}

/** Metadata and tensor descriptions of a file. */
export function readGguf(bytes: Uint8Array): Gguf {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 8;
  const take = (length: number): number => {
    at += length;
    return at - length;
  };
  const u32 = () => view.getUint32(take(4), true);
  const u64 = () => Number(view.getBigUint64(take(8), true));
  const string = () => {
    const length = u64();
    return new TextDecoder().decode(bytes.subarray(take(length), at));
  };
  const value = (type: number): unknown => {
    switch (type) {
      case VALUE.string:
        return string();
      case VALUE.array: {
        const element = u32();
        return Array.from({ length: u64() }, () => value(element));
      }
      case VALUE.bool:
        return view.getUint8(take(1)) !== 0;
      case VALUE.u8:
        return view.getUint8(take(1));
      case VALUE.i8:
        return view.getInt8(take(1));
      case VALUE.u16:
        return view.getUint16(take(2), true);
      case VALUE.i16:
        return view.getInt16(take(2), true);
      case VALUE.u32:
        return u32();
      case VALUE.i32:
        return view.getInt32(take(4), true);
      case VALUE.f32:
        return view.getFloat32(take(4), true);
      case VALUE.u64:
        return u64();
      case VALUE.i64:
        return Number(view.getBigInt64(take(8), true));
      case VALUE.f64:
        return view.getFloat64(take(8), true);
      default:
        throw new Error(`unknown value type ${type}`);
    }
  };
  const tensorCount = u64();
  const keys = u64();
  const metadata = new Map<string, unknown>();
  for (let i = 0; i < keys; i++) {
    const key = string();
    metadata.set(key, value(u32()));
  }
  const list: TensorInfo[] = [];
  for (let i = 0; i < tensorCount; i++) {
    const name = string();
    const shape = Array.from({ length: u32() }, () => u64());
    list.push({ name, shape, type: u32(), offset: u64() });
  }
  const alignment = (metadata.get('general.alignment') as number | undefined) ?? ALIGNMENT;
  const data = Math.ceil(at / alignment) * alignment;
  const tensors = new Map<string, TensorInfo>();
  for (const tensor of list) tensors.set(tensor.name, { ...tensor, offset: data + tensor.offset });
  return { metadata, tensors };
}
