/** Buffers of the forward pass, sized once at load and reused for every token. */
import { Code, Problem } from '../../problem';
import { allocate, release } from '../../memory/heap';
import { attentionScratch } from '../cache/attention';
import { BATCH, TOKEN_STRIDE } from '../kernels/layout';
import { Activations } from '../quant/multiply';
import { Description } from './description';

export class Workspace {
  /** Vectors that matrices are multiplied with. */
  activations: Activations = new Activations(0, 0, 0, 0, 0, 0);
  /** f32 of the first token, the next token's are TOKEN_STRIDE further: [heads * keyDim], [keyValueHeads * keyDim] ... */
  query: usize = 0;
  key: usize = 0;
  value: usize = 0;
  /** [feedForward] */
  gate: usize = 0;
  up: usize = 0;
  /** [embedding]: what a block adds to the residual stream, and of parallel blocks what attention adds. */
  out: usize = 0;
  attended: usize = 0;
  /** [3 * embedding]: of short convolutions. */
  mixed: usize = 0;
  /** Of experts: ratings [experts]; [ expert: u32 | weight: f32 ] of those used, and the shared one's weight; [width] each; what they say, [embedding]. */
  router: usize = 0;
  chosen: usize = 0;
  expertGate: usize = 0;
  expertUp: usize = 0;
  routed: usize = 0;
  /** What one expert's last matrix is multiplied with, of one token. */
  expert: Activations = new Activations(0, 0, 0, 0, 0, 0);
  /** Cosines and sines: [ropeDims / 2][2]; of local layers where the model has them. */
  rope: usize = 0;
  localRope: usize = 0;
  /** Scores and weights of attention over the whole context. */
  attention: usize = 0;
  /** Of Embedding.read. */
  row: usize = 0;
  /** [vocabulary rounded up to 4] */
  logits: usize = 0;
  /** f64[ropeDims / 2]: angle per position. */
  frequencies: usize = 0;
  localFrequencies: usize = 0;
  bytes: u64 = 0;
  /** Bytes per token within the arena that are ever touched. */
  tokenBytes: usize = 0;

  /** Positions that `rope` is for, by token of the batch. */
  private readonly ropePositions: StaticArray<i32> = new StaticArray<i32>(BATCH);
  private arena: usize = 0;
  private shared: usize = 0;
  private at: usize = 0;

  private take(bytes: usize): usize {
    const address = this.at;
    this.at += (bytes + 63) & ~63;
    return address;
  }

  private layActivations(inputs: usize): Activations {
    const padded = (inputs + 127) & ~127;
    return new Activations(
      this.take(padded * 4),
      this.take(padded * 2),
      this.take(padded / 16),
      this.take(padded / 4 + 128),
      this.take(padded / 8 + 64),
      this.take(padded / 32 + 16),
    );
  }

  private layToken(d: Description): void {
    this.activations = this.layActivations(max(max(d.embedding, d.feedForward), d.heads * d.valueDim));
    this.query = this.take(rounded(d.heads * d.keyDim));
    this.key = this.take(rounded(d.keyValueHeads * d.keyDim));
    this.value = this.take(rounded(d.keyValueHeads * d.valueDim));
    this.gate = this.take(rounded(d.feedForward));
    this.up = this.take(rounded(d.feedForward));
    this.out = this.take(rounded(d.embedding));
    this.attended = d.parallel ? this.take(rounded(d.embedding)) : this.out;
    this.rope = this.take(d.ropeDims * 4);
    this.localRope = d.window > 0 ? this.take(d.ropeDims * 4) : this.rope;
    if (d.taps > 0) this.mixed = this.take(rounded(3 * d.embedding));
    const experts = d.experts;
    if (experts == null) return;
    this.router = this.take(rounded(experts.count));
    this.chosen = this.take(8 * experts.used + 4);
    this.expertGate = this.take(rounded(experts.feedForward));
    this.expertUp = this.take(rounded(experts.feedForward));
    this.routed = this.take(rounded(d.embedding));
    this.expert = this.layActivations(experts.feedForward);
  }

  private layShared(d: Description, context: usize, rowScratch: usize, vocabulary: usize): void {
    this.frequencies = this.take(d.ropeDims * 4);
    this.localFrequencies = d.window > 0 ? this.take(d.ropeDims * 4) : this.frequencies;
    this.row = this.take(rowScratch);
    this.attention = this.take(attentionScratch(context));
    this.logits = this.take(rounded(vocabulary));
  }

  /** Bytes of heap that `reserve` takes for such a model. */
  static bytesFor(d: Description, context: usize, rowScratch: usize, vocabulary: usize): u64 {
    const workspace = new Workspace();
    workspace.layShared(d, context, rowScratch, vocabulary);
    return <u64>TOKEN_STRIDE * BATCH + ((<u64>workspace.at + 0xffff) & ~0xffff);
  }

  /** Learns how much of the arena a token touches; before `reserve` the cost of a step is computed with it. */
  measure(d: Description): void {
    this.at = 0;
    this.layToken(d);
    this.tokenBytes = this.at;
  }

  /** Takes the buffers. Null, or why not. */
  reserve(d: Description, context: usize, rowScratch: usize, vocabulary: usize): Problem | null {
    this.measure(d);
    if (this.at > TOKEN_STRIDE) {
      return new Problem(
        `the model is too wide: a token needs ${this.at} bytes of buffers, at most ${TOKEN_STRIDE} are supported`,
      );
    }
    this.at = 0;
    this.layShared(d, context, rowScratch, vocabulary);
    const sharedBytes = this.at;
    this.arena = allocate(TOKEN_STRIDE * <usize>BATCH);
    this.shared = this.arena == 0 ? 0 : allocate(sharedBytes);
    if (this.shared == 0) {
      this.dispose();
      return new Problem('no memory is left for the working buffers', Code.HEAP_FULL);
    }
    this.ropePositions.fill(-1);
    // The same again, now from the real addresses.
    this.at = this.arena;
    this.layToken(d);
    this.at = this.shared;
    this.layShared(d, context, rowScratch, vocabulary);
    this.bytes = Workspace.bytesFor(d, context, rowScratch, vocabulary);
    return null;
  }

  /** Position that token t's cosines and sines are for; -1: none. */
  ropePosition(t: i32): i32 {
    return this.ropePositions[t];
  }

  setRopePosition(t: i32, position: i32): void {
    this.ropePositions[t] = position;
  }

  dispose(): void {
    release(this.arena);
    release(this.shared);
    this.arena = 0;
    this.shared = 0;
  }
}

/** Bytes of f32[rows], with room for the last group of four. */
function rounded(rows: usize): usize {
  return ((rows + 3) & ~3) << 2;
}
