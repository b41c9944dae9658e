/** GGUF files with the shapes of real models and random weights: instruction counts do not depend on the values. */
import { type Architecture, TRAITS } from './architectures.js';
import type { TensorType } from './layout.js';
import { randomMatrix, randomVector } from './random-weights.js';
import { bpeVocabulary, spmVocabulary } from './vocabulary.js';
import type { Tensor, Value } from './writer.js';

/** Routed experts: how many, how many for each token, and their width. */
interface Experts {
  count: number;
  used: number;
  feedForward: number;
  /** Width of the shared expert. */
  shared?: number;
  /** The first layers, which have none. */
  dense?: number;
  /** How ratings become weights, for architectures whose files say so. */
  gating?: number;
}

export interface ModelShape {
  architecture: Architecture;
  layers: number;
  embedding: number;
  heads: number;
  keyValueHeads: number;
  headDim: number;
  feedForward: number;
  vocabulary: number;
  context: number;
  ropeBase: number;
  /** Dimensions of a head that the rope turns; default: all. */
  ropeDims?: number;
  /** Positions that local layers look back. */
  window?: number;
  /** Factors of the rope's frequencies: rope_freqs.weight, or the two tensors of longrope. */
  ropeFactors?: boolean | 'long';
  /** Queries, keys and values in one tensor. */
  fused?: boolean;
  /** The attention and the feed-forward block both read the layer's input (stablelm), each with a norm (falcon). */
  parallel?: boolean;
  separateNorms?: boolean;
  /** Whether queries and keys have norms, where the file decides it (stablelm). */
  headNorms?: boolean;
  /** Whether there are biases, where the file decides it. */
  biases?: boolean;
  experts?: Experts;
  /** The layers with attention; the others are short convolutions with this number of taps. */
  convolutions?: { taps: number; attends: readonly number[] };
  /** Mean of the output norm's weights, by default 1. A greater one sets logits further apart. */
  sharpness?: number;
  /**
   * Size of token embeddings, by default 1. If the output is tied to them, small ones let the layers decide on the
   * token.
   */
  embeddingSpread?: number;
  /** Further metadata, keys without the architecture. */
  metadata?: Record<string, Value>;
  /** Whether the output matrix is that of the token embeddings. */
  tied: boolean;
  /** Type of a matrix, by the tensor's name. */
  type(name: string): TensorType;
}

/**
 * Qwen2.5-0.5B-Instruct in Q8_0: 0.53 GB with a tied output; 0.68 GB with its own output matrix, like the official
 * file.
 */
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

const u32 = (value: number): Value => ({ type: 'u32', value });

/** A list of tensors; each draws its values from a seed of its own. */
class TensorList {
  readonly tensors: Tensor[] = [];
  readonly #shape: ModelShape;
  readonly #seed: number;

  constructor(shape: ModelShape, seed: number) {
    this.#shape = shape;
    this.#seed = seed;
  }

  #next(): number {
    return this.#seed * 100_003 + this.tensors.length;
  }

  matrix(name: string, inputs: number, rows: number, count?: number): void {
    const seed = this.#next();
    const type = this.#shape.type(name);
    const shape = count ? [inputs, rows, count] : [inputs, rows];
    const spread = name.startsWith('token_embd') ? this.#shape.embeddingSpread : undefined;
    this.tensors.push({ name, type, shape, data: () => randomMatrix(type, inputs, rows * (count ?? 1), seed, spread) });
  }

  vector(name: string, length: number | [number, number], mean: number, deviation: number): void {
    const seed = this.#next();
    const shape = [length].flat();
    const count = shape.reduce((a, b) => a * b);
    this.tensors.push({ name, type: 'F32', shape, data: () => [randomVector(count, mean, deviation, seed)] });
  }

  linear(name: string, inputs: number, rows: number, biased: boolean | undefined): void {
    this.matrix(`${name}.weight`, inputs, rows);
    if (biased) this.vector(`${name}.bias`, rows, 0, 0.5);
  }

  norm(name: string, length: number, layered: boolean, mean = 1): void {
    this.vector(`${name}.weight`, length, mean, 0.1);
    if (layered) this.vector(`${name}.bias`, length, 0, 0.2);
  }
}

function metadataOf(shape: ModelShape, seed: number): Record<string, Value> {
  const { architecture, vocabulary, headDim, experts } = shape;
  const traits = TRAITS[architecture];
  const keyValueHeads = shape.convolutions?.attends;
  const own: Record<string, Value> = {
    block_count: u32(shape.layers),
    context_length: u32(shape.context),
    embedding_length: u32(shape.embedding),
    feed_forward_length: u32(experts && traits.wideExperts ? experts.feedForward : shape.feedForward),
    'attention.head_count': u32(shape.heads),
    'attention.head_count_kv': keyValueHeads
      ? {
          array: 'i32',
          values: Array.from({ length: shape.layers }, (_, i) => (keyValueHeads.includes(i) ? shape.keyValueHeads : 0)),
        }
      : u32(shape.keyValueHeads),
    'attention.key_length': u32(headDim),
    'attention.value_length': u32(headDim),
    [`attention.layer_norm${traits.layerNorm ? '' : '_rms'}_epsilon`]: { type: 'f32', value: 1e-6 },
    ...(traits.learnedPositions
      ? {}
      : {
          'rope.freq_base': { type: 'f32', value: shape.ropeBase },
          'rope.dimension_count': u32(shape.ropeDims ?? headDim),
        }),
    ...(shape.window ? { 'attention.sliding_window': u32(shape.window) } : {}),
    ...(shape.convolutions ? { 'shortconv.l_cache': u32(shape.convolutions.taps) } : {}),
    ...(architecture === 'stablelm'
      ? { use_parallel_residual: { type: 'bool', value: Boolean(shape.parallel) } satisfies Value }
      : {}),
    ...(experts ? { expert_count: u32(experts.count), expert_used_count: u32(experts.used) } : {}),
    ...(experts && !traits.wideExperts ? { expert_feed_forward_length: u32(experts.feedForward) } : {}),
    ...(experts?.dense === undefined ? {} : { leading_dense_block_count: u32(experts.dense) }),
    ...(experts?.gating ? { expert_gating_func: u32(experts.gating) } : {}),
    ...(experts?.shared ? { expert_shared_feed_forward_length: u32(experts.shared) } : {}),
    ...shape.metadata,
  };
  return {
    'general.architecture': { type: 'string', value: architecture },
    // llama.cpp looks for Phi-3's own tokens only in files with this name.
    'general.name': { type: 'string', value: `random ${architecture.replace('phi3', 'phi 3')}` },
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`${architecture}.${key}`, value])),
    ...(traits.sentencePiece ? spmVocabulary(vocabulary, seed) : bpeVocabulary(vocabulary, seed)),
  };
}

function attention(list: TensorList, at: string, shape: ModelShape): void {
  const { architecture, embedding, heads, keyValueHeads, headDim } = shape;
  const traits = TRAITS[architecture];
  const biased = traits.queryKeyValueBias || shape.biases;
  const parts = { q: heads * headDim, k: keyValueHeads * headDim, v: keyValueHeads * headDim };
  if (shape.fused) list.linear(`${at}.attn_qkv`, embedding, parts.q + parts.k + parts.v, biased);
  else for (const [part, rows] of Object.entries(parts)) list.linear(`${at}.attn_${part}`, embedding, rows, biased);
  if (traits.headNorm === 'head') {
    list.vector(`${at}.attn_q_norm.weight`, headDim, 1, 0.1);
    list.vector(`${at}.attn_k_norm.weight`, headDim, 1, 0.1);
  } else if (traits.headNorm === 'whole') {
    list.vector(`${at}.attn_q_norm.weight`, parts.q, 1, 0.1);
    list.vector(`${at}.attn_k_norm.weight`, parts.k, 1, 0.1);
  } else if (shape.headNorms) {
    list.vector(`${at}.attn_q_norm.weight`, [headDim, heads], 1, 0.1);
    list.vector(`${at}.attn_k_norm.weight`, [headDim, keyValueHeads], 1, 0.1);
  }
  list.linear(`${at}.attn_output`, heads * headDim, embedding, traits.outputBias || shape.biases);
  if (traits.sinks) list.vector(`${at}.attn_sinks.weight`, heads, 0, 2);
}

/** Experts, the router, and the shared expert. */
function experts(list: TensorList, at: string, { architecture, embedding }: ModelShape, own: Experts): void {
  const traits = TRAITS[architecture];
  const { count, feedForward: width, shared } = own;
  list.vector(`${at}.ffn_gate_inp.weight`, [embedding, count], 0, 1 / Math.sqrt(embedding));
  list.matrix(`${at}.ffn_gate_exps.weight`, embedding, width, count);
  list.matrix(`${at}.ffn_up_exps.weight`, embedding, width, count);
  list.matrix(`${at}.ffn_down_exps.weight`, width, embedding, count);
  if (traits.expertBias) {
    list.vector(`${at}.ffn_gate_inp.bias`, count, 0, 0.5);
    list.vector(`${at}.ffn_gate_exps.bias`, [width, count], 0, 0.5);
    list.vector(`${at}.ffn_up_exps.bias`, [width, count], 0, 0.5);
    list.vector(`${at}.ffn_down_exps.bias`, [embedding, count], 0, 0.5);
  }
  if (traits.choiceBias) list.vector(`${at}.exp_probs_b.bias`, count, 0, 0.2);
  if (!shared) return;
  if (architecture === 'qwen2moe') {
    list.vector(`${at}.ffn_gate_inp_shexp.weight`, embedding, 0, 1 / Math.sqrt(embedding));
  }
  list.matrix(`${at}.ffn_gate_shexp.weight`, embedding, shared);
  list.matrix(`${at}.ffn_up_shexp.weight`, embedding, shared);
  list.matrix(`${at}.ffn_down_shexp.weight`, shared, embedding);
}

function feedForward(list: TensorList, layer: number, shape: ModelShape): void {
  const { embedding, feedForward: width } = shape;
  const traits = TRAITS[shape.architecture];
  const at = `blk.${layer}`;
  if (shape.experts && layer >= (shape.experts.dense ?? 0)) {
    experts(list, at, shape, shape.experts);
    return;
  }
  const biased = traits.feedForwardBias || shape.biases;
  if (traits.gate === 'own') list.linear(`${at}.ffn_gate`, embedding, width, biased);
  list.linear(`${at}.ffn_up`, embedding, traits.gate === 'fused' ? 2 * width : width, biased);
  list.linear(`${at}.ffn_down`, width, embedding, biased);
}

/** Metadata and tensors of a model. The same seed gives the same bytes. */
export function randomModel(shape: ModelShape, seed = 1): { metadata: Record<string, Value>; tensors: Tensor[] } {
  const { embedding, vocabulary, headDim } = shape;
  const traits = TRAITS[shape.architecture];
  const layered = Boolean(traits.layerNorm);
  const list = new TensorList(shape, seed);
  list.matrix('token_embd.weight', embedding, vocabulary);
  if (traits.learnedPositions) list.matrix('position_embd.weight', embedding, shape.context);
  if (!shape.tied) list.linear('output', embedding, vocabulary, traits.logitBias);
  list.norm(traits.outputNorm ?? 'output_norm', embedding, layered, shape.sharpness);
  const pairs = (shape.ropeDims ?? headDim) / 2;
  if (shape.ropeFactors === true) list.vector('rope_freqs.weight', pairs, 4, 1);
  if (shape.ropeFactors === 'long') {
    list.vector('rope_factors_long.weight', pairs, 8, 2);
    list.vector('rope_factors_short.weight', pairs, 1.5, 0.2);
  }
  for (let layer = 0; layer < shape.layers; layer++) {
    const at = `blk.${layer}`;
    if (!traits.noInputNorms) list.norm(`${at}.attn_norm`, embedding, layered);
    if (shape.separateNorms) list.norm(`${at}.attn_norm_2`, embedding, layered);
    if (shape.convolutions && !shape.convolutions.attends.includes(layer)) {
      list.vector(`${at}.shortconv.conv.weight`, [shape.convolutions.taps, embedding], 0, 0.6);
      list.matrix(`${at}.shortconv.in_proj.weight`, embedding, 3 * embedding);
      list.matrix(`${at}.shortconv.out_proj.weight`, embedding, embedding);
    } else attention(list, at, shape);
    if (traits.postNorms) {
      list.norm(`${at}.post_attention_norm`, embedding, false);
      list.norm(`${at}.post_ffw_norm`, embedding, false);
    }
    if (!traits.noInputNorms && !traits.parallel && !shape.parallel) {
      list.norm(`${at}.${traits.feedForwardNorm ?? 'ffn_norm'}`, embedding, layered);
    }
    feedForward(list, layer, shape);
  }
  return { metadata: metadataOf(shape, seed), tensors: list.tensors };
}
