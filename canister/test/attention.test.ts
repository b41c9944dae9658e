import { beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { Random } from '../../test/gguf/random.js';
import { compile } from './compile.js';

const TOKEN_STRIDE = 1 << 19;
/** NOT_SEEN of kernels/softmax.ts. */
const NO_SINK = -1e30;

interface Exports {
  memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  attentionScratch(positions: number): number;
  softmax(
    scores: number,
    from: number,
    count: number,
    tiles: number,
    blocks: number,
    valueScales: number,
    p: number,
    unit: number,
    sink: number,
  ): number;
  setShape(
    heads: number,
    keyValueHeads: number,
    keyDim: number,
    valueDim: number,
    scale: number,
    bytes: number,
  ): number;
  remember(blocks: number, position: number, keys: number, values: number): void;
  attention(
    queries: number,
    first: number,
    tokens: number,
    window: number,
    blocks: number,
    scratch: number,
    out: number,
    sinks: number,
  ): void;
}

let module: WebAssembly.Module;
beforeAll(async () => {
  // As the canister is built in test:full; the other option compiles in half the time.
  module = await WebAssembly.compile(await compile('testing/attention.ts', isFull ? '-O3' : '-O1'));
});

const fresh = () => new WebAssembly.Instance(module, { env: { abort: () => {} } }).exports as unknown as Exports;

describe('softmax', () => {
  it('is 2^(score - max) within 2^-15 of the largest of a tile, for any other scores', () => {
    const wasm = fresh();
    const random = new Random(5);
    const at = wasm.allocate(1 << 20);
    const [scores, p, blocks, scales] = [at, at + 0x20000, at + 0x40000, at + 0x50000];
    for (const [count, spread] of [
      [1, 1],
      [31, 3],
      [32, 0],
      [33, 10],
      [250, 30],
      [256, 300],
    ] as const) {
      const tiles = 8;
      const column = random.below(8);
      const float = new Float32Array(wasm.memory.buffer);
      const index = (position: number) => scores / 4 + (position >> 2) * 32 + column * 4 + (position & 3);
      float.fill(Number.NaN, scores / 4, scores / 4 + tiles * 256);
      const values = Array.from({ length: count }, () => Math.fround(random.normal() * spread));
      values.forEach((value, i) => {
        float[index(i)] = value;
      });
      for (let tile = 0; tile < tiles; tile++) {
        new Uint32Array(wasm.memory.buffer)[blocks / 4 + tile] = scales + tile * 256;
        for (let i = 0; i < 32; i++) float[scales / 4 + tile * 64 + 16 + i] = Math.abs(random.normal()) + 0.01;
      }
      const sum = wasm.softmax(
        scores + column * 16,
        0,
        count,
        tiles,
        blocks,
        64,
        p + column * 64,
        p + 512 + column * 4,
        NO_SINK,
      );
      const max = Math.max(...values);
      const exact = values.map((value) => 2 ** Math.max(-126, value - max));
      const total = exact.reduce((a, b) => a + b);
      expect(Math.abs(sum / total - 1)).toBeLessThan(2e-6);
      for (let tile = 0; tile < tiles; tile++) {
        const unit = float[p / 4 + tile * 136 + 128 + column]!;
        const weights = new Int16Array(wasm.memory.buffer, p + tile * 544 + column * 64, 32);
        const expected = Array.from(
          { length: 32 },
          (_, i) => (exact[tile * 32 + i] ?? 0) * float[scales / 4 + tile * 64 + 16 + i]!,
        );
        const largest = Math.max(...expected);
        expect(weights.reduce((a, b) => a + b)).toBeLessThan(65536);
        weights.forEach((weight, i) => {
          expect(weight).toBeGreaterThanOrEqual(0);
          // The error may be half a unit, the exponential's own error, and the weights that are left out as negligible.
          expect(Math.abs(weight * unit - expected[i]!)).toBeLessThanOrEqual(
            0.5001 * unit + 5e-7 * expected[i]! + 1e-30,
          );
        });
        // A unit is small compared with the tile: 32 equal weights still have 11 bits each.
        expect(unit).toBeLessThanOrEqual(Math.max(largest / 2000, 0));
      }
    }
  });

  it('has exponentials within 2.4e-7', () => {
    const wasm = fresh();
    const at = wasm.allocate(1 << 20);
    const float = new Float32Array(wasm.memory.buffer);
    new Uint32Array(wasm.memory.buffer)[(at + 0x8000) / 4] = at + 0x9000;
    float.fill(1, (at + 0x9000) / 4, (at + 0x9000) / 4 + 32);
    let worst = 0;
    for (let i = 0; i <= 20000; i += isFull ? 1 : 7) {
      // One position is far above the other: the sum 2^0 + 2^-x is exact enough to show 2^-x when x is small.
      const x = Math.fround(i / 20000);
      float[at / 4] = 0;
      float[at / 4 + 1] = -x;
      const sum = wasm.softmax(at, 0, 2, 1, at + 0x8000, 0, at + 0x4000, at + 0x4200, NO_SINK);
      worst = Math.max(worst, Math.abs(sum / (1 + 2 ** -x) - 1));
    }
    expect(worst).toBeLessThan(2.4e-7);
  });
});

/**
 * Heads, key/value heads, dimensions of keys and of values, positions that a token looks at, whether the cache is int8,
 * and how far the heads' sinks are above the scores' middle, where they have any.
 */
const shapes = [
  [1, 1, 64, 64, 1000, 0],
  [8, 4, 8, 8, 1000, 0],
  [14, 2, 64, 64, 1000, 0],
  [6, 2, 80, 80, 1000, 0],
  [4, 1, 256, 256, 1000, 0],
  [3, 3, 96, 64, 1000, 0],
  [4, 1, 256, 256, 16, 0],
  [6, 2, 64, 64, 33, 0],
  [2, 2, 32, 32, 1, 0],
  [14, 2, 64, 64, 1000, 1],
  [3, 3, 96, 40, 1000, 1],
  [4, 1, 256, 256, 16, 1],
  [4, 2, 128, 128, 1000, 0],
  [4, 2, 128, 72, 1000, 1],
  [2, 2, 160, 160, 40, 0],
  [2, 1, 288, 96, 1000, 1],
  [8, 2, 64, 64, 1000, 0, 0],
  [8, 1, 64, 64, 16, 0, 40],
  [4, 2, 64, 64, 20, 1, -20],
] as const;
/** Every kind of kernel, window, cache and sink once. */
const some = [1, 6, 8, 10, 13, 17, 18].map((i) => shapes[i]!);

describe('attention', () => {
  it.each(isFull ? shapes : some)(
    '%i heads, %i key/value heads, %i and %i dimensions, a window of %i, bytes: %i, sinks at %s',
    (heads, keyValueHeads, keyDim, valueDim, window, bytes, middle?: number) => {
      const wasm = fresh();
      const random = new Random(heads * 1000 + keyDim);
      const scale = 1 / Math.sqrt(keyDim);
      const blockBytes = wasm.setShape(heads, keyValueHeads, keyDim, valueDim, scale, bytes);
      const positions = 75;
      const blocks = wasm.allocate(65536) >>> 0;
      const scratch = wasm.allocate(wasm.attentionScratch(positions)) >>> 0;
      const [queries, out] = [wasm.allocate(9 * TOKEN_STRIDE) >>> 0, wasm.allocate(9 * TOKEN_STRIDE) >>> 0];
      const addresses = [0, 1, 2].map(() => wasm.allocate(blockBytes) >>> 0);
      const sinksAt = middle === undefined ? 0 : wasm.allocate(65536) >>> 0;
      const buffer = wasm.memory.buffer;
      // The earlier content of the heap must not matter.
      for (const address of addresses) new Uint8Array(buffer, address, blockBytes).fill(0xff);
      addresses.forEach((address, i) => {
        new Uint32Array(buffer)[blocks / 4 + i] = address;
      });
      const vector = (length: number, size: number) => Float32Array.from({ length }, () => random.normal() * size);
      // Keys like those of models with large key biases: one dimension is 30 times as large as the others.
      const keys = Array.from({ length: positions }, () => {
        const key = vector(keyValueHeads * keyDim, 1);
        for (let head = 0; head < keyValueHeads; head++) key[head * keyDim + 3]! += 30;
        return key;
      });
      const values = Array.from({ length: positions }, () => vector(keyValueHeads * valueDim, 1 + random.below(3)));
      const asked = Array.from({ length: positions }, () => vector(heads * keyDim, 2));
      const sinks = middle === undefined ? [] : Array.from({ length: heads }, (_, i) => middle + 3 * i);
      if (sinksAt) new Float32Array(buffer).set(sinks, sinksAt / 4);
      const results: Float32Array[][] = [];
      for (const batch of [8, 1, 5]) {
        const result: Float32Array[] = [];
        for (let first = 0; first < positions; first += batch) {
          const tokens = Math.min(batch, positions - first);
          for (let t = 0; t < tokens; t++) {
            new Float32Array(buffer).set(keys[first + t]!, out / 4);
            new Float32Array(buffer).set(values[first + t]!, out / 4 + keyValueHeads * keyDim);
            wasm.remember(blocks, first + t, out, out + 4 * keyValueHeads * keyDim);
            new Float32Array(buffer).set(asked[first + t]!, (queries + t * TOKEN_STRIDE) / 4);
          }
          wasm.attention(queries, first, tokens, window, blocks, scratch, out, sinksAt);
          for (let t = 0; t < tokens; t++) {
            result.push(
              new Float32Array(buffer.slice(out + t * TOKEN_STRIDE, out + t * TOKEN_STRIDE + heads * valueDim * 4)),
            );
          }
        }
        results.push(result);
      }
      // The result is the same bit for bit, whatever the batches.
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);

      let [error, size] = [0, 0];
      for (let position = 0; position < positions; position++) {
        for (let head = 0; head < heads; head++) {
          const kv = Math.floor(head / (heads / keyValueHeads));
          const logits = Array.from({ length: position + 1 }, (_, i) => {
            if (i <= position - window) return Number.NEGATIVE_INFINITY;
            let dot = 0;
            for (let d = 0; d < keyDim; d++) dot += keys[i]![kv * keyDim + d]! * asked[position]![head * keyDim + d]!;
            return dot * scale;
          });
          const max = Math.max(...logits, ...sinks.slice(head, head + 1));
          const weights = logits.map((logit) => Math.exp(logit - max));
          const sink = sinks.length === 0 ? 0 : Math.exp(sinks[head]! - max);
          const total = weights.reduce((a, b) => a + b) + sink;
          for (let d = 0; d < valueDim; d++) {
            let sum = 0;
            for (let i = 0; i <= position; i++) sum += weights[i]! * values[i]![kv * valueDim + d]!;
            error += (results[0]![position]![head * valueDim + d]! - sum / total) ** 2;
            size += (sum / total) ** 2;
          }
        }
      }
      // An error that all scores of a query share cancels out, except beside a sink.
      const allowed = sinksAt ? 2e-3 : 5e-4;
      expect(Math.sqrt(error / size)).toBeLessThan(bytes ? 0.1 : allowed);
      if (bytes) expect(Math.sqrt(error / size)).toBeGreaterThan(1e-4);
    },
  );
});
