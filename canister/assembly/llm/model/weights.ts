/** A model's weights as they lie in the heap. */
import { release } from '../../memory/heap';
import { Image } from '../quant/image';

/** f32[length] in the heap. */
export class Vector {
  address: usize = 0;

  constructor(readonly length: usize) {}
}

/** y = W x + bias. */
export class Linear {
  constructor(
    readonly image: Image,
    /** f32[rows], or null. */
    readonly bias: Vector | null,
  ) {}
}

/** Weights of a norm. */
export class Norm {
  constructor(
    readonly weight: Vector,
    /** Of layer norms, or null. */
    readonly bias: Vector | null,
  ) {}
}

export class Attention {
  constructor(
    readonly query: Linear,
    readonly key: Linear,
    readonly value: Linear,
    /** Of what the description's `queryKeyNorm` says, or null. */
    readonly queryNorm: Vector | null,
    readonly keyNorm: Vector | null,
    readonly output: Linear,
  ) {}
}

/** A short convolution, which stands where others attend. */
export class Convolution {
  constructor(
    /** [3 * embedding][embedding]: two gates and what is convolved. */
    readonly input: Linear,
    /** f32[embedding][taps], the oldest position first. */
    readonly kernel: Vector,
    readonly output: Linear,
  ) {}
}

export class FeedForward {
  constructor(
    /** Null where there is none. */
    readonly gate: Linear | null,
    readonly up: Linear,
    readonly down: Linear,
  ) {}
}

/** One transformer block. Norms that an architecture lacks are null. */
export class Layer {
  /** Either attention or a convolution. */
  attention: Attention | null = null;
  convolution: Convolution | null = null;
  /** Either a feed-forward block or experts. */
  feedForward: FeedForward | null = null;
  experts: RoutedExperts | null = null;
  attentionNorm: Norm | null = null;
  /** Of what attention adds to the residual stream. */
  postAttentionNorm: Norm | null = null;
  feedForwardNorm: Norm | null = null;
  /** Of what the feed-forward block adds. */
  postFeedForwardNorm: Norm | null = null;
}

/** Experts of a layer, and what chooses between them. */
export class RoutedExperts {
  readonly gates: Image[] = [];
  readonly ups: Image[] = [];
  readonly downs: Image[] = [];

  constructor(
    /** [experts][embedding] */
    readonly router: Linear,
    /** f32[embedding]: gate of the expert that every token is sent to, and that expert; or null. */
    readonly sharedGate: Vector | null,
    readonly shared: FeedForward | null,
  ) {}
}

/** All of them. What is not in the heap (embeddings of tokens and positions) is read from the file (embedding.ts). */
export class Weights {
  readonly layers: Layer[] = [];
  outputNorm: Norm = new Norm(new Vector(0), null);
  /** [vocabulary][embedding]; of the token embeddings where the file has no output matrix of its own. */
  output: Linear = new Linear(new Image(0, 0, 0, 0, 0), null);
  /** f32[ropeDims / 2], or null; the long ones are for contexts beyond the original one. */
  ropeFactors: Vector | null = null;
  longRopeFactors: Vector | null = null;
  tied: bool = false;
  /** Parameters in the file, tied ones once. */
  parameters: u64 = 0;
  /** Bytes of the heap extents. */
  bytes: u64 = 0;
  /** The extents that hold it all. */
  readonly extents: usize[] = [];

  dispose(): void {
    while (this.extents.length > 0) release(this.extents.pop());
  }
}
