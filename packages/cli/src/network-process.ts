import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchRootKey, LlamaError } from '@llama-canister/client';
import { checkWritable } from './config/json-file.js';
import {
  isAlive,
  isSuspended,
  keepRecord,
  type LocalNetwork,
  lastRecord,
  lockPath,
  logPath,
  readStatus,
  removeStatus,
  runningProcess,
  statusPath,
} from './config/local-network.js';
import { isFree } from './free-port.js';
import { networkMain } from './packages.js';

/** The default port, if it is free. */
export const USUAL_PORT = 4944;

const HEALTHY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 10_000;
const ANSWERS_WITHIN_MS = 3_000;
const POLL_MS = 50;

/** Last lines of the log. */
export function logTail(name: string, lines: number): string {
  try {
    return readFileSync(logPath(name), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

async function answers({ url, rootKey }: LocalNetwork): Promise<boolean> {
  const key = await Promise.race([fetchRootKey(url).catch(() => undefined), sleep(ANSWERS_WITHIN_MS)]);
  return key !== undefined && Buffer.from(key).toString('hex') === rootKey;
}

/** The running network, and whether it answers: a suspended or busy one does not. */
export async function runningNetwork(
  name: string,
): Promise<(LocalNetwork & { answers: boolean; suspended: boolean }) | undefined> {
  const network = runningProcess(name);
  if (!network) {
    removeStatus(name);
    return undefined;
  }
  if (lastRecord(name)?.pid !== network.pid) {
    try {
      keepRecord(name, network);
    } catch {
      // The network is found by its status file.
    }
  }
  const suspended = isSuspended(network.pid);
  return { ...network, suspended, answers: !suspended && (await answers(network)) };
}

/** The port for the network; 0 lets it choose a free one. By default, its last port. */
async function choosePort(name: string, wanted: number | undefined): Promise<number> {
  if (wanted === undefined) {
    const last = lastRecord(name);
    const ports = [...(last ? [Number(new URL(last.url).port)] : []), USUAL_PORT];
    for (const port of ports) if (await isFree(port)) return port;
    return 0;
  }
  if (wanted === 0 || (await isFree(wanted))) return wanted;
  throw new LlamaError('input', 'PORT_IN_USE', `port ${wanted} is in use`, {
    value: wanted,
    next: 'Choose another (--port N), or leave out --port to use a free one.',
  });
}

/** Takes the lock for starting this network; undefined if another command is just starting it. */
function lockStart(name: string): (() => void) | undefined {
  const path = lockPath(name);
  checkWritable(path);
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(existsSync(path) ? readFileSync(path, 'utf8') : 0);
    if (owner > 0 && isAlive(owner)) return undefined;
    // The lock's owner is gone.
    rmSync(path, { force: true });
  }
  return undefined;
}

export interface StartOptions {
  port?: number | undefined;
  /** Folder of its canisters; null: they are not kept. */
  state: string | null;
  /** Other arguments of the network's process, which has options of the same meaning. */
  args: readonly string[];
  signal: AbortSignal;
}

/**
 * Starts the network as a process that outlives this one, and waits until it answers. If two commands start it at once,
 * one does and the other uses the result.
 */
export async function startNetwork(
  name: string,
  options: StartOptions,
): Promise<{ network: LocalNetwork; started: boolean }> {
  const end = Date.now() + HEALTHY_WITHIN_MS;
  for (;;) {
    const unlock = lockStart(name);
    if (unlock) {
      try {
        const there = runningProcess(name);
        return there
          ? { network: there, started: false }
          : { network: await spawnNetwork(name, options), started: true };
      } finally {
        unlock();
      }
    }
    if (Date.now() > end) {
      throw new LlamaError(
        'transport',
        'NETWORK_NOT_STARTED',
        'another command has been starting this network for too long',
        {
          next: `If none is, remove ${lockPath(name)}.`,
        },
      );
    }
    await sleep(POLL_MS, undefined, { signal: options.signal });
  }
}

async function spawnNetwork(name: string, { port, state, args: more, signal }: StartOptions): Promise<LocalNetwork> {
  const chosen = await choosePort(name, port);
  if (existsSync(logPath(name))) renameSync(logPath(name), `${logPath(name)}.1`);
  const log = openSync(logPath(name), 'w');
  const args = [networkMain(), '--port', String(chosen), '--status-file', statusPath(name)];
  if (state !== null) args.push('--state', state);
  args.push(...more);
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log], windowsHide: true });
  closeSync(log);
  let failed: string | undefined;
  child.once('error', (error) => {
    failed = error.message;
  });
  child.once('exit', (code, by) => {
    failed = `it ended with ${by ?? `exit code ${code}`}`;
  });
  try {
    for (const end = Date.now() + HEALTHY_WITHIN_MS; Date.now() < end; await sleep(POLL_MS, undefined, { signal })) {
      if (failed !== undefined) throw notStarted(name, failed);
      // The process writes its status once it listens.
      const status = readStatus(name);
      if (status?.pid === child.pid && status && (await answers(status))) {
        child.unref();
        const network = { ...status, state };
        keepRecord(name, network);
        return network;
      }
    }
    throw notStarted(name, `it did not answer within ${HEALTHY_WITHIN_MS / 1000} s`);
  } catch (error) {
    child.kill();
    if (signal.aborted)
      throw new LlamaError('aborted', 'ABORTED', 'stopped before the network was up', { cause: error });
    throw error;
  }
}

function notStarted(name: string, why: string): LlamaError {
  // Enough lines to show the damage of a state.
  const tail = logTail(name, 20);
  const message = `the local network did not start: ${why}${tail ? `\n${tail}` : ''}`;
  return new LlamaError('transport', 'NETWORK_NOT_STARTED', message, {
    value: why,
    next: `Its whole log: \`llama-canister network logs${name === 'local' ? '' : ` ${name}`}\``,
  });
}

/** Stops the network, and kills it if it does not end by itself. Returns whether it was killed. */
export async function stopNetwork(name: string, { pid }: LocalNetwork): Promise<boolean> {
  const gone = async (within: number) => {
    for (const end = Date.now() + within; Date.now() < end; await sleep(POLL_MS)) {
      if (!isAlive(pid)) return true;
    }
    return false;
  };
  const send = (signal: NodeJS.Signals) => {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // ESRCH: it has just ended.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  send('SIGTERM');
  // A suspended process receives signals only after it continues.
  if (process.platform !== 'win32') send('SIGCONT');
  const killed = !(await gone(STOPPED_WITHIN_MS));
  if (killed) {
    send('SIGKILL');
    await gone(STOPPED_WITHIN_MS);
  }
  removeStatus(name);
  return killed;
}
