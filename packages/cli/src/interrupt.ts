import { LlamaError } from '@llama-canister/client';
import { EXIT } from './exit-codes.js';

/** How long a command may take to end after Ctrl-C before the process ends without it. */
const GRACE_MS = 1_000;

export interface Interrupts {
  /** Fires on Ctrl-C, and when the process is asked to terminate. */
  signal: AbortSignal;
  /** Sets how long the process may take to end by itself after that, in milliseconds. */
  allowGrace(ms: number): void;
  /** The error that stands for a failure after that. */
  error(cause: unknown): LlamaError;
  /** Stops watching. */
  stop(): void;
}

/** Turns SIGINT and SIGTERM into an abort signal; a second one ends the process at once. */
export function watchInterrupts(): Interrupts {
  const controller = new AbortController();
  let graceMs = GRACE_MS;
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    setTimeout(() => process.exit(EXIT.interrupted), graceMs).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    allowGrace: (ms) => {
      graceMs = ms;
    },
    error: (cause) => new LlamaError('aborted', 'ABORTED', 'interrupted', { cause }),
    stop: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
