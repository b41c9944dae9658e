/** Prices of HTTPS outcalls, with the values of the replica's own tests (dfinity/ic: rs/https_outcalls/pricing). */
import { describe, expect, it } from 'vitest';
import {
  countsProblem,
  deliveryFee,
  legacyFee,
  outcallFee,
  type Replication,
  usageFee,
  usualCounts,
} from './outcall-fees.js';

const flexible = (total_requests: number, min_responses: number, max_responses: number): Replication => ({
  kind: 'flexible',
  total_requests,
  min_responses,
  max_responses,
});
const priced = (replication: Replication, transformedBytes: bigint) =>
  outcallFee(100n, replication, { rawBytes: 1000n, milliseconds: 2000n, instructions: 26n, transformedBytes });

describe('an outcall', () => {
  it.each<[string, Replication, bigint, bigint]>([
    ['of all nodes', { kind: 'full' }, 2000n, 38_482_600n + 13n * 650_002n + 27_415_557n],
    ['of all nodes with a small response', { kind: 'full' }, 100n, 38_482_600n + 13n * 650_002n + 14_050_478n],
    ['of one node', { kind: 'single' }, 2000n, 29_913_000n + (650_002n + 1_300_000n) + 18_980_000n],
    ['of a committee', flexible(3, 2, 3), 2000n, 31_551_000n + 3n * (650_002n + 1_300_000n) + 62_093_070n + 1_638_000n],
    [
      'of a committee of which fewer are wanted',
      flexible(3, 2, 2),
      2000n,
      31_551_000n + 3n * (650_002n + 1_300_000n) + 62_093_070n + 1_638_000n,
    ],
  ])('%s costs what it costs on main net', (_, replication, bytes, cycles) => {
    expect(priced(replication, bytes)).toBe(cycles);
  });

  it('is charged for what is delivered', () => {
    expect(deliveryFee({ kind: 'full' }, [100n])).toBe(949_000n);
    expect(deliveryFee(flexible(13, 1, 13), [10n, 20n, 30n])).toBe(5_722_470n + 3_276_000n);
    expect(deliveryFee(flexible(13, 2, 13), [10n, 20n])).toBe(3_720_080n);
    expect(deliveryFee(flexible(13, 3, 13), [30n])).toBe(2_002_390n);
  });

  it('that nobody waits for has nothing to deliver', () => {
    const usage = { rawBytes: 0n, milliseconds: 0n, instructions: 0n, transformedBytes: 0n };
    // Only the messages between nodes.
    expect(usageFee(flexible(1, 0, 0), usage)).toBe(50n * 1025n * 13n);
  });

  it('of version 1 is charged for what it may bring', () => {
    expect(legacyFee(200n, 4000n)).toBe(91_780_000n);
    expect(legacyFee(200n, 2_000_000n)).toBe(20_850_180_000n);
  });
});

describe('a committee', () => {
  it('has counts that fit the subnet', () => {
    expect(usualCounts).toEqual({ total_requests: 13, min_responses: 9, max_responses: 13 });
    expect(countsProblem(usualCounts)).toBeUndefined();
    expect(countsProblem({ total_requests: 1, min_responses: 0, max_responses: 0 })).toBeUndefined();
    for (const [total_requests, min_responses, max_responses] of [
      [0, 0, 0],
      [14, 1, 1],
      [3, 3, 2],
      [3, 1, 4],
    ] as const) {
      expect(countsProblem({ total_requests, min_responses, max_responses })).toMatch(/1 <= total_requests <= 13/);
    }
  });
});
