import { global_timer_set } from './ic0';

/**
 * Requests one call of `canister_global_timer` at or after `time` (nanoseconds), replacing the earlier request. Returns
 * the time of that one, or 0 if there was none. Not for queries.
 */
export function setTimer(time: u64): u64 {
  return global_timer_set(time);
}

/** Cancels the request of {@link setTimer}. */
export function clearTimer(): void {
  global_timer_set(0);
}
