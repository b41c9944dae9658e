/** How many tokens one call may ingest and generate together. */
import { MaxTokensRecord, StatusCodeRecordResult } from '../ic/candid/service.generated';
import { readRecord, writeRecord } from '../storage/records';
import { statusOk } from './replies';
import { MAX_TOKENS } from './settings';

/** The record: for an update call, u64; for a query call, u64. 0 = as many as the instruction limit lets in. */
const record: usize = memory.data(16, 8);

export function getMaxTokens(): MaxTokensRecord {
  readRecord(MAX_TOKENS, record, 16);
  const limits = new MaxTokensRecord();
  limits.max_tokens_update = load<u64>(record);
  limits.max_tokens_query = load<u64>(record, 8);
  return limits;
}

export function setMaxTokens(input: MaxTokensRecord): StatusCodeRecordResult {
  store<u64>(record, input.max_tokens_update);
  store<u64>(record, input.max_tokens_query, 8);
  writeRecord(MAX_TOKENS, record, 16);
  return statusOk();
}

/** The most tokens that a call ingests and generates; 0 = no limit. */
export function maxTokens(isQuery: bool): u64 {
  readRecord(MAX_TOKENS, record, 16);
  return isQuery ? load<u64>(record, 8) : load<u64>(record);
}
