/** Superblocks of 256 weights under one scale: Q8_K and the ternary types. */
import { interleave } from './interleave';

/**
 * 256 int8 of each of four rows -> the four I8X32 blocks of a panel at `dst` and the four at `next`, all of them with the
 * same scales (lane r is row r's).
 */
export function interleaveSuperblock(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  scales: v128,
  dst: usize,
  next: usize,
): void {
  for (let b: usize = 0; b < 8; ++b) {
    const to = (b < 4 ? dst : next) + (b & 3) * 144;
    const at = 32 * b;
    v128.store(to, scales);
    interleave(v128.load(r0 + at), v128.load(r1 + at), v128.load(r2 + at), v128.load(r3 + at), to + 16);
    interleave(v128.load(r0 + at, 16), v128.load(r1 + at, 16), v128.load(r2 + at, 16), v128.load(r3 + at, 16), to + 80);
  }
}
