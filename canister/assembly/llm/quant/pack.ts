/** Packs weights of four bits, so that a matrix takes little more than half the heap and a third more instructions. */
import { groupBytes, I8X32, Image, paddedInputs, panelInputs, S4X32 } from './image';
import { Format } from './format';
import { repackGroup } from './repack';

/** Bytes of an I8X32 block, and of a packed group's scales, which precede its lanes. */
const BLOCK: usize = 144;
const SCALES: usize = 64;

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
  const bias = i16x8.splat(image.kind == S4X32 ? 8 : 0);
  for (let input: usize = 0; input < padded; input += 128) {
    const from = plain.at(0, input);
    // The half panel that a packed image has beyond the matrix: weights that are in range, scales of zero.
    if (padded - input < panelInputs(I8X32)) memory.fill(from + 2 * BLOCK, 0, 2 * BLOCK);
    packPanel(from, image.at(group, input), bias);
  }
}

/** Four I8X32 blocks at `from` -> a packed group at `to`. */
function packPanel(from: usize, to: usize, bias: v128): void {
  v128.store(to, v128.load(from));
  v128.store(to, f32x4.mul(v128.load(from, 144), f32x4.splat(1.0 / 16)), 16);
  v128.store(to, f32x4.mul(v128.load(from, 288), f32x4.splat(1.0 / 256)), 32);
  v128.store(to, v128.load(from, 432), 48);
  to += SCALES;
  for (const end = from + 128; from < end; from += 8) {
    const low = v128.or(
      i16x8.add(v128.load_ext<i8>(from, 16), bias),
      i16x8.shl(i16x8.add(v128.load_ext<i8>(from, 160), bias), 4),
    );
    const high = v128.or(
      i16x8.shl(i16x8.add(v128.load_ext<i8>(from, 304), bias), 8),
      i16x8.shl(i16x8.add(v128.load_ext<i8>(from, 448), bias), 12),
    );
    v128.store(to, v128.or(low, high));
    to += 16;
  }
}
