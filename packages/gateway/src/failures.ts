// Turns every error of a request into a refusal that its client can understand.
import { type ErrorKind, LlamaError } from '@llama-canister/client';
import { Refusal, type RefusalKind } from './refusal.js';

const KINDS: Readonly<Record<ErrorKind, RefusalKind>> = {
  input: 'invalid',
  refused: 'invalid',
  rejected: 'unavailable',
  cycles: 'unavailable',
  transport: 'unreachable',
  trust: 'unreachable',
  aborted: 'unavailable',
  unknown: 'failed',
};

/** Kinds of errors that the code tells more exactly than the client's own kind. */
const CODES: Readonly<Record<string, RefusalKind>> = {
  // The gateway's identity has no access, and its client cannot change that.
  ACCESS_DENIED: 'unavailable',
  BUSY: 'unavailable',
  NOT_READY: 'unavailable',
  NOT_LOADED: 'unavailable',
  METHOD_NOT_FOUND: 'not-supported',
  NOT_SUPPORTED: 'not-supported',
  OVER_QUOTA: 'limited',
  TOO_LARGE: 'too-large',
  // OpenAI's kind for an account without credit.
  PAYMENT_REQUIRED: 'limited',
  GENERATION_FAILED: 'failed',
};

/** Codes on which clients of OpenAI's interface rely. */
const KNOWN_AS: Readonly<Record<string, string>> = {
  CONTEXT_FULL: 'context_length_exceeded',
  TOO_LARGE: 'request_too_large',
  REFUSED: 'invalid_value',
};

/** The canister puts the name of its method before its message; clients of the gateway do not know these methods. */
const METHOD = /^(?:generation_[a-z]+|decide(?:_[a-z]+)?|detokenize|tokenize|new_chat|run_update): (?:main_: error: )?/;

const RETRY_SECONDS = 5;

export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof LlamaError) {
    const kind = (Object.hasOwn(CODES, error.code) ? CODES[error.code] : undefined) ?? KINDS[error.kind];
    const passes = kind === 'unavailable' || kind === 'unreachable' || kind === 'limited';
    return new Refusal(kind, error.message.replace(METHOD, ''), {
      code: KNOWN_AS[error.code] ?? error.code.toLowerCase(),
      cause: error,
      ...(passes ? { retryAfter: RETRY_SECONDS } : {}),
    });
  }
  return new Refusal(
    'failed',
    'an error occurred in the gateway; its log has the details under the id of this request',
    {
      cause: error,
    },
  );
}
