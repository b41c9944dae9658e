// Converts a canister's replies: an Err becomes a LlamaError of kind `refused`, and a run's record a reply with
// numbers.
import { LlamaError } from './errors.js';
import type { ApiError, OutputRecord } from './generated/llama.did.js';

interface TokenCounts {
  prompt: number;
  cached: number;
  decoded: number;
  remaining: number;
  /** Tokens that the call evaluated. */
  generated: number;
}

/** One reply of run_update or run_query. */
export interface RunReply {
  /** Text of the tokens sampled in this call; the last of them is evaluated, and reported again, by the next call. */
  output: string;
  /** Text of every token of the session that has been evaluated. */
  conversation: string;
  /** Text of the prompt that no call has ingested yet. */
  promptRemaining: string;
  /** The model has ended its answer. */
  eog: boolean;
  /** Token counts, if the canister gives them. */
  tokens: TokenCounts | undefined;
}

export type Result<T, E> = { Ok: T } | { Err: E };

/** The status that every denied call carries. */
const UNAUTHORIZED = 401;
/** The canister has no room for the call at present, and keeps the caller's place in the queue. */
const UNAVAILABLE = 503;

function refusal(method: string, status: number | undefined, text: string, value: unknown): LlamaError {
  if (status === UNAUTHORIZED || text.trim() === 'Access Denied') {
    return new LlamaError('refused', 'ACCESS_DENIED', `${method}: access denied`, {
      value,
      next: 'Use the identity that controls the canister (--identity FILE.pem), or have a controller let you in.',
    });
  }
  const said = text.trim() || `status ${status}`;
  // Many of the canister's texts already begin with the method's name, some with an underscore after it.
  const message = said.startsWith(method) ? said.replace(`${method}_:`, `${method}:`) : `${method}: ${said}`;
  if (status === UNAVAILABLE) {
    return new LlamaError('refused', 'BUSY', message, { value, next: 'Send the same call again after a few seconds.' });
  }
  return new LlamaError('refused', 'REFUSED', message, { value });
}

/** The value of an Ok. Errors: `refused`. */
export function okOf<T>(method: string, result: Result<T, ApiError>): T {
  if ('Ok' in result) return result.Ok;
  const { Err } = result;
  if ('Other' in Err) throw refusal(method, undefined, Err.Other, Err);
  throw refusal(method, Err.StatusCode, '', Err);
}

/** The same for a result whose Err has either of the two types. */
export function okIn(method: string, result: unknown): unknown {
  const { Err } = result as { Err?: ApiError | OutputRecord };
  if (Err && 'status_code' in Err) return runOf(method, { Err });
  return okOf(method, result as Result<unknown, ApiError>);
}

/** The same for a method that takes a command line. */
export function runOf(method: string, result: Result<OutputRecord, OutputRecord>): OutputRecord {
  if ('Ok' in result) return result.Ok;
  throw refusal(method, result.Err.status_code, result.Err.error, result.Err);
}

export function runReply(record: OutputRecord): RunReply {
  const [prompt] = record.n_prompt_tokens;
  const [cached] = record.n_prompt_tokens_cached;
  const [decoded] = record.n_prompt_tokens_decoded;
  const [remaining] = record.n_prompt_tokens_remaining;
  const [generated] = record.n_tokens_generated;
  return {
    output: record.output,
    conversation: record.conversation,
    promptRemaining: record.prompt_remaining,
    eog: record.generated_eog,
    tokens:
      generated === undefined
        ? undefined
        : {
            prompt: Number(prompt ?? 0n),
            cached: Number(cached ?? 0n),
            decoded: Number(decoded ?? 0n),
            remaining: Number(remaining ?? 0n),
            generated: Number(generated),
          },
  };
}

export function isMissingFile(error: ApiError): boolean {
  if ('StatusCode' in error) return error.StatusCode === 404;
  return /\b(does not exist|not found|no such file)\b/i.test(error.Other);
}
