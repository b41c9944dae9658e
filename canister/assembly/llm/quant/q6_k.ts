import { TensorType } from '../gguf/tensor-types.generated';
import { BY_HALF, Format } from './format';
import { I8X16 } from './image';
import { gatherHalves, gatherWords, interleave } from './interleave';

/** Raw bits of 32 inputs' worth of quads: ql of inputs l, ql of inputs l + 32, qh; 64 bytes each. */
const raw: usize = memory.data(192, 16);

/**
 * Q6_K [ ql: 128 bytes | qh: 64 bytes | scale: i8 * 16 | d: f16 ], 256 inputs, w = d * scale[i / 16] * (q - 32)
 * -> I8X16. (block_q6_K)
 *
 * Each half of 128 inputs has 64 bytes of ql and 32 of qh; with l in 0..31 the low four bits of q are
 *     input l: ql[l] low half, l + 32: ql[l + 32] low, l + 64: ql[l] high, l + 96: ql[l + 32] high,
 * and its high two are bits 0-1, 2-3, 4-5 and 6-7 of qh[l].
 */
function repackQ6_K(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, _minima: usize): void {
  const d = gatherHalves(r0 + 208, r1 + 208, r2 + 208, r3 + 208);
  for (let half: usize = 0; half < 2; ++half) {
    const to = half ? next : dst;
    for (let part: usize = 0; part < 2; ++part) {
      const ql: usize = 64 * half + 16 * part;
      const qh: usize = 128 + 32 * half + 16 * part;
      interleave(v128.load(r0 + ql), v128.load(r1 + ql), v128.load(r2 + ql), v128.load(r3 + ql), raw);
      interleave(
        v128.load(r0 + ql, 32),
        v128.load(r1 + ql, 32),
        v128.load(r2 + ql, 32),
        v128.load(r3 + ql, 32),
        raw + 64,
      );
      interleave(v128.load(r0 + qh), v128.load(r1 + qh), v128.load(r2 + qh), v128.load(r3 + qh), raw + 128);
      unpack(to + 80 * part + 16);
    }
    const scales: usize = 192 + 8 * half;
    storeSignedScales(d, gatherWords(r0 + scales, r1 + scales, r2 + scales, r3 + scales), to);
    storeSignedScales(d, gatherWords(r0 + scales + 4, r1 + scales + 4, r2 + scales + 4, r3 + scales + 4), to + 320);
  }
}

/** The raw bits as the weights of blocks 0, 2, 4 and 6 from `dst` on. */
// @ts-ignore: decorator
@inline
function unpack(dst: usize): void {
  const low = i8x16.splat(0x0f);
  const high = i8x16.splat(0x30);
  const bias = i8x16.splat(32);
  for (let i: usize = 0; i < 64; i += 16) {
    const a = v128.load(raw + i);
    const b = v128.load(raw + i, 64);
    const h = v128.load(raw + i, 128);
    v128.store(dst + i, i8x16.sub(v128.or(v128.and(a, low), v128.and(i16x8.shl(h, 4), high)), bias));
    v128.store(dst + i, i8x16.sub(v128.or(v128.and(b, low), v128.and(i16x8.shl(h, 2), high)), bias), 160);
    v128.store(dst + i, i8x16.sub(v128.or(v128.and(i16x8.shr_u(a, 4), low), v128.and(h, high)), bias), 320);
    v128.store(
      dst + i,
      i8x16.sub(v128.or(v128.and(i16x8.shr_u(b, 4), low), v128.and(i16x8.shr_u(h, 2), high)), bias),
      480,
    );
  }
}

/** Writes d * scale to four I8X16 blocks from the four signed bytes of each lane. */
// @ts-ignore: decorator
@inline
export function storeSignedScales(d: v128, scales: v128, dst: usize): void {
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(i32x4.shr_s(i32x4.shl(scales, 24), 24))));
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(i32x4.shr_s(i32x4.shl(scales, 16), 24))), 80);
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(i32x4.shr_s(i32x4.shl(scales, 8), 24))), 160);
  v128.store(dst, f32x4.mul(d, f32x4.convert_i32x4_s(i32x4.shr_s(scales, 24))), 240);
}

export const Q6_K_FORMAT = new Format(TensorType.Q6_K, I8X16, repackQ6_K).scaledBy(BY_HALF, 208);
