/**
 * Softmax of one query's scores, in the fixed point of the value kernels.
 *
 *     scores   f32[position / 4][8][4]    one of 8 columns; in units of log2, so that weights are powers of two
 *     p        per tile of 32 positions: i16[8][32] weights, f32[8] value of one unit of them
 *
 * A tile's weights (probability times the scale of the position's values) share one unit, chosen so that each is at
 * most 32767 and their sum stays below 65536: then a sum over the tile of weight times int16 value fits 32 bits.
 * Probabilities are not normalised; the caller divides by the returned sum.
 */
import { exp2 } from './exp2';
import { largestLane } from './quantize';

/** Bytes of a tile's scores and of its weights, for all 8 columns. */
export const SCORE_TILE: usize = 1024;
export const WEIGHT_TILE: usize = 544;

/** Largest sum of a tile's weights before rounding, which adds at most 16. */
const MAX_SUM: f32 = 65500;
/** A tile with all weights below this adds nothing that f32 can represent. */
const NEGLIGIBLE: f32 = 1e-30;

// @ts-ignore: decorator
@inline
function laneSum(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 2, 3));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/**
 * 2^(score - max); a score far below the maximum gives nearly zero. Not less than 2^-102: its product with a value's
 * scale then is a normal number; processors take many times as long for subnormal ones.
 */
// @ts-ignore: decorator
@inline
function weight(scores: usize, max: v128): v128 {
  return exp2(f32x4.pmax(f32x4.splat(-102), f32x4.sub(v128.load(scores), max)));
}

/** Eight weights as int16. */
// @ts-ignore: decorator
@inline
function fixed(a: v128, b: v128, factor: v128): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(a, factor))),
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(b, factor))),
  );
}

/** The largest score of positions 0 .. 32 * tiles - 1. */
function largest(scores: usize, tiles: usize): f32 {
  let max = v128.load(scores);
  for (const end = scores + tiles * SCORE_TILE; scores < end; scores += SCORE_TILE) {
    const low = f32x4.pmax(
      f32x4.pmax(v128.load(scores), v128.load(scores, 128)),
      f32x4.pmax(v128.load(scores, 256), v128.load(scores, 384)),
    );
    const high = f32x4.pmax(
      f32x4.pmax(v128.load(scores, 512), v128.load(scores, 640)),
      f32x4.pmax(v128.load(scores, 768), v128.load(scores, 896)),
    );
    max = f32x4.pmax(max, f32x4.pmax(low, high));
  }
  return largestLane(max);
}

/** Scores of positions that are not looked at, and that of a sink where there is none. */
export const NOT_SEEN: f32 = -1e30;

// @ts-ignore: decorator
@inline
function hide(scores: usize, position: usize): void {
  store<f32>(scores + ((position >> 2) << 7) + ((position & 3) << 2), NOT_SEEN);
}

/**
 * Weights of positions from .. count - 1 (from < count) from their scores; those of the rest of `tiles` tiles become zero.
 * `scores`, `p` and `unit` are this column's first; `blocks` + `valueScales` lead to each tile's f32[32] value scales.
 * Returns the sum of 2^(score - max), the number to divide by. `sink` is a further score of that sum, which has no
 * value; NOT_SEEN: there is none.
 */
export function softmax(
  scores: usize,
  from: usize,
  count: usize,
  tiles: usize,
  blocks: usize,
  valueScales: usize,
  p: usize,
  unit: usize,
  sink: f32,
): f32 {
  for (let i: usize = 0; i < from; ++i) hide(scores, i);
  for (let i = count; i < tiles << 5; ++i) hide(scores, i);
  const max = f32x4.splat(largest(scores, tiles));
  let sum = f32x4.splat(0);
  for (const end = scores + tiles * SCORE_TILE; scores < end; scores += SCORE_TILE) {
    const scale = <usize>load<u32>(blocks) + valueScales;
    let a = weight(scores, max);
    let b = weight(scores + 128, max);
    let c = weight(scores + 256, max);
    let d = weight(scores + 384, max);
    let e = weight(scores + 512, max);
    let f = weight(scores + 640, max);
    let g = weight(scores + 768, max);
    let h = weight(scores + 896, max);
    sum = f32x4.add(
      sum,
      f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h))),
    );
    a = f32x4.mul(a, v128.load(scale));
    b = f32x4.mul(b, v128.load(scale, 16));
    c = f32x4.mul(c, v128.load(scale, 32));
    d = f32x4.mul(d, v128.load(scale, 48));
    e = f32x4.mul(e, v128.load(scale, 64));
    f = f32x4.mul(f, v128.load(scale, 80));
    g = f32x4.mul(g, v128.load(scale, 96));
    h = f32x4.mul(h, v128.load(scale, 112));
    const total = laneSum(
      f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h))),
    );
    const top = largestLane(
      f32x4.pmax(f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)), f32x4.pmax(f32x4.pmax(e, f), f32x4.pmax(g, h))),
    );
    let factor: f32 = 0;
    let one: f32 = 0;
    if (top > NEGLIGIBLE) {
      const bySum = MAX_SUM / total;
      const byTop = <f32>32767 / top;
      factor = bySum < byTop ? bySum : byTop;
      one = <f32>1 / factor;
    }
    const factors = f32x4.splat(factor);
    v128.store(p, fixed(a, b, factors));
    v128.store(p, fixed(c, d, factors), 16);
    v128.store(p, fixed(e, f, factors), 32);
    v128.store(p, fixed(g, h, factors), 48);
    store<f32>(unit, one);
    p += WEIGHT_TILE;
    unit += WEIGHT_TILE;
    blocks += 4;
  }
  if (sink == NOT_SEEN) return laneSum(sum);
  // A sink that is far above all scores leaves nothing of them, as an infinite sum would.
  const above = f32x4.sub(f32x4.splat(sink), max);
  const own = exp2(f32x4.pmin(f32x4.splat(126), f32x4.pmax(f32x4.splat(-126), above)));
  return laneSum(sum) + f32x4.extract_lane(own, 0);
}
