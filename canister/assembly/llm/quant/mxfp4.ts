import { TensorType } from '../gguf/tensor-types.generated';
import { e2m1, lookUp } from './codebook';
import { BY_EXPONENT, Format } from './format';
import { I8X32 } from './image';
import { interleaveNibbles } from './interleave';

/**
 * MXFP4 [ e: u8 | q: 16 bytes, input i in the low, i + 16 in the high half ], w = 2^(e - 128) * codebook[q] -> I8X32.
 * (block_mxfp4; the codebook holds doubled numbers, so the exponent's bias is 128 and not 127)
 */
function repackMXFP4(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  v128.store(dst, powers(r0, r1, r2, r3));
  interleaveNibbles(r0 + 1, r1 + 1, r2 + 1, r3 + 1, dst + 16, dst + 80, i8x16.splat(0));
  lookUp(dst + 16, e2m1());
}

/** 2^(e - 128) for the bytes at four addresses. Exponents 0 and 1 give subnormal numbers with a single fraction bit. */
// @ts-ignore: decorator
@inline
function powers(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  let e = i32x4.splat(0);
  e = v128.load_lane<u8>(p0, e, 0);
  e = v128.load_lane<u8>(p1, e, 4);
  e = v128.load_lane<u8>(p2, e, 8);
  e = v128.load_lane<u8>(p3, e, 12);
  const one = i32x4.splat(1);
  const normal = i32x4.shl(i32x4.sub(e, one), 23);
  // 0x00200000 for e = 0, 0x00400000 for e = 1.
  const small = i32x4.add(i32x4.splat(0x00200000), i32x4.mul(e, i32x4.splat(0x00200000)));
  return v128.bitselect(normal, small, i32x4.gt_s(e, one));
}

export const MXFP4_FORMAT = new Format(TensorType.MXFP4, I8X32, repackMXFP4).scaledBy(BY_EXPONENT);
