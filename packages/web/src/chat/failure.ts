// Errors in the words of the page: what has happened, and what to do about it.
import { texts } from '../texts.js';

export interface Failure {
  kind: string;
  /** A word that stays the same. */
  code: string;
  message: string;
  next?: string;
}

/** What a LlamaError has; the client's chunk may not be there where an error is looked at. */
interface Coded {
  kind: string;
  code: string;
  next?: string;
}

function isCoded(error: unknown): error is Error & Coded {
  return error instanceof Error && typeof (error as Partial<Coded>).code === 'string' && 'kind' in error;
}

/** A chunk of the page that could not be loaded. */
const NOT_LOADED = /dynamically imported module|importing a module|module script failed/i;

/** The page's own words where it has some for the code, with those of the canister behind them. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (!isCoded(error)) {
    const code = NOT_LOADED.test(message) ? 'NOT_LOADED' : 'UNEXPECTED';
    const next = texts.failures[code]?.next;
    return { kind: 'unknown', code, message, ...(next === undefined ? {} : { next }) };
  }
  const { kind, code, next } = error;
  const own = texts.failures[code];
  const advice = own?.next ?? next;
  return { kind, code, message, ...(advice === undefined ? {} : { next: advice }) };
}

/** What goes by itself when the network is there again. */
export function isAway({ code, kind }: Failure): boolean {
  return kind === 'transport' || code === 'NOT_LOADED';
}
