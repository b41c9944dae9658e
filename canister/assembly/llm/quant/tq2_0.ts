import { TensorType } from '../gguf/tensor-types.generated';
import { BY_HALF, Format } from './format';
import { I8X32, S4X32 } from './image';
import { gatherHalves } from './interleave';
import { interleaveSuperblock } from './superblock';

/** One superblock of four rows as int8. */
const rows: usize = memory.data(4 * 256, 16);

/**
 * TQ2_0 [ q: 64 bytes | d: f16 ], 256 inputs, w = d * (q - 1) -> I8X32. (block_tq2_0)
 *
 * Each half of 128 inputs has 32 bytes; with l in 0..31 bits 2j and 2j + 1 of byte l are input 32 * j + l.
 */
function repackTQ2_0(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, _minima: usize): void {
  unpack(r0, rows);
  unpack(r1, rows + 256);
  unpack(r2, rows + 512);
  unpack(r3, rows + 768);
  const d = gatherHalves(r0 + 64, r1 + 64, r2 + 64, r3 + 64);
  interleaveSuperblock(rows, rows + 256, rows + 512, rows + 768, d, dst, next);
}

function unpack(from: usize, to: usize): void {
  const three = i8x16.splat(3);
  const one = i8x16.splat(1);
  for (let half: usize = 0; half < 2; ++half) {
    for (let part: usize = 0; part < 32; part += 16) {
      const q = v128.load(from + 32 * half + part);
      const at = to + 128 * half + part;
      v128.store(at, i8x16.sub(v128.and(q, three), one));
      v128.store(at, i8x16.sub(v128.and(i8x16.shr_u(q, 2), three), one), 32);
      v128.store(at, i8x16.sub(v128.and(i8x16.shr_u(q, 4), three), one), 64);
      v128.store(at, i8x16.sub(i8x16.shr_u(q, 6), one), 96);
    }
  }
}

export const TQ2_0_FORMAT = new Format(TensorType.TQ2_0, I8X32, repackTQ2_0).packed(S4X32).scaledBy(BY_HALF, 64);
