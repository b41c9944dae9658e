/** The mini models as files, for llama.cpp. */
import { join } from 'node:path';
import { dequantize } from '../../canister/test/reference/dequantize.js';
import { TENSOR_TYPES } from '../gguf/layout.js';
import { type Tensor, writeGguf } from '../gguf/writer.js';
import { miniModel, minis } from './minis.js';
import { wideModels } from './wide.js';

/** The same weights as F32. */
function exact(tensor: Tensor): Tensor {
  return {
    ...tensor,
    type: 'F32',
    *data() {
      const bytes = new Uint8Array(Buffer.concat([...tensor.data()]));
      const count = tensor.shape.reduce((a, b) => a * b);
      yield new Uint8Array(dequantize(TENSOR_TYPES[tensor.type].id, bytes, count).buffer);
    },
  };
}

/**
 * Writes NAME.gguf, and NAME.f32 with the same weights in F32, for all mini models or those of the names given.
 * Returns the names of those whose type llama.cpp cannot multiply.
 */
export function writeMinis(folder: string, names: readonly string[]): string[] {
  const chosen = [...minis, ...wideModels].filter(({ name }) => names.length === 0 || names.includes(name));
  for (const mini of chosen) {
    const { metadata, tensors } = miniModel(mini);
    writeGguf(join(folder, `${mini.name}.gguf`), metadata, tensors);
    writeGguf(join(folder, `${mini.name}.f32`), metadata, tensors.map(exact));
  }
  return chosen.filter(({ exactOnly }) => exactOnly).map(({ name }) => name);
}
