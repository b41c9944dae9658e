import { global_timer_set } from './ic0';

/** Asks for one call of `canister_global_timer` at or after `time` (nanoseconds); replaces what was asked before. */
export function setTimer(time: u64): void {
  global_timer_set(time);
}

/** Takes back what {@link setTimer} asked for. */
export function clearTimer(): void {
  global_timer_set(0);
}
