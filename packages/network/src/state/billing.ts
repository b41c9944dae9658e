/** What canisters pay: storage over time, and the question whether they can afford something. */
import { insufficientCycles, type UserError } from '../execution/errors.js';
import { type Allocation, resourceCost } from '../execution/fees.js';
import { freezingThreshold } from '../execution/freezing.js';
import type { Canister } from './canister.js';
import type { NetworkState } from './network-state.js';

const day = 86_400_000_000_000n;

export function allocationOf({ settings }: Pick<Canister, 'settings'>): Allocation {
  return { memoryAllocation: settings.memoryAllocation, computeAllocation: settings.computeAllocation };
}

/** Cycles that a canister has to keep, or would have to with other settings. */
export function thresholdOf({ fees }: NetworkState, canister: Canister, settings = canister.settings): bigint {
  return freezingThreshold(
    { fees, allocation: allocationOf({ settings }), freezingThresholdSeconds: settings.freezingThreshold },
    canister.memoryBytes,
  );
}

export function idleCostPerDay({ fees }: NetworkState, canister: Canister): bigint {
  return resourceCost(fees, BigInt(canister.memoryBytes), allocationOf(canister), day);
}

/**
 * Takes what memory and compute have cost since the last time. Returns false when the canister could not pay: it then
 * loses its code and memory, which is the caller's to do.
 */
export function payResources({ fees, clock }: NetworkState, canister: Canister): boolean {
  const now = clock.now();
  const allocation = allocationOf(canister);
  const elapsed = now - canister.paidUntil;
  const owed = resourceCost(fees, BigInt(canister.memoryBytes), allocation, elapsed);
  const compute = resourceCost(fees, 0n, { ...allocation, memoryAllocation: 0n }, elapsed);
  // What is below one cycle is carried on.
  if (owed === 0n) return true;
  canister.paidUntil = now;
  if (canister.cycles >= owed) {
    canister.cycles -= owed;
    canister.consumed.add('compute_allocation', compute);
    canister.consumed.add('memory', owed - compute);
    return true;
  }
  canister.consumed.add('uninstall', canister.cycles);
  canister.cycles = 0n;
  return false;
}

/** Cycles as the last message has left them: what a running message has been lent included. */
export function committedCycles({ cycles, lent }: Canister): bigint {
  return cycles + lent;
}

/** Whether a canister has less than it has to keep, as the last message has left it. */
export function isFrozen(state: NetworkState, canister: Canister): boolean {
  return committedCycles(canister) < thresholdOf(state, canister);
}

/** Why a canister cannot spend an amount without freezing; undefined when it can. */
export function cannotAfford(state: NetworkState, canister: Canister, amount: bigint): UserError | undefined {
  const missing = thresholdOf(state, canister) + amount - canister.cycles;
  return missing > 0n ? insufficientCycles(canister.name, missing) : undefined;
}
