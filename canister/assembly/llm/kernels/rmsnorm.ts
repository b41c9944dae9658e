/**
 * Root mean square normalisation: y = x / sqrt(mean(x^2) + epsilon) * weight. (Zhang & Sennrich 2019, arXiv 1910.07467)
 * Squares are summed in f64: single channels of real models are 10^5 times the typical one.
 */

/** y[n] = normalised x[n] * weight[n]; f32, n a multiple of 4 or not; y may be x. */
export function rmsnorm(x: usize, weight: usize, n: usize, epsilon: f32, y: usize): void {
  const end = x + ((n & ~3) << 2);
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let at = x; at < end; at += 16) {
    const low = f64x2.promote_low_f32x4(v128.load_zero<u64>(at));
    const high = f64x2.promote_low_f32x4(v128.load_zero<u64>(at, 8));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const both = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (let i = n & ~3; i < n; ++i) {
    const value = <f64>load<f32>(x + (i << 2));
    sum += value * value;
  }
  const scale = <f32>(1 / Math.sqrt(sum / <f64>n + <f64>epsilon));
  const scales = f32x4.splat(scale);
  let i: usize = 0;
  for (; i < (n & ~3) << 2; i += 16) {
    v128.store(y + i, f32x4.mul(f32x4.mul(v128.load(x + i), scales), v128.load(weight + i)));
  }
  for (; i < n << 2; i += 4) store<f32>(y + i, load<f32>(x + i) * scale * load<f32>(weight + i));
}
