import { TensorType } from '../gguf/tensor-types.generated';
import { Format } from './format';
import { I8X32 } from './image';
import { gatherHalves, interleave } from './interleave';

/** Q8_0 [ d: f16 | q: i8 * 32 ], w = d * q -> I8X32. (ggml's block_q8_0) */
function repackQ8_0(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  v128.store(dst, gatherHalves(r0, r1, r2, r3));
  interleave(v128.load(r0, 2), v128.load(r1, 2), v128.load(r2, 2), v128.load(r3, 2), dst + 16);
  interleave(v128.load(r0, 18), v128.load(r1, 18), v128.load(r2, 18), v128.load(r3, 18), dst + 80);
}

export const Q8_0_FORMAT = new Format(TensorType.Q8_0, I8X32, repackQ8_0);
