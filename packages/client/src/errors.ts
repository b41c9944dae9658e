/**
 * The kind of a failure, so that a caller can decide without reading text:
 * - `input`: the caller of this package gave an invalid value;
 * - `refused`: the canister answered with an `Err`;
 * - `rejected`: the network or the canister rejected the message;
 * - `cycles`: there are not enough cycles;
 * - `transport`: the network was not reached or did not answer;
 * - `trust`: the signatures of an answer are not valid for it;
 * - `aborted`: the caller's AbortSignal fired;
 * - `unknown`: anything else, with the cause attached.
 */
export type ErrorKind = 'input' | 'refused' | 'rejected' | 'cycles' | 'transport' | 'trust' | 'aborted' | 'unknown';

export interface ErrorDetails {
  /** The value that was wrong, for programs; the message shows it to people. */
  value?: unknown;
  /** What to do next, one sentence. */
  next?: string;
  cause?: unknown;
}

/** Every error that this package throws: a kind, a code in capitals that stays the same across versions, and what to do next. */
export class LlamaError extends Error {
  override readonly name = 'LlamaError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly value: unknown;
  readonly next: string | undefined;

  constructor(kind: ErrorKind, code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.code = code;
    this.value = details.value;
    this.next = details.next;
  }
}

/** The error for a caller's AbortSignal that has fired. */
export function aborted(signal: AbortSignal): LlamaError {
  return new LlamaError('aborted', 'ABORTED', 'stopped before it was finished', { cause: signal.reason });
}

/** Throws if the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(signal);
}
