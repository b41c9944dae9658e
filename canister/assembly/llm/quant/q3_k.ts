import { TensorType } from '../gguf/tensor-types.generated';
import { BY_HALF, Format } from './format';
import { I8X16 } from './image';
import { gatherHalves, gatherWords, interleave } from './interleave';
import { storeSignedScales } from './q6_k';

/** Quads of 16 bytes of q, and of 32 bytes of high bits. */
const raw: usize = memory.data(64, 16);
const high: usize = memory.data(128, 16);

/**
 * Q3_K [ high bits: 32 bytes | q: 64 bytes | 12 bytes: 16 scales of 6 bits | d: f16 ], 256 inputs in 16 blocks of 16,
 * w = d * (scale - 32) * (q - 4) -> I8X16. (block_q3_K)
 *
 * Each half of 128 inputs has 32 bytes of q; with l in 0..31 bits 2j and 2j + 1 of q[l] are the low ones of input
 * 32 * j + l of the half, and its third bit is bit 4 * half + j of byte l of the high bits.
 * The 12 bytes as three words u0, u1, u2: scales 0..3 and 8..11 have their low four bits in the low and high halves of u0,
 * 4..7 and 12..15 in those of u1; bits 0-1, 2-3, 4-5, 6-7 of u2 are the high ones of scales 0..3, 4..7, 8..11 and 12..15.
 */
function repackQ3_K(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, _minima: usize): void {
  const d = gatherHalves(r0 + 108, r1 + 108, r2 + 108, r3 + 108);
  const u0 = gatherWords(r0 + 96, r1 + 96, r2 + 96, r3 + 96);
  const u1 = gatherWords(r0 + 100, r1 + 100, r2 + 100, r3 + 100);
  const u2 = gatherWords(r0 + 104, r1 + 104, r2 + 104, r3 + 104);
  storeSignedScales(d, scales(u0, i16x8.shl(u2, 4)), dst);
  storeSignedScales(d, scales(u1, i16x8.shl(u2, 2)), dst + 320);
  storeSignedScales(d, scales(i16x8.shr_u(u0, 4), u2), next);
  storeSignedScales(d, scales(i16x8.shr_u(u1, 4), i16x8.shr_u(u2, 2)), next + 320);
  interleave(v128.load(r0), v128.load(r1), v128.load(r2), v128.load(r3), high);
  interleave(v128.load(r0, 16), v128.load(r1, 16), v128.load(r2, 16), v128.load(r3, 16), high + 64);
  for (let half: usize = 0; half < 2; ++half) {
    const to = half ? next : dst;
    for (let part: usize = 0; part < 2; ++part) {
      const q: usize = 32 + 32 * half + 16 * part;
      interleave(v128.load(r0 + q), v128.load(r1 + q), v128.load(r2 + q), v128.load(r3 + q), raw);
      const bits = high + 64 * part;
      for (let j: usize = 0; j < 4; ++j) unpack(to + 160 * j + 80 * part + 16, bits, <i32>(2 * j), <i32>(4 * half + j));
    }
  }
}

/** Scales less 32 from their low four bits and, in bits 4 and 5, their high two. */
// @ts-ignore: decorator
@inline
function scales(low: v128, top: v128): v128 {
  const bits = v128.or(v128.and(low, i8x16.splat(15)), v128.and(top, i8x16.splat(0x30)));
  return i8x16.sub(bits, i8x16.splat(32));
}

/** Two bits of the raw bytes and bit `bit` of the high ones as the weights of a block. */
// @ts-ignore: decorator
@inline
function unpack(dst: usize, bits: usize, shift: i32, bit: i32): void {
  for (let i: usize = 0; i < 64; i += 16) {
    const low = v128.and(i16x8.shr_u(v128.load(raw + i), shift), i8x16.splat(3));
    const third = i16x8.shl(v128.and(i16x8.shr_u(v128.load(bits + i), bit), i8x16.splat(1)), 2);
    v128.store(dst + i, i8x16.sub(v128.or(low, third), i8x16.splat(4)));
  }
}

export const Q3_K_FORMAT = new Format(TensorType.Q3_K, I8X16, repackQ3_K).scaledBy(BY_HALF, 108);
