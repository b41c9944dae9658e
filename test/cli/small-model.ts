import { type ModelShape, randomModel } from '../gguf/random-model.js';
import { writeGguf } from '../gguf/writer.js';

/** A model of two megabytes, which a canister loads in a moment; its answers are noise. */
export const SMALL: ModelShape = {
  architecture: 'qwen2',
  layers: 2,
  embedding: 128,
  heads: 4,
  keyValueHeads: 2,
  headDim: 32,
  feedForward: 384,
  vocabulary: 4096,
  context: 512,
  ropeBase: 1e4,
  tied: false,
  type: () => 'Q8_0',
};

export function writeSmallModel(path: string, seed = 1): void {
  const { metadata, tensors } = randomModel(SMALL, seed);
  writeGguf(path, metadata, tensors);
}
