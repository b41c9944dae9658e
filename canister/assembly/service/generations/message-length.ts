/**
 * The number of instructions of a message of generations.
 *
 * A message pays for every page of memory that it touches first, so short messages spend most of their instructions on
 * that. Long messages delay the next words and other callers. So a message is a multiple of what touching the whole
 * model costs, at least as long as the network executes in a round anyway, and at most a number of seconds long.
 */
import { callLimit } from '../limits/instruction-budget';
import { engine } from '../engine/loaded';

/** Instructions that the network executes in a round, which takes about a second (docs: references/resource-limits). */
const ROUND: u64 = 2_000_000_000;
/** Instructions for the first access of a message to a page of 64 KiB. */
const PAGE_ACCESS: u64 = 80_000;

/** The most instructions that touching the whole model costs in a message. */
function pageCharge(): u64 {
  return ((engine.facts.heapBytes + 0xffff) >> 16) * PAGE_ACCESS;
}

/** Instructions of a message of generations; 0 while no model is loaded. */
export function messageLength(factor: u64, seconds: u64): u64 {
  if (!engine.isReady) return 0;
  const wanted = max(ROUND, factor * pageCharge());
  return min(min(wanted, seconds * ROUND), callLimit(false));
}
