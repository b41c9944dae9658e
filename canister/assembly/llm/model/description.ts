/**
 * An architecture as data: everything that the forward pass needs to know about a model besides its weights. Metadata
 * keys and tensors have the names of the GGUF specification and llama.cpp's llama-arch.cpp.
 */
import { WIDE } from '../cache/tiles';
import { GATE_SILU } from '../kernels/activation';
import { ROPE_NORM } from '../kernels/rope';
import { RopeScaling } from './rope-scaling';

/** Kinds of norms: root mean square, or layer norms with a bias. */
export const NORM_RMS: i32 = 0;
export const NORM_LAYER: i32 = 1;

/**
 * How queries and keys are normalised before they are rotated: not at all; each head, with the same weights; all heads
 * together; each head, with weights of its own.
 */
export const HEADS_PLAIN: i32 = 0;
export const HEADS_ALIKE: i32 = 1;
export const HEADS_TOGETHER: i32 = 2;
export const HEADS_APART: i32 = 3;

/** Whether a projection has a bias: never, if the file has the tensor, or always. */
export const BIAS_NONE: i32 = 0;
export const BIAS_OPTIONAL: i32 = 1;
export const BIAS_REQUIRED: i32 = 2;

/** The output matrix: the token embeddings if the file has no own one; always an own one; always the embeddings. */
const OUTPUT_OPTIONAL: i32 = 0;
export const OUTPUT_REQUIRED: i32 = 1;
export const OUTPUT_TIED: i32 = 2;

/**
 * Tensors with factors of the rope's frequencies that a file may have: none, one tensor, two for long and short
 * contexts.
 */
const FACTORS_NONE: i32 = 0;
export const FACTORS_ONE: i32 = 1;
export const FACTORS_LONG_SHORT: i32 = 2;

/**
 * How ratings of experts become weights: by a softmax over all experts, by a sigmoid of each, or by a softmax over the
 * chosen ones. The numbers are those of the key `expert_gating_func`.
 */
export const GATING_SOFTMAX: i32 = 1;
export const GATING_SIGMOID: i32 = 2;
export const GATING_CHOSEN: i32 = 3;

/** A shared expert for every token beside the routed ones: none, one whose result is added, one with a gate. */
export const SHARED_NONE: i32 = 0;
export const SHARED_PLAIN: i32 = 1;
export const SHARED_GATED: i32 = 2;

/** Routed feed-forward blocks. */
export class Experts {
  /** GATING_... */
  gating: i32 = GATING_SOFTMAX;
  /** The weights of a token's experts are scaled to sum to one. */
  normalized: bool = false;
  /** SHARED_...; the shared expert is `Description.feedForward` wide. */
  shared: i32 = SHARED_NONE;
  /** Experts are chosen by their weights plus a bias of each, which the weights themselves do not have. */
  choiceBias: bool = false;
  /** The router and the experts' projections have biases. */
  biased: bool = false;
  /** The first layers that have a plain feed-forward block instead (`Description.feedForward` wide). */
  denseLayers: i32 = 0;

  constructor(
    readonly count: usize,
    /** Number of experts for each token. */
    readonly used: usize,
    /** Width of each. */
    readonly feedForward: usize,
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
  /** Width of the feed-forward block; with routed experts, of the shared one and of layers without experts, or 0. */
  feedForward: usize = 0;
  trainedContext: u32 = 0;

  // Norms

  /** NORM_RMS or NORM_LAYER. */
  norm: i32 = NORM_RMS;
  epsilon: f32 = 0;
  /** Attention and the feed-forward block read the normalised residual stream instead of the stream itself. */
  inputNorms: bool = true;
  /** The results of attention and the feed-forward block are normalised before they are added. */
  postNorms: bool = false;
  /** Of queries and keys: HEADS_... */
  queryKeyNorm: i32 = 0;
  /** Name of the norm before the feed-forward block. */
  feedForwardNorm: string = 'ffn_norm';
  /** Name of the last norm. */
  outputNorm: string = 'output_norm';

  // Blocks

  /** Attention and feed-forward block both read the layer's input. */
  parallel: bool = false;
  /** They do if the file has no ffn_norm. */
  parallelWithoutNorm: bool = false;
  /** Each head has a sink: a score that takes part in the softmax and has no value. */
  sinks: bool = false;
  /** Biases: BIAS_... */
  queryKeyValueBias: i32 = BIAS_OPTIONAL;
  attentionOutputBias: i32 = BIAS_NONE;
  feedForwardBias: i32 = BIAS_NONE;
  outputBias: i32 = BIAS_NONE;
  /** OUTPUT_... */
  output: i32 = OUTPUT_OPTIONAL;
  /**
   * The feed-forward block multiplies the activation of its gate with another projection; otherwise it has one
   * projection only.
   */
  gated: bool = true;
  /** Its activation: GATE_SILU, GATE_GELU or GATE_CLAMPED. */
  gate: i32 = GATE_SILU;
  /** The gate is the first half of ffn_up. */
  fusedGate: bool = false;
  experts: Experts | null = null;
  /** Inputs of a short convolution, including its own position; 0: no layer is one. */
  taps: usize = 0;
  /** Which layers are attention; the others are short convolutions; null: all are attention. */
  attending: StaticArray<bool> | null = null;

  // Positions

  /** ROPE_NORM or ROPE_NEOX. */
  ropeKind: i32 = ROPE_NORM;
  /** Rotated dimensions of a head. */
  ropeDims: usize = 0;
  ropeBase: f64 = 10000;
  ropeScaling: RopeScaling = new RopeScaling();
  /** Which factors of frequencies the file may have: FACTORS_... */
  ropeFactors: i32 = FACTORS_NONE;
  /** All dimensions of a head are rotated: a file that says otherwise is refused. */
  turnsWholeHeads: bool = false;
  /** One layer of every so many is not rotated; 0: all are. */
  ropeSkip: i32 = 0;
  /** Positions have embeddings (position_embd.weight), and no layer is rotated. */
  learnedPositions: bool = false;
  /** For local layers; 0: the same as for the others. */
  ropeBaseLocal: f64 = 0;
  /** The divisor of positions in local layers; 0: the same as in the others. */
  ropeFactorLocal: f64 = 0;
  /** Local layers are neither stretched nor magnified. */
  ropePlainLocal: bool = false;
  /** Positions that a local layer looks back at, including its own; 0: all layers are global. */
  window: u32 = 0;
  /** The last layer of every so many is global, the others are local; 0: all are local. */
  windowPattern: u32 = 1;
  /** Which layers are local, if the file lists them; layers beyond the list are global. */
  locals: StaticArray<bool> | null = null;

  // Scales

  /** The factor of token embeddings. */
  embeddingScale: f32 = 1;
  /** The factor of what attention and the feed-forward block add. */
  residualScale: f32 = 1;
  /** The factor of scores before the softmax; 0: 1 / sqrt(keyDim). */
  attentionScale: f64 = 0;
  /** The factor of logits. */
  logitScale: f32 = 1;
  /** Soft caps of scores and logits; 0: none. */
  scoreCap: f32 = 0;
  logitCap: f32 = 0;

  // The cache

  /** How the cache holds keys and values: WIDE or BYTE (cache/tiles.ts). */
  keyEntry: usize = WIDE;
  valueEntry: usize = WIDE;

  /** Whether a layer only looks back at `window` positions. */
  isLocal(layer: i32): bool {
    if (this.window == 0) return false;
    const locals = this.locals;
    if (locals !== null) return layer < locals.length && locals[layer];
    return this.windowPattern == 0 || (<u32>layer + 1) % this.windowPattern != 0;
  }

  /** The divisor of positions in local layers. */
  localFactor(): f64 {
    return this.ropeFactorLocal > 0 ? this.ropeFactorLocal : this.ropeScaling.factor;
  }

  /** Whether a layer's queries and keys are rotated. */
  turns(layer: i32): bool {
    return this.ropeDims > 0 && (this.ropeSkip == 0 || (layer + 1) % this.ropeSkip != 0);
  }

  /** Whether a layer is attention; otherwise it is a short convolution. */
  attends(layer: i32): bool {
    const attending = this.attending;
    return attending == null || attending[layer];
  }
}
