/** Answers that many methods give, and what a problem is in them: a status and a text. */
import { ApiError, OutputRecord, OutputRecordResult, StatusCodeRecord } from '../../ic/candid/service.generated';
import { StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Code, Problem } from '../../problem';

const OK: u16 = 200;

/** The status of a method that takes a command line. */
function statusFor(code: Code): u16 {
  switch (code) {
    case Code.UNREADABLE:
      return 400;
    case Code.FORBIDDEN:
      return 401;
    case Code.OVER_QUOTA:
      return 429;
    case Code.BUSY:
      return 503;
    default:
      // Every other problem, as in llama_cpp_canister.
      return 500;
  }
}

/** The content of an `Err`: `variant { Other = why }`. */
export function because(why: string): ApiError {
  return ApiError.Other(Text.of(why));
}

/** The same for a problem. */
export function apiError(problem: Problem): ApiError {
  return because(problem.text);
}

/** `Ok (record { status_code = 200 })`. */
export function statusOk(): StatusCodeRecordResult {
  const status = new StatusCodeRecord();
  status.status_code = OK;
  return StatusCodeRecordResult.Ok(status);
}

/** An Ok, or the problem as an Err. */
export function statusOf(problem: Problem | null): StatusCodeRecordResult {
  return problem === null ? statusOk() : StatusCodeRecordResult.Err(apiError(problem));
}

/** An Ok of a method that takes a command line, with a text for its user. */
export function told(output: string, status: u16 = OK): OutputRecordResult {
  const record = new OutputRecord();
  record.status_code = status;
  record.output = Text.of(output);
  return OutputRecordResult.Ok(record);
}

/** Fills a record with the result of a method that takes a command line. */
export function fillIn(record: OutputRecord, problem: Problem | null): void {
  record.status_code = problem === null ? OK : statusFor(problem.code);
  if (problem !== null) record.error = Text.of(problem.text);
}

/** An Err of a method that takes a command line. */
export function failed(problem: Problem): OutputRecordResult {
  const record = new OutputRecord();
  fillIn(record, problem);
  return OutputRecordResult.Err(record);
}
