/**
 * Start values of sums. memory.fill and memory.copy cost an instruction for every byte, these about a quarter and a half.
 */

/** y[n] = 0; f32, n a multiple of 4. */
export function clear(y: usize, n: usize): void {
  const zero = f32x4.splat(0);
  const end = y + (n << 2);
  for (const turns = y + ((n & ~31) << 2); y < turns; y += 128) {
    v128.store(y, zero);
    v128.store(y, zero, 16);
    v128.store(y, zero, 32);
    v128.store(y, zero, 48);
    v128.store(y, zero, 64);
    v128.store(y, zero, 80);
    v128.store(y, zero, 96);
    v128.store(y, zero, 112);
  }
  for (; y < end; y += 16) v128.store(y, zero);
}

/** y[n] = x[n]; f32, n a multiple of 4. */
export function copy(y: usize, x: usize, n: usize): void {
  const end = y + (n << 2);
  for (const turns = y + ((n & ~15) << 2); y < turns; y += 64) {
    v128.store(y, v128.load(x));
    v128.store(y, v128.load(x, 16), 16);
    v128.store(y, v128.load(x, 32), 32);
    v128.store(y, v128.load(x, 48), 48);
    x += 64;
  }
  for (; y < end; y += 16) {
    v128.store(y, v128.load(x));
    x += 16;
  }
}
