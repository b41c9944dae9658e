/** A canister keeps enough cycles for its own storage over the freezing threshold; below it, nothing is spent. */
import { insufficientCyclesInMemoryGrow } from './errors.js';
import { resourceCost } from './fees.js';
import type { Environment } from './message.js';

/** Cycles that must stay in the balance while the canister uses `memoryBytes`. */
export function freezingThreshold(
  environment: Pick<Environment, 'fees' | 'allocation' | 'freezingThresholdSeconds'>,
  memoryBytes: number,
): bigint {
  const { fees, allocation, freezingThresholdSeconds } = environment;
  return resourceCost(fees, BigInt(memoryBytes), allocation, freezingThresholdSeconds * 1_000_000_000n);
}

interface Spender {
  environment: Environment;
  balance: bigint;
  heap: { size: number };
  stable: { size: number };
}

function memoryUsage({ environment, heap, stable }: Spender): number {
  return environment.otherMemoryBytes + heap.size + stable.size;
}

/** Cycles that can be spent without freezing. */
export function liquidBalance(spender: Spender): bigint {
  const liquid = spender.balance - freezingThreshold(spender.environment, memoryUsage(spender));
  return liquid > 0n ? liquid : 0n;
}

/** Throws when growing the memory by `bytes` would freeze the canister. */
export function assertCanPayForMemory(spender: Spender, bytes: number): void {
  const usage = memoryUsage(spender) + bytes;
  if (BigInt(usage) <= spender.environment.allocation.memoryAllocation) return;
  const threshold = freezingThreshold(spender.environment, usage);
  if (spender.balance < threshold) throw insufficientCyclesInMemoryGrow(bytes, threshold - spender.balance);
}
