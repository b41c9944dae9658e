import { TensorType } from '../gguf/tensor-types.generated';
import { BY_SINGLE, Format } from './format';
import { I8X32 } from './image';
import { gatherWords } from './interleave';
import { interleaveSuperblock } from './superblock';

/** Q8_K [ d: f32 | q: i8 * 256 | sums of 16: i16 * 16 ], w = d * q -> I8X32. (block_q8_K; the sums follow from q) */
function repackQ8_K(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, _minima: usize): void {
  interleaveSuperblock(r0 + 4, r1 + 4, r2 + 4, r3 + 4, gatherWords(r0, r1, r2, r3), dst, next);
}

export const Q8_K_FORMAT = new Format(TensorType.Q8_K, I8X32, repackQ8_K).scaledBy(BY_SINGLE);
