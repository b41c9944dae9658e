import { expect, test } from 'vitest';
import { modelCost } from './cost.js';
import { cyclesOn, FEES, idleCycles, storageCycles } from './fees.js';
import { CHUNK_BYTES } from './upload.js';

test('a gibibyte costs 317,500 cycles a second', () => {
  expect(storageCycles(1n << 30n, 1n)).toBe(317_500n);
  expect(storageCycles(1n << 20n, 86_400n)).toBe(26_789_062n);
});

test('prices are in proportion to the nodes; a cloud engine charges nothing', () => {
  expect(cyclesOn(13, FEES.canisterCreation)).toBe(500_000_000_000n);
  expect(cyclesOn(34, FEES.canisterCreation)).toBe(1_307_692_307_692n);
  expect(cyclesOn(34, 13n)).toBe(34n);
  expect(cyclesOn(0, FEES.canisterCreation)).toBe(0n);
  expect(() => cyclesOn(-1, 1n)).toThrow('nodes');
  expect(idleCycles(0n, 86_400n)).toBe(864_000_000n);
});

test('a file of 0.68 GB costs about 2.6 T cycles, and 40 B more must be there', () => {
  const { upload, load, reserve, prepaid, total } = modelCost(680_000_000, 680_000_000, CHUNK_BYTES);
  expect(Number(total - prepaid) / 1e12).toBeCloseTo(2.64, 2);
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
