/** x[n] *= factor; f32, n a multiple of 4 or not. */
export function scale(x: usize, n: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  let i: usize = 0;
  for (; i < (n & ~3) << 2; i += 16) v128.store(x + i, f32x4.mul(v128.load(x + i), factors));
  for (; i < n << 2; i += 4) store<f32>(x + i, load<f32>(x + i) * factor);
}
