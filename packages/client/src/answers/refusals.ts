import { type ErrorKind, LlamaError } from '../errors.js';

/** The canister's reasons for not starting an answer, and what to do about each. */
const REFUSALS: readonly [RegExp, ErrorKind, string, string][] = [
  [/\bpayment: this may cost\b/, 'cycles', 'PAYMENT_REQUIRED', 'Top up the allowance, or ask for fewer tokens.'],
  [/\bsend the call again later\b/, 'refused', 'BUSY', 'Send the same call again after a few seconds.'],
  [/\bquota: /, 'refused', 'OVER_QUOTA', 'Wait until one of yours has ended, or for the next hour.'],
  [/\bno model\b|\bloading\b/i, 'refused', 'NOT_READY', 'Load a model, or wait until it is loaded.'],
  [
    /\bprompt is too long\b|\bcontext is full\b|\bat most \d+ are looked at\b/,
    'refused',
    'CONTEXT_FULL',
    'Say less, or begin a new conversation.',
  ],
];

/** A refusal as an error with a code; any other error unchanged. */
export function refusedAnswer(error: unknown): unknown {
  if (!(error instanceof LlamaError) || error.code !== 'REFUSED') return error;
  const found = REFUSALS.find(([pattern]) => pattern.test(error.message));
  if (!found) return error;
  const [, kind, code, next] = found;
  return new LlamaError(kind, code, error.message, { value: error.value, next, cause: error });
}
