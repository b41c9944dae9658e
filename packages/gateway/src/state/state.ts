// What outlives the gateway: which generation of which canister a stream is of, so that it can be read on after the gateway was
// started again; and, only where that is asked for, what was said in responses that are stored.
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
/** The newest are kept. */
const MOST = 10_000;
const SUFFIX = '.json';
const OURS = /\.json(\.new|\.damaged)?$/;

/** What is written of a stream: nothing of what was asked or said. */
export interface StreamRecord {
  id: string;
  /** The name of the key that began it. */
  owner: string;
  /** Of its request, which has the interface in it. */
  path: string;
  /** How the interface says it: its own name for that, and what it needs to know. */
  recipe: Recipe;
  /** By which the backend finds the answer again. */
  reference: string;
  tellsCancelled: boolean;
}

/** A response as the interface has it, and what was said up to its end. */
export interface StoredResponse {
  /** The name of the key that asked for it. */
  owner: string;
  /** All that was said up to its end, instructions apart. */
  items: Record<string, unknown>[];
  /** What this one's request added. */
  input: Record<string, unknown>[];
  /** Changes until it has ended. */
  response: { id: string; status?: unknown; output?: unknown };
}

export interface Recipe {
  face: string;
  [field: string]: unknown;
}

/** An id that can be the name of a file, and of no other one. */
const isName = (id: string): boolean => /^[\w-]{1,100}$/.test(id);

export class State {
  readonly #streams: string;
  /** Undefined: what was said is not kept. */
  readonly #responses: string | undefined;
  readonly #cleaning: NodeJS.Timeout;

  /**
   * @param folder  is made where it is not there; readable by its owner alone
   * @param conversations  what was said is kept, too
   * Errors: Node's, where it cannot be written.
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

  /** Nothing is removed from now on. */
  close(): void {
    clearInterval(this.#cleaning);
  }

  #clean(): void {
    for (const each of [this.#streams, this.#responses]) {
      try {
        if (each !== undefined) clean(each);
      } catch {
        // A folder that cannot be read just now is cleaned the next time.
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
        // One that is damaged keeps nobody from the others; it is put aside for whoever wants to look.
        const path = join(folder, id + SUFFIX);
        renameSync(path, `${path}.damaged`);
        return [];
      }
    });
  }

  /** Forgets what was said in a response, and not the stream that it was. */
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
  // Whole or not at all, also where the machine goes down.
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

/** The oldest first. */
function files(folder: string): { id: string; at: number }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => ({ id: name.slice(0, -SUFFIX.length), at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => one.at - other.at);
}

/** Removes what is old, also what is damaged or was not written to its end. */
function clean(folder: string): void {
  const all = readdirSync(folder)
    .filter((name) => OURS.test(name))
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => one.at - other.at);
  const old = all.filter(({ at }, i) => at < Date.now() - KEPT_MS || i < all.length - MOST);
  for (const { name } of old) rmSync(join(folder, name), { force: true });
}
