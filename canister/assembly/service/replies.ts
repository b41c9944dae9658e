/** Answers that many methods give. */
import { ApiError, StatusCodeRecord, StatusCodeRecordResult } from '../ic/candid/service.generated';
import { Text } from '../ic/candid/values';

/** `Err (variant { Other = why })` is made of it. */
export function because(why: string): ApiError {
  return ApiError.Other(Text.of(why));
}

/** What a caller who may not call a method is told. */
export function accessDenied(): ApiError {
  return because('Access Denied');
}

/** `Ok (record { status_code = 200 })`. */
export function statusOk(): StatusCodeRecordResult {
  const status = new StatusCodeRecord();
  status.status_code = 200;
  return StatusCodeRecordResult.Ok(status);
}
