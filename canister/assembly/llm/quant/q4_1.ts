import { TensorType } from '../gguf/tensor-types.generated';
import { Format } from './format';
import { F32, I8X32, U4X32 } from './image';
import { gatherHalves, interleaveNibbles } from './interleave';

/**
 * Q4_1 [ d: f16 | m: f16 | q: 16 bytes, input i in the low, i + 16 in the high half ], w = d * q + m
 * -> I8X32 with F32 minima. (block_q4_1)
 */
function repackQ4_1(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, minima: usize): void {
  v128.store(dst, gatherHalves(r0, r1, r2, r3));
  v128.store(minima, gatherHalves(r0 + 2, r1 + 2, r2 + 2, r3 + 2));
  interleaveNibbles(r0 + 4, r1 + 4, r2 + 4, r3 + 4, dst + 16, dst + 80, i8x16.splat(0));
}

export const Q4_1_FORMAT = new Format(TensorType.Q4_1, I8X32, repackQ4_1).minima(F32, 32).packed(U4X32);
