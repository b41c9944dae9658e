/**
 * The tokens evaluated for each caller in this hour: a value under the principal's bytes, ordered by the first use in
 * an hour. Each new value removes two of an earlier hour, so there are never many more than callers in an hour, and no
 * call has to empty or enlarge a table.
 *
 * Version 1 of one: hour since 1970, u64; tokens, u64.
 */
import { now } from '../../ic/clock';
import { Principal } from '../../ic/principal';
import { Problem } from '../../problem';
import { FieldWriter, Fields, NO_VALUE, ValueSet, moveLast } from '../../storage/values';

const HOUR: u64 = 3_600_000_000_000;
const MINUTE: u64 = 60_000_000_000;
/** Values of earlier hours that are removed when one is added. */
const TAKEN_AWAY: i32 = 2;

const usage = new ValueSet('token-usage');

function thisHour(): u64 {
  return now() / HOUR;
}

/** Tokens evaluated for a principal in this hour. */
export function tokensOf(who: Principal): u64 {
  const fields = usage.read(who.ptr, who.size);
  return fields.take<u64>() == thisHour() ? fields.take<u64>() : 0;
}

/** Whether there is room to count a principal's tokens. */
export function canNote(who: Principal): bool {
  return usage.hasRoomFor(who.ptr, who.size);
}

/** Adds to them. Null, or why they cannot be counted. */
export function noteTokens(who: Principal, tokens: u64): Problem | null {
  const before = usage.find(who.ptr, who.size);
  const isFirst = before == NO_VALUE || Fields.of(before).take<u64>() != thisHour();
  const value = new FieldWriter(1);
  value.put<u64>(thisHour());
  value.put<u64>(tokensOf(who) + tokens);
  const problem = usage.write(who.ptr, who.size, value);
  if (problem !== null || !isFirst) return problem;
  moveLast(usage.find(who.ptr, who.size));
  forgetEarlier(TAKEN_AWAY);
  return null;
}

/** Removes values of earlier hours, `most` at most. */
export function forgetEarlier(most: i32): void {
  for (let i = 0; i < most; ++i) {
    const oldest = usage.first;
    if (oldest == NO_VALUE || Fields.of(oldest).take<u64>() == thisHour()) return;
    usage.drop(oldest);
  }
}

/** Whole minutes until the next hour begins, at least one. */
export function minutesLeft(): u64 {
  const left = HOUR - (now() % HOUR);
  return (left + MINUTE - 1) / MINUTE;
}
