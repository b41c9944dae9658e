/** Only the user who owns the state can read its files: they hold data that was sent to canisters. */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generationOf } from './state-files.js';

export const [privateFolder, privateFile] = [0o700, 0o600];

/** Folders within the one of the state. */
export const parts = ['blobs', 'pages'] as const;

export function copyPrivately(from: string, to: string): void {
  writeFileSync(to, readFileSync(from), { mode: privateFile });
}

/** Files of earlier versions could be read by everybody. */
export function makePrivate(folder: string): void {
  for (const each of ['.', ...parts]) restrict(join(folder, each), privateFolder);
  for (const name of readdirSync(folder))
    if (Number.isInteger(generationOf(name))) restrict(join(folder, name), privateFile);
  for (const part of parts) {
    for (const name of readdirSync(join(folder, part))) restrict(join(folder, part, name), privateFile);
  }
}

function restrict(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    // A file system without owners cannot restrict access.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
