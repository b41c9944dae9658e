/** How many tokens one call may ingest and generate in all. */
import { MaxTokensRecord, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { FieldWriter } from '../../storage/values';
import { statusOf } from '../replies/replies';
import { Setting } from '../settings/settings';

/** Version 1: for an update call, u64; for a query call, u64. 0 = as many as the instruction limit lets in. */
const setting = new Setting('max-tokens');

export function getMaxTokens(): MaxTokensRecord {
  const fields = setting.read();
  const limits = new MaxTokensRecord();
  limits.max_tokens_update = fields.take<u64>();
  limits.max_tokens_query = fields.take<u64>();
  return limits;
}

export function setMaxTokens(input: MaxTokensRecord): StatusCodeRecordResult {
  const value = new FieldWriter(1);
  value.put<u64>(input.max_tokens_update);
  value.put<u64>(input.max_tokens_query);
  return statusOf(setting.write(value));
}

/** The most tokens that a call ingests and generates; 0 = no limit. */
export function maxTokens(isQuery: bool): u64 {
  const limits = getMaxTokens();
  return isQuery ? limits.max_tokens_query : limits.max_tokens_update;
}
