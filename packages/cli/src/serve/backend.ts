// Canisters as the gateway's backend.
import { LlamaError, openLlama } from '@llama-canister/client';
import type { Backend } from '@llama-canister/gateway';
import type { Connection } from '../context.js';

/** Milliseconds that an answer may take to begin before another canister is asked. */
const START_MS = 10_000;

/** The models of the canisters. Errors: `NO_ANSWER` if none of them answers, those of the call. */
export async function modelsOf(backend: Backend): ReturnType<Backend['models']> {
  const { Refusal } = await import('@llama-canister/gateway');
  return backend.models().catch((cause: unknown) => {
    if (!(cause instanceof Refusal)) throw cause;
    throw new LlamaError('transport', 'NO_ANSWER', cause.message, {
      next: 'See whether they run: `llama-canister ps`',
      cause,
    });
  });
}

/**
 * One canister, or several as one.
 * @param name  the model's name for clients; undefined: its file's name
 */
export async function backendOf(
  { agent }: Connection,
  ids: readonly string[],
  name: string | undefined,
): Promise<Backend> {
  const { CanisterBackend, Fleet } = await import('@llama-canister/gateway');
  const [first = ''] = ids;
  if (ids.length === 1) return new CanisterBackend(openLlama(agent, first), { name });
  const each = (id: string): Backend => {
    const starter = openLlama(agent, id, { patience: START_MS });
    return new CanisterBackend(openLlama(agent, id), { name, starter });
  };
  return new Fleet(new Map(ids.map((id) => [id, each(id)])));
}
