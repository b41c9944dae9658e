/** Random weights of any tensor type, with the spread of a trained matrix: variance 1 / inputs. */
import { TENSOR_TYPES, type TensorType } from './layout.js';
import { Random } from './random.js';
import { tensorBytes } from './writer.js';

/** The bits of the nearest half-precision number, for normal numbers only: scales are normal. */
function halfBits(value: number): number {
  const exponent = Math.floor(Math.log2(value));
  if (exponent < -14) return Math.round(value * 2 ** 24);
  return Math.round((value / 2 ** exponent - 1) * 1024) + ((exponent + 15) << 10);
}

/** Fills the block at `at` with values of about this standard deviation. */
function fillBlock(type: TensorType, view: DataView, at: number, deviation: number, random: Random): void {
  const { bytes } = TENSOR_TYPES[type];
  if (type === 'F32') {
    view.setFloat32(at, random.normal() * deviation, true);
    return;
  }
  for (let i = 0; i < bytes; i++) view.setUint8(at + i, random.below(256));
  if (type === 'F16') {
    const sign = random.below(2) << 15;
    view.setUint16(at, sign | halfBits(Math.abs(random.normal() * deviation) + 1e-6), true);
  }
  // The spread of uniform integers in -128 .. 127, -8 .. 7, 0 .. 15 and -32 .. 31.
  if (type === 'Q8_0') view.setUint16(at, halfBits(deviation / 74), true);
  if (type === 'Q4_0') view.setUint16(at, halfBits(deviation / 4.6), true);
  // 0 .. 15, and 0 .. 31 with or without 16 subtracted.
  if (type === 'Q4_1') {
    view.setUint16(at, halfBits(deviation / 4.6), true);
    view.setUint16(at + 2, 0x8000 | halfBits((deviation / 4.6) * 7.5), true);
  }
  if (type === 'Q5_0') view.setUint16(at, halfBits(deviation / 9.2), true);
  if (type === 'Q5_1') {
    view.setUint16(at, halfBits(deviation / 9.2), true);
    view.setUint16(at + 2, 0x8000 | halfBits((deviation / 9.2) * 15.5), true);
  }
  if (type === 'Q2_K') {
    // 0 .. 3 with scales and minima of 4 bits, both about 7.5.
    view.setUint16(at + 80, halfBits(deviation / 1.1 / 7.5), true);
    view.setUint16(at + 82, halfBits((deviation / 1.1 / 7.5) * 1.5), true);
  }
  // -4 .. 3 with scales of -32 .. 31.
  if (type === 'Q3_K') view.setUint16(at + 108, halfBits(deviation / 2.3 / 18.5), true);
  if (type === 'Q5_K') {
    view.setUint16(at, halfBits(deviation / 9.2 / 32), true);
    view.setUint16(at + 2, halfBits((deviation / 9.2 / 32) * 15.5), true);
  }
  if (type === 'Q4_K') {
    // Scales and minima of 6 bits are about 32; minimum / scale = 7.5 is the middle.
    view.setUint16(at, halfBits(deviation / 4.6 / 32), true);
    view.setUint16(at + 2, halfBits((deviation / 4.6 / 32) * 7.5), true);
  }
  if (type === 'BF16') {
    const bits = new DataView(new ArrayBuffer(4));
    bits.setFloat32(0, random.normal() * deviation);
    view.setUint16(at, bits.getUint16(0), true);
  }
  if (type === 'Q8_K') {
    view.setFloat32(at, deviation / 74, true);
    for (let i = 0; i < 16; i++) {
      let sum = 0;
      for (let j = 0; j < 16; j++) sum += view.getInt8(at + 4 + 16 * i + j);
      view.setInt16(at + 260 + 2 * i, sum, true);
    }
  }
  // The 16 numbers have a spread of about 69; IQ4_XS has scales in -32 .. 31.
  if (type === 'IQ4_NL') view.setUint16(at, halfBits(deviation / 69), true);
  if (type === 'IQ4_XS') view.setUint16(at, halfBits(deviation / 69 / 18.5), true);
  // -1 .. 1; TQ2_0 has 2, too.
  if (type === 'TQ1_0') view.setUint16(at + 52, halfBits(deviation / 0.82), true);
  if (type === 'TQ2_0') view.setUint16(at + 64, halfBits(deviation / 1.1), true);
  // 0 .. 6 and their negatives: a spread of 2.9, times the nearest power of two.
  if (type === 'MXFP4') view.setUint8(at, 127 + Math.round(Math.log2(deviation / 2.9)));
  if (type === 'Q6_K') {
    for (let i = 0; i < 16; i++) view.setInt8(at + 192 + i, 20 + random.below(40));
    view.setUint16(at + 208, halfBits(deviation / 18.5 / 40), true);
  }
}

/** Larger tensors are cut from blocks of this pool: drawing every weight of a 0.7 GB file would take minutes. */
const POOL_BYTES = 1 << 20;
const PIECE_BYTES = 1 << 18;

/** The data of a matrix [inputs, rows] in pieces, `spread` times as large as those of a trained matrix. */
export function* randomMatrix(
  type: TensorType,
  inputs: number,
  rows: number,
  seed: number,
  spread = 1,
): Generator<Uint8Array> {
  const random = new Random(seed);
  const { bytes } = TENSOR_TYPES[type];
  const total = tensorBytes(type, [inputs, rows]);
  const blocks = Math.min(Math.ceil(POOL_BYTES / bytes), total / bytes);
  const pool = new Uint8Array(blocks * bytes);
  const view = new DataView(pool.buffer);
  for (let block = 0; block < blocks; block++) fillBlock(type, view, block * bytes, spread / Math.sqrt(inputs), random);
  for (let done = 0; done < total; ) {
    const whole = pool.length >= total;
    const from = whole ? 0 : random.below(blocks >> 1) * bytes;
    // A piece has whole blocks, so that the next one begins with a block.
    const length = whole ? total : PIECE_BYTES - (PIECE_BYTES % bytes);
    const piece = pool.subarray(from, Math.min(from + length, from + total - done, pool.length));
    yield piece;
    done += piece.length;
  }
}

/** The data of an F32 vector around `mean`. */
export function randomVector(length: number, mean: number, deviation: number, seed: number): Uint8Array {
  const random = new Random(seed);
  const values = Float32Array.from({ length }, () => mean + deviation * random.normal());
  return new Uint8Array(values.buffer);
}
