import type { Command } from 'commander';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { version } from '../packages.js';
import type { Run } from '../run.js';
import { backendOf } from '../serve/backend.js';

async function mcp(context: Context, names: readonly string[]): Promise<void> {
  const { serveStdio } = await import('@llama-canister/gateway');
  const connection = await context.connect({ untilInterrupted: false });
  const ids = (names.length === 0 ? [DEFAULT_CANISTER] : names).map((each) => connection.idOf(each));
  const backend = await backendOf(connection, ids, undefined);
  const { signal } = context;
  await serveStdio({ backend, version: version(), input: process.stdin, output: process.stdout, signal });
  signal.throwIfAborted();
}

export function mcpCommand(program: Command, run: Run): void {
  program
    .command('mcp')
    .description("run a server of the Model Context Protocol on stdin and stdout, with the tools 'ask' and 'decide'")
    .argument(
      '[canisters...]',
      `names or ids; several with the same model share the work (default: ${DEFAULT_CANISTER})`,
    )
    .addHelpText(
      'after',
      '\nThe program that uses it starts it, with this command in its configuration:\n  llama-canister mcp\n\nOver HTTP, the command serve has the same server at /mcp.',
    )
    .action(run((context, names: string[]) => mcp(context, names)));
}
