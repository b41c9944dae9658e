/** A GGUF file of a few layers with random weights, for tests that need any model, or one with a particular error. */
import type { TensorType } from '../../test/gguf/layout.js';
import { type ModelShape, randomModel } from '../../test/gguf/random-model.js';
import { gguf } from '../../test/gguf/writer.js';

interface Options extends Partial<ModelShape> {
  /** Metadata that replaces the true values. */
  claimed?: { architecture?: string; feedForward?: number; heads?: number; scaling?: string };
  /** A tensor to leave out, and one to add. */
  without?: string;
  extra?: string;
  /** A chat template. */
  template?: string;
}

export const TINY: ModelShape = {
  architecture: 'llama',
  layers: 2,
  embedding: 64,
  heads: 4,
  keyValueHeads: 2,
  headDim: 16,
  feedForward: 160,
  vocabulary: 400,
  context: 2048,
  ropeBase: 10000,
  tied: true,
  type: (): TensorType => 'Q8_0',
};

/** The file in memory. */
export function tinyModel({ claimed = {}, without, extra, template, ...shape }: Options = {}): Uint8Array {
  const { metadata, tensors } = randomModel({ ...TINY, ...shape });
  const prefix = String((metadata['general.architecture'] as { value: string }).value);
  if (claimed.architecture) metadata['general.architecture'] = { type: 'string', value: claimed.architecture };
  if (claimed.feedForward) metadata[`${prefix}.feed_forward_length`] = { type: 'u32', value: claimed.feedForward };
  if (claimed.heads) metadata[`${prefix}.attention.head_count`] = { type: 'u32', value: claimed.heads };
  if (claimed.scaling) metadata[`${prefix}.rope.scaling.type`] = { type: 'string', value: claimed.scaling };
  if (template) metadata['tokenizer.chat_template'] = { type: 'string', value: template };
  const kept = tensors.filter(({ name }) => name !== without);
  if (extra) kept.push({ name: extra, type: 'F32', shape: [4], data: () => [new Uint8Array(16)] });
  return gguf(metadata, kept);
}
