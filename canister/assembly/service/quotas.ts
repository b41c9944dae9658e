/**
 * What a caller may take of a canister that others use, too: sessions, bytes of stable memory, and tokens an hour. Those
 * who administer it have no such limits.
 */
import { Quotas, StatusCodeRecordResult, Usage, UsageResult } from '../ic/candid/service.generated';
import { caller } from '../ic/message';
import { readRecord, writeRecord } from '../storage/records';
import { pageBytes, usageOf } from '../storage/usage';
import { mayAdminister } from './access';
import { statusOk } from './replies';
import { ownFolder, sessionsFolder } from './session-path';
import { QUOTAS } from './settings';
import { minutesLeft, noteTokens, tokensOf } from './token-usage';

/** Until somebody says otherwise: what a person who chats comes nowhere near. */
const DEFAULT_SESSIONS: u64 = 100;
const DEFAULT_BYTES: u64 = 64 << 20;
const DEFAULT_TOKENS_PER_HOUR: u64 = 50_000;

/** The record: sessions, u64; bytes, u64; tokens an hour, u64. 0 = no limit. */
const record: usize = memory.data(24, 8);

export function getQuotas(): Quotas {
  const quotas = new Quotas();
  const isSet = readRecord(QUOTAS, record, 24);
  quotas.sessions = isSet ? load<u64>(record) : DEFAULT_SESSIONS;
  quotas.bytes = isSet ? load<u64>(record, 8) : DEFAULT_BYTES;
  quotas.tokens_per_hour = isSet ? load<u64>(record, 16) : DEFAULT_TOKENS_PER_HOUR;
  return quotas;
}

export function setQuotas(input: Quotas): StatusCodeRecordResult {
  store<u64>(record, input.sessions);
  store<u64>(record, input.bytes, 8);
  store<u64>(record, input.tokens_per_hour, 16);
  writeRecord(QUOTAS, record, 24);
  return statusOk();
}

/** What the caller has taken. */
export function getUsage(): UsageResult {
  const usage = new Usage();
  usage.sessions = usageOf(sessionsFolder()).entries;
  usage.bytes = usageOf(ownFolder()).bytes;
  usage.tokens_this_hour = tokensOf(caller());
  return UsageResult.Ok(usage);
}

/**
 * Why the caller may have no file of a session that grows from `before` bytes (negative: it is new) to `after`; '' if it
 * is fine.
 */
export function whyNoRoom(before: i64, after: u64): string {
  if (mayAdminister()) return '';
  const quotas = getQuotas();
  if (before < 0 && quotas.sessions > 0 && usageOf(sessionsFolder()).entries >= quotas.sessions) {
    return `quota: a caller may have ${quotas.sessions} sessions; remove_prompt_cache removes one`;
  }
  const more = pageBytes(after) - min(pageBytes(after), pageBytes(<u64>max<i64>(before, 0)));
  if (quotas.bytes == 0) return '';
  const used = usageOf(ownFolder()).bytes;
  if (used + more <= quotas.bytes) return '';
  return (
    `quota: a caller's files may take ${quotas.bytes} bytes, in whole pages of 65536; ` +
    `they take ${used}, and ${more} more are needed`
  );
}

/** The tokens that the caller may still have evaluated this hour. */
export function tokensLeft(): u64 {
  if (mayAdminister()) return u64.MAX_VALUE;
  const most = getQuotas().tokens_per_hour;
  if (most == 0) return u64.MAX_VALUE;
  const used = tokensOf(caller());
  return used < most ? most - used : 0;
}

export function whyNoTokens(): string {
  return (
    `quota: a caller may have ${getQuotas().tokens_per_hour} tokens evaluated an hour; ` +
    `the next hour begins in ${minutesLeft()} minutes`
  );
}

/** Counts tokens that were evaluated for the caller. */
export function countTokens(tokens: u64): void {
  if (tokens > 0 && !mayAdminister()) noteTokens(caller(), tokens);
}
