import { TensorType } from '../gguf/tensor-types.generated';
import { BY_HALF, Format } from './format';
import { I8X16, I8X8 } from './image';
import { gatherHalves, gatherWords, interleave } from './interleave';

/** Quads of 16 bytes of q. */
const raw: usize = memory.data(64, 16);

/**
 * Q2_K [ 16 bytes: scale in the low, minimum in the high half | q: 64 bytes | d: f16 | dmin: f16 ], 256 inputs in 16
 * blocks of 16, w = d * scale * q - dmin * minimum -> I8X16 with I8X8 minima. (block_q2_K)
 *
 * Each half of 128 inputs has 32 bytes of q; with l in 0..31 bits 2j and 2j + 1 of q[l] are input 32 * j + l.
 */
function repackQ2_K(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, minima: usize): void {
  const d = gatherHalves(r0 + 80, r1 + 80, r2 + 80, r3 + 80);
  const dmin = f32x4.neg(gatherHalves(r0 + 82, r1 + 82, r2 + 82, r3 + 82));
  for (let half: usize = 0; half < 2; ++half) {
    const to = half ? next : dst;
    for (let part: usize = 0; part < 2; ++part) {
      const q: usize = 16 + 32 * half + 16 * part;
      interleave(v128.load(r0 + q), v128.load(r1 + q), v128.load(r2 + q), v128.load(r3 + q), raw);
      for (let j: usize = 0; j < 4; ++j) unpack(to + 160 * j + 80 * part + 16, <i32>(2 * j));
    }
    const minimum = minima + 48 * half;
    v128.store(minimum, dmin);
    for (let four: usize = 0; four < 2; ++four) {
      const at: usize = 8 * half + 4 * four;
      const bytes = gatherWords(r0 + at, r1 + at, r2 + at, r3 + at);
      storeScales(d, v128.and(bytes, i8x16.splat(15)), to + 320 * four);
      const high = i8x16.shr_u(bytes, 4);
      v128.store(minimum + 16 * four, v128.shuffle<i16>(high, high, 0, 2, 4, 6, 1, 3, 5, 7), 16);
    }
  }
}

/** Two bits of the raw bytes as the weights of a block. */
// @ts-ignore: decorator
@inline
function unpack(dst: usize, shift: i32): void {
  for (let i: usize = 0; i < 64; i += 16) {
    v128.store(dst + i, v128.and(i16x8.shr_u(v128.load(raw + i), shift), i8x16.splat(3)));
  }
}

/** Writes d * scale to four blocks from the four bytes of each lane. */
// @ts-ignore: decorator
@inline
function storeScales(d: v128, scales: v128, dst: usize): void {
  const byte = i32x4.splat(255);
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(v128.and(scales, byte))));
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(scales, 8), byte))), 80);
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(scales, 16), byte))), 160);
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(i32x4.shr_u(scales, 24))), 240);
}

export const Q2_K_FORMAT = new Format(TensorType.Q2_K, I8X16, repackQ2_K).minima(I8X8, 16).scaledBy(BY_HALF, 80);
