import { TensorType } from '../gguf/tensor-types.generated';
import { Format } from './format';
import { I8X32, I8X8, U4X32 } from './image';
import { gatherHalves, gatherWords, interleaveNibbles } from './interleave';

/**
 * Q4_K [ d: f16 | dmin: f16 | 12 bytes: 8 scales and 8 minima of 6 bits | q: 128 bytes ], 256 inputs in 8 blocks of 32,
 * w = d * scale * q - dmin * minimum -> I8X32 with I8X8 minima. (block_q4_K)
 *
 * The 12 bytes as three words u0, u1, u2, a byte for each of four blocks: blocks 0..3 have their scale in the low six
 * bits of u0 and their minimum in those of u1; blocks 4..7 have their scale's low half in the low half of u2 and its high
 * bits in the top of u0, and their minimum's in the high half of u2 and the top of u1.
 * q: 32 bytes for each pair of blocks, the first of the pair in the low halves.
 */
function repackQ4_K(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, minima: usize): void {
  packScalesAndMinima(r0, r1, r2, r3, dst, next, minima);
  const zero = i8x16.splat(0);
  for (let pair: usize = 0; pair < 4; ++pair) {
    const q: usize = 16 + 32 * pair;
    const to = (pair < 2 ? dst : next) + (pair & 1) * 288 + 16;
    interleaveNibbles(r0 + q, r1 + q, r2 + q, r3 + q, to, to + 144, zero);
    interleaveNibbles(r0 + q + 16, r1 + q + 16, r2 + q + 16, r3 + q + 16, to + 64, to + 208, zero);
  }
}

/**
 * Writes the scales d * scale of the 8 blocks, and the block of minima with its factor, from d, dmin and the 12 bytes at
 * the head of four Q4_K or Q5_K superblocks. Lanes are rows.
 */
export function packScalesAndMinima(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  dst: usize,
  next: usize,
  minima: usize,
): void {
  const d = gatherHalves(r0, r1, r2, r3);
  const dmin = gatherHalves(r0 + 2, r1 + 2, r2 + 2, r3 + 2);
  const u0 = gatherWords(r0 + 4, r1 + 4, r2 + 4, r3 + 4);
  const u1 = gatherWords(r0 + 8, r1 + 8, r2 + 8, r3 + 8);
  const u2 = gatherWords(r0 + 12, r1 + 12, r2 + 12, r3 + 12);
  const six = i32x4.splat(0x3f3f3f3f);
  const four = i32x4.splat(0x0f0f0f0f);
  const two = i32x4.splat(0x30303030);
  storeScales(d, v128.and(u0, six), dst);
  storeScales(d, v128.or(v128.and(u2, four), v128.and(i32x4.shr_u(u0, 2), two)), next);
  const low = v128.and(u1, six);
  const high = v128.or(v128.and(i32x4.shr_u(u2, 4), four), v128.and(i32x4.shr_u(u1, 2), two));
  v128.store(minima, f32x4.neg(dmin));
  v128.store(minima, v128.shuffle<i16>(low, low, 0, 2, 4, 6, 1, 3, 5, 7), 16);
  v128.store(minima, v128.shuffle<i16>(high, high, 0, 2, 4, 6, 1, 3, 5, 7), 32);
}

/** Writes d * scale to four blocks from the four bytes of each lane. */
// @ts-ignore: decorator
@inline
function storeScales(d: v128, scales: v128, dst: usize): void {
  const byte = i32x4.splat(255);
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(v128.and(scales, byte))));
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(scales, 8), byte))), 144);
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(scales, 16), byte))), 288);
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(i32x4.shr_u(scales, 24))), 432);
}

export const Q4_K_FORMAT = new Format(TensorType.Q4_K, I8X32, repackQ4_K).minima(I8X8, 32).packed(U4X32);
