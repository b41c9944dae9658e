/** A model's weights as they lie in the heap. */
import { release } from '../heap';
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

/** One transformer block. */
export class Layer {
  constructor(
    readonly attentionNorm: Vector,
    readonly query: Linear,
    readonly key: Linear,
    readonly value: Linear,
    /** f32[keyDim] each, or null. */
    readonly queryNorm: Vector | null,
    readonly keyNorm: Vector | null,
    readonly attentionOutput: Linear,
    /** Of what attention adds to the residual stream, or null. */
    readonly postAttentionNorm: Vector | null,
    readonly feedForwardNorm: Vector,
    readonly gate: Linear,
    readonly up: Linear,
    readonly down: Linear,
    /** Of what the feed-forward block adds, or null. */
    readonly postFeedForwardNorm: Vector | null,
  ) {}
}

/** All of them. What is not in the heap (token embeddings) is read from the file (embedding.ts). */
export class Weights {
  readonly layers: Layer[] = [];
  outputNorm: Vector = new Vector(0);
  /** [vocabulary][embedding]; of the token embeddings where the file has no output matrix of its own. */
  output: Linear = new Linear(new Image(0, 0, 0, 0, 0), null);
  /** f32[ropeDims / 2], or null. */
  ropeFactors: Vector | null = null;
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
