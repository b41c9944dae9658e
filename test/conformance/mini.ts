/** A mini model: a small shape with random weights, and what it tests. */
import type { ModelShape } from '../gguf/random-model.js';
import type { Value } from '../gguf/writer.js';

export interface Mini {
  name: string;
  /** What the model tests. */
  about: string;
  shape: ModelShape;
  /** llama.cpp has no product for this type, so only its dequantised weights are a reference. */
  exactOnly?: true;
  /** All metadata except the vocabulary, instead of the minis' own. */
  metadata?: Record<string, Value>;
}

/** The defaults of minis. */
export const BASE: ModelShape = {
  architecture: 'llama',
  layers: 3,
  embedding: 64,
  heads: 4,
  keyValueHeads: 2,
  headDim: 16,
  feedForward: 96,
  vocabulary: 331,
  context: 512,
  ropeBase: 10000,
  sharpness: 3,
  tied: true,
  type: () => 'F32',
};

export const f32 = (value: number): Value => ({ type: 'f32', value });
export const u32 = (value: number): Value => ({ type: 'u32', value });
export const text = (value: string): Value => ({ type: 'string', value });

export const scaling = (type: string, factor: number, original = 16): Record<string, Value> => ({
  'rope.scaling.type': text(type),
  'rope.scaling.factor': f32(factor),
  'rope.scaling.original_context_length': u32(original),
});

/** For models that scale embeddings up: makes the next token depend on the layers, and not only on the last token. */
export const FAINT = { embeddingSpread: 1 / 8, sharpness: 24 } as const;

export function mini(name: string, about: string, shape: Partial<ModelShape>): Mini {
  return { name, about, shape: { ...BASE, ...shape } };
}
