/**
 * Quotas of a caller: sessions, bytes of stable memory, and tokens an hour. storage-limits.ts limits the files of all
 * callers together. Administrators and applications have no limits.
 */
import { Code, Problem } from '../../problem';
import { Usage, UsageResult } from '../../ic/candid/service.generated';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { pageBytes } from '../../storage/totals';
import { usageOf } from '../../storage/usage';
import { mayAdminister } from '../access/access';
import { isApplication } from './applications';
import { logWarning } from '../settings/log-level';
import { getQuotas } from '../limits/quota-settings';
import { ownFolder, sessionsFolder } from '../access/session-path';
import { whyNotStored } from './storage-limits';
import { canNote, minutesLeft, noteTokens, tokensOf } from './token-usage';
import { warmBytes, warmFolderOf } from './warm-limits';

function overQuota(why: string): Problem {
  return new Problem(`quota: ${why}`, Code.OVER_QUOTA);
}

/** Whether no quota applies to a principal. */
export function isExempt(who: Principal = caller()): bool {
  return mayAdminister(who) || isApplication(who);
}

/** What the caller has used. */
export function getUsage(): UsageResult {
  const usage = new Usage();
  usage.sessions = usageOf(sessionsFolder()).files;
  usage.bytes = usageOf(ownFolder()).bytes;
  usage.tokens_this_hour = tokensOf(caller());
  usage.warm_bytes = warmBytes(warmFolderOf(caller()));
  return UsageResult.Ok(usage);
}

/**
 * Why the caller may not have a session's file that grows from `before` bytes (negative: it is new) to `after`; null if
 * it may.
 */
export function whyNoRoom(before: i64, after: u64): Problem | null {
  if (isExempt()) return null;
  const quotas = getQuotas();
  if (before < 0 && quotas.sessions > 0 && usageOf(sessionsFolder()).files >= quotas.sessions) {
    return overQuota(`a caller may have ${quotas.sessions} sessions; remove_prompt_cache removes one`);
  }
  return whyNoBytes(before, after);
}

/** The same for a file that is not a session. */
export function whyNoBytes(before: i64, after: u64): Problem | null {
  if (isExempt()) return null;
  const quotas = getQuotas();
  const more = pageBytes(after) - min(pageBytes(after), pageBytes(<u64>max<i64>(before, 0)));
  const used = usageOf(ownFolder()).bytes;
  if (quotas.bytes > 0 && used + more > quotas.bytes) {
    return overQuota(
      `a caller's files may take ${quotas.bytes} bytes, in whole pages of 65536; ` +
        `they take ${used}, and ${more} more are needed`,
    );
  }
  return whyNotStored(more);
}

/** Tokens that the caller (or another) may still have evaluated this hour. */
export function tokensLeft(who: Principal = caller()): u64 {
  if (isExempt(who)) return u64.MAX_VALUE;
  const most = getQuotas().tokens_per_hour;
  if (most == 0) return u64.MAX_VALUE;
  const used = tokensOf(who);
  // If the first token cannot be counted, none is allowed.
  if (used == 0 && !canNote(who)) return 0;
  return used < most ? most - used : 0;
}

/** Why no more tokens are evaluated for a principal; null if some are left. */
export function whyNoTokens(who: Principal = caller()): Problem {
  if (!canNote(who)) return overQuota('tokens cannot be counted, because stable memory is full');
  return overQuota(
    `a caller may have ${getQuotas().tokens_per_hour} tokens evaluated an hour; ` +
      `the next hour begins in ${minutesLeft()} minutes`,
  );
}

/** Counts tokens that were evaluated for the caller (or another). */
export function countTokens(tokens: u64, who: Principal = caller()): void {
  if (tokens == 0 || isExempt(who)) return;
  const uncounted = noteTokens(who, tokens);
  if (uncounted !== null) logWarning(`${tokens} tokens of a call were not counted: ${uncounted.text}`);
}
