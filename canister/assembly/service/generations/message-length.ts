/**
 * How many instructions a message of generations has.
 *
 * A message pays for every page of memory that it touches first: short ones spend most of their instructions on that. Long
 * ones keep whoever waits for the next words, and other callers, waiting. So a message is a number of times as long as it
 * costs to touch the model once, but not less than what the network executes in a round anyway, and never so long that it
 * takes more than a number of seconds.
 */
import { callLimit } from '../limits/instruction-budget';
import { engine } from '../engine/loaded';

/** Instructions that the network executes in a round, which takes about a second (docs: references/resource-limits). */
const ROUND: u64 = 2_000_000_000;
/** Instructions for the first access of a message to a page of 64 KiB. */
const PAGE_ACCESS: u64 = 80_000;

/** Instructions that it takes at most to touch all of the model once in a message. */
function pageCharge(): u64 {
  return ((engine.facts.heapBytes + 0xffff) >> 16) * PAGE_ACCESS;
}

/** Instructions of a message of generations; 0 while no model is loaded. */
export function messageLength(factor: u64, seconds: u64): u64 {
  if (!engine.isReady) return 0;
  const wanted = max(ROUND, factor * pageCharge());
  return min(min(wanted, seconds * ROUND), callLimit(false));
}
