/**
 * Upper bounds of operators' instructions on the Internet Computer, from the prices of their kernels
 * (canister/test/prices.test.ts has them), and the charge for every page that the message may not have touched yet.
 */
import { BATCH } from '../kernels/layout';
import { F32, I8X16, I8X8, Image, isPacked, panelInputs } from '../quant/image';
import { Linear } from './weights';

export const PAGE: u64 = 65536;
/** First access of a page in a message, and first access with a write (16 * 5000 each, rounded up). */
export const READ_PAGE: u64 = 81000;
export const WRITTEN_PAGE: u64 = 162000;

/** Set while only operators are counted: pages are paid for once per message, however many tokens it has. */
let arePagesFree: bool = false;

export function countPages(isOn: bool): void {
  arePagesFree = !isOn;
}

export function readPages(count: u64): u64 {
  return arePagesFree ? 0 : count * READ_PAGE;
}

export function writtenPages(count: u64): u64 {
  return arePagesFree ? 0 : count * WRITTEN_PAGE;
}

/** Thousandths of an instruction for a weight that is multiplied with 1, 4 or 8 tokens, by kind of image. */
const F32_PRICE: StaticArray<u64> = [1950, 6900, 13200];
const I8X8_PRICE: StaticArray<u64> = [1050, 3600, 6800];
const I8X16_PRICE: StaticArray<u64> = [800, 2800, 5250];
const PACKED_PRICE: StaticArray<u64> = [885, 2820, 5120];
const I8X32_PRICE: StaticArray<u64> = [755, 2630, 4930];

function weightPrice(kind: i32, n: i32): u64 {
  const power = n == 8 ? 2 : n == 4 ? 1 : 0;
  if (kind == F32) return F32_PRICE[power];
  if (kind == I8X8) return I8X8_PRICE[power];
  if (isPacked(kind)) return PACKED_PRICE[power];
  if (kind == I8X16) return I8X16_PRICE[power];
  return I8X32_PRICE[power];
}

function matrixCost(kind: i32, rows: u64, inputs: u64, tokens: i32): u64 {
  const weights = ((rows + 3) & ~3) * ((inputs + 127) & ~127);
  const panels = inputs / panelInputs(kind) + 2;
  let thousandths: u64 = 0;
  for (let t = 0; t < tokens;) {
    const rest = tokens - t;
    const n = rest >= BATCH ? BATCH : rest >= 4 ? 4 : 1;
    thousandths += weights * weightPrice(kind, n) + panels * 500000 * <u64>n;
    t += n;
  }
  return thousandths / 1000;
}

/** A product of some rows of a matrix with the vectors of a batch. */
export function imageCost(image: Image, rows: u64, tokens: i32): u64 {
  return imageOperators(image, tokens, rows) + imagePages(image, rows);
}

/** The same without pages. */
export function imageOperators(image: Image, tokens: i32, rows: u64 = image.rows): u64 {
  let cost = matrixCost(image.kind, rows, image.inputs, tokens);
  if (image.minimumBlock) cost += matrixCost(image.minimumKind, rows, image.sums(), tokens);
  // Making the fixed-point vector and initializing the results.
  return cost + (<u64>image.inputs * 10 + rows * 4 + 3000) * tokens;
}

/** The pages of some rows of a matrix. */
export function imagePages(image: Image, rows: u64 = image.rows): u64 {
  const panels = image.inputs / panelInputs(image.kind) + 1;
  const pages = ((image.bytes() / max<u64>(1, image.rows)) * rows) / PAGE + 1;
  return readPages(min(pages + panels, image.bytes() / PAGE + 1));
}

/** What a run of rows of a matrix costs beside its products: all panels begin, each on pages of its own. */
export function runCost(image: Image): u64 {
  const panels = image.inputs / panelInputs(image.kind) + image.sums() / panelInputs(image.minimumKind) + 4;
  return panels * 500 + 3000 + readPages(panels);
}

export function linearCost(weights: Linear, tokens: i32): u64 {
  return imageCost(weights.image, weights.image.rows, tokens);
}
