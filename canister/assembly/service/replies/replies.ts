/** Answers that many methods give. */
import { argumentProblem } from '../../ic/candid/arguments';
import { ApiError, OutputRecord, OutputRecordResult, StatusCodeRecord } from '../../ic/candid/service.generated';
import { StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Problem } from '../../problem';
import { Refusal } from './refusal';

const OK: u16 = 200;
const BAD_REQUEST: u16 = 400;
const TOO_MANY_REQUESTS: u16 = 429;
const UNAVAILABLE: u16 = 503;
/** The status of every mistake in a command line, and of what does not work, as in llama_cpp_canister. */
const FAILED: u16 = 500;

/** `Err (variant { Other = why })` is made of it. */
export function because(why: string): ApiError {
  return ApiError.Other(Text.of(why));
}

/** What a caller whose argument cannot be decoded is told. */
export function undecodable(): ApiError {
  return because(argumentProblem());
}

/** `Ok (record { status_code = 200 })`. */
export function statusOk(): StatusCodeRecordResult {
  const status = new StatusCodeRecord();
  status.status_code = OK;
  return StatusCodeRecordResult.Ok(status);
}

/** The same where what was to be written down is, else an Err with the problem. */
export function statusOf(problem: Problem | null): StatusCodeRecordResult {
  return problem === null ? statusOk() : StatusCodeRecordResult.Err(because(problem.text));
}

/** An Ok of a method that takes a command line, with a text for its user. */
export function told(output: string, status: u16 = OK): OutputRecordResult {
  const record = new OutputRecord();
  record.status_code = status;
  record.output = Text.of(output);
  return OutputRecordResult.Ok(record);
}

function refused(status: u16, error: string): OutputRecordResult {
  const record = new OutputRecord();
  record.status_code = status;
  record.error = Text.of(error);
  return OutputRecordResult.Err(record);
}

/** An Err of a method that takes a command line. */
export function failed(error: string): OutputRecordResult {
  return refused(FAILED, error);
}

/** What a caller is told who has to wait and to send the same call again. */
export function busy(error: string): OutputRecordResult {
  return refused(UNAVAILABLE, error);
}

/** What a caller who has used up a quota is told. */
export function overQuota(error: string): OutputRecordResult {
  return refused(TOO_MANY_REQUESTS, error);
}

/** What the sender of a command line that is not let in is told. */
export function refusedOutput(refusal: Refusal): OutputRecordResult {
  return refused(refusal.status, refusal.text);
}

export function outputUndecodable(): OutputRecordResult {
  return refused(BAD_REQUEST, argumentProblem());
}
