import { TensorType } from '../gguf/tensor-types.generated';
import { lookUp, nonLinear } from './codebook';
import { Format } from './format';
import { I8X32 } from './image';
import { gatherHalves, gatherWords, interleaveNibbles } from './interleave';

/**
 * IQ4_XS [ d: f16 | high bits of 8 scales: u16 | their low bits: 4 bytes | q: 128 bytes ], 256 inputs in 8 blocks of 32,
 * w = d * (scale - 32) * codebook[q] -> I8X32. (block_iq4_xs)
 *
 * Scale b has its low four bits in half b of the 4 bytes and its high two in bits 2b and 2b + 1 of the word. q: 16 bytes
 * for each block, input i in the low, i + 16 in the high half.
 */
function repackIQ4_XS(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, _minima: usize): void {
  // Lane r: the half-precision d in the low, the scales' high bits in the high half.
  const high = i32x4.shr_u(gatherWords(r0, r1, r2, r3), 16);
  const low = gatherWords(r0 + 4, r1 + 4, r2 + 4, r3 + 4);
  const d = gatherHalves(r0, r1, r2, r3);
  const codebook = nonLinear();
  const zero = i8x16.splat(0);
  for (let b: usize = 0; b < 8; ++b) {
    const to = (b < 4 ? dst : next) + (b & 3) * 144;
    const bits = v128.or(
      v128.and(i32x4.shr_u(low, <i32>(4 * b)), i32x4.splat(15)),
      i32x4.shl(v128.and(i32x4.shr_u(high, <i32>(2 * b)), i32x4.splat(3)), 4),
    );
    v128.store(to, f32x4.mul(d, f32x4.convert_i32x4_s(i32x4.sub(bits, i32x4.splat(32)))));
    const q: usize = 8 + 16 * b;
    interleaveNibbles(r0 + q, r1 + q, r2 + q, r3 + q, to + 16, to + 80, zero);
    lookUp(to + 16, codebook);
  }
}

export const IQ4_XS_FORMAT = new Format(TensorType.IQ4_XS, I8X32, repackIQ4_XS);
