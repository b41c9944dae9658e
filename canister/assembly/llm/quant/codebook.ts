/** Weights of four bits that stand for one of 16 int8, not for themselves. */

/** IQ4_NL and IQ4_XS: steps that grow away from zero. (ggml-common.h, kvalues_iq4nl) */
// @ts-ignore: decorator
@inline
export function nonLinear(): v128 {
  return i8x16(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113);
}

/** MXFP4: e2m1 numbers, doubled. (OCP Microscaling Formats specification 1.0, section 5.3.3) */
// @ts-ignore: decorator
@inline
export function e2m1(): v128 {
  return i8x16(0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12);
}

/** Replaces the numbers 0 .. 15 in the 16 quads of a block (128 bytes at `quads`) by their values. */
// @ts-ignore: decorator
@inline
export function lookUp(quads: usize, codebook: v128): void {
  for (let i: usize = 0; i < 128; i += 16) v128.store(quads + i, i8x16.swizzle(codebook, v128.load(quads + i)));
}
