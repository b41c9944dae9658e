import { TensorType } from '../gguf/tensor-types.generated';
import { addFifthBits } from './fifth-bit';
import { Format } from './format';
import { I8X32 } from './image';
import { gatherHalves, gatherWords, interleaveNibbles } from './interleave';

/**
 * Q5_0 [ d: f16 | high bits: u32 | q: 16 bytes, input i in the low, i + 16 in the high half ], w = d * (q - 16), the fifth
 * bit of input i being bit i -> I8X32. (block_q5_0)
 */
function repackQ5_0(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  v128.store(dst, gatherHalves(r0, r1, r2, r3));
  interleaveNibbles(r0 + 6, r1 + 6, r2 + 6, r3 + 6, dst + 16, dst + 80, i8x16.splat(16));
  addFifthBits(gatherWords(r0 + 2, r1 + 2, r2 + 2, r3 + 2), dst + 16);
}

export const Q5_0_FORMAT = new Format(TensorType.Q5_0, I8X32, repackQ5_0);
