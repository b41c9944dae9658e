import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import type { Command } from 'commander';
import { parseWhole } from '../amounts.js';
import {
  DEFAULT_NETWORK,
  isNetworkName,
  knownNetworks,
  type LocalNetwork,
  lastRecord,
  logPath,
  ownState,
} from '../config/local-network.js';
import type { Context } from '../context.js';
import { UsageError } from '../failure.js';
import { logTail, runningNetwork, startNetwork, stopNetwork, USUAL_PORT } from '../network-process.js';
import type { Run } from '../run.js';
import { LLM_CANISTER, llmCanister, openModel } from './llm-canister.js';
import { type LogOptions, logs } from './network-logs.js';
import { top } from './network-top.js';

interface StartFlags {
  port?: string;
  /** A folder, or false for --no-state. */
  state?: string | false;
  reset?: boolean;
  repair?: boolean;
  outcalls?: string;
  fees?: string;
  domain?: string[];
  origin?: string[];
  /** A model's file, or true for the included one. */
  llmCanister?: string | true;
}

/** Whose fees: a number of nodes, or free. Errors: UsageError. */
function checkedFees(text: string): string {
  if (text === 'free' || (/^\d{1,3}$/.test(text) && Number(text) > 0)) return text;
  throw new UsageError(
    `"${text}" is no subnet whose fees are known`,
    'Say --fees 13, --fees 34 or another number of nodes, or --fees free.',
  );
}

/** Options that are passed to the network's process. */
function processArguments({ repair, fees, outcalls, domain = [], origin = [] }: StartFlags): string[] {
  return [
    ...(repair ? ['--repair'] : []),
    ...(fees === undefined ? [] : ['--fees', checkedFees(fees)]),
    ...(outcalls === undefined ? [] : ['--outcalls', outcalls]),
    ...domain.flatMap((name) => ['--domain', name]),
    ...origin.flatMap((name) => ['--origin', name]),
  ];
}

const several = (value: string, before: string[] = []) => [...before, value];

/** The name of a network as commands such as `network stop` need it: nothing for the default one. */
const behind = (name: string) => (name === DEFAULT_NETWORK ? '' : ` ${name}`);
const called = (name: string) => (name === DEFAULT_NETWORK ? 'The local network' : `The network "${name}"`);
const howToStop = (name: string) => `Stop it: \`llama-canister network stop${behind(name)}\``;

/** The network that a command means: by the name given, by --network, or the default one. */
function nameOf(given: string | undefined, { options }: Context): string {
  const name = given ?? options.network;
  if (isNetworkName(name)) return name;
  throw new UsageError(
    `"${name}" is no name for a local network`,
    'A name has lower-case letters, digits, "-" and "_", at most 40; ic and mainnet are taken.',
  );
}

/** Refuses to start a network that already runs with other options. */
function checkSame(
  name: string,
  running: LocalNetwork,
  port: number | undefined,
  state: string | null | undefined,
): void {
  const other =
    port !== undefined && port !== 0 && port !== Number(new URL(running.url).port)
      ? `at ${running.url}, not on port ${port}`
      : state !== undefined && state !== running.state
        ? `with its state ${running.state === null ? 'kept nowhere' : `in ${running.state}`}`
        : undefined;
  if (other === undefined) return;
  throw new LlamaError('input', 'RUNS_ALREADY', `${called(name).toLowerCase()} runs already, ${other}`, {
    value: running.url,
    next: `Stop it first: \`llama-canister network stop${behind(name)}\`\nOr start another beside it: \`llama-canister network start second\``,
  });
}

function stateOf(name: string, state: StartFlags['state']): string | null {
  if (state === false) return null;
  return state === undefined ? ownState(name) : resolve(state);
}

async function start(context: Context, given: string | undefined, flags: StartFlags): Promise<void> {
  const { output, signal } = context;
  const name = nameOf(given, context);
  const port = flags.port === undefined ? undefined : parseWhole(flags.port, '--port', 0, 65_535);
  const state = stateOf(name, flags.state);
  const args = processArguments(flags);
  if (flags.repair && state === null) {
    throw new UsageError('--no-state keeps nothing that could be repaired', 'Leave out one of the two.');
  }
  // Impossible requests are refused before anything is started.
  const model = flags.llmCanister === undefined ? undefined : await openModel(flags.llmCanister);
  const running = await runningNetwork(name);
  if (running) {
    if (args.length > 0) {
      const why = `${called(name).toLowerCase()} runs already, and ${args.join(' ')} applies only when it starts`;
      throw new LlamaError('input', 'RUNS_ALREADY', why, {
        next: `Stop it first: \`llama-canister network stop${behind(name)}\``,
      });
    }
    checkSame(name, running, port, flags.state === undefined ? undefined : state);
    if (flags.reset) {
      throw new LlamaError('input', 'RUNS_ALREADY', `${called(name).toLowerCase()} runs, so it cannot start over`, {
        next: `Stop it first: \`llama-canister network stop${behind(name)}\``,
      });
    }
    if (!running.answers) throw notAnswering(name, running);
  } else if (flags.reset) {
    if (flags.state !== undefined) {
      throw new UsageError('--reset removes only the default state, not the folder of --state', 'Remove it yourself.');
    }
    rmSync(ownState(name), { recursive: true, force: true });
  }
  const { network, started } = running
    ? { network: running, started: false }
    : await startNetwork(name, { port, state, args, signal });
  if (!started) checkSame(name, network, port, flags.state === undefined ? undefined : state);
  const { pid, url } = network;
  if (flags.repair) output.note(repairedLines(name));
  const kept =
    network.state === null ? 'Its canisters are lost when it stops.' : `Its canisters are kept in ${network.state}.`;
  const runs = `${called(name)} runs${started ? '' : ' already'} at ${url} (process ${pid}).`;
  if (model !== undefined) output.note(runs);
  const llm = model === undefined ? undefined : await llmCanister(context, name, model);
  output.result(
    { name, pid, url, rootKey: network.rootKey, state: network.state, log: logPath(name), started, ...llm?.result },
    `${llm === undefined ? runs : llm.says}\n${kept}\n${howToStop(name)}`,
  );
}

/** The network's report of its repairs. */
function repairedLines(name: string): string {
  const log = logTail(name, 1000);
  return log.includes('Repaired: ')
    ? log.slice(0, log.indexOf('The network listens')).trimEnd()
    : 'Nothing was damaged.';
}

function notAnswering(name: string, { pid, suspended }: { pid: number; suspended: boolean }): LlamaError {
  const why = suspended ? `its process ${pid} is suspended` : `its process ${pid} is busy or hangs`;
  return new LlamaError(
    'transport',
    'NETWORK_NOT_ANSWERING',
    `${called(name).toLowerCase()} runs, but does not answer: ${why}`,
    {
      value: pid,
      next: suspended
        ? `Resume it (kill -CONT ${pid}), or stop it: \`llama-canister network stop${behind(name)}\``
        : `Wait a moment, or stop it: \`llama-canister network stop${behind(name)}\``,
    },
  );
}

async function stop(context: Context, given: string | undefined): Promise<void> {
  const { output } = context;
  const name = nameOf(given, context);
  const network = await runningNetwork(name);
  if (!network) {
    output.result({ name, stopped: false }, `${called(name)} is not running.`);
    return;
  }
  const killed = await stopNetwork(name, network);
  const kept = network.state !== null;
  const after = kept
    ? `Its canisters are kept; use them again: \`llama-canister network start${behind(name)}\``
    : 'Its canisters are lost.';
  output.result(
    { name, stopped: true, killed, state: network.state },
    `${called(name)} has stopped${killed ? '; it had to be killed' : ''}. ${after}`,
  );
}

async function status(context: Context, given: string | undefined): Promise<void> {
  const { output } = context;
  const name = nameOf(given, context);
  const network = await runningNetwork(name);
  if (!network) {
    const state = lastRecord(name)?.state ?? null;
    const kept = state !== null && existsSync(state) ? `\n  state       ${state}` : '';
    output.result({ name, running: false, ...(kept ? { state } : {}) }, `${called(name)} is not running.${kept}`);
    return;
  }
  const { pid, url, rootKey, state, answers, suspended } = network;
  const how = answers
    ? 'runs'
    : suspended
      ? `is suspended (kill -CONT ${pid} resumes it)`
      : 'runs, but does not answer';
  output.result(
    { name, running: true, ...network, log: logPath(name) },
    `${called(name)} ${how}.\n  url         ${url}\n  process     ${pid}\n  state       ${state ?? 'not kept'}\n  log         ${logPath(name)}\n  root key    ${rootKey}`,
  );
}

async function list({ output }: Context): Promise<void> {
  const all = await Promise.all(knownNetworks().map(async (name) => ({ name, network: await runningNetwork(name) })));
  const lines = all.map(({ name, network }) => {
    const how = !network ? 'stopped' : network.answers ? network.url : 'does not answer';
    return `${name.padEnd(16)}${how}`;
  });
  output.result(
    all.map(({ name, network }) => ({ name, running: network !== undefined, ...network })),
    lines.length === 0 ? 'No local network was ever started.' : lines.join('\n'),
  );
}

export function networkCommand(program: Command, run: Run): void {
  const network = program
    .command('network')
    .description('start, stop and show local networks; each has a name, by default "local"');
  network
    .command('start')
    .description('start a local network in the background and wait until it answers')
    .argument('[name]', 'name of the network, for --network (default: local)')
    .option('--port <n>', `port to listen on (default: the last one, or ${USUAL_PORT} if free, else any free one)`)
    .option('--state <folder>', 'folder for its canisters (default: a folder of its own)')
    .option('--no-state', 'keep nothing: its canisters are lost when it stops')
    .option('--reset', 'start over without the stored canisters')
    .option(
      '--repair',
      'start without the damaged parts of the stored canisters; without this option they are listed, and nothing is changed',
    )
    .option('--outcalls <hosts>', 'hosts that canisters may reach by HTTPS outcalls, separated by commas, or loopback')
    .option(
      '--fees <subnet>',
      'fees of a subnet with this number of nodes, such as 13 or 34, or free, as on a cloud engine (default: 13)',
    )
    .option('--domain <name>', 'another host name for it; can be given several times', several)
    .option('--origin <origin>', 'origin whose pages may use it; can be given several times', several)
    .option(
      '--llm-canister [model]',
      `add the LLM canister that the libraries of Motoko and Rust call, at ${LLM_CANISTER}, with this GGUF model (default: tiny-chat, which is included)`,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister network start\n  llama-canister network start other --port 8000\n  llama-canister network start --no-state\n  llama-canister network start --llm-canister',
    )
    .action(run((context, name: string | undefined, flags: StartFlags) => start(context, name, flags)));
  network
    .command('stop')
    .description('stop a local network; its canisters are kept, unless it was started with --no-state')
    .argument('[name]', 'its name (default: local)')
    .action(run((context, name: string | undefined) => stop(context, name)));
  network
    .command('status')
    .description('show whether a local network runs, and its address')
    .argument('[name]', 'its name (default: local)')
    .action(run((context, name: string | undefined) => status(context, name)));
  network
    .command('list')
    .description('list the local networks')
    .action(run((context) => list(context)));
  network
    .command('logs')
    .description('print the log of a local network')
    .argument('[name]', 'its name (default: local)')
    .option('--lines <n>', 'number of last lines to print', '50')
    .option('-f, --follow', 'keep printing new lines until Ctrl-C')
    .action(run((context, name: string | undefined, flags: LogOptions) => logs(context, nameOf(name, context), flags)));
  network
    .command('top')
    .description('show which methods take the most instructions, pages and cycles')
    .option('--sort <by>', 'instructions, average, cycles or count', 'instructions')
    .option('--lines <n>', 'number of methods to show', '30')
    .option('--once', 'print once; otherwise a terminal is updated until Ctrl-C')
    .addHelpText(
      'after',
      '\nInstructions are counted as on the main network, page charges included; pages are of 64 KiB, heap and stable memory\ntogether. With --json, the latest messages are listed, too.',
    )
    .action(run((context, options: Parameters<typeof top>[1]) => top(context, options)));
}
