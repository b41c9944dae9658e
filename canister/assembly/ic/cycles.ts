import { Nat } from './candid/integers';
import {
  canister_cycle_balance128,
  canister_liquid_cycle_balance128,
  msg_cycles_accept128,
  msg_cycles_available128,
} from './ic0';

const amount: usize = memory.data(16, 8);

/** Cycles that the canister owns now. */
export function cycleBalance(): Nat {
  canister_cycle_balance128(amount);
  return new Nat(load<u64>(amount), load<u64>(amount, 8));
}

/** Cycles that came with the call and were not accepted yet, at most 2^64 - 1. */
export function attachedCycles(): u64 {
  msg_cycles_available128(amount);
  return load<u64>(amount, 8) > 0 ? u64.MAX_VALUE : load<u64>(amount);
}

/**
 * Accepts at most so many of the cycles that came with the call, and returns how many. The caller gets the others back.
 */
export function acceptCycles(most: u64): u64 {
  msg_cycles_accept128(0, most, amount);
  return load<u64>(amount);
}

/** The canister's cycles above its freezing threshold. */
export function liquidCycles(): Nat {
  canister_liquid_cycle_balance128(amount);
  return new Nat(load<u64>(amount), load<u64>(amount, 8));
}
