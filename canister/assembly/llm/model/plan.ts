/** Which tensor of the file goes where: found, checked and given its place before the first byte is read. */
import { Problem } from '../../problem';
import { GgufFile } from '../gguf/file';
import { TensorInfo } from '../gguf/tensors';
import { allocate } from '../../memory/heap';
import {
  BIAS_NONE,
  BIAS_OPTIONAL,
  BIAS_REQUIRED,
  Description,
  Experts,
  FACTORS_LONG_SHORT,
  FACTORS_ONE,
  HEADS_ALIKE,
  HEADS_APART,
  HEADS_PLAIN,
  HEADS_TOGETHER,
  NORM_LAYER,
  OUTPUT_REQUIRED,
  OUTPUT_TIED,
} from './description';
import { Part } from './part';
import { TensorFinder } from './tensor-finder';
import { Attention, Convolution, FeedForward, Layer, Linear, Norm, RoutedExperts, Vector, Weights } from './weights';

export class Plan {
  readonly weights: Weights = new Weights();
  /** The embeddings of tokens and, where there are any, of positions, which stay in the file. */
  embedding: TensorInfo | null = null;
  positions: TensorInfo | null = null;
  /** Index in `parts` of the first part of each extent: one extent per layer, one for the rest. */
  private readonly firsts: i32[] = [];
  private readonly finder: TensorFinder;

  constructor(
    file: GgufFile,
    private readonly description: Description,
    private readonly vocabulary: usize,
  ) {
    const finder = new TensorFinder(file);
    this.finder = finder;
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
    const layer = new Layer();
    if (d.inputNorms) {
      const norm = this.norm(at + 'attn_norm');
      // Where there are two, the second is attention's.
      const isDouble = d.parallel && this.finder.has(at + 'attn_norm_2.weight');
      layer.attentionNorm = isDouble ? this.norm(at + 'attn_norm_2', BIAS_OPTIONAL) : norm;
      // Where a file may lack the norm, it may have it without its bias.
      const biases = d.parallelWithoutNorm ? BIAS_OPTIONAL : BIAS_REQUIRED;
      layer.feedForwardNorm = d.parallel ? norm : this.norm(at + 'ffn_norm', biases);
    }
    if (d.attends(index)) layer.attention = this.attention(at);
    else layer.convolution = this.convolution(at);
    if (d.postNorms) layer.postAttentionNorm = this.norm(at + 'post_attention_norm');
    const experts = d.experts;
    if (experts != null) layer.experts = this.routed(at, experts);
    else layer.feedForward = this.feedForward(at);
    if (d.postNorms) layer.postFeedForwardNorm = this.norm(at + 'post_ffw_norm');
    this.weights.layers.push(layer);
  }

  /** @param biases of layer norms; the others have none */
  private norm(name: string, biases: i32 = BIAS_REQUIRED): Norm {
    const d = this.description;
    return this.finder.norm(name, d.embedding, d.norm == NORM_LAYER ? biases : BIAS_NONE);
  }

  private attention(at: string): Attention {
    const d = this.description;
    const finder = this.finder;
    const queries = d.heads * d.keyDim;
    const keys = d.keyValueHeads * d.keyDim;
    const values = d.keyValueHeads * d.valueDim;
    const width = d.embedding;
    const all = queries + keys + values;
    return new Attention(
      this.projection(at, 'attn_q', queries, 0, all),
      this.projection(at, 'attn_k', keys, queries, all),
      this.projection(at, 'attn_v', values, queries + keys, all),
      this.headNorm(at + 'attn_q_norm.weight', d.heads),
      this.headNorm(at + 'attn_k_norm.weight', d.keyValueHeads),
      finder.linear(at + 'attn_output', width, d.heads * d.valueDim, d.attentionOutputBias),
    );
  }

  /** Queries, keys or values: a tensor of their own, or some rows of one for all, whose biases may still be apart. */
  private projection(at: string, name: string, rows: usize, first: usize, all: usize): Linear {
    const finder = this.finder;
    const width = this.description.embedding;
    const biases = this.description.queryKeyValueBias;
    const fused = at + 'attn_qkv';
    if (!finder.has(fused + '.weight')) return finder.linear(at + name, rows, width, biases);
    const image = finder.matrix(fused + '.weight', rows, width, first, all);
    const isApart = biases == BIAS_OPTIONAL && !finder.has(fused + '.bias');
    return new Linear(
      image,
      isApart ? finder.bias(at + name, rows, biases) : finder.bias(fused, rows, biases, first, all),
    );
  }

  private headNorm(name: string, heads: usize): Vector | null {
    const d = this.description;
    const kind = d.queryKeyNorm;
    if (kind == HEADS_PLAIN || (kind == HEADS_APART && !this.finder.has(name))) return null;
    if (kind == HEADS_ALIKE) return this.finder.vector(name, d.keyDim);
    if (kind == HEADS_TOGETHER) return this.finder.vector(name, heads * d.keyDim);
    return this.finder.table(name, d.keyDim, heads);
  }

  private convolution(at: string): Convolution {
    const d = this.description;
    return new Convolution(
      this.finder.linear(at + 'shortconv.in_proj', 3 * d.embedding, d.embedding, BIAS_NONE),
      this.finder.table(at + 'shortconv.conv.weight', d.taps, d.embedding),
      this.finder.linear(at + 'shortconv.out_proj', d.embedding, d.embedding, BIAS_NONE),
    );
  }

  private feedForward(at: string, suffix: string = ''): FeedForward {
    const d = this.description;
    const finder = this.finder;
    const width = d.feedForward;
    const up = at + 'ffn_up' + suffix;
    const down = at + 'ffn_down' + suffix;
    const biases = d.feedForwardBias;
    if (d.fusedGate) {
      return new FeedForward(
        finder.linear(up, width, d.embedding, biases, 0, 2 * width),
        finder.linear(up, width, d.embedding, biases, width, 2 * width),
        finder.linear(down, d.embedding, width, biases),
      );
    }
    return new FeedForward(
      d.gated ? finder.linear(at + 'ffn_gate' + suffix, width, d.embedding, biases) : null,
      finder.linear(up, width, d.embedding, biases),
      finder.linear(down, d.embedding, width, biases),
    );
  }

  private routed(at: string, experts: Experts): RoutedExperts {
    const d = this.description;
    const finder = this.finder;
    const routed = new RoutedExperts(
      finder.linear(at + 'ffn_gate_inp', experts.count, d.embedding, BIAS_NONE),
      experts.shared ? finder.vector(at + 'ffn_gate_inp_shexp.weight', d.embedding) : null,
      experts.shared ? this.feedForward(at, '_shexp') : null,
    );
    finder.matrices(at + 'ffn_gate_exps.weight', experts.count, experts.feedForward, d.embedding, routed.gates);
    finder.matrices(at + 'ffn_up_exps.weight', experts.count, experts.feedForward, d.embedding, routed.ups);
    finder.matrices(at + 'ffn_down_exps.weight', experts.count, d.embedding, experts.feedForward, routed.downs);
    return routed;
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

  /** Factors of the rope's frequencies, or null where the file has none. */
  private factors(name: string): Vector | null {
    return this.finder.has(name) ? this.finder.vector(name, this.description.ropeDims >> 1) : null;
  }

  /**
   * Packs matrices whose weights fit four bits, the last layers' first, until the weights take at most `bytes` bytes of
   * heap or nothing is left to pack. Before `allocate`.
   */
  pack(bytes: u64): void {
    let held = this.heapBytes();
    for (let i = this.parts.length - 1; i >= 0 && held > bytes; --i) {
      const part = this.parts[i];
      const image = part.image;
      if (image == null || part.format.packedKind == part.format.kind) continue;
      const before = part.heapBytes();
      image.kind = part.format.packedKind;
      held -= before - part.heapBytes();
    }
  }

  /** Bytes of heap that the weights take. */
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

  /** Takes the heap that the weights need. False, with nothing taken, if it is not there. */
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
