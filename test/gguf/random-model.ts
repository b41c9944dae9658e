/** GGUF files of real models' shapes with random weights: instruction counts do not depend on the values. */
import type { TensorType } from './layout.js';
import { randomMatrix, randomVector } from './random-weights.js';
import { bpeVocabulary, spmVocabulary } from './vocabulary.js';
import type { Tensor, Value } from './writer.js';

export interface ModelShape {
  architecture: 'llama' | 'qwen2' | 'qwen3' | 'gemma3';
  layers: number;
  embedding: number;
  heads: number;
  keyValueHeads: number;
  headDim: number;
  feedForward: number;
  vocabulary: number;
  context: number;
  ropeBase: number;
  /** Positions that local layers look back at; five of six layers are local. */
  window?: number;
  /** Factors of the rope's frequencies (rope_freqs.weight). */
  ropeFactors?: boolean;
  /** No output matrix of its own. */
  tied: boolean;
  /** Type of a matrix, by the tensor's name. */
  type(name: string): TensorType;
}

/** Qwen2.5-0.5B-Instruct in Q8_0: tied 0.53 GB, with its own output matrix, as the official file has, 0.68 GB. */
export const QWEN2_0_5B: ModelShape = {
  architecture: 'qwen2',
  layers: 24,
  embedding: 896,
  heads: 14,
  keyValueHeads: 2,
  headDim: 64,
  feedForward: 4864,
  vocabulary: 151936,
  context: 32768,
  ropeBase: 1e6,
  tied: false,
  type: () => 'Q8_0',
};

/** Metadata and tensors of a model. The same seed gives the same bytes. */
export function randomModel(shape: ModelShape, seed = 1): { metadata: Record<string, Value>; tensors: Tensor[] } {
  const { architecture, embedding, heads, keyValueHeads, headDim, feedForward, vocabulary } = shape;
  const u32 = (value: number): Value => ({ type: 'u32', value });
  const metadata: Record<string, Value> = {
    'general.architecture': { type: 'string', value: architecture },
    'general.name': { type: 'string', value: `random ${architecture}` },
    [`${architecture}.block_count`]: u32(shape.layers),
    [`${architecture}.context_length`]: u32(shape.context),
    [`${architecture}.embedding_length`]: u32(embedding),
    [`${architecture}.feed_forward_length`]: u32(feedForward),
    [`${architecture}.attention.head_count`]: u32(heads),
    [`${architecture}.attention.head_count_kv`]: u32(keyValueHeads),
    [`${architecture}.attention.key_length`]: u32(headDim),
    [`${architecture}.attention.value_length`]: u32(headDim),
    [`${architecture}.attention.layer_norm_rms_epsilon`]: { type: 'f32', value: 1e-6 },
    [`${architecture}.rope.freq_base`]: { type: 'f32', value: shape.ropeBase },
    [`${architecture}.rope.dimension_count`]: u32(headDim),
    ...(shape.window ? { [`${architecture}.attention.sliding_window`]: u32(shape.window) } : {}),
    ...(architecture === 'gemma3' ? spmVocabulary(vocabulary, seed) : bpeVocabulary(vocabulary, seed)),
  };
  const tensors: Tensor[] = [];
  const nextSeed = () => seed * 100_003 + tensors.length;
  const matrix = (name: string, inputs: number, rows: number) => {
    const own = nextSeed();
    const type = shape.type(name);
    tensors.push({ name, type, shape: [inputs, rows], data: () => randomMatrix(type, inputs, rows, own) });
  };
  const vector = (name: string, length: number, mean: number, deviation: number) => {
    const own = nextSeed();
    tensors.push({ name, type: 'F32', shape: [length], data: () => [randomVector(length, mean, deviation, own)] });
  };
  matrix('token_embd.weight', embedding, vocabulary);
  if (!shape.tied) matrix('output.weight', embedding, vocabulary);
  vector('output_norm.weight', embedding, 1, 0.1);
  if (shape.ropeFactors) vector('rope_freqs.weight', headDim / 2, 4, 1);
  for (let layer = 0; layer < shape.layers; layer++) {
    const at = `blk.${layer}`;
    vector(`${at}.attn_norm.weight`, embedding, 1, 0.1);
    for (const [part, rows] of [
      ['q', heads * headDim],
      ['k', keyValueHeads * headDim],
      ['v', keyValueHeads * headDim],
    ] as const) {
      matrix(`${at}.attn_${part}.weight`, embedding, rows);
      if (architecture === 'qwen2') vector(`${at}.attn_${part}.bias`, rows, 0, 0.5);
    }
    if (architecture === 'qwen3' || architecture === 'gemma3') {
      vector(`${at}.attn_q_norm.weight`, headDim, 1, 0.1);
      vector(`${at}.attn_k_norm.weight`, headDim, 1, 0.1);
    }
    matrix(`${at}.attn_output.weight`, heads * headDim, embedding);
    if (architecture === 'gemma3') {
      vector(`${at}.post_attention_norm.weight`, embedding, 1, 0.1);
      vector(`${at}.post_ffw_norm.weight`, embedding, 1, 0.1);
    }
    vector(`${at}.ffn_norm.weight`, embedding, 1, 0.1);
    matrix(`${at}.ffn_gate.weight`, embedding, feedForward);
    matrix(`${at}.ffn_up.weight`, embedding, feedForward);
    matrix(`${at}.ffn_down.weight`, feedForward, embedding);
  }
  return { metadata, tensors };
}
