/** y = W a + bias, for the vectors in the workspace's activations. */
import { TOKEN_STRIDE } from '../kernels/layout';
import { clear, copy } from '../kernels/start';
import { Activations, multiply } from '../quant/multiply';
import { Linear } from './weights';

/** y[tokens] for rows 4 * from .. 4 * to - 1. */
export function linear(a: Activations, weights: Linear, from: usize, to: usize, y: usize, tokens: i32): void {
  const bias = weights.bias;
  // Vectors have room for whole groups of four rows, biases too (Part.heapBytes).
  const first = from << 4;
  const rows = (to - from) << 2;
  for (let t = y; t < y + <usize>tokens * TOKEN_STRIDE; t += TOKEN_STRIDE) {
    if (bias == null) clear(t + first, rows);
    else copy(t + first, bias.address + first, rows);
  }
  multiply(weights.image, a, from, to, y, tokens);
}

/** All rows. */
export function project(a: Activations, weights: Linear, y: usize, tokens: i32): void {
  linear(a, weights, 0, weights.image.groups(), y, tokens);
}
