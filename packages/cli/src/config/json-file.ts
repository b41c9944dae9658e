import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import { cannotWrite } from './cannot-write.js';
import { makeFolder } from './folder.js';

/** A JSON file's content, undefined if the file does not exist. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new LlamaError('input', 'CANNOT_READ', `${path} cannot be read: ${(cause as Error).message}`, {
      value: path,
      next: 'Check its permissions, or move it away.',
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LlamaError('input', 'BAD_STATE_FILE', `${path} is not JSON`, {
      value: path,
      next: 'Repair it or move it away.',
      cause,
    });
  }
}

/** State of this program. */
const ADVICE = { elsewhere: 'or choose another (XDG_STATE_HOME is where state is kept)' };

/** Writes a JSON file atomically: readers see the old content or the new. Errors: `CANNOT_WRITE`, `DISK_FULL`. */
export function writeJson(path: string, value: unknown, mode = 0o666): void {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path));
    writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode });
    renameSync(fresh, path);
  } catch (cause) {
    throw cannotWrite(path, cause, ADVICE);
  }
}

/** Checks that a file could be written in its folder, without touching it. Errors: `CANNOT_WRITE`, `DISK_FULL`. */
export function checkWritable(path: string): void {
  const trial = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path));
    writeFileSync(trial, ' '.repeat(4096));
    rmSync(trial);
  } catch (cause) {
    throw cannotWrite(path, cause, ADVICE);
  }
}
