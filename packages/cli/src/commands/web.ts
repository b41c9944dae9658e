import { LlamaError } from '@llama-canister/client';
import type { Command } from 'commander';
import { parseWhole } from '../amounts.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import type { Run } from '../run.js';
import { ended, listening } from '../serve/listening.js';
import { ownPage } from '../web/address.js';
import { showPage } from '../web/browser.js';
import { canistersForPage } from '../web/canisters.js';
import { pageFiles } from '../web/page-files.js';
import { pageServer } from '../web/page-server.js';

/** A page's store in the browser belongs to its host and port, so it is the same one each time. */
const USUAL_PORT = 8090;
const HOST = '127.0.0.1';
/** Files are sent in no time. */
const GRACE_MS = 500;

interface WebOptions {
  canister: string[];
  port: string;
  open: boolean;
}

async function web(context: Context, options: WebOptions): Promise<void> {
  const { output, signal } = context;
  const port = parseWhole(options.port, '--port', 0, 65_535);
  const connection = await context.connect();
  const names = options.canister.length === 0 ? [DEFAULT_CANISTER] : options.canister;
  const ids = [...new Set(names.map((each) => connection.idOf(each)))];
  const places = canistersForPage(connection, ids);
  const server = await listening(pageServer(pageFiles(places)), HOST, port);
  const url = `http://${HOST}:${server.port}/`;
  const own = ids.length === 1 ? ownPage(connection, ids[0]!) : undefined;
  output.result(
    { url, canisters: ids, network: connection.network.name, ...(own === undefined ? {} : { ownPage: own }) },
    [
      `The page is at ${url}, for ${places.canisters.map(({ name }) => name).join(', ')} on ${connection.network.name}.`,
      ...(own === undefined ? [] : [`The canister serves it, too: ${own}`]),
      'Ctrl-C stops it.',
    ].join('\n'),
  );
  if (options.open && !output.json) await showPage(output, url);
  await ended(signal);
  await server.close(GRACE_MS);
  throw new LlamaError('aborted', 'ABORTED', 'interrupted');
}

export function webCommand(program: Command, run: Run): void {
  program
    .command('web')
    .description('serve the chat page on this machine, and open it in the browser')
    .option(
      '--canister <canister>',
      `name or id; can be given several times (default: ${DEFAULT_CANISTER})`,
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .option('--port <n>', 'port to listen on; 0 chooses a free one', String(USUAL_PORT))
    .option('--no-open', 'do not open a browser')
    .addHelpText(
      'after',
      `
The page talks to the network itself, with a key that stays in the browser, or after signing in with Internet Identity.
Conversations are stored in the browser, for this address and port.

Examples:
  llama-canister web
  llama-canister web --canister first --canister second --network ic
  llama-canister web --port 0 --no-open --json`,
    )
    .action(run((context, options: WebOptions) => web(context, options)));
}
