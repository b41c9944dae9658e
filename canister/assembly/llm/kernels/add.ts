/** x[n] += y[n]; f32, n a multiple of 4 or not. */
export function add(x: usize, y: usize, n: usize): void {
  let i: usize = 0;
  for (; i < (n & ~3) << 2; i += 16) v128.store(x + i, f32x4.add(v128.load(x + i), v128.load(y + i)));
  for (; i < n << 2; i += 4) store<f32>(x + i, load<f32>(x + i) + load<f32>(y + i));
}

/** x[n] += factor * y[n], as `add`. */
export function addScaled(x: usize, y: usize, n: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  let i: usize = 0;
  for (; i < (n & ~3) << 2; i += 16) {
    v128.store(x + i, f32x4.add(v128.load(x + i), f32x4.mul(factors, v128.load(y + i))));
  }
  for (; i < n << 2; i += 4) store<f32>(x + i, load<f32>(x + i) + factor * load<f32>(y + i));
}
