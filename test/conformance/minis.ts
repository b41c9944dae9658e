/**
 * The mini models that are checked everywhere: random weights in small and deliberately odd shapes, a file for each thing
 * that sets an architecture apart. They are not stored: the same seed gives the same bytes, and `references/` holds what
 * llama.cpp makes of them (scripts/references.mjs).
 */
import type { TensorType } from '../gguf/layout.js';
import { randomModel } from '../gguf/random-model.js';
import type { Tensor, Value } from '../gguf/writer.js';
import { converted } from './converted.js';
import { FAINT, f32, type Mini, mini, scaling, u32 } from './mini.js';
import { mixtures, mixturesOfTypes } from './mixtures.js';

const ARCHITECTURES: readonly Mini[] = [
  mini('llama', 'one key/value head, an output matrix of its own', { keyValueHeads: 1, tied: false }),
  mini('llama-freqs', "llama 3's rope factors, heads of 24", { headDim: 24, ropeFactors: true, ropeBase: 5e5 }),
  mini('llama-linear', 'linear scaling, biases everywhere, a width of no block', {
    embedding: 72,
    heads: 3,
    keyValueHeads: 3,
    headDim: 20,
    feedForward: 100,
    biases: true,
    metadata: scaling('linear', 4),
  }),
  mini('llama-yarn', 'yarn scaling', { headDim: 64, heads: 2, metadata: scaling('yarn', 4, 128) }),
  mini('llama-yarn-tuned', 'yarn with an attention factor, and betas that nobody reads', {
    headDim: 32,
    metadata: {
      ...scaling('yarn', 8, 64),
      'rope.scaling.attn_factor': f32(1.2),
      'rope.scaling.yarn_beta_fast': f32(16),
      'rope.scaling.yarn_beta_slow': f32(2),
    },
  }),
  mini('llama-longrope', 'long factors: the context is beyond the original one', {
    ropeFactors: 'long',
    metadata: { ...scaling('longrope', 1, 128), 'rope.scaling.attn_factor': f32(1.19) },
  }),
  mini('llama-80', 'heads of 80', { headDim: 80, heads: 2 }),
  mini('qwen2', 'biases of queries, keys and values, seven heads on one', {
    architecture: 'qwen2',
    embedding: 112,
    heads: 7,
    keyValueHeads: 1,
    ropeBase: 1e6,
  }),
  mini('qwen2-yarn', 'as the long files of Qwen 2.5 scale', {
    architecture: 'qwen2',
    metadata: scaling('yarn', 4, 64),
  }),
  mini('qwen3', 'norms of heads wider than the model', {
    architecture: 'qwen3',
    headDim: 128,
    heads: 2,
    keyValueHeads: 1,
    ropeBase: 1e6,
  }),
  mini('gemma', 'heads of 256 on one key/value head', {
    architecture: 'gemma',
    ...FAINT,
    headDim: 256,
    heads: 2,
    keyValueHeads: 1,
  }),
  mini('gemma2', 'soft caps that bite, every other layer local', {
    architecture: 'gemma2',
    ...FAINT,
    layers: 4,
    headDim: 32,
    window: 9,
    metadata: { attn_logit_softcapping: f32(1.5), final_logit_softcapping: f32(12) },
  }),
  mini('gemma2-defaults', 'caps and window that the file does not name', { architecture: 'gemma2', ...FAINT }),
  mini('gemma3', 'five local layers of six', {
    architecture: 'gemma3',
    layers: 7,
    headDim: 32,
    window: 8,
    ropeBase: 1e6,
  }),
  mini('gemma3-linear', 'global layers scaled, the others not', {
    architecture: 'gemma3',
    layers: 6,
    window: 12,
    ropeBase: 1e6,
    metadata: scaling('linear', 8),
  }),
  mini('phi2', 'parallel blocks, part of each head turns, biases down to the logits', {
    architecture: 'phi2',
    headDim: 20,
    heads: 3,
    embedding: 60,
    keyValueHeads: 3,
    ropeDims: 8,
    tied: false,
  }),
  mini('phi2-fused', 'the same in one tensor', {
    architecture: 'phi2',
    keyValueHeads: 4,
    ropeDims: 8,
    fused: true,
    tied: false,
  }),
  mini('phi3', 'fused tensors, heads of 96', {
    architecture: 'phi3',
    embedding: 192,
    heads: 2,
    headDim: 96,
    keyValueHeads: 2,
    fused: true,
    tied: false,
  }),
  mini('phi3-longrope', 'long factors, part of each head turns, tied', {
    architecture: 'phi3',
    fused: true,
    ropeDims: 12,
    ropeFactors: 'long',
    window: 20,
    metadata: { 'rope.scaling.original_context_length': u32(128), 'rope.scaling.attn_factor': f32(1.19) },
  }),
  mini('phi3-short', 'short factors: the context is within the original one', {
    architecture: 'phi3',
    fused: true,
    ropeFactors: 'long',
    metadata: { 'rope.scaling.original_context_length': u32(256), 'rope.scaling.attn_factor': f32(1.19) },
  }),
  mini('smollm3', 'every fourth layer without positions', { architecture: 'smollm3', layers: 5, ropeBase: 5e6 }),
  mini('granite', 'scales of embeddings, residuals, scores and logits', {
    architecture: 'granite',
    ...FAINT,
    metadata: {
      'attention.scale': f32(0.1),
      embedding_scale: f32(3),
      residual_scale: f32(0.7),
      logit_scale: f32(1.5),
    },
  }),
  mini('granite-nope', 'no positions at all', {
    architecture: 'granite',
    ...FAINT,
    metadata: { logit_scale: f32(1), 'rope.scaling.finetuned': { type: 'bool', value: false } },
  }),
  mini('olmo2', 'norms only behind the blocks, and of all heads together', { architecture: 'olmo2', tied: false }),
  mini('olmo2-window', 'three local layers of four, yarn on the fourth', {
    architecture: 'olmo2',
    layers: 5,
    window: 10,
    tied: false,
    metadata: scaling('yarn', 4, 64),
  }),
  mini('stablelm', 'a quarter of each head turns; says parallel and is not', {
    architecture: 'stablelm',
    ropeDims: 4,
    keyValueHeads: 4,
    tied: false,
    metadata: { use_parallel_residual: { type: 'bool', value: true } },
  }),
  mini('stablelm-parallel', 'parallel blocks, norms of each head with weights of its own', {
    architecture: 'stablelm',
    ropeDims: 4,
    parallel: true,
    headNorms: true,
    tied: false,
  }),
  mini('gpt2', 'learned positions, fused tensors', {
    architecture: 'gpt2',
    keyValueHeads: 4,
    context: 300,
    fused: true,
    embeddingSpread: 1 / 2,
    sharpness: 6,
  }),
  mini('starcoder2', 'layer norms and biases', { architecture: 'starcoder2', ropeBase: 1e5 }),
  mini('falcon', 'one key/value head, fused tensors', {
    architecture: 'falcon',
    keyValueHeads: 1,
    fused: true,
  }),
  mini('falcon-40b', 'a norm each for attention and feed-forward block', {
    architecture: 'falcon',
    fused: true,
    separateNorms: true,
    tied: false,
  }),
  mini('lfm2', 'short convolutions between attention', {
    architecture: 'lfm2',
    layers: 5,
    headDim: 16,
    convolutions: { taps: 3, attends: [2, 4] },
    ropeBase: 1e6,
  }),
  ...mixtures,
];

/** Types of 32 weights a block, and of 256. */
const SMALL: readonly TensorType[] = ['F16', 'BF16', 'Q4_0', 'Q4_1', 'Q5_0', 'Q5_1', 'Q8_0', 'IQ4_NL', 'MXFP4'];
const LARGE: readonly TensorType[] = ['Q2_K', 'Q3_K', 'Q4_K', 'Q5_K', 'Q6_K', 'Q8_K', 'IQ4_XS', 'TQ1_0', 'TQ2_0'];

function ofType(type: TensorType): Mini {
  const wide = LARGE.includes(type) ? { embedding: 256, headDim: 64, feedForward: 512 } : { feedForward: 160 };
  return {
    ...mini(`llama-${type}`, `all matrices in ${type}`, { layers: 2, ...wide, type: () => type }),
    ...(type === 'Q8_K' ? { exactOnly: true } : {}),
  };
}

/** Types of a mixed file, as `llama-quantize` mixes them, by the end of a tensor's name. */
const MIX: Record<string, TensorType> = { attn_v: 'Q6_K', ffn_down: 'Q5_K', attn_output: 'IQ4_XS', token_embd: 'Q6_K' };

/** Shapes that blocks of 256 weights fit. */
const WIDE = { layers: 2, embedding: 256, headDim: 64, feedForward: 512 } as const;

const MIXED: readonly Mini[] = [
  mini('gemma2-Q4_K', 'soft caps over quantised matrices', {
    architecture: 'gemma2',
    ...FAINT,
    ...WIDE,
    window: 11,
    metadata: { attn_logit_softcapping: f32(3), final_logit_softcapping: f32(16) },
    type: () => 'Q4_K',
  }),
  mini('gemma-Q6_K', 'a vocabulary that ends within four rows', {
    architecture: 'gemma',
    ...FAINT,
    ...WIDE,
    vocabulary: 602,
    type: () => 'Q6_K',
  }),
  mini('gpt2-Q5_K', 'fused biases over quantised rows', {
    architecture: 'gpt2',
    ...WIDE,
    keyValueHeads: 4,
    context: 300,
    fused: true,
    type: (name) => (name.startsWith('position') ? 'F16' : 'Q5_K'),
  }),
  mini('phi2-Q8_0', 'a width of one panel and a half', {
    architecture: 'phi2',
    embedding: 96,
    headDim: 24,
    keyValueHeads: 4,
    ropeDims: 8,
    feedForward: 416,
    tied: false,
    type: () => 'Q8_0',
  }),
  mini('falcon-Q4_0', 'all heads on one, in one tensor', {
    architecture: 'falcon',
    embedding: 160,
    heads: 10,
    keyValueHeads: 1,
    fused: true,
    type: () => 'Q4_0',
  }),
  mini('starcoder2-Q5_1', 'minima below biases', { architecture: 'starcoder2', type: () => 'Q5_1' }),
  mini('stablelm-Q4_1', 'minima, a norm each for heads', {
    architecture: 'stablelm',
    ropeDims: 4,
    parallel: true,
    headNorms: true,
    tied: false,
    type: () => 'Q4_1',
  }),
  mini('granite-Q2_K', 'few bits, scaled', {
    architecture: 'granite',
    ...FAINT,
    ...WIDE,
    metadata: {
      'attention.scale': f32(0.02),
      embedding_scale: f32(12),
      residual_scale: f32(0.22),
      logit_scale: f32(2),
    },
    type: () => 'Q2_K',
  }),
  mini('olmo2-Q3_K', 'few bits between norms', { architecture: 'olmo2', ...WIDE, tied: false, type: () => 'Q3_K' }),
  mini('smollm3-IQ4_XS', 'a codebook, layers without positions', {
    architecture: 'smollm3',
    ...WIDE,
    layers: 4,
    type: () => 'IQ4_XS',
  }),
  {
    ...mini('qwen2-mixed', 'types of two block sizes in one file', {
      architecture: 'qwen2',
      layers: 2,
      embedding: 256,
      headDim: 64,
      feedForward: 512,
      type: (name) => MIX[name.replace(/^blk\.\d+\.|\.weight$/g, '')] ?? 'Q4_K',
    }),
  },
  {
    ...mini('phi3-Q4_K', 'fused tensors of quantised rows', {
      architecture: 'phi3',
      layers: 2,
      embedding: 256,
      headDim: 64,
      feedForward: 256,
      fused: true,
      type: () => 'Q4_K',
    }),
  },
  {
    ...mini('lfm2-Q8_0', 'convolutions beside quantised matrices', {
      architecture: 'lfm2',
      layers: 4,
      convolutions: { taps: 3, attends: [1, 3] },
      type: () => 'Q8_0',
    }),
  },
  ...mixturesOfTypes,
];

export const minis: readonly Mini[] = [
  ...ARCHITECTURES,
  ...SMALL.map(ofType),
  ...LARGE.map(ofType),
  ...MIXED,
  ...converted,
];

/** Metadata and tensors of a mini, the same every time. */
export function miniModel({ name, shape, metadata }: Mini): { metadata: Record<string, Value>; tensors: Tensor[] } {
  let seed = 7;
  for (const letter of name) seed = (seed * 31 + letter.charCodeAt(0)) % 20_011;
  const model = randomModel(shape, seed);
  if (!metadata) return model;
  const vocabulary = Object.entries(model.metadata).filter(([key]) => key.startsWith('tokenizer.'));
  return { ...model, metadata: { ...metadata, ...Object.fromEntries(vocabulary) } };
}
