/** A loaded model: what the forward pass works with. */
import { AttentionShape } from '../cache/attention';
import { BLOCK_HEADER, HeadTile } from '../cache/tiles';
import { Description, FACTORS_LONG_SHORT } from './description';
import { Embedding } from './embedding';
import { Weights } from './weights';
import { Workspace } from './workspace';

export class Model {
  readonly attention: AttentionShape;
  /** Offset of each layer in a cache block, and the bytes of a block. */
  private readonly offsets: StaticArray<usize>;
  private readonly bytesOfBlock: u64;

  constructor(
    readonly description: Description,
    readonly weights: Weights,
    readonly embedding: Embedding,
    /** Embeddings of positions, or null. */
    readonly positions: Embedding | null,
    readonly workspace: Workspace,
    readonly vocabulary: usize,
  ) {
    const d = description;
    this.attention = attentionShape(d);
    this.offsets = new StaticArray<usize>(d.layers);
    let offset: u64 = BLOCK_HEADER;
    for (let i = 0; i < d.layers; ++i) {
      this.offsets[i] = <usize>offset;
      offset += this.layerBytes(i);
    }
    this.bytesOfBlock = offset;
  }

  /** Bytes that a layer has in a cache block: keys and values of 32 positions, or the columns that a convolution keeps. */
  layerBytes(layer: i32): usize {
    const d = this.description;
    if (!d.attends(layer)) return ((((d.taps - 1) * d.embedding) << 2) + 63) & ~63;
    return d.keyValueHeads * this.attention.tile.bytes();
  }

  /** Bytes of a cache block of 32 positions. */
  blockBytes(): u64 {
    return this.bytesOfBlock;
  }

  /** Offset of a layer in a cache block. */
  layerOffset(layer: i32): usize {
    return this.offsets[layer];
  }

  /** Bytes of scratch that reading an embedding takes. */
  rowScratch(): usize {
    const positions = this.positions;
    return max(this.embedding.scratchBytes(), positions == null ? 0 : positions.scratchBytes());
  }

  dispose(): void {
    this.weights.dispose();
    this.workspace.dispose();
  }
}

function attentionShape(d: Description): AttentionShape {
  const scale = <f32>(d.attentionScale > 0 ? d.attentionScale : 1 / Math.sqrt(<f64>d.keyDim));
  return new AttentionShape(
    d.heads,
    d.keyValueHeads,
    new HeadTile(d.keyDim, d.valueDim, d.keyEntry, d.valueEntry),
    scale,
    d.scoreCap,
  );
}

/**
 * Writes the angle per position of every pair of rope dimensions to the workspace, for global and local layers, as it is
 * for sequences of `context` tokens.
 */
export function computeFrequencies(model: Model, context: i32): void {
  const d = model.description;
  const w = model.workspace;
  const weights = model.weights;
  const isLong = <f64>context > d.ropeScaling.originalContext;
  const factors = d.ropeFactors == FACTORS_LONG_SHORT && isLong ? weights.longRopeFactors : weights.ropeFactors;
  const scaling = d.ropeScaling;
  const localBase = d.ropeBaseLocal > 0 ? d.ropeBaseLocal : d.ropeBase;
  for (let i: usize = 0; i < d.ropeDims >> 1; ++i) {
    const own = factors == null ? 1 : <f64>load<f32>(factors.address + (i << 2));
    store<f64>(w.frequencies + (i << 3), scaling.frequency(i, d.ropeDims, d.ropeBase, own, scaling.factor));
    if (d.window == 0) continue;
    const local = d.ropePlainLocal
      ? Math.pow(localBase, (-2.0 * <f64>i) / <f64>d.ropeDims)
      : scaling.frequency(i, d.ropeDims, localBase, 1, d.localFactor());
    store<f64>(w.localFrequencies + (i << 3), local);
  }
}
