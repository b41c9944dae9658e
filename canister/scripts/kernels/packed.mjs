// Weights of four bits, two in a byte, that are unpacked in the kernel.
import { load8u, once, range, sum } from './text.mjs';

const QUADS = range(8);

/**
 * A byte W = 16 b + a has the weights a and b of inputs i and i + 16 of a block. Multiplied with y, a 16th of b's activation,
 * it gives b's product and a y too much, which is taken off a's activation in advance: W y + a z = a (z + y) + b (16 y).
 * The quads of bytes are what is multiplied with the pairs 8 .. 15 of a block's activations (y), and their low halves with the
 * pairs 0 .. 7 (z); llm/kernels/pairs.ts makes those.
 */
const nibbles = {
  scratch: 'v',
  single: (_, at) =>
    QUADS.flatMap((k) => [
      [k, `v128.and((v = ${load8u('w', at + 8 * k)}), low)`],
      [8 + k, 'v'],
    ]),
  several: (_, at, kept, isFirst) =>
    QUADS.flatMap((k) => [
      [k, once(kept(k), `v128.and((${kept(8 + k)} = ${load8u('w', at + 8 * k)}), low)`, isFirst)],
      [8 + k, kept(8 + k)],
    ]),
};

/** What takes the 8 off the weights of block b again that are added to them in the image. */
const withoutBias = (t, b) => {
  const off = (pair, units) => `i32x4.dot_i16x8_s(x${t}_${16 * b + pair}, i16x8.splat(${-8 * units}))`;
  return sum('i32x4', [...QUADS.map((k) => off(k, 1)), ...QUADS.map((k) => off(8 + k, 17))]);
};

const shape = {
  block: 32,
  bytes: 16 + 64,
  inputs: 64,
  widths: [128],
  weights: nibbles,
  locals: ['  const low = i16x8.splat(15);'],
};

/** U4X32: 0 .. 15; S4X32: -8 .. 7. */
export const PACKED = [
  { ...shape, name: 'u4x32' },
  { ...shape, name: 's4x32', start: withoutBias },
];
