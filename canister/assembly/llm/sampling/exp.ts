/** Below this, e^x counts as 0: the smallest normal f32 is e^-87.34. */
const UNDERFLOW: f32 = -87.0;
const LOG2_E: f32 = 1.44269504;
/** ln 2 in two parts: the first has few enough bits that its products with small integers are exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
/** Adding and subtracting 1.5 * 2^23 rounds to the nearest integer. */
const ROUND: f32 = 12582912;

/**
 * e^x for four x <= 0, to 2 units in the last place: 2^n * e^r with |r| <= ln 2 / 2, and a polynomial of degree 6 for
 * e^r (Cephes, expf.c). Made of operations that every WebAssembly engine rounds alike.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(LOG2_E)), f32x4.splat(ROUND));
  const n = f32x4.sub(shifted, f32x4.splat(ROUND));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH))), f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  // The low bits of `shifted` are n; moved to the exponent they multiply by 2^n.
  const scaled = i32x4.add(p, i32x4.shl(shifted, 23));
  return v128.and(scaled, f32x4.ge(x, f32x4.splat(UNDERFLOW)));
}

/** e^x for one x <= 0, the same number as `exp4` gives. */
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}
