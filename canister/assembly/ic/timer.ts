import { global_timer_set } from './ic0';

/**
 * Asks for one call of `canister_global_timer` at or after `time` (nanoseconds); replaces what was asked before, which it
 * gives: 0 if that was nothing. Not for queries.
 */
export function setTimer(time: u64): u64 {
  return global_timer_set(time);
}

/** Takes back what {@link setTimer} asked for. */
export function clearTimer(): void {
  global_timer_set(0);
}
