/** A loaded model, as the forward pass uses it. */
import { BlockLayout } from '../cache/block-layout';
import { BLOCK_HEADER } from '../cache/tiles';
import { Description, FACTORS_LONG_SHORT } from './description';
import { Embedding } from './embedding';
import { ModelWeights } from './model-weights';
import { Workspace } from './workspace';

export class Model extends BlockLayout {
  readonly workspace: Workspace;
  /** Offset of each layer in a cache block, and the bytes of a block. */
  private readonly offsets: StaticArray<usize>;
  private readonly bytesOfBlock: u64;

  constructor(
    readonly description: Description,
    readonly weights: ModelWeights,
    readonly embedding: Embedding,
    /** Embeddings of positions, or null. */
    readonly positions: Embedding | null,
    readonly vocabulary: usize,
  ) {
    super();
    const d = description;
    const rowScratch = max(embedding.scratchBytes(), positions == null ? 0 : positions.scratchBytes());
    this.workspace = new Workspace(d, weights.buffers, vocabulary, rowScratch);
    this.offsets = new StaticArray<usize>(d.layers);
    let offset: u64 = BLOCK_HEADER;
    for (let i = 0; i < d.layers; ++i) {
      this.offsets[i] = <usize>offset;
      offset += weights.layers[i].attention.cacheBytes();
    }
    this.bytesOfBlock = offset;
  }

  /** Bytes of a cache block of 32 positions. */
  blockBytes(): u64 {
    return this.bytesOfBlock;
  }

  clear(block: usize, from: i32, to: i32): void {
    const layers = this.weights.layers;
    for (let i = 0; i < layers.length; ++i) layers[i].attention.clear(block + this.offsets[i], from, to);
  }

  /** Whether one of its blocks keeps a state (Block.keepsState). */
  keepsState(): bool {
    const layers = this.weights.layers;
    for (let i = 0; i < layers.length; ++i) if (layers[i].attention.keepsState()) return true;
    return false;
  }

  /** Offset of a layer in a cache block. */
  layerOffset(layer: i32): usize {
    return this.offsets[layer];
  }

  /**
   * Writes the angle per position of every pair of rope dimensions to the workspace, for global and local layers, for
   * sequences of `context` tokens.
   */
  variant(context: i32, weightBytes: u64): u64 {
    return 2 * weightBytes + u64(usesLongFactors(this.description, context));
  }

  dispose(): void {
    this.weights.dispose();
    this.workspace.dispose();
  }
}

/** Whether the rope's factors are those for sequences beyond the context that the model was first trained for. */
function usesLongFactors(d: Description, context: i32): bool {
  return d.ropeFactors == FACTORS_LONG_SHORT && <f64>context > d.ropeScaling.originalContext;
}

/**
 * Writes the angle per position of every pair of rope dimensions to the workspace, for global and local layers, as it is
 * for sequences of `context` tokens.
 */
export function computeFrequencies(model: Model, context: i32): void {
  const d = model.description;
  const w = model.workspace;
  const weights = model.weights;
  const factors = usesLongFactors(d, context) ? weights.longRopeFactors : weights.ropeFactors;
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
