import { time } from './ic0';

/** Nanoseconds since 1970-01-01 UTC. The same for a whole message, never less than in an earlier one. */
export function now(): u64 {
  return time();
}
