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

/** The port that is taken when it is free and none was asked for. */
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

/** The network whose process runs, and whether it answers: one that is suspended, or in the middle of much, does not. */
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
      // It is found by its status file.
    }
  }
  const suspended = isSuspended(network.pid);
  return { ...network, suspended, answers: !suspended && (await answers(network)) };
}

/** The port to ask the network for; 0 has it take a free one. Without a wish, the one that it had last. */
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
    next: 'Choose another (--port N), or leave --port out to take a free one.',
  });
}

/** Takes the right to start this network, undefined where another command is just doing so. */
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
    // Whoever had it is gone.
    rmSync(path, { force: true });
  }
  return undefined;
}

export interface StartOptions {
  port?: number | undefined;
  /** Where its canisters are kept; null for nowhere. */
  state: string | null;
  /** What else the network's process is given: options of it that mean the same there. */
  args: readonly string[];
  signal: AbortSignal;
}

/**
 * Starts the network as a process that outlives this one, and waits until it answers. Of two that start it at once one
 * does; the other one gets what it started.
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
        'another command is starting this network for too long',
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
      // The process writes it when it listens.
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
  // Enough to show what of a state is damaged.
  const tail = logTail(name, 20);
  const message = `the local network did not start: ${why}${tail ? `\n${tail}` : ''}`;
  return new LlamaError('transport', 'NETWORK_NOT_STARTED', message, {
    value: why,
    next: `Its whole log: \`llama-canister network logs${name === 'local' ? '' : ` ${name}`}\``,
  });
}

/** Stops the network; kills it when it does not end by itself. Returns whether it had to. */
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
      // It has just ended.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  send('SIGTERM');
  // One that is suspended hears nothing before it goes on.
  if (process.platform !== 'win32') send('SIGCONT');
  const killed = !(await gone(STOPPED_WITHIN_MS));
  if (killed) {
    send('SIGKILL');
    await gone(STOPPED_WITHIN_MS);
  }
  removeStatus(name);
  return killed;
}
