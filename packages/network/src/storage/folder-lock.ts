/** One process at a time uses a state folder: a file `lock` names it, and is worth nothing once that process is gone. */
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Owner {
  pid: number;
  /** The start of the process, in the system's own ticks, because process numbers are reused. Empty if unknown. */
  began: string;
}

function beginning(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive({ pid, began }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return began === beginning(pid);
}

function owner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** Locks the folder, or throws a text that names its user. Returns a function that unlocks it. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const mine = `${path}.${process.pid}.${Math.trunc(performance.now() * 1000)}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, began: beginning(process.pid) } satisfies Owner), {
    mode: 0o600,
  });
  try {
    for (let tries = 0; ; tries++) {
      try {
        // A link appears whole or not at all, and never over another one.
        linkSync(mine, path);
        return () => rmSync(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries === 3) throw error;
        const other = owner(path);
        if (other !== undefined && isAlive(other)) {
          throw new Error(`the state folder ${folder} is in use by process ${other.pid}`);
        }
        if (existsSync(path)) rmSync(path, { force: true });
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}
