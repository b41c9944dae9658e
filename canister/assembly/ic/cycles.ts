import { Nat } from './candid/integers';
import { canister_cycle_balance128, canister_liquid_cycle_balance128 } from './ic0';

const balance: usize = memory.data(16, 8);

/** Cycles that the canister owns now. */
export function cycleBalance(): Nat {
  canister_cycle_balance128(balance);
  return new Nat(load<u64>(balance), load<u64>(balance, 8));
}

/** Those of them that are above what the canister needs not to be frozen. */
export function liquidCycles(): Nat {
  canister_liquid_cycle_balance128(balance);
  return new Nat(load<u64>(balance), load<u64>(balance, 8));
}
