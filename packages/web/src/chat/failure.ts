// Errors in the page's own words: what has happened, and what to do about it.
import { texts } from '../texts.js';

export interface Failure {
  kind: string;
  /** A code for programs, which never changes. */
  code: string;
  message: string;
  next?: string;
}

/** The fields of a LlamaError; its class is in the client's chunk, which may not be loaded here. */
interface Coded {
  kind: string;
  code: string;
  next?: string;
}

function isCoded(error: unknown): error is Error & Coded {
  return error instanceof Error && typeof (error as Partial<Coded>).code === 'string' && 'kind' in error;
}

/** The browsers' messages if a chunk of the page could not be loaded. */
const NOT_LOADED = /dynamically imported module|importing a module|module script failed/i;

/** The page's own words if it has some for the code, followed by those of the canister. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (!isCoded(error)) {
    const isFull = error instanceof Error && error.name === 'QuotaExceededError';
    const code = isFull ? 'NO_ROOM' : NOT_LOADED.test(message) ? 'NOT_LOADED' : 'UNEXPECTED';
    const next = texts.failures[code]?.next;
    return { kind: 'unknown', code, message, ...(next === undefined ? {} : { next }) };
  }
  const { kind, code, next } = error;
  const own = texts.failures[code];
  const advice = own?.next ?? next;
  return { kind, code, message, ...(advice === undefined ? {} : { next: advice }) };
}

/** Whether the failure may end while one waits: the network is back, or the browser has room again. */
export function isAway({ code, kind }: Failure): boolean {
  return kind === 'transport' || code === 'NOT_LOADED' || code === 'NO_ROOM';
}
