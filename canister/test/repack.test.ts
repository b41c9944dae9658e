import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../test/gguf/random.js';
import { compile } from './compile.js';
import { dequantize, half as halfNumber, TYPES, tensorBytes } from './reference/dequantize.js';

const TOKEN_STRIDE = 1 << 19;

interface Exports {
  memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  imageBytes(type: number, rows: number, inputs: number): bigint;
  repack(type: number, rows: number, inputs: number, src: number, dst: number): void;
  row(type: number, src: number, inputs: number, dst: number): void;
  product(...arguments_: number[]): void;
  setPacks(yes: number): void;
  isPackable(type: number): number;
}

let wasm: Exports;
let work: number;
let source: number;
let image: number;
let out: number;

beforeAll(async () => {
  const { instance } = await WebAssembly.instantiate(await compile('testing/kernels.ts', '-O3'), {
    env: { abort: () => {} },
  });
  wasm = instance.exports as unknown as Exports;
  [work, source, image, out] = [9 * TOKEN_STRIDE, 1 << 20, 1 << 21, 9 * TOKEN_STRIDE].map(
    (n) => wasm.allocate(n) >>> 0,
  ) as [number, number, number, number];
});

/** Random bytes of a tensor whose half-precision fields are finite, and sometimes zero, subnormal or negative. */
function randomTensor(type: number, count: number, random: Random): Uint8Array {
  const bytes = new Uint8Array(tensorBytes(type, count));
  for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(256);
  const view = new DataView(bytes.buffer);
  const { bytes: size, name } = TYPES[type]!;
  const halves: Record<string, number[]> = {
    F16: [0],
    BF16: [0],
    Q4_0: [0],
    Q4_1: [0, 2],
    Q5_0: [0],
    Q5_1: [0, 2],
    Q8_0: [0],
    Q2_K: [80, 82],
    Q3_K: [108],
    Q4_K: [0, 2],
    Q5_K: [0, 2],
    Q6_K: [208],
    IQ4_NL: [0],
    IQ4_XS: [0],
    TQ1_0: [52],
    TQ2_0: [64],
  };
  for (let at = 0; at < bytes.length; at += size) {
    if (name === 'F32' || name === 'Q8_K') view.setFloat32(at, random.normal(), true);
    // Exponents of all sizes, including the two subnormal ones.
    if (name === 'MXFP4') bytes[at] = random.below(10) ? 110 + random.below(20) : random.below(2);
    for (const offset of halves[name] ?? []) {
      const bits = view.getUint16(at + offset, true);
      const special = name === 'BF16' ? 2 : random.below(20);
      // Exponents up to 15: scales up to 2.
      view.setUint16(at + offset, special === 0 ? 0 : special === 1 ? bits & 0x83ff : bits & 0xbfff, true);
    }
  }
  return bytes;
}

const types = Object.entries(TYPES).map(([type, { name, block }]) => [name, Number(type), block] as const);

describe('repacking', () => {
  it('reads every finite half-precision number', () => {
    const bytes = new Uint8Array(65536 * 2);
    const finite: number[] = [];
    for (let bits = 0; bits < 65536; bits++) if (((bits >> 10) & 31) !== 31) finite.push(bits);
    finite.forEach((bits, i) => {
      new DataView(bytes.buffer).setUint16(2 * i, bits, true);
    });
    new Uint8Array(wasm.memory.buffer).set(bytes, source);
    wasm.row(1, source, finite.length, out);
    expect([...new Float32Array(wasm.memory.buffer, out, finite.length)]).toEqual(finite.map(halfNumber));
  });

  it.each(types)('%s rows are exactly the values of the file', (_name, type, block) => {
    const random = new Random(type);
    for (const inputs of block === 1 ? [1, 31, 64, 172] : block === 32 ? [32, 64, 96, 448] : [256, 512, 1280]) {
      const bytes = randomTensor(type, inputs, random);
      new Uint8Array(wasm.memory.buffer).set(bytes, source);
      wasm.row(type, source, inputs, out);
      expect(new Float32Array(wasm.memory.buffer.slice(out, out + 4 * inputs))).toEqual(
        dequantize(type, bytes, inputs),
      );
    }
  });

  it.each(types)('%s images multiply like the values of the file, with any batch', (_name, type, block) => {
    multiplies(type, block, false);
    // Types of four bits are also tested packed.
    expect(Boolean(wasm.isPackable(type))).toBe(['Q4_0', 'Q4_1', 'Q4_K', 'TQ1_0', 'TQ2_0'].includes(TYPES[type]!.name));
    if (!wasm.isPackable(type)) return;
    wasm.setPacks(1);
    multiplies(type, block, true);
    wasm.setPacks(0);
  });

  function multiplies(type: number, block: number, isPacked: boolean) {
    const random = new Random(type + 1000);
    for (const [rows, inputs] of block === 1
      ? [
          [5, 36],
          [64, 172],
        ]
      : block === 32
        ? [
            [4, 32],
            [10, 96],
            [37, 320],
          ]
        : [
            [6, 256],
            [33, 1280],
          ]) {
      const bytes = randomTensor(type, rows! * inputs!, random);
      new Uint8Array(wasm.memory.buffer).set(bytes, source);
      const size = Number(wasm.imageBytes(type, rows!, inputs!));
      expect(size).toBeLessThan(1 << 21);
      // The earlier content of the heap must not matter.
      new Uint8Array(wasm.memory.buffer, image, size).fill(0xff);
      wasm.repack(type, rows!, inputs!, source, image);
      const weights = dequantize(type, bytes, rows! * inputs!);
      const batches: Float32Array[] = [];
      for (const sizes of [[15], [8, 7], [1, 1, 1, 1, 1, 2, 3, 5]]) {
        const results = new Float32Array(15 * rows!);
        let done = 0;
        for (const tokens of sizes) {
          for (let t = 0; t < tokens; t += 8) {
            const n = Math.min(8, tokens - t);
            for (let i = 0; i < n; i++) {
              const x = new Float32Array(wasm.memory.buffer, work + i * TOKEN_STRIDE, inputs!);
              for (let k = 0; k < inputs!; k++) x[k] = activation(done + i, k);
              new Float32Array(wasm.memory.buffer, out + i * TOKEN_STRIDE, rows! + 3).fill(0);
            }
            const groups = Math.ceil(rows! / 4);
            const middle = groups >> 1;
            wasm.product(type, rows!, inputs!, image, work, 0, middle, out, n);
            wasm.product(type, rows!, inputs!, image, work, middle, groups, out, n);
            for (let i = 0; i < n; i++) {
              results.set(new Float32Array(wasm.memory.buffer, out + i * TOKEN_STRIDE, rows!), (done + i) * rows!);
            }
            done += n;
          }
        }
        batches.push(results);
      }
      expect(batches[1]).toEqual(batches[0]);
      expect(batches[2]).toEqual(batches[0]);
      for (let t = 0; t < 15; t++) {
        for (let r = 0; r < rows!; r++) {
          let expected = 0;
          for (let k = 0; k < inputs!; k++) expected += weights[r * inputs! + k]! * activation(t, k);
          const error = Math.abs(batches[0]![t * rows! + r]! - expected);
          expect(error).toBeLessThanOrEqual(bound(type, bytes, weights, r, t, inputs!, isPacked));
        }
      }
    }
  }
});

/**
 * How far a product may be off: half a unit of the int16 activations for every weight, of the int16 block sums for every
 * minimum, and f32 rounding. Packed weights of the second half of a block have activations in units that are 16 times as
 * large (kernels/pairs.ts).
 */
function bound(
  type: number,
  bytes: Uint8Array,
  weights: Float32Array,
  row: number,
  token: number,
  inputs: number,
  isPacked: boolean,
) {
  let error = 1e-30;
  const view = new DataView(bytes.buffer);
  const { name } = TYPES[type]!;
  for (let from = 0; from < inputs; from += 64) {
    const largest = [0, 0];
    const sums = [0, 0];
    let magnitude = 0;
    for (let k = from; k < Math.min(from + 64, inputs); k++) {
      const weight = Math.abs(weights[row * inputs + k]!);
      const x = Math.abs(activation(token, k));
      const half = (k >> 4) & 1;
      largest[half] = Math.max(largest[half]!, x);
      sums[half] = sums[half]! + weight;
      magnitude += weight * x;
      const index = row * inputs + k;
      if (name === 'Q4_1' || name === 'Q5_1') {
        const minimum = Math.abs(halfNumber(view.getUint16((index >> 5) * TYPES[type]!.bytes + 2, true)));
        sums[half] = sums[half]! + minimum;
        magnitude += 2 * minimum * x;
      }
      const integerMinimum = { Q4_K: [2, 63, 8], Q5_K: [2, 63, 8], Q2_K: [82, 15, 16] }[name];
      if (integerMinimum) {
        const [offset, most] = integerMinimum as [number, number, number];
        const minimum = most * Math.abs(halfNumber(view.getUint16((index >> 8) * TYPES[type]!.bytes + offset, true)));
        sums[half] = sums[half]! + minimum;
        magnitude += 2 * minimum * x;
        // One of 8 sums. Each has as many inputs, which may be as large as the largest of their superblock.
        error += (minimum * 3100) / 65534 / integerMinimum[2]!;
      }
    }
    const [low, high] = [largest[0]!, largest[1]!];
    const unit = isPacked ? (low + high / 16) / 32766 : Math.max(low, high) / 32767;
    error += (unit / 2) * (sums[0]! + sums[1]! * (isPacked ? 16 : 1)) + 3e-6 * magnitude;
  }
  return error;
}

/** Input k of token t: typical ones around 1, one channel of 3 * 10^3 in each token. */
function activation(t: number, k: number): number {
  return Math.fround(Math.sin(1 + t * 37.7 + k * 1.3) * (k % 64 === t ? 3000 : 1));
}
