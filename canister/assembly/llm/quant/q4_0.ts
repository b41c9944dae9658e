import { TensorType } from '../gguf/tensor-types.generated';
import { Format } from './format';
import { I8X32, S4X32 } from './image';
import { gatherHalves, interleaveNibbles } from './interleave';

/** Q4_0 [ d: f16 | q: 16 bytes, input i in the low, i + 16 in the high half ], w = d * (q - 8) -> I8X32. (block_q4_0) */
function repackQ4_0(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  v128.store(dst, gatherHalves(r0, r1, r2, r3));
  interleaveNibbles(r0 + 2, r1 + 2, r2 + 2, r3 + 2, dst + 16, dst + 80, i8x16.splat(8));
}

export const Q4_0_FORMAT = new Format(TensorType.Q4_0, I8X32, repackQ4_0).packed(S4X32);
