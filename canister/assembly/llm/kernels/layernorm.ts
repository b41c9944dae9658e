/**
 * Layer normalisation: y = (x - mean(x)) / sqrt(variance(x) + epsilon) * weight + bias. (Ba et al. 2016, arXiv 1607.06450)
 * Sums are in f64, for the same reason as in rmsnorm.ts.
 */

/** y[n] = normalised x[n] * weight[n] + bias[n]; f32; `bias` may be 0 for none, y may be x. */
export function layernorm(x: usize, weight: usize, bias: usize, n: usize, epsilon: f32, y: usize): void {
  const whole = (n & ~3) << 2;
  const end = n << 2;
  let sums = f64x2.splat(0);
  for (let i: usize = 0; i < whole; i += 16) {
    const low = f64x2.promote_low_f32x4(v128.load_zero<u64>(x + i));
    sums = f64x2.add(sums, f64x2.add(low, f64x2.promote_low_f32x4(v128.load_zero<u64>(x + i, 8))));
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (let i = whole; i < end; i += 4) sum += <f64>load<f32>(x + i);
  const mean = sum / <f64>n;
  const means = f64x2.splat(mean);
  let squares = f64x2.splat(0);
  for (let i: usize = 0; i < whole; i += 16) {
    const low = f64x2.sub(f64x2.promote_low_f32x4(v128.load_zero<u64>(x + i)), means);
    const high = f64x2.sub(f64x2.promote_low_f32x4(v128.load_zero<u64>(x + i, 8)), means);
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  let square = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  for (let i = whole; i < end; i += 4) {
    const value = <f64>load<f32>(x + i) - mean;
    square += value * value;
  }
  const scale = <f32>(1 / Math.sqrt(square / <f64>n + <f64>epsilon));
  const shift = <f32>mean;
  for (let i: usize = 0; i < whole; i += 16) {
    const centred = f32x4.mul(f32x4.sub(v128.load(x + i), f32x4.splat(shift)), f32x4.splat(scale));
    const value = f32x4.mul(centred, v128.load(weight + i));
    v128.store(y + i, bias ? f32x4.add(value, v128.load(bias + i)) : value);
  }
  for (let i = whole; i < end; i += 4) {
    const value = (load<f32>(x + i) - shift) * scale * load<f32>(weight + i);
    store<f32>(y + i, bias ? value + load<f32>(bias + i) : value);
  }
}
