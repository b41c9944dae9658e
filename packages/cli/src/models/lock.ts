// A lock, so that only one process at a time downloads a model: NAME.lock beside it, with the id of the process. The
// process touches the file regularly, so that an abandoned lock is recognized even if another program has its process
// id by now.
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../config/folder.js';
import { isAlive } from '../config/local-network.js';
import { unwritable } from './folder-errors.js';

const TOUCH_MS = 5_000;
const STALE_MS = 30_000;
const POLL_MS = 200;

/** Whether the lock's process is gone. */
function isLeft(path: string): boolean {
  try {
    const [pid, host] = readFileSync(path, 'utf8').split(' ');
    if (Date.now() - statSync(path).mtimeMs > STALE_MS) return true;
    return host === hostname() && !isAlive(Number(pid));
  } catch {
    // The lock was just removed, or is just being written.
    return false;
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid} ${hostname()}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw unwritable(path, error);
  }
}

/**
 * Does something while no other process does it for the same target. Errors: those of writing in its folder.
 *
 * @param onWait  called once if another process has the lock
 */
export async function withLock<T>(
  target: string,
  { signal, onWait }: { signal: AbortSignal; onWait: () => void },
  action: () => Promise<T>,
): Promise<T> {
  const path = `${target}.lock`;
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw unwritable(dirname(path), error);
  }
  for (let waited = false; !take(path); waited = true) {
    if (isLeft(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!waited) onWait();
    await sleep(POLL_MS, undefined, { signal });
  }
  const touch = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // The lock was removed by hand: the next process takes it.
    }
  }, TOUCH_MS);
  touch.unref();
  try {
    return await action();
  } finally {
    clearInterval(touch);
    rmSync(path, { force: true });
  }
}
