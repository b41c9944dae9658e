/**
 * An architecture as data: all that the forward pass asks about a model beside its weights. Names of metadata keys and
 * tensors are those of the GGUF specification and llama.cpp's llama-arch.cpp.
 */
import { Metadata } from '../gguf/metadata';
import { BYTE, MAX_HEAD_DIM, WIDE } from '../cache/tiles';
import { GATE_SILU } from '../kernels/activation';
import { ROPE_NORM } from '../kernels/rope';

/** Bounds of what a file may claim; they keep products of two of them in 32 bits. */
const MAX_LAYERS: i64 = 1024;
const MAX_WIDTH: i64 = 65536;
const MAX_HEADS: i64 = 1024;
const MAX_TRAINED_CONTEXT: i64 = 0x7fffffff;

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
  /** Width of the feed-forward block. */
  feedForward: usize = 0;
  trainedContext: u32 = 0;
  /** Of the RMS norms. */
  epsilon: f32 = 0;
  /** ROPE_NORM or ROPE_NEOX. */
  ropeKind: i32 = ROPE_NORM;
  /** Dimensions of a head that turn. */
  ropeDims: usize = 0;
  ropeBase: f64 = 10000;
  /** Positions are divided by it (linear scaling). */
  ropeFactor: f64 = 1;
  /** The file may carry a factor for every frequency (rope_freqs.weight: llama 3's scaling). */
  ropeFactors: bool = false;
  /** Queries, keys and values always have a bias; where it is false they may have one. */
  queryKeyValueBias: bool = false;
  /** Queries and keys of each head are normalised before they turn. */
  queryKeyNorm: bool = false;
  /** What attention and the feed-forward block add to the residual stream is normalised before. */
  postNorms: bool = false;
  /** What the feed-forward block does to its gate. */
  gate: i32 = GATE_SILU;
  /** What token embeddings are multiplied with. */
  embeddingScale: f32 = 1;
  /** What scores are multiplied with before the softmax; 0: 1 / sqrt(keyDim). */
  attentionScale: f64 = 0;
  /** Positions that a local layer looks back at, its own included; 0: all layers look at everything. */
  window: u32 = 0;
  /** Every so many layers the last one looks at everything, the others are local. */
  windowPattern: i32 = 1;
  /** How the cache holds keys and values: WIDE or BYTE (cache/tiles.ts). */
  keyEntry: usize = WIDE;
  valueEntry: usize = WIDE;
  /** Of local layers, which are not scaled. */
  ropeBaseLocal: f64 = 10000;

  /** Whether a layer looks back at `window` positions only. */
  isLocal(layer: i32): bool {
    return this.window > 0 && (layer + 1) % this.windowPattern != 0;
  }
}

/** What llama.cpp's `--cache-type-k` and `--cache-type-v` ask for: q8_0 is BYTE, f16 and what is wider WIDE. */
export class CacheTypes {
  constructor(
    readonly areKeysBytes: bool,
    readonly areValuesBytes: bool,
  ) {}

  apply(d: Description): void {
    if (this.areKeysBytes) d.keyEntry = BYTE;
    if (this.areValuesBytes) d.valueEntry = BYTE;
  }
}

/** What llama.cpp's `--rope-...` flags say instead of the file; 0 where they say nothing. */
export class RopeOverrides {
  constructor(
    readonly base: f64,
    /** Positions are divided by it. */
    readonly factor: f64,
  ) {}

  apply(d: Description): void {
    if (this.base > 0) d.ropeBase = this.base;
    if (this.factor > 0) d.ropeFactor = this.factor;
  }
}

/** Reads what all architectures have in common. What is wrong is left in `metadata.error`. */
export function describeCommon(metadata: Metadata, architecture: string): Description {
  const d = new Description();
  d.architecture = architecture;
  d.name = metadata.text('general.name', '');
  const prefix = architecture + '.';
  d.layers = <i32>required(metadata, prefix + 'block_count', MAX_LAYERS);
  d.embedding = <usize>required(metadata, prefix + 'embedding_length', MAX_WIDTH);
  d.feedForward = <usize>required(metadata, prefix + 'feed_forward_length', MAX_WIDTH);
  d.heads = <usize>required(metadata, prefix + 'attention.head_count', MAX_HEADS);
  d.trainedContext = <u32>required(metadata, prefix + 'context_length', MAX_TRAINED_CONTEXT);
  d.epsilon = metadata.f32(prefix + 'attention.layer_norm_rms_epsilon', 1e-5);
  if (metadata.error.length > 0) return d;
  d.keyValueHeads = <usize>metadata.integer(prefix + 'attention.head_count_kv', d.heads, 1, MAX_HEADS);
  const dim = max<i64>(1, d.embedding / d.heads);
  d.keyDim = <usize>metadata.integer(prefix + 'attention.key_length', dim, 1, MAX_HEAD_DIM);
  d.valueDim = <usize>metadata.integer(prefix + 'attention.value_length', dim, 1, MAX_HEAD_DIM);
  describeRope(metadata, prefix, d);
  check(metadata, prefix, d);
  return d;
}

function required(metadata: Metadata, key: string, most: i64): i64 {
  if (!metadata.has(key)) metadata.fail(`metadata key "${key}" is missing`);
  return metadata.integer(key, 1, 1, most);
}

function describeRope(metadata: Metadata, prefix: string, d: Description): void {
  d.ropeDims = <usize>metadata.integer(prefix + 'rope.dimension_count', d.keyDim, 0, MAX_HEAD_DIM);
  d.ropeBase = <f64>metadata.f32(prefix + 'rope.freq_base', 10000);
  const scaling = metadata.text(prefix + 'rope.scaling.type', 'none');
  const factor = metadata.f32(prefix + 'rope.scaling.factor', metadata.f32(prefix + 'rope.scale_linear', 1));
  if (scaling == 'linear' && factor > 0) d.ropeFactor = <f64>factor;
  else if (scaling != 'none' && scaling != 'linear') metadata.fail(`rope scaling "${scaling}" is not supported`);
}

function check(metadata: Metadata, prefix: string, d: Description): void {
  if (d.keyDim > MAX_HEAD_DIM || d.valueDim > MAX_HEAD_DIM) {
    metadata.fail(`heads of ${max(d.keyDim, d.valueDim)} dimensions are not supported, at most ${MAX_HEAD_DIM} are`);
  }
  if (d.heads % d.keyValueHeads != 0) {
    metadata.fail(`${d.heads} heads cannot share ${d.keyValueHeads} key/value heads`);
  }
  if (d.ropeDims > d.keyDim || (d.ropeDims & 1) != 0) {
    metadata.fail(`rope over ${d.ropeDims} of ${d.keyDim} dimensions is not possible`);
  }
  if (!(d.ropeBase > 0) || !(d.ropeBase < Infinity) || !(d.ropeFactor < Infinity)) {
    metadata.fail('the rope base or factor is not a positive number');
  }
  if (!(d.epsilon >= 0) || !(d.epsilon < 1)) metadata.fail(`a norm epsilon of ${d.epsilon} is not sensible`);
  if (metadata.integer(prefix + 'expert_count', 0, 0, i32.MAX_VALUE) > 0) {
    metadata.fail('mixtures of experts are not supported');
  }
}
