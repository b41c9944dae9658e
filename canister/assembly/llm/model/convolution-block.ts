/**
 * A short convolution instead of attention (LFM2, arXiv 2511.23404):
 *
 *     b, c, x = W_in a;  z = b * x;  out = W_out (c * convolved z)
 *
 * Each channel of z is convolved with the positions just before it. The columns that a later batch needs, the last taps
 * - 1 columns of z, are in the cache block of its last position, in the layer's place:
 *
 *     layer   [ column: f32[embedding] ] * (taps - 1)      the oldest first
 *
 * So a block holds the state after its last evaluated position. Going back to a position within a block means to
 * evaluate that block again from its start, from the previous block's state (Sequences.rewind).
 */
import { Sequence } from '../cache/sequence';
import { TILE_POSITIONS } from '../cache/tiles';
import { TOKEN_STRIDE } from '../kernels/layout';
import { Block, BlockKind } from './block';
import { floats, Room } from './buffers';
import { BIAS_NONE, Description } from './description';
import { project } from './linear';
import { linearCost, PAGE, writtenPages } from './operator-cost';
import { TensorFinder } from './tensor-finder';
import { Linear, Vector } from './weights';
import { Workspace } from './workspace';

const POSITIONS: i32 = <i32>TILE_POSITIONS;

export class ConvolutionKind extends BlockKind {
  /** f32[3 * embedding]: two gates and the input of the convolution. */
  mixed: usize = 0;

  has(layer: i32): bool {
    return !this.description.attends(layer);
  }

  find(finder: TensorFinder, at: string, layer: i32): Block {
    const d = this.description;
    return new ConvolutionBlock(
      d,
      this,
      finder.linear(at + 'shortconv.in_proj', 3 * d.embedding, d.embedding, BIAS_NONE),
      finder.table(at + 'shortconv.conv.weight', d.taps, d.embedding),
      finder.linear(at + 'shortconv.out_proj', d.embedding, d.embedding, BIAS_NONE),
    );
  }

  widest(): usize {
    return this.description.embedding;
  }

  take(room: Room): void {
    this.mixed = room.take(floats(3 * this.description.embedding));
  }
}


@final
class ConvolutionBlock extends Block {
  constructor(
    private readonly description: Description,
    private readonly kind: ConvolutionKind,
    /** [3 * embedding][embedding] */
    private readonly input: Linear,
    /** f32[embedding][taps], the oldest position first. */
    private readonly kernel: Vector,
    private readonly output: Linear,
  ) {
    super();
  }

  compute(w: Workspace, sequence: Sequence, place: usize, out: usize): void {
    const width = this.description.embedding;
    const mixed = this.kind.mixed;
    const tokens = sequence.batch;
    project(w.activations, this.input, mixed, tokens);
    const first = sequence.evaluated;
    for (let t = 0; t < tokens; ++t) {
      // z overwrites x.
      const b = mixed + <usize>t * TOKEN_STRIDE;
      const x = b + (width << 3);
      for (let i: usize = 0; i < width << 2; i += 4) store<f32>(x + i, load<f32>(b + i) * load<f32>(x + i));
    }
    for (let t = 0; t < tokens; ++t) this.convolve(w, sequence, place, t);
    this.keepState(sequence, place, first, first + tokens - 1);
    w.activations.begin(width, tokens);
    project(w.activations, this.output, out, tokens);
  }

  /** Address of z's column at a position: of the batch, or of the state before it; 0 before the first position. */
  private column(sequence: Sequence, place: usize, position: i32): usize {
    if (position < 0) return 0;
    const width = this.description.embedding;
    const first = sequence.evaluated;
    if (position >= first) return this.kind.mixed + <usize>(position - first) * TOKEN_STRIDE + (width << 3);
    const kept = <i32>this.description.taps - 1;
    return state(sequence, place, first - 1) + ((<usize>(kept - (first - position)) * width) << 2);
  }

  /** values of token t's activations = c * convolved z. */
  private convolve(w: Workspace, sequence: Sequence, place: usize, t: i32): void {
    const width = this.description.embedding;
    const taps = this.description.taps;
    const y = w.activations.values + <usize>t * TOKEN_STRIDE;
    memory.fill(y, 0, width << 2);
    for (let tap: usize = 0; tap < taps; ++tap) {
      const z = this.column(sequence, place, sequence.evaluated + t - <i32>(taps - 1 - tap));
      if (z == 0) continue;
      let factor = this.kernel.address + (tap << 2);
      for (let i: usize = 0; i < width << 2; i += 4) {
        store<f32>(y + i, load<f32>(y + i) + load<f32>(factor) * load<f32>(z + i));
        factor += taps << 2;
      }
    }
    const c = this.kind.mixed + <usize>t * TOKEN_STRIDE + (width << 2);
    for (let i: usize = 0; i < width << 2; i += 4) store<f32>(y + i, load<f32>(y + i) * load<f32>(c + i));
  }

  /** Stores the state after the last position of every cache block that the batch, first .. last, reaches. */
  private keepState(sequence: Sequence, place: usize, first: i32, last: i32): void {
    const width = this.description.embedding;
    const kept = <i32>this.description.taps - 1;
    // The last block first: its state may depend on what the first one holds now.
    for (let block = last / POSITIONS; block >= first / POSITIONS; --block) {
      const end = min(last, (block + 1) * POSITIONS - 1);
      const at = state(sequence, place, end);
      // Oldest first, because old columns move towards the front.
      for (let i = 0; i < kept; ++i) {
        const from = this.column(sequence, place, end - (kept - 1) + i);
        const to = at + ((<usize>i * width) << 2);
        if (from == 0) memory.fill(to, 0, width << 2);
        else memory.copy(to, from, width << 2);
      }
    }
  }

  /** The stored columns. */
  cacheBytes(): usize {
    const d = this.description;
    return ((((d.taps - 1) * d.embedding) << 2) + 63) & ~63;
  }

  keepsState(): bool {
    return true;
  }

  cost(position: i32, batch: i32): u64 {
    const d = this.description;
    const matrices = linearCost(this.input, batch) + linearCost(this.output, batch);
    const state = (<u64>d.taps * d.embedding * 8) / PAGE + 4;
    return matrices + <u64>batch * d.embedding * (40 + 25 * <u64>d.taps) + writtenPages(state);
  }
}

/** Address of the state after a position, if it is the last evaluated one of its cache block. */
function state(sequence: Sequence, place: usize, position: i32): usize {
  return sequence.block(position / POSITIONS) + place;
}
