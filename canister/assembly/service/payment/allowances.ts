/**
 * What callers have paid and not spent, in cycles. A canister attaches cycles to a call; for somebody who calls from outside,
 * a wallet or a canister of his tops his allowance up.
 *
 * Version 1 of the value for one, under the principal's bytes: cycles, u64.
 */
import { acceptCycles, attachedCycles } from '../../ic/cycles';
import { Principal } from '../../ic/principal';
import { Problem } from '../../problem';
import { FieldWriter, NO_VALUE, ValueSet } from '../../storage/values';
import { sum } from './prices';

const allowances = new ValueSet('allowances');

/** What somebody may spend. */
export function allowanceOf(who: Principal): u64 {
  return allowances.read(who.ptr, who.size).take<u64>();
}

/** Sets it; nothing at all is kept of one that is 0. Why it cannot be. */
function setAllowance(who: Principal, cycles: u64): Problem | null {
  if (cycles == 0) {
    allowances.remove(who.ptr, who.size);
    return null;
  }
  const value = new FieldWriter(1);
  value.put<u64>(cycles);
  return allowances.write(who.ptr, who.size, value);
}

/** Adds to what somebody may spend. Why that cannot be; then it is as it was. */
export function give(who: Principal, cycles: u64): Problem | null {
  return cycles == 0 ? null : setAllowance(who, sum(allowanceOf(who), cycles));
}

/** Takes at most `most` of what somebody may spend, and gives how much that was. To take needs no room. */
export function takeAllowance(who: Principal, most: u64): u64 {
  const there = allowanceOf(who);
  const taken = min(there, most);
  if (taken > 0) setAllowance(who, there - taken);
  return taken;
}

/** Whether an allowance of somebody's can be written down. */
export function canHave(who: Principal): bool {
  return allowances.find(who.ptr, who.size) != NO_VALUE || allowances.hasRoomFor(who.ptr, who.size);
}

/**
 * Takes cycles that came with the call, at most `most`, as somebody's allowance, and gives how many that were. Those that
 * are not taken go back to the caller with the reply.
 */
export function topUp(who: Principal, most: u64): u64 {
  const room = u64.MAX_VALUE - allowanceOf(who);
  const offered = min(min(attachedCycles(), most), room);
  // First a place for it, then the cycles: nothing is taken that could not be written down.
  if (offered == 0 || !canHave(who)) return 0;
  const accepted = acceptCycles(offered);
  give(who, accepted);
  return accepted;
}
