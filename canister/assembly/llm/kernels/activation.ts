/**
 * The step of a feed-forward block between its matrices: y = activation(gate) * up, or activation(x). Both are x times
 * a sigmoid.
 */
import { exp2, LOG2E } from './exp2';

/** silu(x) = x / (1 + e^-x) (SwiGLU: Shazeer 2020, arXiv 2002.05202). */
export const GATE_SILU: i32 = 0;
/** gelu(x) = x / (1 + e^-2u), u = sqrt(2 / pi) * (x + 0.044715 x^3): the approximation by tanh (Hendrycks & Gimpel 2016, arXiv 1606.08415). */
export const GATE_GELU: i32 = 1;

/**
 * gpt-oss's SwiGLU: x / (1 + e^-1.702x) * (up + 1), with x at most 7 and up within 7 (arXiv 2508.10925).
 */
export const GATE_CLAMPED: i32 = 2;

const CLAMP: f32 = 7;
const CLAMPED_SLOPE: f64 = 1.702;

const SQRT_2_PI: f64 = 0.7978845608028654;

/** x / (1 + 2^t) * up for four values. */
// @ts-ignore: decorator
@inline
function gated(x: v128, t: v128, up: v128): v128 {
  // Beyond these bounds the sigmoid is 0 or 1 to f32's last bit.
  const bounded = f32x4.pmin(f32x4.splat(126), f32x4.pmax(f32x4.splat(-126), t));
  return f32x4.mul(f32x4.div(x, f32x4.add(f32x4.splat(1), exp2(bounded))), up);
}

// @ts-ignore: decorator
@inline
function silu(x: v128, up: v128): v128 {
  return gated(x, f32x4.mul(x, f32x4.splat(<f32>-LOG2E)), up);
}

// @ts-ignore: decorator
@inline
function gelu(x: v128, up: v128): v128 {
  const linear = f32x4.splat(<f32>(-2 * LOG2E * SQRT_2_PI));
  const cubic = f32x4.splat(<f32>(-2 * LOG2E * SQRT_2_PI * 0.044715));
  const t = f32x4.mul(x, f32x4.add(linear, f32x4.mul(cubic, f32x4.mul(x, x))));
  return gated(x, t, up);
}

/**
 * y[n] = silu(gate[n]) * up[n]; f32. Works on whole 16s: the buffers have room for them, and the values beyond n are
 * meaningless.
 */
export function siluGate(gate: usize, up: usize, n: usize, y: usize): void {
  for (const end = gate + (n << 2); gate < end; gate += 64) {
    v128.store(y, silu(v128.load(gate), v128.load(up)));
    v128.store(y, silu(v128.load(gate, 16), v128.load(up, 16)), 16);
    v128.store(y, silu(v128.load(gate, 32), v128.load(up, 32)), 32);
    v128.store(y, silu(v128.load(gate, 48), v128.load(up, 48)), 48);
    up += 64;
    y += 64;
  }
}

/** y[n] = gelu(gate[n]) * up[n], as `siluGate`. */
export function geluGate(gate: usize, up: usize, n: usize, y: usize): void {
  for (const end = gate + (n << 2); gate < end; gate += 64) {
    v128.store(y, gelu(v128.load(gate), v128.load(up)));
    v128.store(y, gelu(v128.load(gate, 16), v128.load(up, 16)), 16);
    v128.store(y, gelu(v128.load(gate, 32), v128.load(up, 32)), 32);
    v128.store(y, gelu(v128.load(gate, 48), v128.load(up, 48)), 48);
    up += 64;
    y += 64;
  }
}

/** y[n] = GATE_CLAMPED of gate[n] and up[n], as `siluGate`. */
export function clampedGate(gate: usize, up: usize, n: usize, y: usize): void {
  const most = f32x4.splat(CLAMP);
  const least = f32x4.splat(-CLAMP);
  const one = f32x4.splat(1);
  const slope = f32x4.splat(<f32>(-CLAMPED_SLOPE * LOG2E));
  for (const end = gate + (n << 2); gate < end; gate += 16) {
    const x = f32x4.pmin(most, v128.load(gate));
    const factor = f32x4.pmin(most, f32x4.pmax(least, v128.load(up)));
    v128.store(y, gated(x, f32x4.mul(x, slope), f32x4.add(factor, one)));
    up += 16;
    y += 16;
  }
}

/** y[n] = gelu(x[n]), as `siluGate`. */
export function gelus(x: usize, n: usize, y: usize): void {
  const one = f32x4.splat(1);
  for (const end = x + (n << 2); x < end; x += 16) {
    v128.store(y, gelu(v128.load(x), one));
    y += 16;
  }
}
