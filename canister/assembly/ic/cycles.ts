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

/** Cycles that came with the call and were not accepted yet; more than 2^64 - 1 count as so many. */
export function attachedCycles(): u64 {
  msg_cycles_available128(amount);
  return load<u64>(amount, 8) > 0 ? u64.MAX_VALUE : load<u64>(amount);
}

/** Takes at most so many of the cycles that came with the call, and gives how many it took. The caller gets the others back. */
export function acceptCycles(most: u64): u64 {
  msg_cycles_accept128(0, most, amount);
  return load<u64>(amount);
}

/** Those of them that are above what the canister needs not to be frozen. */
export function liquidCycles(): Nat {
  canister_liquid_cycle_balance128(amount);
  return new Nat(load<u64>(amount), load<u64>(amount, 8));
}
