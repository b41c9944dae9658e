/** Logarithms of sums of e^x, in 64 bits, because e^x may be outside of a float's range. */
import { exp4 } from '../sampling/exp';

/** Most instructions for each number. */
export const LOG_SUM_PER_NUMBER: u64 = 40;

/**
 * ln of the sum of e^x over [ f32 ] * size. NaN is skipped; -Infinity if every number is, +Infinity if one is infinite.
 *
 * The powers have 24 bits (sampling/exp.ts) and are added in 64: the relative error of the sum is about 2^-22.
 */
export function logSum(ptr: usize, size: u32): f64 {
  const whole = size & ~3;
  let best = f32x4.splat(-Infinity);
  for (let i: u32 = 0; i < whole; i += 4) best = f32x4.pmax(best, v128.load(ptr + ((<usize>i) << 2)));
  let most = max(
    max(f32x4.extract_lane(best, 0), f32x4.extract_lane(best, 1)),
    max(f32x4.extract_lane(best, 2), f32x4.extract_lane(best, 3)),
  );
  for (let i = whole; i < size; ++i) {
    const x = load<f32>(ptr + ((<usize>i) << 2));
    if (x > most) most = x;
  }
  if (!isFinite(most)) return <f64>most;
  const greatest = f32x4.splat(most);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let i: u32 = 0; i < whole; i += 4) {
    const powers = powersOf(v128.load(ptr + ((<usize>i) << 2)), greatest);
    low = f64x2.add(low, f64x2.promote_low_f32x4(powers));
    high = f64x2.add(
      high,
      f64x2.promote_low_f32x4(
        i8x16.shuffle(powers, powers, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
      ),
    );
  }
  const both = f64x2.add(low, high);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (let i = whole; i < size; ++i) {
    sum += <f64>f32x4.extract_lane(powersOf(f32x4.splat(load<f32>(ptr + ((<usize>i) << 2))), greatest), 0);
  }
  return <f64>most + Math.log(sum);
}

/** e^(x - greatest) of four numbers; 0 for NaN. */
// @ts-ignore: decorator
@inline
function powersOf(x: v128, greatest: v128): v128 {
  return v128.and(exp4(f32x4.sub(x, greatest)), f32x4.eq(x, x));
}

/** The same for [ f64 ] * count, for few numbers. */
export function logSumOf(values: StaticArray<f64>): f64 {
  let most: f64 = -Infinity;
  for (let i = 0; i < values.length; ++i) most = max(most, values[i]);
  if (!isFinite(most)) return most;
  let sum: f64 = 0;
  for (let i = 0; i < values.length; ++i) sum += Math.exp(values[i] - most);
  return most + Math.log(sum);
}
