import { beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { Random } from '../../test/gguf/random.js';
import { compile } from './compile.js';

const TOKEN_STRIDE = 1 << 19;
const f = Math.fround;

type Kernel = (...addresses: number[]) => void;
let kernel: Record<string, Kernel>;
let memory: WebAssembly.Memory;
let arena: number;

beforeAll(async () => {
  const { instance } = await WebAssembly.instantiate(await compile('testing/kernels.ts', '-O3'), {
    env: { abort: () => {} },
  });
  kernel = instance.exports as unknown as Record<string, Kernel>;
  memory = instance.exports.memory as WebAssembly.Memory;
  arena = (instance.exports.allocate as (bytes: number) => number)(9 * TOKEN_STRIDE) >>> 0;
});

const i8 = () => new Int8Array(memory.buffer);
const i16 = (at: number, length: number) => new Int16Array(memory.buffer, at, length);
const f32 = (at: number, length: number) => new Float32Array(memory.buffer, at, length);
const u32 = (at: number, length: number) => new Uint32Array(memory.buffer, at, length);

/** Inputs per weight scale, inputs per activation scale, width of a pass, tokens. */
const integer = [
  ['i8x32', 32, 64, 128, 1],
  ['i8x32', 32, 64, 64, 1],
  ['i8x32', 32, 64, 128, 4],
  ['i8x32', 32, 64, 128, 8],
  ['i8x32', 32, 64, 64, 4],
  ['i8x32', 32, 64, 64, 8],
  ['i8x16', 16, 64, 128, 1],
  ['i8x16', 16, 64, 64, 1],
  ['i8x16', 16, 64, 128, 4],
  ['i8x16', 16, 64, 128, 8],
  ['i8x16', 16, 64, 64, 4],
  ['i8x16', 16, 64, 64, 8],
  ['i8x8', 8, 8, 32, 1],
  ['i8x8', 8, 8, 32, 4],
  ['i8x8', 8, 8, 32, 8],
] as const;

describe('integer kernels', () => {
  // One token and eight of each here; all of them in test:full.
  it.each(isFull ? integer : integer.filter(([, , , , tokens]) => tokens !== 4))(
    '%s, scale per %i, activations per %i, width %i, %i tokens: exact',
    (name, block, inputs, width, tokens) => {
      const random = new Random(width + tokens);
      // Extreme values first, because their sums are nearest to overflow.
      for (const [extreme, groups] of [
        [true, 3],
        [false, 17],
        [false, 4],
      ] as const) {
        const blockBytes = 16 + 4 * block;
        const groupBytes = (width / block) * blockBytes;
        const [w, x, sx, y] = [arena + 0x10000, arena, arena + 0x1000, arena + 0x2000];
        for (let group = 0; group < groups; group++) {
          for (let b = 0; b < width / block; b++) {
            const at = w + group * groupBytes + b * blockBytes;
            for (let r = 0; r < 4; r++) f32(at, 4)[r] = random.normal();
            for (let i = 0; i < 4 * block; i++) i8()[at + 16 + i] = extreme ? -128 : random.below(256) - 128;
          }
        }
        for (let t = 0; t < tokens; t++) {
          for (let k = 0; k < width; k++)
            i16(x + t * TOKEN_STRIDE, width)[k] = extreme ? 32767 : random.below(65535) - 32767;
          for (let s = 0; s < width / inputs; s++) f32(sx + t * TOKEN_STRIDE, width)[s] = random.normal();
          for (let r = 0; r < 4 * groups; r++) f32(y + t * TOKEN_STRIDE, 4 * groups)[r] = random.normal();
        }
        const expected: number[] = [];
        for (let t = 0; t < tokens; t++) {
          for (let row = 0; row < 4 * groups; row++) {
            let value = f32(y + t * TOKEN_STRIDE, 4 * groups)[row]!;
            for (let pass = 0; pass < width / inputs; pass++) {
              let total: number | undefined;
              for (let b = 0; b < inputs / block; b++) {
                const at = w + (row >> 2) * groupBytes + ((pass * inputs) / block + b) * blockBytes;
                let dot = 0;
                for (let k = 0; k < block; k++) {
                  const weight = i8()[at + 16 + (k >> 1) * 8 + (row & 3) * 2 + (k & 1)]!;
                  dot += weight * i16(x + t * TOKEN_STRIDE, width)[pass * inputs + b * block + k]!;
                }
                const term = f(f(dot) * f32(at, 4)[row & 3]!);
                total = total === undefined ? term : f(total + term);
              }
              value = f(value + f(total! * f32(sx + t * TOKEN_STRIDE, width)[pass]!));
            }
            expected.push(value);
          }
        }
        kernel[`${name}_${width}x${tokens}`]!(w, x, sx, y, y + 16 * groups);
        const actual: number[] = [];
        for (let t = 0; t < tokens; t++) actual.push(...f32(y + t * TOKEN_STRIDE, 4 * groups));
        expect(actual).toEqual(expected);
      }
    },
  );
});

describe('packed kernels', () => {
  it.each(['u4x32', 's4x32'].flatMap((name) => [1, 4, 8].map((tokens) => [name, tokens] as const)))(
    '%s, %i tokens: exact',
    (name, tokens) => {
      const random = new Random(tokens);
      const bias = name === 's4x32' ? 8 : 0;
      // Extreme values first, because their sums are nearest to overflow.
      for (const [extreme, groups] of [
        [true, 3],
        [false, 17],
        [false, 4],
      ] as const) {
        const [w, x, sx, y] = [arena + 0x10000, arena, arena + 0x1000, arena + 0x2000];
        const weight = (row: number, input: number) => {
          const at =
            w + (row >> 2) * 320 + (input >> 5) * 80 + 16 + ((input & 15) >> 1) * 8 + (row & 3) * 2 + (input & 1);
          return ((i8()[at]! >> (input & 16 ? 4 : 0)) & 15) - bias;
        };
        for (let block = 0; block < 4 * groups; block++) {
          for (let r = 0; r < 4; r++) f32(w + 80 * block, 4)[r] = random.normal();
          for (let i = 16; i < 80; i++) i8()[w + 80 * block + i] = extreme ? -1 : random.below(256);
        }
        for (let t = 0; t < tokens; t++) {
          const pairs = i16(x + t * TOKEN_STRIDE, 128);
          for (let k = 0; k < 128; k++) pairs[k] = extreme ? 32767 : random.below(65535) - 32767;
          for (let s = 0; s < 2; s++) f32(sx + t * TOKEN_STRIDE, 2)[s] = random.normal();
          for (let r = 0; r < 4 * groups; r++) f32(y + t * TOKEN_STRIDE, 4 * groups)[r] = random.normal();
        }
        const expected: number[] = [];
        for (let t = 0; t < tokens; t++) {
          const pairs = i16(x + t * TOKEN_STRIDE, 128);
          for (let row = 0; row < 4 * groups; row++) {
            let value = f32(y + t * TOKEN_STRIDE, 4 * groups)[row]!;
            for (let pass = 0; pass < 2; pass++) {
              const [first, second] = [0, 1].map((b) => {
                const from = 64 * pass + 32 * b;
                let dot = 0;
                for (let k = from; k < from + 16; k++) {
                  const [low, high] = [pairs[k]!, pairs[k + 16]!];
                  dot += weight(row, k) * (low + high) + weight(row, k + 16) * 16 * high;
                }
                return f(f(dot) * f32(w + (row >> 2) * 320 + (from / 32) * 80, 4)[row & 3]!);
              });
              value = f(value + f(f(first! + second!) * f32(sx + t * TOKEN_STRIDE, 2)[pass]!));
            }
            expected.push(value);
          }
        }
        kernel[`${name}_128x${tokens}`]!(w, x, sx, y, y + 16 * groups);
        const actual: number[] = [];
        for (let t = 0; t < tokens; t++) actual.push(...f32(y + t * TOKEN_STRIDE, 4 * groups));
        expect(actual).toEqual(expected);
      }
    },
  );

  it('have activations that are as exact as pairs.ts says', () => {
    const random = new Random(9);
    const [x, q, scales, sums] = [arena, arena + 0x1000, arena + 0x2000, arena + 0x3000];
    // Typical ones, a large one in either half, the largest sums, zeros.
    for (const at of [undefined, 5, 21, 37, 58, 'all', 'none'] as const) {
      const values = f32(x, 64);
      for (let k = 0; k < 64; k++) values[k] = at === 'all' ? (k & 1 ? -7 : 7) : at === 'none' ? 0 : random.normal();
      if (typeof at === 'number') values[at] = -3e4;
      kernel.quantizePairs!(x, 64, q, scales);
      kernel.pairSums!(q, scales, 64, sums);
      const unit = f32(scales, 1)[0]!;
      const [low, high] = [0, 16].map((half) => Math.max(...values.filter((_, k) => (k & 16) === half).map(Math.abs)));
      expect(unit).toBe(f(f(low! + high! / 16) / 32766));
      for (let block = 0; block < 64; block += 32) {
        let sum = 0;
        for (let k = block; k < block + 16; k++) {
          const [z, y] = [i16(q, 64)[k]!, i16(q, 64)[k + 16]!];
          expect(Math.abs((z + y) * unit - values[k]!)).toBeLessThanOrEqual(0.51 * unit);
          expect(Math.abs(16 * y * unit - values[k + 16]!)).toBeLessThanOrEqual(8.01 * unit);
          sum += z + 17 * y;
        }
        expect(f32(sums, 2)[block / 32]!).toBe(f(f(sum) * unit));
      }
    }
  });
});

describe('the f32 kernel', () => {
  it.each([1, 4, 8])('%i tokens: exact', (tokens) => {
    const random = new Random(tokens);
    const groups = 7;
    const [w, x, y] = [arena + 0x10000, arena, arena + 0x2000];
    for (let i = 0; i < groups * 128; i++) f32(w, groups * 128)[i] = random.normal();
    const expected: number[] = [];
    for (let t = 0; t < tokens; t++) {
      const inputs = f32(x + t * TOKEN_STRIDE, 32);
      const out = f32(y + t * TOKEN_STRIDE, 4 * groups);
      for (let k = 0; k < 32; k++) inputs[k] = random.normal();
      for (let row = 0; row < 4 * groups; row++) {
        out[row] = random.normal();
        let sum: number | undefined;
        for (let k = 0; k < 32; k++) {
          const term = f(f32(w, groups * 128)[(row >> 2) * 128 + k * 4 + (row & 3)]! * inputs[k]!);
          sum = sum === undefined ? term : f(sum + term);
        }
        expected.push(f(out[row]! + sum!));
      }
    }
    kernel[`f32_32x${tokens}`]!(w, x, y, y + 16 * groups);
    const actual: number[] = [];
    for (let t = 0; t < tokens; t++) actual.push(...f32(y + t * TOKEN_STRIDE, 4 * groups));
    expect(actual).toEqual(expected);
  });
});

describe('attention kernels', () => {
  const tiles = 3;
  const blockAt = (tile: number) => arena + 0x40000 + tile * 0x8000;

  function table(): number {
    for (let tile = 0; tile < tiles; tile++) u32(arena + 0x20000, tiles)[tile] = blockAt(tile);
    return arena + 0x20000;
  }

  const kinds = (isFull ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 2, 7]).flatMap((columns) => [
    [columns, ''],
    [columns, 'Byte'],
  ]) as [number, '' | 'Byte'][];
  /** Reads and writes int16 or int8 entries. */
  const entries = (kind: string, at: number, length: number) =>
    kind ? new Int8Array(memory.buffer, at, length) : i16(at, length);

  it.each(kinds)('scores of %i columns, %s: exact', (columns, kind) => {
    const random = new Random(columns);
    const most = kind ? 127 : 8191;
    const groupBytes = kind ? 144 : 272;
    const offset = 2176;
    const [q, sq, scores] = [arena, arena + 0x1000, arena + 0x2000];
    for (let i = 0; i < 256; i++) i16(q, 256)[i] = random.below(16383) - 8191;
    for (let c = 0; c < 8; c++) f32(sq, 8)[c] = random.normal();
    for (let tile = 0; tile < tiles; tile++) {
      for (let group = 0; group < 8; group++) {
        const at = blockAt(tile) + offset + groupBytes * group;
        for (let r = 0; r < 4; r++) f32(at, 4)[r] = random.normal();
        const keys = entries(kind, at + 16, 128);
        for (let i = 0; i < 128; i++) keys[i] = tile ? random.below(2 * most + 1) - most : most;
      }
    }
    const expected = (column: number, position: number) => {
      const at = blockAt(position >> 5) + offset + groupBytes * ((position & 31) >> 2);
      let dot = 0;
      for (let k = 0; k < 32; k++) {
        const key = entries(kind, at + 16, 128)[(k >> 1) * 8 + (position & 3) * 2 + (k & 1)]!;
        dot += key * i16(q, 256)[column * 32 + k]!;
      }
      return f(f(f(dot) * f32(at, 4)[position & 3]!) * f32(sq, 8)[column]!);
    };
    const blocks = table();
    const read = () => [...f32(scores, tiles * 256)];
    f32(scores, tiles * 256).fill(Number.NaN);
    kernel[`set${kind}Scores${columns}`]!(q, sq, blocks, blocks + 4 * tiles, offset, scores);
    const set = read();
    kernel[`add${kind}Scores${columns}`]!(q, sq, blocks, blocks + 4 * tiles, offset, scores);
    const added = read();
    for (let position = 0; position < 32 * tiles; position++) {
      for (let column = 0; column < 8; column++) {
        const i = (position >> 2) * 32 + column * 4 + (position & 3);
        const value = expected(column, position);
        expect(set[i]).toBe(column < columns ? value : Number.NaN);
        expect(added[i]).toBe(column < columns ? f(value + value) : Number.NaN);
      }
    }
  });

  it.each(kinds)('values for %i columns, %s: exact', (columns, kind) => {
    const most = kind ? 127 : 32767;
    const random = new Random(100 + columns);
    const dims = 40;
    const offset = 640;
    const [p, out] = [arena, arena + 0x10000];
    for (let tile = 0; tile < tiles; tile++) {
      for (let c = 0; c < 8; c++) {
        // The largest values that a tile may have: their sum stays below 65536.
        for (let i = 0; i < 32; i++)
          i16(p + tile * 544, 256)[c * 32 + i] = tile ? random.below(2048) : i < 2 ? 32767 : 0;
        f32(p + tile * 544 + 512, 8)[c] = random.normal();
      }
      const values = entries(kind, blockAt(tile) + offset, dims * 32);
      for (let i = 0; i < dims * 32; i++) values[i] = tile ? random.below(2 * most + 1) - most : most;
    }
    for (let i = 0; i < dims * 8; i++) f32(out, dims * 8)[i] = random.normal();
    const before = [...f32(out, dims * 8)];
    const blocks = table();
    kernel[`add${kind}Values${columns}`]!(p, blocks, blocks + 4 * tiles, offset, out, out + dims * 32);
    const after = f32(out, dims * 8);
    for (let dim = 0; dim < dims; dim++) {
      for (let column = 0; column < 8; column++) {
        const i = (dim >> 2) * 32 + column * 4 + (dim & 3);
        let value = before[i]!;
        for (let tile = 0; column < columns && tile < tiles; tile++) {
          let dot = 0;
          for (let k = 0; k < 32; k++) {
            const v = entries(kind, blockAt(tile) + offset, dims * 32)[
              (dim >> 2) * 128 + (k >> 1) * 8 + (dim & 3) * 2 + (k & 1)
            ]!;
            dot += v * i16(p + tile * 544, 256)[column * 32 + k]!;
          }
          value = f(f(f(dot) * f32(p + tile * 544 + 512, 8)[column]!) + value);
        }
        expect(after[i]).toBe(value);
      }
    }
  });
});
