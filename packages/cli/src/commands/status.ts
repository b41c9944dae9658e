import { type CanisterStatus, canisterStatus, LlamaError, subnetOf } from '@llama-canister/client';
import type { Command } from 'commander';
import { formatBytes, formatCycles } from '../amounts.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import type { Run } from '../run.js';

/** What only a controller sees; undefined for everybody else. */
async function controllersView(
  context: Context,
  agent: Parameters<typeof canisterStatus>[0],
  id: string,
): Promise<CanisterStatus | undefined> {
  try {
    return await canisterStatus(agent, id, context.signal);
  } catch (error) {
    if (error instanceof LlamaError && error.code === 'NOT_CONTROLLER') return undefined;
    throw error;
  }
}

async function status(context: Context, name: string): Promise<void> {
  const { output, signal } = context;
  const connection = await context.connect();
  const canister = connection.open(name);
  const view = await controllersView(context, connection.agent, canister.canisterId);
  const { ready, reason } = await canister.ready({ signal });
  const model = connection.canisters.get(name)?.model;
  const subnet = await subnetOf(connection.agent, canister.canisterId, signal);
  const lines = [
    ['canister', canister.canisterId],
    ['model', ready ? (model ?? 'loaded') : `not loaded: ${reason}`],
  ];
  if (view) {
    lines.push(
      ['status', view.status],
      [
        'cycles',
        `${formatCycles(view.cycles)}, of which ${formatCycles(view.spendable)} can be spent before it freezes`,
      ],
      ['idling', `${formatCycles(view.idleCyclesPerDay)} cycles a day`],
      ['memory', formatBytes(Number(view.memory))],
      ['heap limit', view.wasmMemoryLimit === 0n ? 'none' : formatBytes(Number(view.wasmMemoryLimit))],
      ['program', view.moduleHash ?? 'none'],
      [
        'freezes',
        `with ${formatCycles(view.cycles - view.spendable)} cycles left, which keep it for ${Number(view.freezingThreshold) / 86_400} days`,
      ],
      ['controllers', view.controllers.join(' ')],
    );
  }
  lines.push(['subnet', subnet]);
  output.result(
    { canister: canister.canisterId, subnet, ready, reason, ...(model ? { model } : {}), ...view },
    lines.map(([label, value]) => `${label!.padEnd(12)}${value}`).join('\n'),
  );
}

export function statusCommand(program: Command, run: Run): void {
  program
    .command('status')
    .description('show the state of a canister: model, cycles, memory')
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .action(run((context, name: string) => status(context, name)));
}
