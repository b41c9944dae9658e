/** Kernels, images and repacking as exports, for canister/test/{kernels,repack}.test.ts. */
import { allocate, release } from '../memory/heap';
import { pairSums, quantizePairs } from '../llm/kernels/pairs';
import { blockSums, quantize, quantizeSums } from '../llm/kernels/quantize';
import { formatOf } from '../llm/quant/formats';
import { Activations, multiply } from '../llm/quant/multiply';
import { packGroup, packScratch } from '../llm/quant/pack';
import { repackGroup } from '../llm/quant/repack';
import { Format } from '../llm/quant/format';
import { Image } from '../llm/quant/image';
import { readRow } from '../llm/quant/row';
export * from '../llm/kernels/matvec.generated';
export * from '../llm/kernels/matmul.generated';
export * from '../llm/kernels/attention.generated';
export * from '../llm/kernels/packed.generated';
export { allocate, release, blockSums, pairSums, quantize, quantizePairs, quantizeSums };

/** Whether images of types that allow it are packed. */
let packs: bool = false;

export function setPacks(yes: bool): void {
  packs = yes;
}

export function isPackable(type: u32): bool {
  const format = formatOf(type);
  return format != null && format.packedKind != format.kind;
}

function imageOf(format: Format, rows: usize, inputs: usize): Image {
  const image = format.image(rows, inputs);
  if (packs) image.kind = format.packedKind;
  return image;
}

/** Bytes of the image of a matrix. */
export function imageBytes(type: u32, rows: usize, inputs: usize): u64 {
  const format = formatOf(type);
  return format ? imageOf(format, rows, inputs).bytes() : 0;
}

/** Repacks a whole matrix from `src` to `dst`. */
export function repack(type: u32, rows: usize, inputs: usize, src: usize, dst: usize): void {
  const format = formatOf(type);
  if (!format) return;
  const image = imageOf(format, rows, inputs);
  image.place(dst);
  const packed = image.kind != format.kind;
  const scratch = allocate(packScratch(format, inputs));
  const bytes = format.rowBytes(inputs);
  for (let group: usize = 0; group < image.groups(); ++group) {
    const last = rows - 1;
    const row = group << 2;
    const r0 = src + row * bytes;
    const r1 = src + min(row + 1, last) * bytes;
    const r2 = src + min(row + 2, last) * bytes;
    const r3 = src + min(row + 3, last) * bytes;
    if (packed) packGroup(format, image, group, r0, r1, r2, r3, scratch);
    else repackGroup(format, image, group, r0, r1, r2, r3);
  }
  release(scratch);
}

/** Row `row` of a matrix in the file's form, as f32. */
export function row(type: u32, src: usize, inputs: usize, dst: usize): void {
  const format = formatOf(type);
  if (!format) return;
  const image = format.image(1, inputs);
  const scratch = allocate(<usize>image.bytes());
  image.place(scratch);
  readRow(format, image, src, dst);
  release(scratch);
}

/** y[tokens][rows] += W x[tokens]; values, q, scales ... of a token are 64 KiB apart from `work` on, tokens TOKEN_STRIDE. */
export function product(
  type: u32,
  rows: usize,
  inputs: usize,
  image: usize,
  work: usize,
  from: usize,
  to: usize,
  y: usize,
  tokens: i32,
): void {
  const format = formatOf(type);
  if (!format) return;
  const matrix = imageOf(format, rows, inputs);
  matrix.place(image);
  const a = new Activations(work, work + 0x10000, work + 0x20000, work + 0x30000, work + 0x40000, work + 0x50000);
  a.begin(inputs, tokens);
  multiply(matrix, a, from, to, y, tokens);
}
