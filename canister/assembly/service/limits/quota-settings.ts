/** The quotas that are set (quotas.ts says what they mean). */
import { Quotas, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { FieldWriter } from '../../storage/values';
import { statusOf } from '../replies/replies';
import { Setting } from '../settings/settings';

/** Defaults: far above the needs of a person who chats. Tokens are not limited. */
const DEFAULT_SESSIONS: u64 = 1000;
const DEFAULT_BYTES: u64 = 256 << 20;

/** Version 1: sessions, u64; bytes, u64; tokens an hour, u64. 0 = no limit. */
const setting = new Setting('quotas');

export function getQuotas(): Quotas {
  const quotas = new Quotas();
  const fields = setting.read();
  quotas.sessions = fields.isThere ? fields.take<u64>() : DEFAULT_SESSIONS;
  quotas.bytes = fields.isThere ? fields.take<u64>() : DEFAULT_BYTES;
  quotas.tokens_per_hour = fields.take<u64>();
  return quotas;
}

export function setQuotas(input: Quotas): StatusCodeRecordResult {
  const value = new FieldWriter(1);
  value.put<u64>(input.sessions);
  value.put<u64>(input.bytes);
  value.put<u64>(input.tokens_per_hour);
  return statusOf(setting.write(value));
}

function part(limit: u64, what: string): string {
  return limit == 0 ? '' : `, ${limit} ${what}`;
}

/** A caller's quotas, as a part of a sentence; '' if set_quotas was never called. */
export function quotasInWords(): string {
  if (!setting.read().isThere) return '';
  const quotas = getQuotas();
  const words =
    part(quotas.sessions, 'sessions') + part(quotas.bytes, 'bytes') + part(quotas.tokens_per_hour, 'tokens an hour');
  return words.length == 0 ? 'no quotas' : `at most ${words.substring(2)} for each caller`;
}
