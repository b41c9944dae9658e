import { TensorType } from '../gguf/tensor-types.generated';
import { BY_BRAIN, BY_HALF, BY_SINGLE, Format } from './format';
import { F32 } from './image';
import { halves, transpose } from './interleave';

/** F32 [ w: f32 ], 32 inputs of four rows -> F32. */
function repackF32(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  for (let i: usize = 0; i < 128; i += 16) {
    transpose(v128.load(r0 + i), v128.load(r1 + i), v128.load(r2 + i), v128.load(r3 + i), dst + (i << 2));
  }
}

/** F16 [ w: f16 ], 32 inputs of four rows -> F32. */
function repackF16(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  for (let i: usize = 0; i < 64; i += 8) {
    transpose(four(r0 + i), four(r1 + i), four(r2 + i), four(r3 + i), dst + (i << 3));
  }
}

/** BF16 [ w: the upper half of an f32 ], 32 inputs of four rows -> F32. */
function repackBF16(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  for (let i: usize = 0; i < 64; i += 8) {
    transpose(upper(r0 + i), upper(r1 + i), upper(r2 + i), upper(r3 + i), dst + (i << 3));
  }
}

// @ts-ignore: decorator
@inline
function upper(src: usize): v128 {
  return i32x4.shl(v128.load_ext<u16>(src), 16);
}

// @ts-ignore: decorator
@inline
function four(src: usize): v128 {
  return halves(v128.load_ext<u16>(src));
}

export const F32_FORMAT = new Format(TensorType.F32, F32, repackF32).scaledBy(BY_SINGLE);
export const F16_FORMAT = new Format(TensorType.F16, F32, repackF16).scaledBy(BY_HALF);
export const BF16_FORMAT = new Format(TensorType.BF16, F32, repackBF16).scaledBy(BY_BRAIN);
