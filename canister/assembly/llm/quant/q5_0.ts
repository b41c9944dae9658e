import { gatherHalves, gatherWords, interleaveNibbles } from './interleave';
import { addFifthBits } from './fifth-bit';

/**
 * Q5_0 [ d: f16 | high bits: u32 | q: 16 bytes, input i in the low, i + 16 in the high half ], w = d * (q - 16), the fifth
 * bit of input i being bit i -> I8X32. (block_q5_0)
 */
export function repackQ5_0(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  v128.store(dst, gatherHalves(r0, r1, r2, r3));
  interleaveNibbles(r0 + 6, r1 + 6, r2 + 6, r3 + 6, dst + 16, dst + 80, i8x16.splat(16));
  addFifthBits(gatherWords(r0 + 2, r1 + 2, r2 + 2, r3 + 2), dst + 16);
}
