/** Which tensor of the file goes where: found, checked and given its place before the first byte is read. */
import { GgufFile } from '../gguf/file';
import { TensorInfo } from '../gguf/tensors';
import { allocate } from '../heap';
import { Description, Experts, HEADS_ALIKE, HEADS_APART, HEADS_PLAIN, HEADS_TOGETHER, NORM_LAYER } from './description';
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
    for (let i = 0; i < description.layers && finder.error.length == 0; ++i) this.layer(i);
    if (finder.error.length == 0) this.rest();
    if (finder.error.length == 0) finder.checkUnused(description.architecture);
    this.weights.parameters = finder.parameters();
  }

  /** Why the file cannot be run; empty if it can. */
  get error(): string {
    return this.finder.error;
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
      layer.attentionNorm = isDouble ? this.norm(at + 'attn_norm_2') : norm;
      layer.feedForwardNorm = d.parallel ? norm : this.norm(at + 'ffn_norm');
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

  private norm(name: string): Norm {
    return this.finder.norm(name, this.description.embedding, this.description.norm == NORM_LAYER);
  }

  private attention(at: string): Attention {
    const d = this.description;
    const finder = this.finder;
    const queries = d.heads * d.keyDim;
    const keys = d.keyValueHeads * d.keyDim;
    const values = d.keyValueHeads * d.valueDim;
    const width = d.embedding;
    const bias = d.queryKeyValueBias;
    const fused = finder.has(at + 'attn_qkv.weight');
    const all = queries + keys + values;
    const name = at + 'attn_qkv';
    return new Attention(
      fused ? finder.linear(name, queries, width, bias, 0, all) : finder.linear(at + 'attn_q', queries, width, bias),
      fused ? finder.linear(name, keys, width, bias, queries, all) : finder.linear(at + 'attn_k', keys, width, bias),
      fused
        ? finder.linear(name, values, width, bias, queries + keys, all)
        : finder.linear(at + 'attn_v', values, width, bias),
      this.headNorm(at + 'attn_q_norm.weight', d.heads),
      this.headNorm(at + 'attn_k_norm.weight', d.keyValueHeads),
      finder.linear(at + 'attn_output', width, d.heads * d.valueDim, false),
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
      this.finder.linear(at + 'shortconv.in_proj', 3 * d.embedding, d.embedding, false),
      this.finder.table(at + 'shortconv.conv.weight', d.taps, d.embedding),
      this.finder.linear(at + 'shortconv.out_proj', d.embedding, d.embedding, false),
    );
  }

  private feedForward(at: string, suffix: string = ''): FeedForward {
    const d = this.description;
    const finder = this.finder;
    const width = d.feedForward;
    const up = at + 'ffn_up' + suffix;
    const down = at + 'ffn_down' + suffix;
    if (d.fusedGate) {
      return new FeedForward(
        finder.linear(up, width, d.embedding, false, 0, 2 * width),
        finder.linear(up, width, d.embedding, false, width, 2 * width),
        finder.linear(down, d.embedding, width, false),
      );
    }
    return new FeedForward(
      d.gated ? finder.linear(at + 'ffn_gate' + suffix, width, d.embedding, false) : null,
      finder.linear(up, width, d.embedding, false),
      finder.linear(down, d.embedding, width, false),
    );
  }

  private routed(at: string, experts: Experts): RoutedExperts {
    const d = this.description;
    const finder = this.finder;
    const routed = new RoutedExperts(
      finder.linear(at + 'ffn_gate_inp', experts.count, d.embedding, false),
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
    weights.tied = !finder.has('output.weight');
    weights.output = weights.tied
      ? new Linear(finder.matrix('token_embd.weight', this.vocabulary, d.embedding), null)
      : finder.linear('output', this.vocabulary, d.embedding, false);
    if (!d.ropeFactors) return;
    const pairs = d.ropeDims >> 1;
    if (finder.has('rope_freqs.weight')) {
      weights.ropeFactors = finder.vector('rope_freqs.weight', pairs);
    } else if (finder.has('rope_factors_long.weight') || finder.has('rope_factors_short.weight')) {
      weights.longRopeFactors = finder.vector('rope_factors_long.weight', pairs);
      weights.ropeFactors = finder.vector('rope_factors_short.weight', pairs);
    }
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
