// A backup in a folder: the canister's files under `files/`, and backup.json, which lists them and the loaded model.
import { existsSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import { readJson, writeJson } from '../config/json-file.js';
import type { Context } from '../context.js';
import { shellWord } from '../shell-word.js';
import type { Administered } from './open.js';
import { getFile, putFile } from './transfer.js';

interface BackupFile {
  name: string;
  /** Bytes. */
  size: number;
  sha256: string;
}

export interface Backup {
  canister: string;
  network: string;
  /** In ISO 8601. */
  taken: string;
  files: BackupFile[];
  /** The loaded model, and the context of its sessions. */
  loaded?: { name: string; context: number };
}

const RECORD = 'backup.json';
const FILES = 'files';

/** The path of a canister's file in the folder. Errors: `BAD_BACKUP` for names that lead out of it. */
function placeOf(folder: string, name: string): string {
  const root = join(folder, FILES);
  const path = normalize(join(root, name));
  if (path.startsWith(root + sep) && !name.includes('\0')) return path;
  throw new LlamaError(
    'input',
    'BAD_BACKUP',
    `a file of the backup is called ${JSON.stringify(name)}, which would be outside of its folder`,
    {
      value: name,
    },
  );
}

function isBackup(value: unknown): value is Backup {
  const { canister, files } = (value ?? {}) as Partial<Backup>;
  const isFile = (file: Partial<BackupFile> | null) =>
    typeof file?.name === 'string' && typeof file.sha256 === 'string';
  return typeof canister === 'string' && Array.isArray(files) && files.every(isFile);
}

/** Errors: `NO_BACKUP`. */
export function readBackup(folder: string): Backup {
  const value = readJson(join(folder, RECORD));
  if (isBackup(value)) return value;
  throw new LlamaError('input', 'NO_BACKUP', `${folder} has no ${RECORD} of a complete backup`, {
    value: folder,
    next: `Make one, or finish it: \`llama-canister backup ${shellWord(folder)}\``,
  });
}

/** Whether a file belongs to callers' sessions and chats: `.canister_cache/PRINCIPAL/...`. */
const isOfCallers = (name: string) => name.startsWith('.canister_cache/');

/** Writes the missing files, and the record once all are there. Returns the record, and the received bytes. */
export async function backUp(
  context: Context,
  { llama, connection, canister, options }: Administered,
  folder: string,
  sessions: boolean,
): Promise<{ backup: Backup; received: number }> {
  const all = (await llama.admin.files('.', options)).filter(({ isFolder }) => !isFolder).map(({ name }) => name);
  const names = all.filter((name) => sessions || !isOfCallers(name)).sort();
  const files: BackupFile[] = [];
  let received = 0;
  for (const name of names) {
    const file = await getFile(context, llama.canister, name, placeOf(folder, name));
    files.push({ name, size: file.size, sha256: file.sha256 });
    received += file.received;
  }
  const info = await llama.canister.modelInfo(options);
  const loaded = info ? { loaded: { name: info.filename, context: Number(info.context) } } : {};
  const backup = { canister, network: connection.network.name, taken: new Date().toISOString(), files, ...loaded };
  writeJson(join(folder, RECORD), backup);
  return { backup, received };
}

/** Sends the files that the canister lacks or has in another version. Returns the sent bytes. */
export async function sendBack(
  context: Context,
  { llama }: Administered,
  folder: string,
  { files }: Backup,
): Promise<number> {
  const missing = files.find(({ name }) => !existsSync(placeOf(folder, name)));
  if (missing) {
    throw new LlamaError('input', 'BAD_BACKUP', `${missing.name} is missing in ${join(folder, FILES)}`, {
      value: missing.name,
      next: `Complete the backup from its canister: \`llama-canister backup ${shellWord(folder)}\``,
    });
  }
  let sent = 0;
  for (const { name, sha256 } of files) {
    const result = await putFile(context, llama.canister, placeOf(folder, name), name);
    if (result.sha256 !== sha256) {
      throw new LlamaError(
        'trust',
        'WRONG_HASH',
        `${name} in ${dirname(placeOf(folder, name))} differs from the file that was backed up`,
        {
          value: { was: sha256, is: result.sha256 },
          next: 'The present file was sent. If that is wrong, make the backup again.',
        },
      );
    }
    sent += result.sent;
  }
  return sent;
}
