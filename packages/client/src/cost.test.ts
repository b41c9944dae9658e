import { expect, test } from 'vitest';
import { modelCost, storageCycles } from './cost.js';
import { CHUNK_BYTES } from './upload.js';

test('a gibibyte costs 127,000 cycles a second', () => {
  expect(storageCycles(1n << 30n, 1n)).toBe(127_000n);
  expect(storageCycles(1n << 20n, 86_400n)).toBe(10_715_625n);
});

test('a file of 0.68 GB costs about 1.9 T cycles, and 40 B more must be there', () => {
  const { upload, load, reserve, prepaid, total } = modelCost(680_000_000, 680_000_000, CHUNK_BYTES);
  expect(Number(total - prepaid) / 1e12).toBeCloseTo(1.92, 2);
  expect(prepaid).toBe(40_000_000_000n);
  expect(upload + load + reserve + prepaid).toBe(total);
});

test('files already on the canister are not paid for again', () => {
  const all = modelCost(100_000_000, 100_000_000, CHUNK_BYTES);
  const half = modelCost(100_000_000, 50_000_000, CHUNK_BYTES);
  const none = modelCost(100_000_000, 0, CHUNK_BYTES);
  expect(half.upload).toBeLessThan(all.upload);
  expect(none.upload).toBe(0n);
  expect(none.reserve).toBeGreaterThan(0n);
});
