import { canisterStatus, startCanister, stopCanister } from '@llama-canister/client';
import type { Command } from 'commander';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { Waiting } from '../progress.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';

async function turn(context: Context, name: string, wanted: 'running' | 'stopped'): Promise<void> {
  const { output, signal } = context;
  const { agent, ...connection } = await context.connect().then((each) => ({ agent: each.agent, id: each.idOf(name) }));
  const { status: before } = await canisterStatus(agent, connection.id, signal);
  const waiting = new Waiting(output, wanted === 'stopped' ? `Stopping ${name}` : `Starting ${name}`);
  try {
    if (before !== wanted) await (wanted === 'stopped' ? stopCanister : startCanister)(agent, connection.id, signal);
  } finally {
    waiting.end();
  }
  const already = before === wanted ? ' already' : '';
  const human =
    wanted === 'stopped'
      ? `${name} is stopped${already}: it does not answer, and still pays for its storage. Start it again: \`llama-canister start${name === DEFAULT_CANISTER ? '' : ` ${shellWord(name)}`}\``
      : `${name} runs${already}.`;
  output.result({ canister: connection.id, status: wanted, changed: before !== wanted }, human);
}

export function stopCommand(program: Command, run: Run): void {
  program
    .command('stop')
    .description('stop a canister: it does not answer until it is started again; its files, chats and model stay')
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .addHelpText('after', '\nUnfinished answers continue when it is started again.\n\nExample:\n  llama-canister stop')
    .action(run((context, name: string) => turn(context, name, 'stopped')));
  program
    .command('start')
    .description('start a stopped canister')
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .addHelpText('after', '\nExample:\n  llama-canister start')
    .action(run((context, name: string) => turn(context, name, 'running')));
}
