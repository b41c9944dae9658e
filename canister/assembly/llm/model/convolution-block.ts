/**
 * A short convolution in the place of attention (LFM2, arXiv 2511.23404):
 *
 *     b, c, x = W_in a;  z = b * x;  out = W_out (c * convolved z)
 *
 * where each channel of z is convolved with the positions just before it. What a later batch needs of them, the last
 * taps - 1 columns of z, lies in the cache block of its last position, in the layer's place:
 *
 *     layer   [ column: f32[embedding] ] * (taps - 1)      the oldest first
 *
 * So a block holds the state after the last position that was evaluated in it. Going back to a position within a block
 * means to evaluate that block again from its start, where the state is that of the block before (Sequences.rewind).
 */
import { Sequence } from '../cache/sequence';
import { TILE_POSITIONS } from '../cache/tiles';
import { TOKEN_STRIDE } from '../kernels/layout';
import { project } from './linear';
import { Model } from './model';
import { Convolution } from './weights';

const POSITIONS: i32 = <i32>TILE_POSITIONS;

/** out = the convolution of layer `index` for the batch whose normalised residual streams the activations hold. */
export function convolutionBlock(model: Model, sequence: Sequence, index: i32, weights: Convolution, out: usize): void {
  const w = model.workspace;
  const width = model.description.embedding;
  const tokens = sequence.batch;
  project(w.activations, weights.input, w.mixed, tokens);
  const first = sequence.evaluated;
  for (let t = 0; t < tokens; ++t) {
    // z takes the place of x.
    const b = w.mixed + <usize>t * TOKEN_STRIDE;
    const x = b + (width << 3);
    for (let i: usize = 0; i < width << 2; i += 4) store<f32>(x + i, load<f32>(b + i) * load<f32>(x + i));
  }
  for (let t = 0; t < tokens; ++t) convolve(model, sequence, index, weights, t);
  keepState(model, sequence, index, first, first + tokens - 1);
  w.activations.begin(width, tokens);
  project(w.activations, weights.output, out, tokens);
}

/** Address of z's column at a position: of the batch, or of the state before it; 0 before the first position. */
function column(model: Model, sequence: Sequence, index: i32, position: i32): usize {
  if (position < 0) return 0;
  const width = model.description.embedding;
  const first = sequence.evaluated;
  if (position >= first) return model.workspace.mixed + <usize>(position - first) * TOKEN_STRIDE + (width << 3);
  const kept = <i32>model.description.taps - 1;
  return state(model, sequence, index, first - 1) + ((<usize>(kept - (first - position)) * width) << 2);
}

/** Where the state after a position is kept, if it is the last that was evaluated in its block. */
function state(model: Model, sequence: Sequence, index: i32, position: i32): usize {
  return sequence.block(position / POSITIONS) + model.layerOffset(index);
}

/** values of token t's activations = c * convolved z. */
function convolve(model: Model, sequence: Sequence, index: i32, weights: Convolution, t: i32): void {
  const w = model.workspace;
  const width = model.description.embedding;
  const taps = model.description.taps;
  const y = w.activations.values + <usize>t * TOKEN_STRIDE;
  memory.fill(y, 0, width << 2);
  for (let tap: usize = 0; tap < taps; ++tap) {
    const z = column(model, sequence, index, sequence.evaluated + t - <i32>(taps - 1 - tap));
    if (z == 0) continue;
    let factor = weights.kernel.address + (tap << 2);
    for (let i: usize = 0; i < width << 2; i += 4) {
      store<f32>(y + i, load<f32>(y + i) + load<f32>(factor) * load<f32>(z + i));
      factor += taps << 2;
    }
  }
  const c = w.mixed + <usize>t * TOKEN_STRIDE + (width << 2);
  for (let i: usize = 0; i < width << 2; i += 4) store<f32>(y + i, load<f32>(y + i) * load<f32>(c + i));
}

/** Keeps the state after the last position of every block that the batch, first .. last, reaches. */
function keepState(model: Model, sequence: Sequence, index: i32, first: i32, last: i32): void {
  const width = model.description.embedding;
  const kept = <i32>model.description.taps - 1;
  // The last block first: its state may be made of what the first one's holds now.
  for (let block = last / POSITIONS; block >= first / POSITIONS; --block) {
    const end = min(last, (block + 1) * POSITIONS - 1);
    const at = state(model, sequence, index, end);
    // Oldest first: where old columns move, they move towards the front.
    for (let i = 0; i < kept; ++i) {
      const from = column(model, sequence, index, end - (kept - 1) + i);
      const to = at + ((<usize>i * width) << 2);
      if (from == 0) memory.fill(to, 0, width << 2);
      else memory.copy(to, from, width << 2);
    }
  }
}
