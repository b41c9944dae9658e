/** A loaded model: what the forward pass works with. */
import { AttentionShape } from '../cache/attention';
import { BLOCK_HEADER, HeadTile } from '../cache/tiles';
import { Description } from './description';
import { Embedding } from './embedding';
import { Weights } from './weights';
import { Workspace } from './workspace';

export class Model {
  readonly attention: AttentionShape;
  /** Bytes of one layer in a cache block. */
  readonly layerBytes: usize;

  constructor(
    readonly description: Description,
    readonly weights: Weights,
    readonly embedding: Embedding,
    readonly workspace: Workspace,
    readonly vocabulary: usize,
  ) {
    this.attention = attentionShape(description);
    this.layerBytes = description.keyValueHeads * this.attention.tile.bytes();
  }

  /** Bytes of a cache block of 32 positions. */
  blockBytes(): u64 {
    return BLOCK_HEADER + <u64>this.description.layers * this.layerBytes;
  }

  /** Offset of a layer in a cache block. */
  layerOffset(layer: i32): usize {
    return BLOCK_HEADER + <usize>layer * this.layerBytes;
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
  );
}

/** Writes the angle per position of every pair of rope dimensions to the workspace, for global and local layers. */
export function computeFrequencies(model: Model): void {
  const d = model.description;
  const factors = model.weights.ropeFactors;
  for (let i: usize = 0; i < d.ropeDims >> 1; ++i) {
    const exponent = (-2.0 * <f64>i) / <f64>d.ropeDims;
    let frequency = Math.pow(d.ropeBase, exponent) / d.ropeFactor;
    if (factors != null) frequency /= <f64>load<f32>(factors.address + (i << 2));
    store<f64>(model.workspace.frequencies + (i << 3), frequency);
    if (d.window > 0) store<f64>(model.workspace.localFrequencies + (i << 3), Math.pow(d.ropeBaseLocal, exponent));
  }
}
