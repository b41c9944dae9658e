import { TensorType } from '../gguf/tensor-types.generated';
import { BY_HALF, Format } from './format';
import { I8X32, S4X32 } from './image';
import { gatherHalves } from './interleave';
import { interleaveSuperblock } from './superblock';

/** One superblock of four rows as int8. */
const rows: usize = memory.data(4 * 256, 16);

/**
 * TQ1_0 [ q: 48 bytes | qh: 4 bytes | d: f16 ], 256 inputs, w = d * (trit - 1) -> I8X32. (block_tq1_0)
 *
 * A byte is a fraction of 256 in base 3: times 3^n, its overflow dropped, times 3, the part above 256 is trit n. Trit n of
 * byte l < 32 of q is input 32 * n + l, of byte 32 + l input 160 + 16 * n + l (n < 5), of byte l of qh 240 + 4 * n + l (n < 4).
 */
function repackTQ1_0(r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, _minima: usize): void {
  unpack(r0, rows);
  unpack(r1, rows + 256);
  unpack(r2, rows + 512);
  unpack(r3, rows + 768);
  const d = gatherHalves(r0 + 52, r1 + 52, r2 + 52, r3 + 52);
  interleaveSuperblock(rows, rows + 256, rows + 512, rows + 768, d, dst, next);
}

function unpack(from: usize, to: usize): void {
  let a = v128.load(from);
  let b = v128.load(from, 16);
  let c = v128.load(from, 32);
  for (let n: usize = 0; n < 5; ++n) {
    v128.store(to + 32 * n, trits(a));
    v128.store(to + 32 * n, trits(b), 16);
    v128.store(to + 160 + 16 * n, trits(c));
    a = tripled(a);
    b = tripled(b);
    c = tripled(c);
  }
  let h = v128.load32_zero(from + 48);
  for (let n: usize = 0; n < 4; ++n) {
    v128.store32_lane(to + 240 + 4 * n, trits(h), 0);
    h = tripled(h);
  }
}

/** Three times each byte, without the overflow. */
// @ts-ignore: decorator
@inline
function tripled(bytes: v128): v128 {
  return i8x16.add(bytes, i8x16.add(bytes, bytes));
}

/** The leading trit of each byte, less one. */
// @ts-ignore: decorator
@inline
function trits(bytes: v128): v128 {
  const three = i16x8.splat(3);
  const low = i16x8.shr_u(i16x8.mul(i16x8.extend_low_i8x16_u(bytes), three), 8);
  const high = i16x8.shr_u(i16x8.mul(i16x8.extend_high_i8x16_u(bytes), three), 8);
  return i8x16.sub(i8x16.narrow_i16x8_u(low, high), i8x16.splat(1));
}

export const TQ1_0_FORMAT = new Format(TensorType.TQ1_0, I8X32, repackTQ1_0).packed(S4X32).scaledBy(BY_HALF, 52);
