/** A matrix times the activations of up to any number of tokens. */
import { BATCH, SCALE_INPUTS, TOKEN_STRIDE } from '../kernels/layout';
import {
  f32_32x4,
  f32_32x8,
  i8x16_128x4,
  i8x16_128x8,
  i8x16_64x4,
  i8x16_64x8,
  i8x32_128x4,
  i8x32_128x8,
  i8x32_64x4,
  i8x32_64x8,
  i8x8_32x4,
  i8x8_32x8,
} from '../kernels/matmul.generated';
import { f32_32x1, i8x16_128x1, i8x16_64x1, i8x32_128x1, i8x32_64x1, i8x8_32x1 } from '../kernels/matvec.generated';
import {
  s4x32_128x1,
  s4x32_128x4,
  s4x32_128x8,
  u4x32_128x1,
  u4x32_128x4,
  u4x32_128x8,
} from '../kernels/packed.generated';
import { pairSums, quantizePairs } from '../kernels/pairs';
import { blockSums, quantize, quantizeSums } from '../kernels/quantize';
import { F32, I8X32, Image, isPacked, paddedInputs, panelInputs, S4X32, U4X32 } from './image';

/** Inputs of the widest panel. */
const WHOLE: usize = 128;

/** Fixed-point forms of a vector: none yet; one int16 for an input; those of packed weights (kernels/pairs.ts). */
const NONE: i32 = 0;
const PLAIN: i32 = 1;
const PAIRS: i32 = 2;

/**
 * The vectors that a matrix is multiplied with, and their fixed-point forms. Addresses are those of the first token;
 * the next token's are TOKEN_STRIDE further.
 */
export class Activations {
  constructor(
    /** f32[inputs rounded up to 128] */
    readonly values: usize,
    /** i16[inputs rounded up to 128] and f32[of that / 64]: the fixed-point form that was made last */
    readonly q: usize,
    readonly scales: usize,
    /** f32[inputs / 16 rounded up to 32]: block sums; i16 and f32[.. / 8]: their fixed-point form */
    readonly sums: usize,
    readonly sumsQ: usize,
    readonly sumScales: usize,
  ) {}

  private inputs: usize = 0;
  private tokens: i32 = 0;
  private form: i32 = NONE;
  /** Inputs per sum that `sums` holds now; 0: none yet. */
  private sumBlock: usize = 0;

  /** Says that `values` now holds vectors of `inputs` inputs for `tokens` tokens; other forms are made when asked for. */
  begin(inputs: usize, tokens: i32): void {
    this.inputs = inputs;
    this.tokens = tokens;
    this.form = NONE;
    this.sumBlock = 0;
    // Panels are whole: the values after the vector's end meet zero weights, and must not be NaN.
    const missing = (WHOLE - (inputs & (WHOLE - 1))) & (WHOLE - 1);
    for (let t: usize = 0; t < <usize>tokens * TOKEN_STRIDE; t += TOKEN_STRIDE) {
      memory.fill(this.values + t + (inputs << 2), 0, missing << 2);
    }
  }

  /** Makes the fixed-point form for plain or packed weights. Matrices of one vector rarely want both. */
  quantize(pairs: bool): void {
    const form = pairs ? PAIRS : PLAIN;
    if (this.form == form) return;
    this.form = form;
    this.sumBlock = 0;
    const inputs = (this.inputs + WHOLE - 1) & ~(WHOLE - 1);
    for (let t: usize = 0; t < <usize>this.tokens * TOKEN_STRIDE; t += TOKEN_STRIDE) {
      if (pairs) quantizePairs(this.values + t, inputs, this.q + t, this.scales + t);
      else quantize(this.values + t, inputs, this.q + t, this.scales + t);
    }
  }

  /** Makes the sums of every `block` inputs of the fixed-point form. */
  sum(block: usize): void {
    if (this.sumBlock == block) return;
    this.sumBlock = block;
    for (let t: usize = 0; t < <usize>this.tokens * TOKEN_STRIDE; t += TOKEN_STRIDE) {
      // Packed weights share a minimum with 31 others, if they have one.
      if (this.form == PAIRS) pairSums(this.q + t, this.scales + t, this.inputs, this.sums + t);
      else blockSums(this.q + t, this.scales + t, this.inputs, block, this.sums + t);
      quantizeSums(this.sums + t, this.inputs / block, this.sumsQ + t, this.sumScales + t);
    }
  }
}

/**
 * Adds rows 4 * from .. 4 * to - 1 of the product to y (f32[rows] of token 0, row 0; the next token's are TOKEN_STRIDE
 * further), for `tokens` of the tokens in `a`, starting at `first`.
 */
export function multiply(
  image: Image,
  a: Activations,
  from: usize,
  to: usize,
  y: usize,
  tokens: i32,
  first: i32 = 0,
): void {
  if (image.kind != F32) a.quantize(isPacked(image.kind));
  if (image.minimumBlock) a.sum(image.minimumBlock);
  const begin = y + (from << 4);
  const end = y + (to << 4);
  const last = first + tokens;
  for (let t = first; t < last;) {
    const rest = last - t;
    // A kernel for two would cost as much as two runs for one.
    const n = rest >= BATCH ? BATCH : rest >= 4 ? 4 : 1;
    const at = <usize>t * TOKEN_STRIDE;
    if (image.kind == F32) floats(image, from, a.values + at, begin + at, end + at, n);
    else integers(image, from, a.q + at, a.scales + at, begin + at, end + at, n);
    if (image.minimumBlock) {
      const sums = image.sums();
      for (let sum: usize = 0; sum < sums; sum += 32) {
        const w = image.minimaAt(from, sum);
        if (image.minimumKind == F32) floatPanel(w, a.sums + at + (sum << 2), begin + at, end + at, n);
        else sumsPanel(w, a.sumsQ + at + (sum << 1), a.sumScales + at + (sum >> 1), begin + at, end + at, n);
      }
    }
    t += n;
  }
}

/** Integer weights, panel by panel. */
function integers(image: Image, from: usize, q: usize, scales: usize, y: usize, end: usize, n: i32): void {
  const kind = image.kind;
  const padded = paddedInputs(kind, image.inputs);
  const panel = panelInputs(kind);
  for (let input: usize = 0; input < padded; input += panel) {
    const w = image.at(from, input);
    const x = q + (input << 1);
    const sx = scales + ((input / SCALE_INPUTS) << 2);
    const isWhole = padded - input >= panel;
    if (kind == U4X32) unsignedPanel(w, x, sx, y, end, n);
    else if (kind == S4X32) signedPanel(w, x, sx, y, end, n);
    else if (kind == I8X32 && isWhole) panel32(w, x, sx, y, end, n);
    else if (kind == I8X32) halfPanel32(w, x, sx, y, end, n);
    else if (isWhole) panel16(w, x, sx, y, end, n);
    else halfPanel16(w, x, sx, y, end, n);
  }
}

function panel32(w: usize, x: usize, sx: usize, y: usize, end: usize, n: i32): void {
  if (n == 8) i8x32_128x8(w, x, sx, y, end);
  else if (n == 4) i8x32_128x4(w, x, sx, y, end);
  else i8x32_128x1(w, x, sx, y, end);
}

function halfPanel32(w: usize, x: usize, sx: usize, y: usize, end: usize, n: i32): void {
  if (n == 8) i8x32_64x8(w, x, sx, y, end);
  else if (n == 4) i8x32_64x4(w, x, sx, y, end);
  else i8x32_64x1(w, x, sx, y, end);
}

function panel16(w: usize, x: usize, sx: usize, y: usize, end: usize, n: i32): void {
  if (n == 8) i8x16_128x8(w, x, sx, y, end);
  else if (n == 4) i8x16_128x4(w, x, sx, y, end);
  else i8x16_128x1(w, x, sx, y, end);
}

function halfPanel16(w: usize, x: usize, sx: usize, y: usize, end: usize, n: i32): void {
  if (n == 8) i8x16_64x8(w, x, sx, y, end);
  else if (n == 4) i8x16_64x4(w, x, sx, y, end);
  else i8x16_64x1(w, x, sx, y, end);
}

function unsignedPanel(w: usize, x: usize, sx: usize, y: usize, end: usize, n: i32): void {
  if (n == 8) u4x32_128x8(w, x, sx, y, end);
  else if (n == 4) u4x32_128x4(w, x, sx, y, end);
  else u4x32_128x1(w, x, sx, y, end);
}

function signedPanel(w: usize, x: usize, sx: usize, y: usize, end: usize, n: i32): void {
  if (n == 8) s4x32_128x8(w, x, sx, y, end);
  else if (n == 4) s4x32_128x4(w, x, sx, y, end);
  else s4x32_128x1(w, x, sx, y, end);
}

function floats(image: Image, from: usize, x: usize, y: usize, end: usize, n: i32): void {
  for (let input: usize = 0; input < image.inputs; input += 32) {
    floatPanel(image.at(from, input), x + (input << 2), y, end, n);
  }
}

function floatPanel(w: usize, x: usize, y: usize, end: usize, n: i32): void {
  if (n == 8) f32_32x8(w, x, y, end);
  else if (n == 4) f32_32x4(w, x, y, end);
  else f32_32x1(w, x, y, end);
}

function sumsPanel(w: usize, x: usize, sx: usize, y: usize, end: usize, n: i32): void {
  if (n == 8) i8x8_32x8(w, x, sx, y, end);
  else if (n == 4) i8x8_32x4(w, x, sx, y, end);
  else i8x8_32x1(w, x, sx, y, end);
}
