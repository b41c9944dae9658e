import { halves, transpose } from './interleave';

/** F32 [ w: f32 ], 32 inputs of four rows -> F32. */
export function repackF32(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  for (let i: usize = 0; i < 128; i += 16) {
    transpose(v128.load(r0 + i), v128.load(r1 + i), v128.load(r2 + i), v128.load(r3 + i), dst + (i << 2));
  }
}

/** F16 [ w: f16 ], 32 inputs of four rows -> F32. */
export function repackF16(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  for (let i: usize = 0; i < 64; i += 8) {
    transpose(four(r0 + i), four(r1 + i), four(r2 + i), four(r3 + i), dst + (i << 3));
  }
}

// @ts-ignore: decorator
@inline
function four(src: usize): v128 {
  return halves(v128.load_ext<u16>(src));
}
