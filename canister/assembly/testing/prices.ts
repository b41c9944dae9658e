/**
 * A canister that runs one kernel over some rows and replies its cost, for canister/test/prices.test.ts: the difference
 * between two numbers of rows gives the price of a row, by the same meter that charges in production.
 */
import { msg_arg_data_copy, msg_reply, msg_reply_data_append, performance_counter } from '../ic/ic0';
import {
  addScores1,
  addScores4,
  addScores7,
  addScores8,
  addValues2,
  set4Scores2,
  addValues1,
  addValues4,
  addValues7,
  addValues8,
  setScores1,
  setScores7,
} from '../llm/kernels/attention.generated';
import {
  f32_32x4,
  f32_32x8,
  i8x16_128x4,
  i8x16_128x8,
  i8x16_64x8,
  i8x32_128x4,
  i8x32_128x8,
  i8x32_64x8,
  i8x8_32x4,
  i8x8_32x8,
} from '../llm/kernels/matmul.generated';
import { f32_32x1, i8x16_128x1, i8x16_64x1, i8x32_128x1, i8x32_64x1, i8x8_32x1 } from '../llm/kernels/matvec.generated';
import { s4x32_128x1, s4x32_128x8, u4x32_128x1, u4x32_128x4, u4x32_128x8 } from '../llm/kernels/packed.generated';
import { geluGate, siluGate } from '../llm/kernels/activation';
import { TOKEN_STRIDE } from '../llm/kernels/layout';
import { quantizePairs } from '../llm/kernels/pairs';
import { quantize } from '../llm/kernels/quantize';
import { rmsnorm } from '../llm/kernels/rmsnorm';
import { NOT_SEEN, softmax } from '../llm/kernels/softmax';
import { allocate } from '../memory/heap';

export function abort(_message: usize, _file: usize, _line: u32, _column: u32): void {
  unreachable();
}

const vectors: usize = allocate(9 * TOKEN_STRIDE);
const weights: usize = allocate(1 << 20);
const blocks: usize = allocate(1 << 16);
const words: usize = memory.data(16, 16);

/** Runs kernel `kernel` over `rows` rows (positions, dimensions or values, a multiple of 32). */
function run(kernel: i32, rows: usize): void {
  const x = vectors;
  const sx = vectors + 0x10000;
  const y = vectors + 0x20000;
  const end = y + (rows << 2);
  const w = weights;
  const tiles = blocks + ((rows >> 5) << 2);
  switch (kernel) {
    case 0:
      return i8x32_128x1(w, x, sx, y, end);
    case 1:
      return i8x32_64x1(w, x, sx, y, end);
    case 2:
      return i8x16_128x1(w, x, sx, y, end);
    case 3:
      return i8x16_64x1(w, x, sx, y, end);
    case 4:
      return i8x8_32x1(w, x, sx, y, end);
    case 5:
      return f32_32x1(w, x, y, end);
    case 6:
      return i8x32_128x4(w, x, sx, y, end);
    case 7:
      return i8x32_128x8(w, x, sx, y, end);
    case 8:
      return i8x16_128x4(w, x, sx, y, end);
    case 9:
      return i8x16_128x8(w, x, sx, y, end);
    case 10:
      return i8x8_32x4(w, x, sx, y, end);
    case 11:
      return i8x8_32x8(w, x, sx, y, end);
    case 12:
      return f32_32x4(w, x, y, end);
    case 13:
      return f32_32x8(w, x, y, end);
    case 14:
      return setScores1(x, sx, blocks, tiles, 0, y);
    case 15:
      return addScores1(x, sx, blocks, tiles, 0, y);
    case 16:
      return addScores4(x, sx, blocks, tiles, 0, y);
    case 17:
      return setScores7(x, sx, blocks, tiles, 0, y);
    case 18:
      return addScores7(x, sx, blocks, tiles, 0, y);
    case 19:
      return addScores8(x, sx, blocks, tiles, 0, y);
    case 20:
      return addValues1(x, blocks, blocks + 4, 0, y, y + (rows << 5));
    case 21:
      return addValues4(x, blocks, blocks + 4, 0, y, y + (rows << 5));
    case 22:
      return addValues7(x, blocks, blocks + 4, 0, y, y + (rows << 5));
    case 23:
      return addValues8(x, blocks, blocks + 4, 0, y, y + (rows << 5));
    case 24:
      softmax(y, 0, rows, rows >> 5, blocks, 0, x, x + 512, NOT_SEEN);
      return;
    case 25:
      return quantize(x, rows, y, sx);
    case 26:
      return rmsnorm(x, sx, rows, 1e-5, y);
    case 27:
      return siluGate(x, sx, rows, y);
    case 28:
      return u4x32_128x1(w, x, sx, y, end);
    case 29:
      return u4x32_128x4(w, x, sx, y, end);
    case 30:
      return u4x32_128x8(w, x, sx, y, end);
    case 31:
      return s4x32_128x1(w, x, sx, y, end);
    case 32:
      return s4x32_128x8(w, x, sx, y, end);
    case 33:
      return i8x32_64x8(w, x, sx, y, end);
    case 34:
      return i8x16_64x8(w, x, sx, y, end);
    case 35:
      return geluGate(x, sx, rows, y);
    default:
      return;
    case 36:
      return set4Scores2(x, sx, blocks, tiles, 0, y);
    case 37:
      return addValues2(x, blocks, blocks + 8, 0, y, y + (rows << 5));
    case 38:
      return quantizePairs(x, rows, y, sx);
  }
}

/** Argument: kernel and rows as f64. Replies the instructions of a run without page charges. */
export function canister_update_run(): void {
  msg_arg_data_copy(words, 0, 16);
  const kernel = <i32>load<f64>(words);
  const rows = <usize>load<f64>(words, 8);
  for (let i: usize = 0; i < 256; ++i) store<u32>(blocks + (i << 2), <u32>weights);
  run(kernel, rows);
  const before = performance_counter(0);
  run(kernel, rows);
  store<f64>(words, <f64>(performance_counter(0) - before));
  msg_reply_data_append(words, 8);
  msg_reply();
}
