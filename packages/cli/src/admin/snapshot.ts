// Stops a canister for work during which it must not change, and starts it again afterwards.
import {
  canisterStatus,
  loadSnapshot,
  type Snapshot,
  startCanister,
  stopCanister,
  takeSnapshot,
} from '@llama-canister/client';
import type { Connection } from '../context.js';

type Agent = Connection['agent'];

/** Does something while the canister is stopped. A canister that was stopped before stays stopped. */
async function whileStopped<T>(agent: Agent, id: string, signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  const { status } = await canisterStatus(agent, id, signal);
  if (status !== 'stopped') await stopCanister(agent, id, signal);
  try {
    return await action();
  } finally {
    // Also after Ctrl-C: a canister left stopped answers no calls.
    if (status === 'running') await startCanister(agent, id);
  }
}

/** A snapshot of the canister between two messages. */
export function snapshotOf(agent: Agent, id: string, signal: AbortSignal, replaced?: string): Promise<Snapshot> {
  return whileStopped(agent, id, signal, () => takeSnapshot(agent, id, { replaced, signal }));
}

/** Restores the canister from a snapshot, including its program, and starts it. */
export async function backTo(agent: Agent, id: string, snapshot: string): Promise<void> {
  await stopCanister(agent, id);
  await loadSnapshot(agent, id, snapshot);
  await startCanister(agent, id);
}
