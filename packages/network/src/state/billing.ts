/** Canisters' payments: storage over time, and checks whether they can afford a cost. */
import { insufficientCycles, type UserError } from '../execution/errors.js';
import { type Allocation, resourceCost } from '../execution/fees.js';
import { freezingThreshold } from '../execution/freezing.js';
import type { Canister } from './canister.js';
import type { NetworkState } from './network-state.js';

const day = 86_400_000_000_000n;

export function allocationOf({ settings }: Pick<Canister, 'settings'>): Allocation {
  return { memoryAllocation: settings.memoryAllocation, computeAllocation: settings.computeAllocation };
}

/** Cycles that a canister has to keep, or would have to with other settings or more memory. */
export function thresholdOf(
  { fees }: NetworkState,
  canister: Canister,
  settings = canister.settings,
  moreBytes = 0,
): bigint {
  return freezingThreshold(
    { fees, allocation: allocationOf({ settings }), freezingThresholdSeconds: settings.freezingThreshold },
    canister.memoryBytes + moreBytes,
  );
}

export function idleCostPerDay({ fees }: NetworkState, canister: Canister): bigint {
  return resourceCost(fees, BigInt(canister.memoryBytes), allocationOf(canister), day);
}

/**
 * Charges memory and compute since the last charge. Returns false if the canister could not pay: the caller then
 * removes its code and memory.
 */
export function payResources({ fees, clock }: NetworkState, canister: Canister): boolean {
  const now = clock.now();
  const allocation = allocationOf(canister);
  const elapsed = now - canister.paidUntil;
  const owed = resourceCost(fees, BigInt(canister.memoryBytes), allocation, elapsed);
  const compute = resourceCost(fees, 0n, { ...allocation, memoryAllocation: 0n }, elapsed);
  // Fractions of a cycle are carried over.
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

/** Cycles after the last message, including those lent to a running message. */
export function committedCycles({ cycles, lent }: Canister): bigint {
  return cycles + lent;
}

/** Whether a canister has less than it has to keep, as the last message has left it. */
export function isFrozen(state: NetworkState, canister: Canister): boolean {
  return committedCycles(canister) < thresholdOf(state, canister);
}

/** Why a canister cannot spend an amount, and have so much more memory, without freezing; undefined when it can. */
export function cannotAfford(
  state: NetworkState,
  canister: Canister,
  amount: bigint,
  moreBytes = 0,
): UserError | undefined {
  const missing = thresholdOf(state, canister, canister.settings, moreBytes) + amount - canister.cycles;
  return missing > 0n ? insufficientCycles(canister.name, missing) : undefined;
}
