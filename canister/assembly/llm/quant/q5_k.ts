import { TensorType } from '../gguf/tensor-types.generated';
import { Format } from './format';
import { I8X32, I8X8 } from './image';
import { interleave } from './interleave';
import { packScalesAndMinima } from './q4_k';

/** Quads of the high bits of 16 inputs of every block. */
const high: usize = memory.data(128, 16);
/** Quads of 16 bytes of q. */
const raw: usize = memory.data(64, 16);

/**
 * Q5_K [ d: f16 | dmin: f16 | 12 bytes: 8 scales and 8 minima of 6 bits | qh: 32 bytes | q: 128 bytes ], 256 inputs in 8
 * blocks of 32, w = d * scale * q - dmin * minimum -> I8X32 with I8X8 minima. (block_q5_K)
 *
 * Scales, minima and q as in Q4_K; the fifth bit of input l of block b is bit b of qh[l].
 */
function repackQ5_K(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, minima: usize): void {
  packScalesAndMinima(r0, r1, r2, r3, dst, next, minima);
  for (let part: usize = 0; part < 32; part += 16) {
    const qh = 16 + part;
    interleave(v128.load(r0 + qh), v128.load(r1 + qh), v128.load(r2 + qh), v128.load(r3 + qh), high + (part << 2));
  }
  for (let pair: usize = 0; pair < 4; ++pair) {
    const to = (pair < 2 ? dst : next) + (pair & 1) * 288 + 16;
    for (let part: usize = 0; part < 32; part += 16) {
      const q = 48 + 32 * pair + part;
      interleave(v128.load(r0 + q), v128.load(r1 + q), v128.load(r2 + q), v128.load(r3 + q), raw);
      unpack(to + (part << 2), high + (part << 2), <i32>(2 * pair));
    }
  }
}

/**
 * The bytes at `raw` as the weights of a block at `dst` and of the next one; their fifth bits are `bit` and the next.
 */
// @ts-ignore: decorator
@inline
function unpack(dst: usize, bits: usize, bit: i32): void {
  const four = i8x16.splat(15);
  const one = i8x16.splat(1);
  for (let i: usize = 0; i < 64; i += 16) {
    const q = v128.load(raw + i);
    const h = i16x8.shr_u(v128.load(bits + i), bit);
    const low = i16x8.shl(v128.and(h, one), 4);
    const top = i16x8.shl(v128.and(i16x8.shr_u(h, 1), one), 4);
    v128.store(dst + i, v128.or(v128.and(q, four), low));
    v128.store(dst + i, v128.or(v128.and(i16x8.shr_u(q, 4), four), top), 144);
  }
}

export const Q5_K_FORMAT = new Format(TensorType.Q5_K, I8X32, repackQ5_K).minima(I8X8, 32);
