/**
 * Activations as fixed point: int16 with one f32 scale for every 64 inputs.
 *
 * q = nearest(x * 32767 / max|x|) with ties to even, so |q| <= 32767 and the error of a value is at most
 * max|x| / 65534 of its own 64 neighbours. Real models have single channels 10^3 to 10^5 times the typical one: with a
 * scale per vector everything else would drown, with a scale per 64 only its neighbours lose (docs/engine.md).
 */

import { SCALE_INPUTS } from './layout';

/** Groups with a smaller maximum count as zeros: the factors would not be normal numbers any more. */
export const SMALLEST: f32 = 1e-33;

/** The largest of the four lanes. */
// @ts-ignore: decorator
@inline
export function largestLane(v: v128): f32 {
  const pairs = f32x4.pmax(v, v128.shuffle<f32>(v, v, 2, 3, 2, 3));
  return f32x4.extract_lane(f32x4.pmax(pairs, v128.shuffle<f32>(pairs, pairs, 1, 1, 1, 1)), 0);
}

/** Eight f32 at `x`, times `factor`, rounded to eight int16 (saturated). */
// @ts-ignore: decorator
@inline
export function nearestEight(x: usize, factor: v128): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(x), factor))),
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(x, 16), factor))),
  );
}

/**
 * Quantises one group of `count` values (a multiple of 8) at `x` to int16 at `q`, with |q| <= `limit`.
 * Returns the value of one unit; 0, with all q zero, for a group of zeros.
 */
// @ts-ignore: decorator
@inline
export function quantizeGroup(x: usize, count: usize, q: usize, limit: f32): f32 {
  let largest = f32x4.splat(0);
  for (let i: usize = 0; i < count; i += 8) {
    largest = f32x4.pmax(
      largest,
      f32x4.pmax(f32x4.abs(v128.load(x + (i << 2))), f32x4.abs(v128.load(x + (i << 2), 16))),
    );
  }
  const max = largestLane(largest);
  const factor: f32 = max > SMALLEST ? limit / max : 0;
  const factors = f32x4.splat(factor);
  for (let i: usize = 0; i < count; i += 8) v128.store(q + (i << 1), nearestEight(x + (i << 2), factors));
  return max > SMALLEST ? max / limit : 0;
}

/**
 * Quantises one group of `count` values (a multiple of 8) at `x` to int16 at `q`, with |q| <= 32767 and a sum of all |q|
 * of at most `most` before rounding, which adds up to count / 2. Returns the value of one unit, as quantizeGroup does.
 */
export function quantizeWithinSum(x: usize, count: usize, q: usize, most: f32): f32 {
  let largest = f32x4.splat(0);
  let sums = f32x4.splat(0);
  for (let i: usize = 0; i < count; i += 4) {
    const values = f32x4.abs(v128.load(x + (i << 2)));
    largest = f32x4.pmax(largest, values);
    sums = f32x4.add(sums, values);
  }
  const max = largestLane(largest);
  const halves = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 2, 3));
  const sum = f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
  const known = max > SMALLEST;
  const unit: f32 = known ? NativeMathf.max(max / <f32>32767, sum / most) : 0;
  const factors = f32x4.splat(known ? <f32>1 / unit : 0);
  for (let i: usize = 0; i < count; i += 8) v128.store(q + (i << 1), nearestEight(x + (i << 2), factors));
  return unit;
}

/**
 * Quantises x (f32) to q (i16) and scales (f32 for every 64): `inputs` values and the zeros that the caller has put
 * after them, up to a multiple of 64.
 */
export function quantize(x: usize, inputs: usize, q: usize, scales: usize): void {
  for (const end = x + (inputs << 2); x < end; x += SCALE_INPUTS << 2) {
    let largest = f32x4.splat(0);
    for (const last = x + (SCALE_INPUTS << 2); x < last; x += 64) {
      const low = f32x4.pmax(f32x4.abs(v128.load(x)), f32x4.abs(v128.load(x, 16)));
      const high = f32x4.pmax(f32x4.abs(v128.load(x, 32)), f32x4.abs(v128.load(x, 48)));
      largest = f32x4.pmax(largest, f32x4.pmax(low, high));
    }
    x -= SCALE_INPUTS << 2;
    const max = largestLane(largest);
    const known = max > SMALLEST;
    const factors = f32x4.splat(known ? <f32>32767 / max : 0);
    for (let i: usize = 0; i < SCALE_INPUTS << 2; i += 64) {
      v128.store(q, nearestEight(x + i, factors));
      v128.store(q, nearestEight(x + i + 32, factors), 16);
      q += 32;
    }
    store<f32>(scales, known ? max / <f32>32767 : 0);
    scales += 4;
  }
}

/**
 * Sums of every `block` (16 or 32) inputs of a quantised vector: sums[inputs / block], f32, exact but for one rounding.
 * They meet the minimum that formats like Q4_K subtract from every weight of a block.
 */
export function blockSums(q: usize, scales: usize, inputs: usize, block: usize, sums: usize): void {
  const ones = i16x8.splat(1);
  for (let i: usize = 0; i < inputs; i += block) {
    let sum = i32x4.splat(0);
    for (let j: usize = 0; j < block; j += 8)
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(q + ((i + j) << 1)), ones));
    const pairs = i32x4.add(sum, v128.shuffle<i32>(sum, sum, 2, 3, 0, 1));
    const all = i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
    store<f32>(sums, <f32>all * load<f32>(scales + ((i / SCALE_INPUTS) << 2)));
    sums += 4;
  }
}

/**
 * Quantises count block sums (f32) to int16 with a scale for every 8, as the i8x8 kernels want them, padded with zeros to
 * a multiple of 32.
 */
export function quantizeSums(sums: usize, count: usize, q: usize, scales: usize): void {
  const padded = (count + 31) & ~31;
  for (let i = count; i < padded; ++i) store<f32>(sums + (i << 2), 0);
  for (let i: usize = 0; i < padded; i += 8) {
    store<f32>(scales, quantizeGroup(sums + (i << 2), 8, q + (i << 1), 32767));
    scales += 4;
  }
}
