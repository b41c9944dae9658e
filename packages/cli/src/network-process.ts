import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchRootKey, LlamaError } from '@llama-canister/client';
import { isAlive, type LocalNetwork, logPath, readStatus, removeStatus, statusPath } from './config/local-network.js';
import { isFree } from './free-port.js';
import { networkMain } from './packages.js';

/** The port that is taken when it is free and none was asked for. */
export const USUAL_PORT = 4944;

const HEALTHY_WITHIN_MS = 30_000;
const STOPPED_WITHIN_MS = 10_000;
const POLL_MS = 50;

/** Last lines of the log, for a network that did not start. */
export function logTail(lines: number): string {
  try {
    return readFileSync(logPath(), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

async function answers(url: string): Promise<string | undefined> {
  try {
    return Buffer.from(await fetchRootKey(url)).toString('hex');
  } catch {
    return undefined;
  }
}

/**
 * The local network that runs, undefined where none does. A status file of a process that is gone, or whose number
 * belongs to another program by now, is removed.
 */
export async function runningNetwork(): Promise<LocalNetwork | undefined> {
  const status = readStatus();
  if (status && isAlive(status.pid) && (await answers(status.url)) === status.rootKey) return status;
  if (status && isAlive(status.pid) && (await busy(status))) return status;
  removeStatus();
  return undefined;
}

/** A network in the middle of a long message answers a little later. */
async function busy(status: LocalNetwork): Promise<boolean> {
  await sleep(1_000);
  return (await answers(status.url)) === status.rootKey;
}

/** The port to ask the network for; 0 has it take a free one. */
async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return (await isFree(USUAL_PORT)) ? USUAL_PORT : 0;
  if (wanted === 0 || (await isFree(wanted))) return wanted;
  throw new LlamaError('input', 'PORT_IN_USE', `port ${wanted} is in use`, {
    value: wanted,
    next: 'Choose another (--port N), or leave --port out to take a free one.',
  });
}

/** Starts the network as a process that outlives this one, and waits until it answers. */
export async function startNetwork(port: number | undefined, signal: AbortSignal): Promise<LocalNetwork> {
  const chosen = await choosePort(port);
  mkdirSync(dirname(logPath()), { recursive: true });
  const log = openSync(logPath(), 'w');
  const args = [networkMain(), '--port', String(chosen), '--status-file', statusPath()];
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
      if (failed !== undefined) throw notStarted(failed);
      // The process writes it when it listens.
      const network = readStatus();
      if (network?.pid === child.pid && network && (await answers(network.url)) === network.rootKey) {
        child.unref();
        return network;
      }
    }
    throw notStarted(`it did not answer within ${HEALTHY_WITHIN_MS / 1000} s`);
  } catch (error) {
    child.kill();
    if (signal.aborted)
      throw new LlamaError('aborted', 'ABORTED', 'stopped before the network was up', { cause: error });
    throw error;
  }
}

function notStarted(why: string): LlamaError {
  const tail = logTail(5);
  return new LlamaError(
    'transport',
    'NETWORK_NOT_STARTED',
    `the local network did not start: ${why}${tail ? `\n${tail}` : ''}`,
    {
      value: why,
      next: `Its whole log is ${logPath()}.`,
    },
  );
}

/** Stops the network; kills it when it does not end by itself. Returns whether it had to. */
export async function stopNetwork(network: LocalNetwork): Promise<boolean> {
  const gone = async (within: number) => {
    for (const end = Date.now() + within; Date.now() < end; await sleep(POLL_MS)) {
      if (!isAlive(network.pid)) return true;
    }
    return false;
  };
  process.kill(network.pid, 'SIGTERM');
  const killed = !(await gone(STOPPED_WITHIN_MS));
  if (killed) {
    process.kill(network.pid, 'SIGKILL');
    await gone(STOPPED_WITHIN_MS);
  }
  removeStatus();
  return killed;
}
