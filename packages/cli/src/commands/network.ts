import type { Command } from 'commander';
import { parseWhole } from '../amounts.js';
import { logPath } from '../config/local-network.js';
import type { Context } from '../context.js';
import { runningNetwork, startNetwork, stopNetwork, USUAL_PORT } from '../network-process.js';
import type { Run } from '../program.js';
import { top } from './network-top.js';

const HOW_TO_STOP = 'Stop it with: `llama-canister network stop`';

async function start(context: Context, options: { port?: string }): Promise<void> {
  const { output } = context;
  const port = options.port === undefined ? undefined : parseWhole(options.port, '--port', 0, 65_535);
  const running = await runningNetwork();
  if (running) {
    output.result(
      { ...running, started: false },
      `The local network runs already at ${running.url} (process ${running.pid}).\n${HOW_TO_STOP}`,
    );
    return;
  }
  const network = await startNetwork(port, context.signal);
  output.result(
    { ...network, log: logPath(), started: true },
    `The local network runs at ${network.url} (process ${network.pid}, log ${logPath()}).\n${HOW_TO_STOP}`,
  );
}

async function stop({ output }: Context): Promise<void> {
  const network = await runningNetwork();
  if (!network) {
    output.result({ stopped: false }, 'The local network is not running.');
    return;
  }
  const killed = await stopNetwork(network);
  output.result(
    { stopped: true, killed },
    `Stopped the local network${killed ? '; it had to be killed' : ''}. Its canisters are gone.`,
  );
}

async function status({ output }: Context): Promise<void> {
  const network = await runningNetwork();
  if (!network) {
    output.result({ running: false }, 'The local network is not running.');
    return;
  }
  const { pid, url, rootKey } = network;
  output.result(
    { running: true, ...network, log: logPath() },
    `The local network runs.\n  url         ${url}\n  process     ${pid}\n  log         ${logPath()}\n  root key    ${rootKey}`,
  );
}

export function networkCommand(program: Command, run: Run): void {
  const network = program.command('network').description('start, stop or look at the local network');
  network
    .command('start')
    .description('start the local network in the background and wait until it answers')
    .option('--port <n>', `port to listen on (default: ${USUAL_PORT} if free, else any free one)`)
    .addHelpText('after', '\nExamples:\n  llama-canister network start\n  llama-canister network start --port 8000')
    .action(run((context, options: { port?: string }) => start(context, options)));
  network
    .command('stop')
    .description('stop the local network; its canisters are lost')
    .action(run((context) => stop(context)));
  network
    .command('status')
    .description('say whether the local network runs, and where')
    .action(run((context) => status(context)));
  network
    .command('top')
    .description('show which methods take the most instructions, pages and cycles')
    .option('--sort <by>', 'instructions, average, cycles or count', 'instructions')
    .option('--lines <n>', 'methods to show', '30')
    .option('--once', 'print once; otherwise a terminal is kept up to date until Ctrl-C')
    .addHelpText(
      'after',
      '\nInstructions are counted as on the main network, page charges included; pages are of 64 KiB, heap and stable memory\ntogether. With --json, the latest messages come one by one, too.',
    )
    .action(run((context, options: Parameters<typeof top>[1]) => top(context, options)));
}
