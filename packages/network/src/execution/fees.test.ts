import { expect, it } from 'vitest';
import { creationCost, executionCost, ingressCost, mainNetFees, noFees, resourceCost } from './fees.js';

const on = (nodes: bigint) => ({ ...mainNetFees, nodes });
const nothing = { memoryAllocation: 0n, computeAllocation: 0n };
const second = 1_000_000_000n;

it('prices are in proportion to the nodes, and rounded down once (developer-docs: references/cycle-costs)', () => {
  expect(creationCost(on(13n))).toBe(500_000_000_000n);
  expect(creationCost(on(34n))).toBe(1_307_692_307_692n);
  expect(executionCost(on(34n), 1_000_000_000, false)).toBe(((5_000_000n + 1_000_000_000n) * 34n) / 13n);
  expect(executionCost(on(34n), 1_000_000_000, true)).toBe(((5_000_000n + 2_000_000_000n) * 34n) / 13n);
  expect(ingressCost(on(34n), 100)).toBe((1_400_000n * 34n) / 13n);
  expect(creationCost(noFees)).toBe(0n);
});

it('a canister costs something by itself, unless there is nothing of it', () => {
  expect(resourceCost(on(13n), 2n ** 30n, nothing, second)).toBe(327_500n);
  expect(resourceCost(on(34n), 2n ** 30n, nothing, second)).toBe((327_500n * 34n) / 13n);
  expect(resourceCost(on(13n), 0n, nothing, second)).toBe(0n);
  expect(resourceCost(on(13n), 0n, { memoryAllocation: 0n, computeAllocation: 2n }, second)).toBe(20_000_000n);
});
