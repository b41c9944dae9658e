// What survives a restart of the gateway: which generation of which canister belongs to a stream, so that the stream
// can be resumed; and, only if that is asked for, the words of stored responses.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../refusal.js';

/** As long as a canister keeps a generation. */
const KEPT_MS = 86_400_000;
/** How often old files are removed. */
const CLEANED_MS = 3_600_000;
/** The number of files that are kept; the oldest ones beyond it are removed. */
const MOST = 10_000;
const SUFFIX = '.json';
const OURS = /\.json(\.new|\.damaged)?$/;

/** What is kept of a stream; it has nothing of the question or the answer. */
export interface StreamRecord {
  id: string;
  /** The name of the key that began it. */
  owner: string;
  /** The request's path, which tells the interface. */
  path: string;
  /** How the interface writes the answer: the name of its speaker, and what that needs to know. */
  recipe: Recipe;
  /** With this, the backend finds the answer again. */
  reference: string;
  tellsCancelled: boolean;
}

/** A response in the interface's format, and the conversation up to its end. */
export interface StoredResponse {
  /** The name of the key that asked for it. */
  owner: string;
  /** All items up to its end, without instructions. */
  items: Record<string, unknown>[];
  /** The items that this response's request added. */
  input: Record<string, unknown>[];
  /** Its status changes until it has ended. */
  response: { id: string; status?: unknown; output?: unknown };
}

export interface Recipe {
  face: string;
  [field: string]: unknown;
}

/** An id that can safely be the name of a file, and that no other id shares. */
const isName = (id: string): boolean => /^[\w-]{1,100}$/.test(id);

export class State {
  readonly #streams: string;
  /** Undefined: words are not kept. */
  readonly #responses: string | undefined;
  readonly #cleaning: NodeJS.Timeout;

  /**
   * @param folder  is created if it does not exist; only its owner can read it
   * @param conversations  whether words are kept, too
   * Errors: Node's, if the folder cannot be written.
   */
  constructor(folder: string, conversations: boolean) {
    this.#streams = join(folder, 'streams');
    this.#responses = conversations ? join(folder, 'responses') : undefined;
    for (const each of [this.#streams, this.#responses]) {
      if (each === undefined) continue;
      mkdirSync(each, { recursive: true, mode: 0o700 });
      clean(each);
    }
    this.#cleaning = setInterval(() => this.#clean(), CLEANED_MS);
    this.#cleaning.unref();
  }

  /** Nothing is removed any more after this. */
  close(): void {
    clearInterval(this.#cleaning);
  }

  #clean(): void {
    for (const each of [this.#streams, this.#responses]) {
      try {
        if (each !== undefined) clean(each);
      } catch {
        // If the folder cannot be read now, the next cleanup tries again.
      }
    }
  }

  get keepsConversations(): boolean {
    return this.#responses !== undefined;
  }

  keepStream(record: StreamRecord): void {
    write(this.#streams, record.id, record);
  }

  stream(id: string): StreamRecord | undefined {
    return read<StreamRecord>(this.#streams, id);
  }

  keepResponse(response: StoredResponse): void {
    if (this.#responses !== undefined) write(this.#responses, response.response.id, response);
  }

  responses(): StoredResponse[] {
    const folder = this.#responses;
    if (folder === undefined) return [];
    return files(folder).flatMap(({ id }) => {
      try {
        return read<StoredResponse>(folder, id) ?? [];
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        // A damaged file must not block the others; it is put aside for inspection.
        const path = join(folder, id + SUFFIX);
        renameSync(path, `${path}.damaged`);
        return [];
      }
    });
  }

  /** Forgets the words of a response, but not its stream. */
  forgetResponse(id: string): void {
    if (this.#responses !== undefined && isName(id)) rmSync(join(this.#responses, id + SUFFIX), { force: true });
  }

  forget(id: string): void {
    this.forgetResponse(id);
    if (isName(id)) rmSync(join(this.#streams, id + SUFFIX), { force: true });
  }
}

function write(folder: string, id: string, value: object): void {
  const path = join(folder, id + SUFFIX);
  // The file is replaced as a whole, so that a crash cannot leave half of it.
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeFileSync(file, JSON.stringify(value));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}

function read<T>(folder: string, id: string): T | undefined {
  if (!isName(id)) return undefined;
  let text: string;
  try {
    text = readFileSync(join(folder, id + SUFFIX), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Refusal('failed', `what was kept of "${id}" is damaged`, { cause });
  }
}

/** Sorted by age, the oldest first. */
function files(folder: string): { id: string; at: number }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => ({ id: name.slice(0, -SUFFIX.length), at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => one.at - other.at);
}

/** Removes files that are old, damaged, or were not written completely. */
function clean(folder: string): void {
  const all = readdirSync(folder)
    .filter((name) => OURS.test(name))
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => one.at - other.at);
  const old = all.filter(({ at }, i) => at < Date.now() - KEPT_MS || i < all.length - MOST);
  for (const { name } of old) rmSync(join(folder, name), { force: true });
}
