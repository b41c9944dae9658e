/** The gate of a feed-forward block. */
import { exp2, LOG2E } from './exp2';

/** silu(gate) * up for four values. */
// @ts-ignore: decorator
@inline
function four(x: v128, up: v128): v128 {
  // Beyond these bounds the sigmoid is 0 or 1 to f32's last bit.
  const t = f32x4.pmin(f32x4.splat(126), f32x4.pmax(f32x4.splat(-126), f32x4.mul(x, f32x4.splat(<f32>-LOG2E))));
  return f32x4.mul(f32x4.div(x, f32x4.add(f32x4.splat(1), exp2(t))), up);
}

/**
 * y[n] = silu(gate[n]) * up[n], silu(x) = x / (1 + e^-x); f32. Works on whole 16s: the buffers have room for them, and
 * what is beyond n means nothing. (SwiGLU: Shazeer 2020, arXiv 2002.05202.)
 */
export function siluGate(gate: usize, up: usize, n: usize, y: usize): void {
  for (const end = gate + (n << 2); gate < end; gate += 64) {
    v128.store(y, four(v128.load(gate), v128.load(up)));
    v128.store(y, four(v128.load(gate, 16), v128.load(up, 16)), 16);
    v128.store(y, four(v128.load(gate, 32), v128.load(up, 32)), 32);
    v128.store(y, four(v128.load(gate, 48), v128.load(up, 48)), 48);
    up += 64;
    y += 64;
  }
}
