/** A value of a GGUF header: its type's number and how it is written. */
type GgufValue =
  | { text: string }
  | { u32: number }
  | { bool: boolean }
  | { texts: string[] }
  | { f32s: number[] }
  | { nested: number };

export interface GgufFile {
  metadata?: Record<string, GgufValue>;
  tensors?: { name: string; dimensions: number[]; type: number; offset: number }[];
  version?: number;
  /** Bytes of tensor data behind the header. */
  data?: number;
}

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

function value(of: GgufValue): Buffer {
  if ('text' in of) return Buffer.concat([u32(8), text(of.text)]);
  if ('u32' in of) return Buffer.concat([u32(4), u32(of.u32)]);
  if ('bool' in of) return Buffer.concat([u32(7), Buffer.from([of.bool ? 1 : 0])]);
  if ('texts' in of) return Buffer.concat([u32(9), u32(8), u64(of.texts.length), ...of.texts.map(text)]);
  if ('f32s' in of) {
    const floats = Buffer.alloc(4 * of.f32s.length);
    of.f32s.forEach((float, i) => void floats.writeFloatLE(float, 4 * i));
    return Buffer.concat([u32(9), u32(6), u64(of.f32s.length), floats]);
  }
  const levels = Array.from({ length: of.nested }, () => Buffer.concat([u32(9), u64(1)]));
  return Buffer.concat([u32(9), ...levels, u32(4), u64(1), u32(7)]);
}

/** Writes a small GGUF file for tests. */
export function ggufFile({ metadata = {}, tensors = [], version = 3, data = 0 }: GgufFile): Uint8Array {
  const keys = Object.entries(metadata);
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    u64(tensors.length),
    u64(keys.length),
    ...keys.flatMap(([key, of]) => [text(key), value(of)]),
    ...tensors.flatMap(({ name, dimensions, type, offset }) => [
      text(name),
      u32(dimensions.length),
      ...dimensions.map(u64),
      u32(type),
      u64(offset),
    ]),
  ]);
  const padding = Buffer.alloc(data > 0 ? (32 - (header.length % 32)) % 32 : 0);
  return Uint8Array.from(Buffer.concat([header, padding, Buffer.alloc(data)]));
}
