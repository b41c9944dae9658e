import { TensorType } from '../gguf/tensor-types.generated';
import { lookUp, nonLinear } from './codebook';
import { Format } from './format';
import { I8X32 } from './image';
import { gatherHalves, interleaveNibbles } from './interleave';

/** IQ4_NL [ d: f16 | q: 16 bytes, input i in the low, i + 16 in the high half ], w = d * codebook[q] -> I8X32. (block_iq4_nl) */
function repackIQ4_NL(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, _next: usize, _minima: usize): void {
  v128.store(dst, gatherHalves(r0, r1, r2, r3));
  interleaveNibbles(r0 + 2, r1 + 2, r2 + 2, r3 + 2, dst + 16, dst + 80, i8x16.splat(0));
  lookUp(dst + 16, nonLinear());
}

export const IQ4_NL_FORMAT = new Format(TensorType.IQ4_NL, I8X32, repackIQ4_NL);
