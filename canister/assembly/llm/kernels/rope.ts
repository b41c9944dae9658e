/**
 * Rotary position embedding (Su et al. 2021, arXiv 2104.09864): pairs of dimensions turned by position * frequency.
 */

/** Pairs are neighbours (2i, 2i + 1): how llama.cpp's conversion leaves llama models. */
export const ROPE_NORM: i32 = 0;
/** Pairs are i and i + half: qwen2 and most others. */
export const ROPE_NEOX: i32 = 1;

/**
 * Writes cos and sin (f32 each, interleaved) of position * frequencies[i], times `magnitude`, for `pairs` pairs. Angles in
 * f64: at position 10^5 an f32 angle would already be off by 0.004.
 */
export function ropeTable(position: i32, frequencies: usize, pairs: usize, magnitude: f64, table: usize): void {
  for (let i: usize = 0; i < pairs; ++i) {
    const angle = <f64>position * load<f64>(frequencies + (i << 3));
    store<f32>(table + (i << 3), <f32>(magnitude * Math.cos(angle)));
    store<f32>(table + (i << 3), <f32>(magnitude * Math.sin(angle)), 4);
  }
}

/** Turns the first 2 * pairs dimensions of every head in x[heads][headDim] (f32) by the angles of a table. */
export function rope(x: usize, heads: usize, headDim: usize, kind: i32, pairs: usize, table: usize): void {
  const step: usize = kind == ROPE_NORM ? 8 : 4;
  const apart: usize = kind == ROPE_NORM ? 4 : pairs << 2;
  const end = table + (pairs << 3);
  for (const last = x + ((heads * headDim) << 2); x < last; x += headDim << 2) {
    let a = x;
    for (let at = table; at < end; at += 8) {
      const cos = load<f32>(at);
      const sin = load<f32>(at, 4);
      const first = load<f32>(a);
      const second = load<f32>(a + apart);
      store<f32>(a, first * cos - second * sin);
      store<f32>(a + apart, first * sin + second * cos);
      a += step;
    }
  }
}
