/**
 * An architecture as data: all that the forward pass asks about a model beside its weights. Names of metadata keys and
 * tensors are those of the GGUF specification and llama.cpp's llama-arch.cpp.
 */
import { WIDE } from '../cache/tiles';
import { GATE_SILU } from '../kernels/activation';
import { ROPE_NORM } from '../kernels/rope';
import { RopeScaling } from './rope-scaling';

/** Kinds of norms: root mean square, or layer norms with a bias. */
export const NORM_RMS: i32 = 0;
export const NORM_LAYER: i32 = 1;

/** What is normalised of queries and keys before they turn: nothing; each head, with the same weights; all heads together;
 * each head, with weights of its own. */
export const HEADS_PLAIN: i32 = 0;
export const HEADS_ALIKE: i32 = 1;
export const HEADS_TOGETHER: i32 = 2;
export const HEADS_APART: i32 = 3;

/** Whether a projection has a bias: it has none, the file says it by having the tensor, or it always has one. */
export const BIAS_NONE: i32 = 0;
export const BIAS_OPTIONAL: i32 = 1;
export const BIAS_REQUIRED: i32 = 2;

/** The output matrix: of the token embeddings where the file has none of its own; always its own; always the embeddings'. */
const OUTPUT_OPTIONAL: i32 = 0;
export const OUTPUT_REQUIRED: i32 = 1;
export const OUTPUT_TIED: i32 = 2;

/** Tensors of factors of the rope's frequencies that a file may have: none, one tensor, two for long and short contexts. */
const FACTORS_NONE: i32 = 0;
export const FACTORS_ONE: i32 = 1;
export const FACTORS_LONG_SHORT: i32 = 2;

/** Routed feed-forward blocks. */
export class Experts {
  constructor(
    readonly count: usize,
    /** How many a token is sent to. */
    readonly used: usize,
    /** Width of each. */
    readonly feedForward: usize,
    /** Whether the weights of those used are made to sum to one. */
    readonly normalized: bool,
    /** Whether one that every token is sent to stands beside them (`Description.feedForward` wide), with a gate of its own. */
    readonly shared: bool,
  ) {}
}

export class Description {
  /** "llama", "qwen2" ...: general.architecture and the prefix of its keys. */
  architecture: string = '';
  /** general.name; may be empty. */
  name: string = '';
  layers: i32 = 0;
  /** Width of the residual stream. */
  embedding: usize = 0;
  heads: usize = 0;
  keyValueHeads: usize = 0;
  /** Dimensions of a head's queries and keys, and of its values. */
  keyDim: usize = 0;
  valueDim: usize = 0;
  /** Width of the feed-forward block; where experts are routed, of the one that is shared, or 0. */
  feedForward: usize = 0;
  trainedContext: u32 = 0;

  // Norms

  /** NORM_RMS or NORM_LAYER. */
  norm: i32 = NORM_RMS;
  epsilon: f32 = 0;
  /** Attention and the feed-forward block read the residual stream normalised, not as it is. */
  inputNorms: bool = true;
  /** What attention and the feed-forward block add to the residual stream is normalised before. */
  postNorms: bool = false;
  /** Of queries and keys: HEADS_... */
  queryKeyNorm: i32 = 0;
  /** Name of the last norm. */
  outputNorm: string = 'output_norm';

  // Blocks

  /** Attention and feed-forward block both read the layer's input. */
  parallel: bool = false;
  /** They do where the file has no ffn_norm. */
  parallelWithoutNorm: bool = false;
  /** Biases: BIAS_... */
  queryKeyValueBias: i32 = BIAS_OPTIONAL;
  attentionOutputBias: i32 = BIAS_NONE;
  feedForwardBias: i32 = BIAS_NONE;
  outputBias: i32 = BIAS_NONE;
  /** OUTPUT_... */
  output: i32 = OUTPUT_OPTIONAL;
  /** The feed-forward block multiplies the activation of its gate with another projection; or it has one projection only. */
  gated: bool = true;
  /** Its activation: GATE_SILU or GATE_GELU. */
  gate: i32 = GATE_SILU;
  /** The gate is the first half of ffn_up. */
  fusedGate: bool = false;
  experts: Experts | null = null;
  /** Inputs of a short convolution, its own position included; 0: no layer is one. */
  taps: usize = 0;
  /** Which layers attend, where others are short convolutions; null: all. */
  attending: StaticArray<bool> | null = null;

  // Positions

  /** ROPE_NORM or ROPE_NEOX. */
  ropeKind: i32 = ROPE_NORM;
  /** Dimensions of a head that turn. */
  ropeDims: usize = 0;
  ropeBase: f64 = 10000;
  ropeScaling: RopeScaling = new RopeScaling();
  /** Which factors of frequencies the file may have: FACTORS_... */
  ropeFactors: i32 = FACTORS_NONE;
  /** All dimensions of a head turn: a file that says otherwise is wrong. */
  turnsWholeHeads: bool = false;
  /** Every so many layers one does not turn; 0: all turn. */
  ropeSkip: i32 = 0;
  /** Positions have embeddings (position_embd.weight), and nothing turns. */
  learnedPositions: bool = false;
  /** Of local layers; 0: that of the others. */
  ropeBaseLocal: f64 = 0;
  /** What positions are divided by in local layers; 0: by what they are in the others. */
  ropeFactorLocal: f64 = 0;
  /** Local layers are neither stretched nor magnified. */
  ropePlainLocal: bool = false;
  /** Positions that a local layer looks back at, its own included; 0: all layers look at everything. */
  window: u32 = 0;
  /** Every so many layers the last one looks at everything, the others are local; 0: all are local. */
  windowPattern: u32 = 1;
  /** Which layers are local, where the file says it of each; those beyond its end are not. */
  locals: StaticArray<bool> | null = null;

  // Scales

  /** What token embeddings are multiplied with. */
  embeddingScale: f32 = 1;
  /** What attention and feed-forward block add is multiplied with. */
  residualScale: f32 = 1;
  /** What scores are multiplied with before the softmax; 0: 1 / sqrt(keyDim). */
  attentionScale: f64 = 0;
  /** What logits are multiplied with. */
  logitScale: f32 = 1;
  /** Soft caps of scores and logits; 0: none. */
  scoreCap: f32 = 0;
  logitCap: f32 = 0;

  // The cache

  /** How the cache holds keys and values: WIDE or BYTE (cache/tiles.ts). */
  keyEntry: usize = WIDE;
  valueEntry: usize = WIDE;

  /** Whether a layer looks back at `window` positions only. */
  isLocal(layer: i32): bool {
    if (this.window == 0) return false;
    const locals = this.locals;
    if (locals !== null) return layer < locals.length && locals[layer];
    return this.windowPattern == 0 || (<u32>layer + 1) % this.windowPattern != 0;
  }

  /** What positions are divided by in local layers. */
  localFactor(): f64 {
    return this.ropeFactorLocal > 0 ? this.ropeFactorLocal : this.ropeScaling.factor;
  }

  /** Whether a layer's queries and keys turn. */
  turns(layer: i32): bool {
    return this.ropeDims > 0 && (this.ropeSkip == 0 || (layer + 1) % this.ropeSkip != 0);
  }

  /** Whether a layer attends; otherwise it is a short convolution. */
  attends(layer: i32): bool {
    const attending = this.attending;
    return attending == null || attending[layer];
  }
}
