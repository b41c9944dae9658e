/**
 * Powers of two, four at a time.
 *
 * 2^t = 2^n * 2^f with n the nearest integer and f in [-1/2, 1/2]; 2^f by a minimax polynomial of degree 5, 2^n by adding
 * n to the exponent's bits. The relative error is below 2.4e-7 (canister/test/softmax.test.ts measures it).
 */

/** log2(e): e^x = 2^(x * LOG2E). */
export const LOG2E: f64 = 1.4426950408889634;

/** 2^t for every lane, t in [-126, 127]. */
// @ts-ignore: decorator
@inline
export function exp2(t: v128): v128 {
  const n = f32x4.nearest(t);
  const f = f32x4.sub(t, n);
  let p = f32x4.add(f32x4.mul(f32x4.splat(0.0013276472454890609), f), f32x4.splat(0.009675540961325169));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.05550713092088699));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.24022120237350464));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.6931469440460205));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.0000001192092896));
  return i32x4.add(p, i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23));
}
