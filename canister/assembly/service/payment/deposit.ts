/**
 * What a generation holds of its caller's cycles from its start to its end: at the start as much as it may cost at most, and
 * of that its price at the end. The rest is the caller's allowance again. Of what failed, nothing is kept.
 */
import { acceptCycles, attachedCycles } from '../../ic/cycles';
import { Principal } from '../../ic/principal';
import { Code, Problem } from '../../problem';
import { mayAdminister } from '../access/access';
import { allowanceOf, canHave, give, takeAllowance, topUp } from './allowances';
import { isFree } from './free-callers';
import { noteCharged, noteReceived } from './ledger';
import { isPriced, sum } from './prices';

/** Whether generations cost the caller of this message anything. */
export function pays(who: Principal): bool {
  return isPriced() && !isFree(who) && !mayAdminister();
}

/** Why what a generation of the caller's may cost cannot be paid, by what came with the call and his allowance. */
export function whyNotPaid(who: Principal, most: u64): Problem | null {
  const attached = attachedCycles();
  const allowance = allowanceOf(who);
  if (sum(attached, allowance) >= most) return null;
  return new Problem(
    `payment: this may cost ${most} cycles, and there are ${allowance} of an allowance and ${attached} with the call; ` +
      'attach more, call top_up_allowance, or ask for fewer tokens',
  );
}

/**
 * Takes what a generation of the caller's may cost at most: first of the cycles that came with the call, then of his
 * allowance. Why it cannot be had, and then nothing was taken.
 */
export function hold(who: Principal, most: u64): Problem | null {
  const unpaid = whyNotPaid(who, most);
  if (unpaid !== null || most == 0) return unpaid;
  // What is not spent becomes an allowance: there has to be a place for it.
  if (!canHave(who)) {
    return new Problem('payment: stable memory is full, so that no allowance can be kept', Code.STORAGE_FULL);
  }
  noteReceived(topUp(who, most));
  takeAllowance(who, most);
  return null;
}

/**
 * Takes of the caller's allowance what the cycles that came with the call leave of the most that its answer may cost, and
 * gives how much that is. The call pays when it is answered ({@link payNow}).
 */
export function holdBeside(who: Principal, most: u64): u64 {
  return takeAllowance(who, most - min(most, attachedCycles()));
}

/** Ends a generation: keeps its price of what was held for it, and gives back the rest. */
export function settle(who: Principal, held: u64, price: u64): void {
  const charged = min(held, price);
  give(who, held - charged);
  if (charged > 0) noteCharged(charged);
}

/**
 * Pays a price when a call is answered, of the cycles that came with it first; the caller gets the others back with the
 * reply. The rest is kept of what was held of his allowance ({@link holdBeside}), and what is left of that given back.
 */
export function payNow(who: Principal, price: u64, held: u64): void {
  const attached = min(price, attachedCycles());
  const accepted = attached == 0 ? 0 : acceptCycles(attached);
  noteReceived(accepted);
  const kept = min(held, price - accepted);
  give(who, held - kept);
  if (accepted + kept > 0) noteCharged(accepted + kept);
}
