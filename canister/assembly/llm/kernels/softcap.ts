/**
 * Soft caps: y = cap * tanh(x / cap), which hardly changes small values. (Gemma 2 report, arXiv 2408.00118, section 2)
 */
import { exp2, LOG2E } from './exp2';

/** cap * tanh(x / cap) = cap - 2 cap / (1 + 2^(2 x log2(e) / cap)) for four values. */
// @ts-ignore: decorator
@inline
function capped(x: v128, cap: f32): v128 {
  const t = f32x4.mul(x, f32x4.splat(<f32>(2 * LOG2E) / cap));
  const bounded = f32x4.pmin(f32x4.splat(126), f32x4.pmax(f32x4.splat(-126), t));
  const share = f32x4.div(f32x4.splat(2 * cap), f32x4.add(f32x4.splat(1), exp2(bounded)));
  return f32x4.sub(f32x4.splat(cap), share);
}

/** Caps x[n] (f32, with room up to a multiple of four) in place. */
export function softcap(x: usize, n: usize, cap: f32): void {
  for (const end = x + (n << 2); x < end; x += 16) v128.store(x, capped(v128.load(x), cap));
}
