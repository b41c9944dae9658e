/** The gate of a feed-forward block. */
import { exp2, LOG2E } from './exp2';

/**
 * y[n] = silu(gate[n]) * up[n], silu(x) = x / (1 + e^-x); f32, buffers padded to a multiple of 4.
 * (SwiGLU: Shazeer 2020, arXiv 2002.05202.)
 */
export function siluGate(gate: usize, up: usize, n: usize, y: usize): void {
  const one = f32x4.splat(1);
  const minusLog2e = f32x4.splat(<f32>-LOG2E);
  for (let i: usize = 0; i < n << 2; i += 16) {
    const x = v128.load(gate + i);
    // Beyond these bounds the sigmoid is 0 or 1 to f32's last bit.
    const t = f32x4.pmin(f32x4.splat(126), f32x4.pmax(f32x4.splat(-126), f32x4.mul(x, minusLog2e)));
    v128.store(y + i, f32x4.mul(f32x4.div(x, f32x4.add(one, exp2(t))), v128.load(up + i)));
  }
}
