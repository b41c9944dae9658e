import { aborted, LlamaError, throwIfAborted } from './errors.js';

/** How a failed request is sent again. */
export interface RetryOptions {
  /** Attempts after the first; default 6, about 10 s in all. */
  retries?: number;
  /** Milliseconds in which to retry, instead of a number of attempts. */
  patience?: number;
  signal?: AbortSignal;
  /** Called before each wait. `attempt` counts from 1. */
  onRetry?: (attempt: number, delayMs: number, reason: string) => void;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;

/** HTTP statuses after which the same request may well succeed. */
const PASSING = new Set([429, 502, 503, 504]);

/** Waits; rejects at once when the signal fires. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(aborted(signal));
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(aborted(signal!));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** The promise's outcome, or an `aborted` error as soon as the signal fires; the work itself continues unobserved. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(aborted(signal));
    if (signal.aborted) {
      promise.catch(() => {});
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Exponential back-off with full jitter (M. Brooker, "Exponential Backoff and Jitter", 2015). */
function backoff(attempt: number): number {
  return Math.random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
}

/**
 * `fetch` that sends a request again after a broken connection or a temporary HTTP status. A signed request that is
 * sent twice is executed once: the network recognizes its request id.
 */
export function retryingFetch(base: typeof fetch, options: RetryOptions = {}): typeof fetch {
  const { retries = 6, patience, signal, onRetry } = options;
  return async (input, init) => {
    const end = Date.now() + (patience ?? 0);
    const isLast = (attempt: number) => (patience === undefined ? attempt >= retries : Date.now() >= end);
    for (let attempt = 0; ; attempt++) {
      throwIfAborted(signal);
      let reason: string;
      try {
        const response = await base(input, signal ? { ...init, signal } : init);
        if (isLast(attempt) || !PASSING.has(response.status)) return response;
        reason = `HTTP ${response.status}`;
        await response.body?.cancel();
      } catch (error) {
        throwIfAborted(signal);
        if (isLast(attempt)) throw unreachable(error);
        reason = causeOf(error);
      }
      const ms = backoff(attempt);
      onRetry?.(attempt + 1, ms, reason);
      await delay(ms, signal);
    }
  };
}

/** Node's fetch says "fetch failed" and keeps the reason in the cause. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return (cause as NodeJS.ErrnoException).code ?? cause.message;
  return error.message;
}

function unreachable(error: unknown): LlamaError {
  // An inner retrying fetch has already described it.
  if (error instanceof LlamaError) return error;
  return new LlamaError('transport', 'UNREACHABLE', `the network could not be reached: ${causeOf(error)}`, {
    next: 'Check that the network runs and can be reached.',
    cause: error,
  });
}
