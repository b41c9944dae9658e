/** The plan of a model: each tensor is found, checked and given its place before the first byte is read. */
import { Problem } from '../../problem';
import { GgufFile } from '../gguf/file';
import { TensorInfo } from '../gguf/tensors';
import { allocate } from '../../memory/heap';
import { Block, BlockKind } from './block';
import { attentionKinds, feedForwardKinds } from './blocks';
import {
  BIAS_NONE,
  BIAS_OPTIONAL,
  BIAS_REQUIRED,
  Description,
  FACTORS_LONG_SHORT,
  FACTORS_ONE,
  NORM_LAYER,
  OUTPUT_REQUIRED,
  OUTPUT_TIED,
} from './description';
import { Layer } from './layer';
import { ModelWeights } from './model-weights';
import { Part } from './part';
import { TensorFinder } from './tensor-finder';
import { Linear, Norm, Vector } from './weights';

export class Plan {
  readonly weights: ModelWeights = new ModelWeights();
  /** The embeddings of tokens and, if there are any, of positions, which stay in the file. */
  embedding: TensorInfo | null = null;
  positions: TensorInfo | null = null;
  /** Index in `parts` of the first part of each extent: one extent per layer, one for the rest. */
  private readonly firsts: i32[] = [];
  private readonly finder: TensorFinder;
  private readonly attentionKinds: BlockKind[];
  private readonly feedForwardKinds: BlockKind[];

  constructor(
    file: GgufFile,
    private readonly description: Description,
    private readonly vocabulary: usize,
  ) {
    const finder = new TensorFinder(file);
    this.finder = finder;
    this.attentionKinds = attentionKinds(description);
    this.feedForwardKinds = feedForwardKinds(description);
    if (description.parallelWithoutNorm) description.parallel = !finder.has('blk.0.ffn_norm.weight');
    for (let i = 0; i < description.layers && finder.problem === null; ++i) this.layer(i);
    if (finder.problem === null) this.rest();
    if (finder.problem === null) finder.checkUnused(description.architecture);
    this.weights.parameters = finder.parameters();
  }

  /** Why the file cannot be run; null if it can. */
  get problem(): Problem | null {
    return this.finder.problem;
  }

  get parts(): Part[] {
    return this.finder.parts;
  }

  private layer(index: i32): void {
    const d = this.description;
    const at = `blk.${index}.`;
    this.firsts.push(this.parts.length);
    let attentionNorm: Norm | null = null;
    let feedForwardNorm: Norm | null = null;
    if (d.inputNorms) {
      const norm = this.norm(at + 'attn_norm');
      // If there are two, the second is attention's.
      const isDouble = d.parallel && this.finder.has(at + 'attn_norm_2.weight');
      attentionNorm = isDouble ? this.norm(at + 'attn_norm_2', BIAS_OPTIONAL) : norm;
      // A norm that a file may omit may also lack its bias.
      const biases = d.parallelWithoutNorm ? BIAS_OPTIONAL : BIAS_REQUIRED;
      feedForwardNorm = d.parallel ? norm : this.norm(at + d.feedForwardNorm, biases);
    }
    const attention = this.block(this.attentionKinds, at, index);
    const postAttentionNorm = d.postNorms ? this.norm(at + 'post_attention_norm') : null;
    const layer = new Layer(d, attention, this.block(this.feedForwardKinds, at, index));
    layer.attentionNorm = attentionNorm;
    layer.feedForwardNorm = feedForwardNorm;
    layer.postAttentionNorm = postAttentionNorm;
    if (d.postNorms) layer.postFeedForwardNorm = this.norm(at + 'post_ffw_norm');
    this.weights.layers.push(layer);
  }

  private block(kinds: BlockKind[], at: string, layer: i32): Block {
    let i = 0;
    while (!kinds[i].has(layer)) ++i;
    const kind = kinds[i];
    if (!this.weights.buffers.includes(kind)) this.weights.buffers.push(kind);
    return kind.find(this.finder, at, layer);
  }

  /** @param biases of layer norms; the others have none */
  private norm(name: string, biases: i32 = BIAS_REQUIRED): Norm {
    const d = this.description;
    return this.finder.norm(name, d.embedding, d.norm == NORM_LAYER ? biases : BIAS_NONE);
  }

  private rest(): void {
    const d = this.description;
    const finder = this.finder;
    const weights = this.weights;
    this.firsts.push(this.parts.length);
    weights.outputNorm = this.norm(d.outputNorm);
    this.embedding = finder.tensor('token_embd.weight', 2, d.embedding, this.vocabulary);
    if (d.learnedPositions) this.positions = finder.tensor('position_embd.weight', 2, d.embedding, d.trainedContext);
    const hasOutput = d.output == OUTPUT_REQUIRED || finder.has('output.weight');
    weights.tied = d.output == OUTPUT_TIED || !hasOutput;
    weights.output = new Linear(
      finder.matrix(weights.tied ? 'token_embd.weight' : 'output.weight', this.vocabulary, d.embedding),
      finder.bias('output', this.vocabulary, d.outputBias),
    );
    if (d.ropeFactors == FACTORS_ONE) weights.ropeFactors = this.factors('rope_freqs.weight');
    if (d.ropeFactors != FACTORS_LONG_SHORT) return;
    weights.longRopeFactors = this.factors('rope_factors_long.weight');
    weights.ropeFactors = this.factors('rope_factors_short.weight');
  }

  /** Factors of the rope's frequencies, or null if the file has none. */
  private factors(name: string): Vector | null {
    return this.finder.has(name) ? this.finder.vector(name, this.description.ropeDims >> 1) : null;
  }

  /**
   * Packs matrices whose weights fit four bits, those of the last layers first, until the weights take at most `bytes`
   * bytes of heap or no more can be packed. Call it before `allocate`.
   */
  pack(bytes: u64): void {
    let held = this.heapBytes();
    for (let i = this.parts.length - 1; i >= 0; --i) {
      // What was saved is bytes, and what is taken is whole pages.
      if (held <= bytes) held = this.heapBytes();
      if (held <= bytes) return;
      const part = this.parts[i];
      const image = part.image;
      if (image == null || part.format.packedKind == part.format.kind) continue;
      const before = part.heapBytes();
      image.kind = part.format.packedKind;
      held -= before - part.heapBytes();
    }
  }

  /** The first part of an extent; beyond all parts if there is no such extent. */
  startOf(extent: i32): i32 {
    return extent < this.firsts.length ? this.firsts[extent] : i32.MAX_VALUE;
  }

  /** Bytes of heap for the weights. */
  heapBytes(): u64 {
    let bytes: u64 = 0;
    for (let i = 0; i < this.firsts.length; ++i) bytes += (this.extentBytes(i) + 0xffff) & ~0xffff;
    return bytes;
  }

  private extentBytes(extent: i32): u64 {
    const end = extent + 1 < this.firsts.length ? this.firsts[extent + 1] : this.parts.length;
    let bytes: u64 = 0;
    for (let i = this.firsts[extent]; i < end; ++i) bytes += this.parts[i].heapBytes();
    return bytes;
  }

  /** Takes the heap for the weights. False, with nothing taken, if there is not enough. */
  allocate(): bool {
    const weights = this.weights;
    for (let extent = 0; extent < this.firsts.length; ++extent) {
      const bytes = this.extentBytes(extent);
      let address: usize = bytes > u32.MAX_VALUE ? 0 : allocate(<usize>bytes);
      if (address == 0) {
        weights.dispose();
        return false;
      }
      weights.extents.push(address);
      const end = extent + 1 < this.firsts.length ? this.firsts[extent + 1] : this.parts.length;
      for (let i = this.firsts[extent]; i < end; ++i) {
        this.parts[i].place(address);
        address += <usize>this.parts[i].heapBytes();
      }
    }
    weights.bytes = this.heapBytes();
    return true;
  }
}
