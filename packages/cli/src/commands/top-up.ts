import { canisterStatus, provisionalTopUp, topUpFromLedger } from '@llama-canister/client';
import type { Command } from 'commander';
import { formatCycles, parseCycles } from '../amounts.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import type { Run } from '../run.js';

async function topUp(context: Context, name: string, options: { cycles: string }): Promise<void> {
  const { output, signal } = context;
  const cycles = parseCycles(options.cycles);
  const connection = await context.connect();
  const id = connection.idOf(name);
  await (connection.network.mainnet ? topUpFromLedger : provisionalTopUp)(connection.agent, id, cycles, signal);
  const { cycles: balance } = await canisterStatus(connection.agent, id, signal);
  output.result(
    { canister: id, added: cycles, cycles: balance },
    `Added ${formatCycles(cycles)} cycles; ${name} has ${formatCycles(balance)}.`,
  );
}

export function topUpCommand(program: Command, run: Run): void {
  program
    .command('top-up')
    .description('give the canister cycles (on ic from your balance on the cycles ledger)')
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .requiredOption('--cycles <amount>', 'as 2T or 500B')
    .addHelpText('after', '\nExample:\n  llama-canister top-up --cycles 2T --network ic')
    .action(run((context, name: string, options: { cycles: string }) => topUp(context, name, options)));
}
