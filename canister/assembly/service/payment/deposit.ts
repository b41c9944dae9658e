/**
 * Holds and charges of generations. A generation holds the most that it may cost from its start; at its end its price
 * is kept, and the rest goes to the caller's allowance. A failed one costs nothing.
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

/** Why the caller cannot pay what a generation may cost, with the attached cycles and the allowance; null if it can. */
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
 * Holds the most that a generation may cost: first from the attached cycles, then from the allowance. Null, or why not;
 * then nothing was taken.
 */
export function hold(who: Principal, most: u64): Problem | null {
  const unpaid = whyNotPaid(who, most);
  if (unpaid !== null || most == 0) return unpaid;
  // The unspent rest becomes an allowance, so there has to be room for one.
  if (!canHave(who)) {
    return new Problem('payment: stable memory is full, so that no allowance can be kept', Code.STORAGE_FULL);
  }
  noteReceived(topUp(who, most));
  takeAllowance(who, most);
  return null;
}

/**
 * Holds from the caller's allowance what the attached cycles do not cover of the most that an answer may cost. Returns
 * how much. The call pays when it is answered ({@link payNow}).
 */
export function holdBeside(who: Principal, most: u64): u64 {
  return takeAllowance(who, most - min(most, attachedCycles()));
}

/** Ends a generation: keeps its price, and gives back the rest of what was held. */
export function settle(who: Principal, held: u64, price: u64): void {
  const charged = min(held, price);
  give(who, held - charged);
  if (charged > 0) noteCharged(charged);
}

/**
 * Pays a price when a call is answered: first with the attached cycles, of which the others go back with the reply,
 * then from what was held of the allowance ({@link holdBeside}). The rest of that is given back.
 */
export function payNow(who: Principal, price: u64, held: u64): void {
  const attached = min(price, attachedCycles());
  const accepted = attached == 0 ? 0 : acceptCycles(attached);
  noteReceived(accepted);
  const kept = min(held, price - accepted);
  give(who, held - kept);
  if (accepted + kept > 0) noteCharged(accepted + kept);
}
