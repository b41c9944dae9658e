/**
 * Activations for packed weights, whose bytes hold the weights of inputs i and i + 16 of a block of 32 (quant/image.ts).
 *
 * With one unit for 64 inputs, the inputs a (i) and b (i + 16) become y = nearest(b / 16) and z = nearest(a) - y. A byte
 * W = 16 v + w then gives W y + w z = w (z + y) + v (16 y): both products by two multiplications of int16.
 *
 *     block    [ z of inputs 0 .. 15 ][ y of inputs 16 .. 31 ]      32 * int16
 *
 * The unit is the smallest with |a| + |b| / 16 <= 32766, so that |z| <= 32767. An a is off by half a unit at most, a b by 8,
 * which is 1/3800 of the largest of the 64 (docs/engine.md).
 */
import { SCALE_INPUTS } from './layout';
import { largestLane, nearestEight, SMALLEST } from './quantize';

const BLOCK: usize = 32;
const LIMIT: f32 = 32766;

/**
 * Quantises x (f32) to blocks at q and scales (f32 for every 64): `inputs` values and the zeros that the caller has put
 * after them, up to a multiple of 64.
 */
export function quantizePairs(x: usize, inputs: usize, q: usize, scales: usize): void {
  for (const end = x + (inputs << 2); x < end; x += SCALE_INPUTS << 2) {
    const low = f32x4.pmax(largest(x), largest(x + (BLOCK << 2)));
    const high = f32x4.pmax(largest(x + 64), largest(x + (BLOCK << 2) + 64));
    const most: f32 = largestLane(low) + largestLane(high) / 16;
    const known = most > SMALLEST;
    const factor: f32 = known ? LIMIT / most : 0;
    pairBlock(x, factor, q);
    pairBlock(x + (BLOCK << 2), factor, q + (BLOCK << 1));
    store<f32>(scales, known ? most / LIMIT : 0);
    q += SCALE_INPUTS << 1;
    scales += 4;
  }
}

/** The largest magnitudes of 16 values, in four lanes. */
// @ts-ignore: decorator
@inline
function largest(x: usize): v128 {
  return f32x4.pmax(
    f32x4.pmax(f32x4.abs(v128.load(x)), f32x4.abs(v128.load(x, 16))),
    f32x4.pmax(f32x4.abs(v128.load(x, 32)), f32x4.abs(v128.load(x, 48))),
  );
}

// @ts-ignore: decorator
@inline
function pairBlock(x: usize, factor: f32, q: usize): void {
  const factors = f32x4.splat(factor);
  const sixteenths = f32x4.splat(factor / 16);
  for (let i: usize = 0; i < 2; ++i) {
    const y = nearestEight(x + 64 + (i << 5), sixteenths);
    v128.store(q + (i << 4), i16x8.sub(nearestEight(x + (i << 5), factors), y));
    v128.store(q + (i << 4), y, 32);
  }
}

/** Sums of every 32 inputs of such a vector, as blockSums has them: those of what the weights meet. */
export function pairSums(q: usize, scales: usize, inputs: usize, sums: usize): void {
  const z = i16x8.splat(1);
  const y = i16x8.splat(17);
  for (let i: usize = 0; i < inputs; i += BLOCK) {
    const a = i32x4.add(i32x4.dot_i16x8_s(v128.load(q), z), i32x4.dot_i16x8_s(v128.load(q, 16), z));
    const b = i32x4.add(i32x4.dot_i16x8_s(v128.load(q, 32), y), i32x4.dot_i16x8_s(v128.load(q, 48), y));
    const all = i32x4.add(a, b);
    const pairs = i32x4.add(all, v128.shuffle<i32>(all, all, 2, 3, 0, 1));
    const sum = i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
    store<f32>(sums, <f32>sum * load<f32>(scales + ((i / SCALE_INPUTS) << 2)));
    q += BLOCK << 1;
    sums += 4;
  }
}
