import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './json-file.js';
import { stateFolder } from './paths.js';

/** The local network that `network start` left running, as its process has written it down. */
export interface LocalNetwork {
  pid: number;
  url: string;
  /** DER, hexadecimal. */
  rootKey: string;
}

export function statusPath(): string {
  return join(stateFolder(), 'network.json');
}

export function logPath(): string {
  return join(stateFolder(), 'network.log');
}

/** Whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What the status file says, whether true or not any more. */
export function readStatus(): LocalNetwork | undefined {
  const value = readJson(statusPath()) as Partial<LocalNetwork> | null | undefined;
  if (typeof value?.pid !== 'number' || typeof value.url !== 'string' || typeof value.rootKey !== 'string') {
    return undefined;
  }
  return { pid: value.pid, url: value.url, rootKey: value.rootKey };
}

export function removeStatus(): void {
  rmSync(statusPath(), { force: true });
}
