/**
 * All weights of a model, except the embeddings of tokens and positions, which are read from the file (embedding.ts).
 */
import { release } from '../../memory/heap';
import { Image } from '../quant/image';
import { Buffers } from './buffers';
import { Layer } from './layer';
import { Linear, Norm, Vector } from './weights';

export class ModelWeights {
  readonly layers: Layer[] = [];
  /** Buffers of the layers' kinds of blocks. */
  readonly buffers: Buffers[] = [];
  outputNorm: Norm = new Norm(new Vector(0), null);
  /** [vocabulary][embedding]; made from the token embeddings if the file has no output matrix. */
  output: Linear = new Linear(new Image(0, 0, 0, 0, 0), null);
  /** f32[ropeDims / 2], or null; the long ones are for contexts beyond the original one. */
  ropeFactors: Vector | null = null;
  longRopeFactors: Vector | null = null;
  tied: bool = false;
  /** Parameters in the file, tied ones once. */
  parameters: u64 = 0;
  /** Bytes of the heap extents. */
  bytes: u64 = 0;
  /** The extents with all weights. */
  readonly extents: usize[] = [];

  dispose(): void {
    while (this.extents.length > 0) release(this.extents.pop());
  }
}
