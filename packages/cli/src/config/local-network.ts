// The local networks that `network start` runs, one folder each: networks/NAME in the state folder, with
//   status.json   what the network's process wrote when it listened; it removes the file when it ends
//   record.json   the same and where its state is, kept by this program: where the other is lost it still finds the process
//   network.log   what the process prints, and network.log.1 of its last run
//   state/        canisters and all else, unless another folder was chosen
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from './json-file.js';
import { stateFolder } from './paths.js';

export const DEFAULT_NETWORK = 'local';

/** Valid in names of folders and files; `ic` and `mainnet` are reserved. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,39}$/;
const TAKEN: ReadonlySet<string> = new Set(['ic', 'mainnet']);

/** A network, as its process has recorded it. */
export interface LocalNetwork {
  pid: number;
  url: string;
  /** DER, hexadecimal. */
  rootKey: string;
  /** The folder of its state; null if it has none. */
  state: string | null;
}

export function isNetworkName(text: string): boolean {
  return NAME.test(text) && !TAKEN.has(text);
}

function networkFolder(name: string): string {
  return join(stateFolder(), 'networks', name);
}

export const statusPath = (name: string) => join(networkFolder(name), 'status.json');
export const logPath = (name: string) => join(networkFolder(name), 'network.log');
export const lockPath = (name: string) => join(networkFolder(name), 'starting.lock');
export const ownState = (name: string) => join(networkFolder(name), 'state');
const recordPath = (name: string) => join(networkFolder(name), 'record.json');

/** Names of all networks that were ever started. */
export function knownNetworks(): string[] {
  const folder = join(stateFolder(), 'networks');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter(isNetworkName).sort();
}

function networkIn(path: string): LocalNetwork | undefined {
  let value: Partial<LocalNetwork> | null | undefined;
  try {
    value = readJson(path) as Partial<LocalNetwork> | null | undefined;
  } catch {
    // Damaged; the other file is used.
    return undefined;
  }
  const { pid, url, rootKey, state = null } = value ?? {};
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined;
  if (typeof url !== 'string' || !URL.canParse(url) || !/^[0-9a-f]+$/.test(rootKey ?? '')) return undefined;
  return { pid, url, rootKey: rootKey!, state: typeof state === 'string' ? state : null };
}

/** The status file of the process started last; undefined until it listens. */
export function readStatus(name: string): LocalNetwork | undefined {
  return networkIn(statusPath(name));
}

export function keepRecord(name: string, network: LocalNetwork): void {
  writeJson(recordPath(name), network);
}

/** The last network of this name, running or not. */
export function lastRecord(name: string): LocalNetwork | undefined {
  return networkIn(recordPath(name));
}

/** The running network of this name, whether it answers or not; undefined if there is none. */
export function runningProcess(name: string): LocalNetwork | undefined {
  const record = lastRecord(name);
  const status = readStatus(name);
  for (const network of [status, record]) {
    if (!network || !isNetworkProcess(network.pid, name)) continue;
    return { ...network, state: record?.pid === network.pid ? record.state : stateOfProcess(network.pid) };
  }
  return undefined;
}

export function removeStatus(name: string): void {
  try {
    rmSync(statusPath(name), { force: true });
  } catch {
    // It does not exist, or writing fails later with an error of its own.
  }
}

/** Whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process; undefined if the system does not tell it. */
function wordsOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // Not Linux.
  }
  try {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(' ');
  } catch {
    return undefined;
  }
}

/** Whether a process is the network of this name; its number may belong to another program by now. */
function isNetworkProcess(pid: number, name: string): boolean {
  if (!isAlive(pid)) return false;
  return wordsOf(pid)?.join(' ').includes(statusPath(name)) ?? true;
}

/** The state folder that a network's process was given. */
function stateOfProcess(pid: number): string | null {
  const words = wordsOf(pid) ?? [];
  const at = words.indexOf('--state');
  return at < 0 ? null : (words[at + 1] ?? null);
}

/** Whether a process is suspended, as by Ctrl-Z or SIGSTOP; false if the system does not tell it. */
export function isSuspended(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'T';
  } catch {
    return false;
  }
}
