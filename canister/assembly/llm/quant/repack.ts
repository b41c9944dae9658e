/** Rows of a GGUF tensor into an image, four at a time. Exact: nothing is rounded again. */
import { Format } from './format';
import { groupBytes, Image, paddedInputs, panelInputs } from './image';

/** The last, incomplete block of four plain rows, padded with zeros. */
const tail: usize = memory.data(4 * 128, 16);

/**
 * Repacks rows 4 * group .. 4 * group + 3, with bytes at r0 to r3. If the matrix has fewer rows, the caller repeats the
 * last one.
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

/** Address of the minima for the inputs from `input` on. */
function minimaOf(image: Image, group: usize, input: usize): usize {
  const sum = input / image.minimumBlock;
  return image.minimaAt(group, sum & ~31) + groupBytes(image.minimumKind, sum & 31);
}

/** Clears the part of the last panel of minima beyond the matrix. */
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
  const bytes = format.bytes;
  const hasMinima = image.minimumBlock != 0;
  const whole = image.inputs & ~31;
  for (let first: usize = 0; first < whole; first += panel) {
    let dst = image.at(group, first);
    const end = min(first + panel, whole);
    for (let input = first; input < end; input += 32) {
      repack(r0, r1, r2, r3, dst, 0, hasMinima ? minimaOf(image, group, input) : 0);
      dst += blockBytes;
      r0 += bytes;
      r1 += bytes;
      r2 += bytes;
      r3 += bytes;
    }
  }
  repackRest(format, image, group, r0, r1, r2, r3);
  if (hasMinima) clearMinima(image, group);
}

/** The last, incomplete block of four rows, and the rest of the panel. */
function repackRest(format: Format, image: Image, group: usize, r0: usize, r1: usize, r2: usize, r3: usize): void {
  const whole = image.inputs & ~31;
  const padded = paddedInputs(image.kind, image.inputs);
  if (whole == padded) return;
  const panel = panelInputs(image.kind);
  const blockBytes = groupBytes(image.kind, 32);
  for (let input = whole; input < padded; input += 32) {
    const first = input - (input % panel);
    const dst = image.at(group, first) + ((input - first) >> 5) * blockBytes;
    if (input >= image.inputs) {
      memory.fill(dst, 0, blockBytes);
      continue;
    }
    const bytes = format.rowBytes(image.inputs - whole);
    memory.fill(tail, 0, 512);
    memory.copy(tail, r0, bytes);
    memory.copy(tail + 128, r1, bytes);
    memory.copy(tail + 256, r2, bytes);
    memory.copy(tail + 384, r3, bytes);
    format.repack(tail, tail + 128, tail + 256, tail + 384, dst, 0, 0);
  }
}
