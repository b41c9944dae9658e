// The checks of a set-up: the finding of each, and what to do about it.
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canisterStatus, cyclesBalance, LlamaError } from '@llama-canister/client';
import { readIdentity } from '@llama-canister/client/node';
import { formatBytes, formatCycles } from '../amounts.js';
import { ownIdentityPath } from '../config/identity.js';
import { resolveNetwork } from '../config/networks.js';
import { cacheFolder, configFolder, projectFolder, stateFolder } from '../config/paths.js';
import { type Connection, type Context, DEFAULT_CANISTER } from '../context.js';
import { modelCache } from '../models/cache.js';
import { runningNetwork } from '../network-process.js';
import { engineWasm, llamaWasm } from '../packages.js';

export interface Finding {
  check: string;
  state: 'fine' | 'warning' | 'wrong';
  says: string;
  /** What to do; empty if nothing. */
  next: string;
}

/** Versions of Node that the packages support. */
const LEAST_NODE = [20, 19] as const;
/** Less free disk space has no room for a model. */
const LITTLE_DISK = 2e9;
/** Days of idling that the cycles should cover. */
const FEW_DAYS = 30;

const fine = (check: string, says: string): Finding => ({ check, state: 'fine', says, next: '' });
const warning = (check: string, says: string, next: string): Finding => ({ check, state: 'warning', says, next });
const wrong = (check: string, says: string, next: string): Finding => ({ check, state: 'wrong', says, next });

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [least, leastMinor] = LEAST_NODE;
  if (major > least || (major === least && minor >= leastMinor)) return fine('node', `Node ${process.versions.node}`);
  return wrong(
    'node',
    `Node ${process.versions.node} is too old`,
    `Install ${least}.${leastMinor} or newer: https://nodejs.org`,
  );
}

function checkProgram(): Finding {
  try {
    return fine(
      'program',
      `llama.wasm, ${formatBytes(llamaWasm().length)}; engine.wasm, ${formatBytes(engineWasm().length)}`,
    );
  } catch (error) {
    return wrong(
      'program',
      (error as Error).message,
      'Install the package again, or build the repository: npm run build',
    );
  }
}

/** The nearest existing parent folder. */
const existing = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : existing(dirname(path));

function checkFolder(check: string, path: string, variable: string): Finding {
  try {
    const there = existing(path);
    accessSync(there, constants.W_OK);
    if (!statSync(there).isDirectory())
      return wrong(check, `${there} is no folder`, `Move it away, or choose another place: ${variable}.`);
    return fine(check, path);
  } catch (error) {
    return wrong(
      check,
      `${path} cannot be written: ${(error as Error).message}`,
      `Check who owns it, or choose another place: ${variable}.`,
    );
  }
}

function checkDisk(path: string): Finding {
  const { bavail, bsize } = statfsSync(existing(path));
  const free = bavail * bsize;
  const says = `${formatBytes(free)} free for models`;
  return free >= LITTLE_DISK
    ? fine('disk', says)
    : warning('disk', says, 'Make room, or store models elsewhere: --cache FOLDER.');
}

async function checkIdentity({ options }: Context): Promise<Finding> {
  const path = options.identity ?? ownIdentityPath();
  if (path === 'anonymous')
    return warning('identity', 'anonymous', 'Nobody can deploy anonymously: leave out --identity.');
  if (!existsSync(path)) {
    if (options.identity !== undefined)
      return wrong('identity', `${path} is not there`, 'Name a PEM file, or leave out --identity.');
    return fine('identity', 'none yet; one is made on first use');
  }
  try {
    const principal = (await readIdentity(path)).getPrincipal().toText();
    const open = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
    if (!open) return fine('identity', `${principal}, ${path}`);
    return warning(
      'identity',
      `${path} can be read by others, and it controls what you deploy`,
      `Close it: chmod 600 ${path}`,
    );
  } catch (error) {
    const next = error instanceof LlamaError ? error.next : undefined;
    return wrong('identity', (error as Error).message, next ?? 'Name another PEM file with --identity.');
  }
}

function checkModels(context: Context): Finding {
  try {
    const count = modelCache(context).list().length;
    return fine('models', `${count} pulled, in ${modelCache(context).folder}`);
  } catch (error) {
    return wrong('models', (error as Error).message, 'Check who owns the folder, or choose another: --cache FOLDER.');
  }
}

async function checkNetwork(context: Context): Promise<{ finding: Finding; connection?: Connection }> {
  const { options } = context;
  try {
    const network = resolveNetwork(options.network);
    if (!network.mainnet) {
      const running = await runningNetwork(network.name);
      if (running && !running.answers) {
        const stop = 'Stop it, and start it again: `llama-canister network stop`';
        return { finding: wrong('network', `${network.name} runs, but does not answer`, stop) };
      }
    }
    const connection = await context.connect();
    await connection.agent.status();
    return { finding: fine('network', `${network.name} answers at ${network.url}`), connection };
  } catch (error) {
    if (context.signal.aborted) throw error;
    const known = error instanceof LlamaError ? error : undefined;
    const finding = known?.code === 'NETWORK_NOT_RUNNING' ? warning : wrong;
    return {
      finding: finding(
        'network',
        (error as Error).message,
        known?.next ?? 'Check the connection; behind a proxy, set NODE_USE_ENV_PROXY=1 and HTTPS_PROXY.',
      ),
    };
  }
}

async function checkBalance(connection: Connection, signal: AbortSignal): Promise<Finding> {
  const principal = await connection.principal();
  const balance = await cyclesBalance(connection.agent, principal, signal);
  const says = `${formatCycles(balance)} on the cycles ledger`;
  return balance > 0n
    ? fine('cycles', says)
    : warning('cycles', says, `A new canister is paid from there: send cycles to ${principal}.`);
}

async function checkCanister(connection: Connection, name: string, id: string, signal: AbortSignal): Promise<Finding> {
  const check = `canister ${name}`;
  const again = name === DEFAULT_CANISTER ? '' : ` ${name}`;
  try {
    const status = await canisterStatus(connection.agent, id, signal);
    if (status.status !== 'running')
      return wrong(check, `${id} is ${status.status}`, `Start it: \`llama-canister start${again}\``);
    if (status.moduleHash === undefined)
      return wrong(check, `${id} has no program`, `Install it: \`llama-canister deploy${again}\``);
    const days =
      status.idleCyclesPerDay === 0n ? Number.POSITIVE_INFINITY : Number(status.spendable / status.idleCyclesPerDay);
    if (days < FEW_DAYS) {
      const says = `${id} freezes in ${days} days: ${formatCycles(status.spendable)} cycles can be spent`;
      return warning(check, says, `Top it up: \`llama-canister top-up${again} --cycles 2T\``);
    }
    const { ready, reason } = await connection.open(id).ready({ signal });
    if (!ready) return warning(check, `${id} has no model: ${reason}`, 'Load one: `llama-canister load NAME`');
    return fine(check, `${id} answers, with ${formatCycles(status.cycles)} cycles`);
  } catch (error) {
    if (signal.aborted) throw error;
    const known = error instanceof LlamaError ? error : undefined;
    return wrong(check, (error as Error).message, known?.next ?? `See how it is: \`llama-canister status${again}\``);
  }
}

/** All checks, from this machine to the canisters. */
export async function examine(context: Context): Promise<Finding[]> {
  const cache = context.options.cache ?? cacheFolder();
  const findings = [
    checkNode(),
    checkProgram(),
    checkFolder('settings', configFolder(), 'XDG_CONFIG_HOME'),
    checkFolder('state', stateFolder(), 'XDG_STATE_HOME'),
    checkFolder('cache', cache, '--cache or LLAMA_CANISTER_CACHE'),
    checkFolder('project', projectFolder(), 'another working directory'),
    checkDisk(join(cache, 'models')),
    checkModels(context),
    await checkIdentity(context),
  ];
  const { finding, connection } = await checkNetwork(context);
  findings.push(finding);
  if (!connection) return findings;
  if (connection.network.mainnet) findings.push(await checkBalance(connection, context.signal));
  const known = connection.canisters.all();
  for (const { name, id } of known) findings.push(await checkCanister(connection, name, id, context.signal));
  if (known.length === 0)
    findings.push(
      warning('canister', `none was deployed from ${projectFolder()}`, 'Deploy one: `llama-canister deploy`'),
    );
  return findings;
}
