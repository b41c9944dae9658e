import { canisterStatus, LlamaError, type ModelInfo } from '@llama-canister/client';
import type { Command } from 'commander';
import { formatBytes, formatCycles } from '../amounts.js';
import type { Connection, Context } from '../context.js';
import type { Run } from '../run.js';
import { table } from '../table.js';

interface Shown {
  name: string;
  canister: string;
  /** running, stopping or stopped; unknown for callers who do not control it. */
  status: string;
  /** Why it does not answer; empty if it does. */
  reason: string;
  model?: string;
  context?: number;
  /** Bytes of heap. */
  heap?: number;
  sessions?: number;
  cycles?: bigint;
}

/** The promise's value, or the reason of a refusal by the canister. */
async function unlessRefused<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | { failed: string }> {
  try {
    return await promise;
  } catch (error) {
    if (signal.aborted || !(error instanceof LlamaError) || error.kind === 'transport') throw error;
    return { failed: error.message };
  }
}

async function look(connection: Connection, name: string, id: string, signal: AbortSignal): Promise<Shown> {
  const view = await unlessRefused(canisterStatus(connection.agent, id, signal), signal);
  const status = 'failed' in view ? 'unknown' : view.status;
  const base = { name, canister: id, status, ...('failed' in view ? {} : { cycles: view.cycles }) };
  if (status === 'stopped' || status === 'stopping') return { ...base, reason: `it is ${status}` };
  const canister = connection.open(id);
  const ready = await unlessRefused(canister.ready({ signal }), signal);
  if ('failed' in ready) return { ...base, reason: ready.failed };
  if (!ready.ready) return { ...base, reason: ready.reason };
  const info: ModelInfo | undefined = await canister.modelInfo({ signal });
  return {
    ...base,
    reason: '',
    ...(info && {
      model: info.filename,
      context: Number(info.context),
      heap: Number(info.heap_bytes),
      sessions: Number(info.resident_sessions),
    }),
  };
}

async function ps(context: Context): Promise<void> {
  const { output, signal } = context;
  const connection = await context.connect();
  const names = connection.canisters.all();
  const shown = await Promise.all(names.map(({ name, id }) => look(connection, name, id, signal)));
  const rows = shown.map(({ name, canister, status, reason, model, context: room, heap, sessions, cycles }) => [
    name,
    canister,
    status,
    model ?? (reason === '' ? 'loaded' : '-'),
    room === undefined ? '-' : String(room),
    heap === undefined ? '-' : formatBytes(heap),
    sessions === undefined ? '-' : String(sessions),
    cycles === undefined ? '-' : formatCycles(cycles),
  ]);
  const none = `No canister was deployed from this folder on ${connection.network.name}. Begin: \`llama-canister deploy\``;
  output.result(
    shown,
    rows.length === 0
      ? none
      : table(['NAME', 'CANISTER', 'STATUS', 'MODEL', 'CONTEXT', 'HEAP', 'SESSIONS', 'CYCLES'], rows),
  );
}

export function psCommand(program: Command, run: Run): void {
  program
    .command('ps')
    .description('list the canisters of this project, whether they run, and the models they have loaded')
    .addHelpText('after', '\nExamples:\n  llama-canister ps\n  llama-canister ps --network ic --json')
    .action(run((context) => ps(context)));
}
