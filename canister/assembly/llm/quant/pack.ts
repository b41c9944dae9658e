/** Packs weights of four bits, so that a matrix takes little more than half the heap and a sixth more instructions. */
import { groupBytes, I8X32, Image, paddedInputs, panelInputs, S4X32 } from './image';
import { Format } from './format';
import { repackGroup } from './repack';

/** Bytes of an I8X32 block, and of a packed one. */
const BLOCK: usize = 144;
const PACKED_BLOCK: usize = 80;

/** Bytes of scratch that `packGroup` needs. */
export function packScratch(format: Format, inputs: usize): usize {
  return <usize>format.image(1, inputs).bytes() + 2 * BLOCK;
}

/**
 * Repacks rows 4 * group .. 4 * group + 3, with bytes at r0 to r3, into a packed image through an image of one group,
 * so that formats need no second repacking function. `scratch`: packScratch bytes, 16-aligned.
 */
export function packGroup(
  format: Format,
  image: Image,
  group: usize,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  scratch: usize,
): void {
  const plain = format.image(1, image.inputs);
  plain.place(scratch);
  repackGroup(format, plain, 0, r0, r1, r2, r3);
  for (let sum: usize = 0; sum < image.sums(); sum += 32) {
    memory.copy(image.minimaAt(group, sum), plain.minimaAt(0, sum), groupBytes(image.minimumKind, 32));
  }
  const padded = paddedInputs(I8X32, image.inputs);
  const bias = i8x16.splat(image.kind == S4X32 ? 8 : 0);
  for (let input: usize = 0; input < padded; input += 128) {
    let from = plain.at(0, input);
    // The half panel that a packed image has beyond the matrix: weights that are in range, scales of zero.
    if (padded - input < panelInputs(I8X32)) memory.fill(from + 2 * BLOCK, 0, 2 * BLOCK);
    let to = image.at(group, input);
    for (const end = from + 4 * BLOCK; from < end; from += BLOCK) {
      packBlock(from, to, bias);
      to += PACKED_BLOCK;
    }
  }
}

/** An I8X32 block at `from` -> a packed one at `to`. */
// @ts-ignore: decorator
@inline
function packBlock(from: usize, to: usize, bias: v128): void {
  v128.store(to, v128.load(from));
  for (let i: usize = 16; i < PACKED_BLOCK; i += 16) {
    const low = i8x16.add(v128.load(from + i), bias);
    const high = i8x16.add(v128.load(from + i, 64), bias);
    v128.store(to + i, v128.or(low, i8x16.shl(high, 4)));
  }
}
