/** Four rows into the lanes of a group, and the conversions of scales that go with it. */

/** 16 int8 of each of four rows -> 8 quads (64 bytes) at `dst`. */
// @ts-ignore: decorator
@inline
export function interleave(r0: v128, r1: v128, r2: v128, r3: v128, dst: usize): void {
  const a = v128.shuffle<i16>(r0, r1, 0, 8, 1, 9, 2, 10, 3, 11);
  const b = v128.shuffle<i16>(r2, r3, 0, 8, 1, 9, 2, 10, 3, 11);
  v128.store(dst, v128.shuffle<i32>(a, b, 0, 4, 1, 5));
  v128.store(dst, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16);
  const c = v128.shuffle<i16>(r0, r1, 4, 12, 5, 13, 6, 14, 7, 15);
  const d = v128.shuffle<i16>(r2, r3, 4, 12, 5, 13, 6, 14, 7, 15);
  v128.store(dst, v128.shuffle<i32>(c, d, 0, 4, 1, 5), 32);
  v128.store(dst, v128.shuffle<i32>(c, d, 2, 6, 3, 7), 48);
}

/** Writes the low halves of 16 bytes, less `bias`, to `low` and the high halves to `high`. */
// @ts-ignore: decorator
@inline
function storeNibbles(bytes: v128, low: usize, high: usize, bias: v128): void {
  v128.store(low, i8x16.sub(v128.and(bytes, i8x16.splat(15)), bias));
  v128.store(high, i8x16.sub(i8x16.shr_u(bytes, 4), bias));
}

/** 16 bytes at each of four rows -> 8 quads of their low halves at `low` and 8 of their high halves at `high`, less `bias`. */
// @ts-ignore: decorator
@inline
export function interleaveNibbles(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  low: usize,
  high: usize,
  bias: v128,
): void {
  const q0 = v128.load(r0);
  const q1 = v128.load(r1);
  const q2 = v128.load(r2);
  const q3 = v128.load(r3);
  const a = v128.shuffle<i16>(q0, q1, 0, 8, 1, 9, 2, 10, 3, 11);
  const b = v128.shuffle<i16>(q2, q3, 0, 8, 1, 9, 2, 10, 3, 11);
  storeNibbles(v128.shuffle<i32>(a, b, 0, 4, 1, 5), low, high, bias);
  storeNibbles(v128.shuffle<i32>(a, b, 2, 6, 3, 7), low + 16, high + 16, bias);
  const c = v128.shuffle<i16>(q0, q1, 4, 12, 5, 13, 6, 14, 7, 15);
  const d = v128.shuffle<i16>(q2, q3, 4, 12, 5, 13, 6, 14, 7, 15);
  storeNibbles(v128.shuffle<i32>(c, d, 0, 4, 1, 5), low + 32, high + 32, bias);
  storeNibbles(v128.shuffle<i32>(c, d, 2, 6, 3, 7), low + 48, high + 48, bias);
}

/** Four f32 of each of four rows -> [ r0k r1k r2k r3k ] * 4 at `dst`. */
// @ts-ignore: decorator
@inline
export function transpose(r0: v128, r1: v128, r2: v128, r3: v128, dst: usize): void {
  const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const b = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  v128.store(dst, v128.shuffle<i64>(a, b, 0, 2));
  v128.store(dst, v128.shuffle<i64>(a, b, 1, 3), 16);
  const c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(dst, v128.shuffle<i64>(c, d, 0, 2), 32);
  v128.store(dst, v128.shuffle<i64>(c, d, 1, 3), 48);
}

/**
 * Four IEEE half-precision numbers, one in the low 16 bits of each i32 lane, as f32: exact for every finite one,
 * subnormals included (the multiplication moves the exponent's bias from 15 to 127).
 */
// @ts-ignore: decorator
@inline
export function halves(bits: v128): v128 {
  const magnitude = i32x4.shl(v128.and(bits, i32x4.splat(0x7fff)), 13);
  const sign = i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16);
  return v128.or(f32x4.mul(magnitude, f32x4.splat(reinterpret<f32>(0x77800000))), sign);
}

/** The half-precision numbers at four addresses as f32. */
// @ts-ignore: decorator
@inline
export function gatherHalves(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  let bits = i32x4.splat(0);
  bits = v128.load_lane<u16>(p0, bits, 0);
  bits = v128.load_lane<u16>(p1, bits, 2);
  bits = v128.load_lane<u16>(p2, bits, 4);
  bits = v128.load_lane<u16>(p3, bits, 6);
  return halves(bits);
}

/** The words at four addresses, one in each lane. */
// @ts-ignore: decorator
@inline
export function gatherWords(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  let words = v128.load_zero<u32>(p0);
  words = v128.load_lane<u32>(p1, words, 1);
  words = v128.load_lane<u32>(p2, words, 2);
  return v128.load_lane<u32>(p3, words, 3);
}
