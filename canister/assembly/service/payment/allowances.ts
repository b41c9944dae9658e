/**
 * Allowances: cycles that callers have paid and not spent. A canister attaches cycles to a call; for a caller from
 * outside, a wallet or another canister fills its allowance.
 *
 * Version 1 of the value for one, under the principal's bytes: cycles, u64.
 */
import { acceptCycles, attachedCycles } from '../../ic/cycles';
import { Principal } from '../../ic/principal';
import { Problem } from '../../problem';
import { FieldWriter, NO_VALUE, ValueSet } from '../../storage/values';
import { sum } from './prices';

const allowances = new ValueSet('allowances');

/** The balance of a principal. */
export function allowanceOf(who: Principal): u64 {
  return allowances.read(who.ptr, who.size).take<u64>();
}

/** Sets a balance; one of 0 is removed. Null, or why not. */
function setAllowance(who: Principal, cycles: u64): Problem | null {
  if (cycles == 0) {
    allowances.remove(who.ptr, who.size);
    return null;
  }
  const value = new FieldWriter(1);
  value.put<u64>(cycles);
  return allowances.write(who.ptr, who.size, value);
}

/** Adds to a balance. Null, or why not; then nothing has changed. */
export function give(who: Principal, cycles: u64): Problem | null {
  return cycles == 0 ? null : setAllowance(who, sum(allowanceOf(who), cycles));
}

/** Takes at most `most` from a balance, and returns how much. Needs no room. */
export function takeAllowance(who: Principal, most: u64): u64 {
  const there = allowanceOf(who);
  const taken = min(there, most);
  if (taken > 0) setAllowance(who, there - taken);
  return taken;
}

/** Whether there is room for a principal's balance. */
export function canHave(who: Principal): bool {
  return allowances.find(who.ptr, who.size) != NO_VALUE || allowances.hasRoomFor(who.ptr, who.size);
}

/**
 * Adds cycles that came with the call, at most `most`, to a balance, and returns how many. The others go back to the
 * caller with the reply.
 */
export function topUp(who: Principal, most: u64): u64 {
  const room = u64.MAX_VALUE - allowanceOf(who);
  const offered = min(min(attachedCycles(), most), room);
  // Room first, then the cycles: none are taken that could not be recorded.
  if (offered == 0 || !canHave(who)) return 0;
  const accepted = acceptCycles(offered);
  give(who, accepted);
  return accepted;
}
