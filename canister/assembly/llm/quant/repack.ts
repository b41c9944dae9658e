/** Rows of a GGUF tensor into an image, four at a time. Exact: nothing is rounded again. */
import { Format } from './formats';
import { groupBytes, Image, paddedInputs, panelInputs } from './image';

/** The last, incomplete block of four plain rows, padded with zeros. */
const tail: usize = memory.data(4 * 128, 16);

/**
 * Repacks rows 4 * group .. 4 * group + 3, whose bytes begin at r0 to r3.
 * Where the matrix has fewer rows, the caller gives the last one several times.
 */
export function repackGroup(
  format: Format,
  image: Image,
  group: usize,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
): void {
  if (format.block == 256) repackSuperblocks(format, image, group, r0, r1, r2, r3);
  else repackBlocks(format, image, group, r0, r1, r2, r3);
}

function repackSuperblocks(
  format: Format,
  image: Image,
  group: usize,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
): void {
  const repack = format.repack;
  let row: usize = 0;
  for (let input: usize = 0; input < image.inputs; input += 256) {
    const minima = image.minimumBlock ? minimaOf(image, group, input) : 0;
    repack(r0 + row, r1 + row, r2 + row, r3 + row, image.at(group, input), image.at(group, input + 128), minima);
    row += format.bytes;
  }
  if (image.minimumBlock) clearMinima(image, group);
}

/** Where the minima of the inputs from `input` on go. */
function minimaOf(image: Image, group: usize, input: usize): usize {
  const sum = input / image.minimumBlock;
  return image.minimaAt(group, sum & ~31) + groupBytes(image.minimumKind, sum & 31);
}

/** Clears what the last panel of minima has beyond the matrix. */
function clearMinima(image: Image, group: usize): void {
  const sums = image.sums();
  const rest: usize = (32 - (sums & 31)) & 31;
  if (rest == 0) return;
  const end = image.minimaAt(group, sums & ~31) + groupBytes(image.minimumKind, 32);
  const bytes = groupBytes(image.minimumKind, rest);
  memory.fill(end - bytes, 0, bytes);
}

function repackBlocks(format: Format, image: Image, group: usize, r0: usize, r1: usize, r2: usize, r3: usize): void {
  const repack = format.repack;
  const panel = panelInputs(image.kind);
  const blockBytes = groupBytes(image.kind, 32);
  const whole = image.inputs & ~31;
  const padded = paddedInputs(image.kind, image.inputs);
  let row: usize = 0;
  let dst: usize = 0;
  for (let input: usize = 0; input < padded; input += 32) {
    if (input % panel == 0) dst = image.at(group, input);
    if (input < whole) {
      const minima = image.minimumBlock ? minimaOf(image, group, input) : 0;
      repack(r0 + row, r1 + row, r2 + row, r3 + row, dst, 0, minima);
    } else if (input < image.inputs) {
      const bytes = format.rowBytes(image.inputs) - row;
      memory.fill(tail, 0, 512);
      memory.copy(tail, r0 + row, bytes);
      memory.copy(tail + 128, r1 + row, bytes);
      memory.copy(tail + 256, r2 + row, bytes);
      memory.copy(tail + 384, r3 + row, bytes);
      repack(tail, tail + 128, tail + 256, tail + 384, dst, 0, 0);
    } else {
      memory.fill(dst, 0, blockBytes);
    }
    row += format.bytes;
    dst += blockBytes;
  }
  if (image.minimumBlock) clearMinima(image, group);
}
