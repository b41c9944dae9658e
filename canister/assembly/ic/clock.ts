import { time } from './ic0';

/** Nanoseconds since 1970-01-01 UTC: the same during a message, and never less than in an earlier one. */
export function now(): u64 {
  return time();
}
