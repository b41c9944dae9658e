/**
 * How many tokens were evaluated for whom in this hour: a value for each who has had some, under the principal's bytes,
 * those whose first tokens of an hour are the longest ago first. Whoever comes takes two of an earlier hour away, so that
 * there are never many more than callers in an hour, and none has to wait for a table to be emptied or made larger.
 *
 * Version 1 of one: hour since 1970, u64; tokens, u64.
 */
import { now } from '../../ic/clock';
import { Principal } from '../../ic/principal';
import { Problem } from '../../problem';
import { FieldWriter, Fields, NO_VALUE, ValueSet, moveLast } from '../../storage/values';

const HOUR: u64 = 3_600_000_000_000;
const MINUTE: u64 = 60_000_000_000;
/** Values of an earlier hour that are taken away when somebody's first tokens of an hour are noted. */
const TAKEN_AWAY: i32 = 2;

const usage = new ValueSet('token-usage');

function thisHour(): u64 {
  return now() / HOUR;
}

/** Tokens that were evaluated for somebody in this hour. */
export function tokensOf(who: Principal): u64 {
  const fields = usage.read(who.ptr, who.size);
  return fields.take<u64>() == thisHour() ? fields.take<u64>() : 0;
}

/** Whether there is room to count some of somebody's. */
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

/** Takes values of an earlier hour away, `most` at most. */
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
