import { cyclesBalance } from '@llama-canister/client';
import type { Command } from 'commander';
import { formatCycles } from '../amounts.js';
import { loadIdentity, ownIdentityPath } from '../config/identity.js';
import { resolveNetwork } from '../config/networks.js';
import type { Context } from '../context.js';
import type { Run } from '../run.js';

/** Whether to show cycles on the ledger: showing an identity must not need a running local network. */
function isMainnetChoice(choice: string): boolean {
  return /^(ic|mainnet|https?:.*)$/i.test(choice) && resolveNetwork(choice).mainnet;
}

async function identity(context: Context): Promise<void> {
  const { output, options, signal } = context;
  const made = (path: string) =>
    output.note(`Made an identity for you: ${path} (keep it; it controls what you deploy).`);
  const principal = (await loadIdentity(options.identity, made)).getPrincipal().toText();
  const file = options.identity ?? ownIdentityPath();
  let balance: bigint | undefined;
  if (isMainnetChoice(options.network)) {
    const { agent } = await context.connect();
    balance = await cyclesBalance(agent, principal, signal);
  }
  const ledger = balance === undefined ? '' : `\nOn the cycles ledger: ${formatCycles(balance)} cycles`;
  output.result(
    { principal, file, ...(balance === undefined ? {} : { cyclesLedgerBalance: balance }) },
    `${principal}\nKey: ${file}${ledger}`,
  );
}

export function identityCommand(program: Command, run: Run): void {
  program
    .command('identity')
    .description('print the principal that commands act as, and on ic its cycles')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister identity\n  llama-canister identity --identity key.pem --network ic',
    )
    .action(run((context) => identity(context)));
}
