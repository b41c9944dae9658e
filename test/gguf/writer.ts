/** Writes GGUF files piece by piece, so that a file may be larger than the memory. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { ggufHeader, type TensorEntry, type Value } from './header.js';
import { ALIGNMENT, TENSOR_TYPES, type TensorType } from './layout.js';

export type { Value } from './header.js';

export interface Tensor {
  name: string;
  type: TensorType;
  /** ne0 (length of a row) first. */
  shape: readonly number[];
  /** The tensor's bytes, in one or more pieces. */
  data(): Iterable<Uint8Array>;
}

/** Bytes of a tensor. */
export function tensorBytes(type: TensorType, shape: readonly number[]): number {
  const { block, bytes } = TENSOR_TYPES[type];
  return (shape.reduce((a, b) => a * b) / block) * bytes;
}

/** The file in pieces: the header, then the tensors' data with their padding. */
export function* ggufPieces(metadata: Record<string, Value>, tensors: readonly Tensor[]): Generator<Uint8Array> {
  let offset = 0;
  const entries = tensors.map(({ name, type, shape }): TensorEntry => {
    const at = offset;
    offset += Math.ceil(tensorBytes(type, shape) / ALIGNMENT) * ALIGNMENT;
    return { name, shape, type: TENSOR_TYPES[type].id, offset: at };
  });
  yield ggufHeader({ metadata: Object.entries(metadata), tensors: entries });
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
