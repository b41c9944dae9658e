// The files of a canister: its own, and those that it keeps for its callers.
import type { Administered } from './administered.js';

export interface StoredFile {
  /** The file's path in the canister. */
  path: string;
  /** The name that people know it by. */
  name: string;
  /** Its size in bytes. */
  size: number;
  /** The caller that it belongs to; undefined for the canister's own files. */
  caller?: string;
  kind: 'file' | 'session' | 'chat' | 'document';
}

const OF_CALLERS = /^\.canister_cache\/([^/]+)\/(sessions|db_chats|documents)\/(.+)$/s;
const KINDS: Readonly<Record<string, StoredFile['kind']>> = {
  sessions: 'session',
  db_chats: 'chat',
  documents: 'document',
};
/** How many sizes are asked for at once. */
const AT_ONCE = 16;

function described(path: string): Omit<StoredFile, 'size'> {
  const [, caller, folder, name] = OF_CALLERS.exec(path) ?? [];
  return caller === undefined
    ? { path, name: path, kind: 'file' }
    : { path, name: name!, caller, kind: KINDS[folder!]! };
}

/** All files, with their paths. */
export async function filesOf({ llama }: Administered): Promise<StoredFile[]> {
  const paths = (await llama.admin.files()).filter(({ isFolder }) => !isFolder).map(({ name }) => name);
  const found: StoredFile[] = [];
  const left = paths.values();
  const ask = async () => {
    for (const path of left) {
      // The file may have been removed meanwhile.
      const size = await llama.canister.ok('filesystem_file_size', [{ filename: path }]).catch(() => undefined);
      if (size) found.push({ ...described(path), size: Number(size.filesize) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}
