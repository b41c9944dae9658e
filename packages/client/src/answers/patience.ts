import { delay } from '../retry.js';

export interface Patience {
  /** Milliseconds during which it is retried. */
  patience: number;
  signal: AbortSignal | undefined;
  /** Whether an error may be temporary. */
  passes: (error: unknown) => boolean;
}

/** Between two attempts, in milliseconds. */
const FIRST_MS = 250;
const LONGEST_MS = 4_000;

/** Retries until it succeeds, fails with a lasting error, or its time is over. */
export async function patiently<T>(work: () => Promise<T>, { patience, signal, passes }: Patience): Promise<T> {
  const end = Date.now() + patience;
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!passes(error) || Date.now() >= end) throw error;
      await delay(Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (0.5 + Math.random() / 2), signal);
    }
  }
}
