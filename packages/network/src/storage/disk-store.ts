/**
 * A store in a folder:
 *
 *     lock            who uses the folder
 *     snapshot-N      all values when generation N began, as batches of one record each
 *     journal-N       what has changed since then, one record for each group of changes
 *     blobs/HASH      modules and chunks
 *     pages/ID        pages of a canister's memory (execution/page-file.ts); which of them count is said by values here
 *
 * What counts is the newest snapshot with all journals from its number on. A record is with the operating system before
 * anybody hears of what it records: so killing the process loses nothing that was answered. A failure of the machine may
 * lose the last seconds, as files are synchronised only with every snapshot and at the end.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.js';
import { pack, unpack } from './packing.js';
import { RecordLog, readLog } from './record-log.js';
import type { Store } from './store.js';

interface Changes {
  set: [key: string, value: unknown][];
  dropped: string[];
}

/** A journal of this many bytes, and of several times the last snapshot, is replaced by a snapshot. */
const longJournal = 16 * 2 ** 20;
const journalPerSnapshot = 4;
/** Values in one record of a snapshot; between records other work goes on. */
const batch = 500;

const generationOf = (name: string) => Number(/^(?:snapshot|journal)-(\d+)$/.exec(name)?.[1] ?? Number.NaN);

export class DiskStore implements Store {
  readonly folder: string;
  private readonly unlock: () => void;
  /** How each value is written down; of those that nobody has changed yet, the value as it was read. */
  private readonly live = new Map<string, () => unknown>();
  private readonly before: ReadonlyMap<string, unknown>;
  private readonly changed = new Set<string>();
  private generation = 0;
  private journal!: RecordLog;
  private snapshotBytes = 0;
  private snapshotting: Promise<void> | undefined;
  private writing: Promise<void> | undefined;
  private failure: Error | undefined;
  private closed = false;

  /** Opens a folder, or makes it. Throws a text that says what is wrong with it. */
  constructor(folder: string) {
    this.folder = folder;
    for (const part of ['blobs', 'pages']) mkdirSync(join(folder, part), { recursive: true });
    this.unlock = lockFolder(folder);
    try {
      this.before = this.read();
      for (const [key, value] of this.before) this.live.set(key, () => value);
      // What was read is written anew, so that no file goes on that a killed process may have left unfinished.
      this.begin();
      const snapshot = this.snapshotFile();
      for (const payload of this.batches()) snapshot.append(payload);
      this.finishSnapshot(snapshot);
    } catch (error) {
      this.unlock();
      throw error;
    }
  }

  private path(kind: 'snapshot' | 'journal', generation: number): string {
    return join(this.folder, `${kind}-${generation}`);
  }

  private generations(kind: 'snapshot' | 'journal'): number[] {
    const names = readdirSync(this.folder).filter((name) => name.startsWith(`${kind}-`));
    return names
      .map(generationOf)
      .filter(Number.isInteger)
      .sort((a, b) => a - b);
  }

  private read(): Map<string, unknown> {
    const values = new Map<string, unknown>();
    const apply = (payload: Uint8Array) => {
      const { set, dropped } = unpack(payload) as Changes;
      for (const [key, value] of set) values.set(key, value);
      for (const key of dropped) values.delete(key);
    };
    const newest = this.generations('snapshot').at(-1);
    const journals = this.generations('journal').filter((generation) => generation >= (newest ?? 0));
    if (newest !== undefined) {
      const { payloads, whole } = readLog(this.path('snapshot', newest));
      if (!whole) throw new Error(`${this.path('snapshot', newest)} is damaged`);
      for (const payload of payloads) apply(payload);
    }
    for (const generation of journals) {
      const { payloads, whole } = readLog(this.path('journal', generation));
      for (const payload of payloads) apply(payload);
      // Only the process's last record can be unfinished.
      if (!whole && generation !== journals.at(-1)) throw new Error(`${this.path('journal', generation)} is damaged`);
    }
    this.generation = Math.max(newest ?? 0, journals.at(-1) ?? 0);
    return values;
  }

  /** A new generation's journal. */
  private begin(): void {
    this.generation++;
    this.journal = new RecordLog(this.path('journal', this.generation));
  }

  private snapshotFile(): RecordLog {
    const path = `${this.path('snapshot', this.generation)}.unfinished`;
    rmSync(path, { force: true });
    return new RecordLog(path);
  }

  private *batches(): Generator<Uint8Array> {
    // Values may change while this goes on: such changes are in the journal too, which is read after the snapshot.
    const keys = [...this.live.keys()];
    for (let i = 0; i < keys.length; i += batch) {
      const set = keys.slice(i, i + batch).flatMap((key): Changes['set'] => {
        const produce = this.live.get(key);
        return produce === undefined ? [] : [[key, produce()]];
      });
      yield pack({ set, dropped: [] } satisfies Changes);
    }
  }

  private finishSnapshot(file: RecordLog): void {
    this.snapshotBytes = file.size;
    file.close();
    const { generation } = this;
    renameSync(`${this.path('snapshot', generation)}.unfinished`, this.path('snapshot', generation));
    for (const name of readdirSync(this.folder)) {
      if (generationOf(name) < generation || name.endsWith('.unfinished')) rmSync(join(this.folder, name));
    }
  }

  private async snapshot(): Promise<void> {
    const old = this.journal;
    this.begin();
    const file = this.snapshotFile();
    for (const payload of this.batches()) {
      file.append(payload);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all([file.sync(), old.sync(), this.journal.sync()]);
    old.close();
    this.finishSnapshot(file);
  }

  put(key: string, produce: () => unknown): void {
    this.live.set(key, produce);
    this.change(key);
  }

  drop(key: string): void {
    if (this.live.delete(key)) this.change(key);
  }

  private change(key: string): void {
    this.changed.add(key);
    this.flush().catch(() => {}); // Whoever waits for it is told.
  }

  flush(): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (this.changed.size === 0) return Promise.resolve();
    // Behind all that follows from the change without waiting: a group of changes is one record.
    this.writing ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.writing = undefined;
        try {
          this.write();
          resolve();
        } catch (error) {
          this.failure = new Error(`the network's state cannot be written: ${(error as Error).message}`);
          reject(this.failure);
        }
      });
    });
    return this.writing;
  }

  private write(): void {
    if (this.changed.size === 0 || this.closed) return;
    const changes: Changes = { set: [], dropped: [] };
    for (const key of this.changed) {
      const produce = this.live.get(key);
      if (produce === undefined) changes.dropped.push(key);
      else changes.set.push([key, produce()]);
    }
    this.journal.append(pack(changes));
    this.changed.clear();
    const long = Math.max(longJournal, journalPerSnapshot * this.snapshotBytes);
    if (this.journal.size < long || this.snapshotting !== undefined) return;
    this.snapshotting = this.snapshot()
      .catch((error: Error) => {
        this.failure = new Error(`the network's state cannot be written: ${error.message}`);
      })
      .finally(() => {
        this.snapshotting = undefined;
      });
  }

  restored(prefix: string): [string, unknown][] {
    return [...this.before].flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as [string, unknown]] : [],
    );
  }

  keepBlob(bytes: Uint8Array): string {
    const name = createHash('sha256').update(bytes).digest('hex');
    const path = join(this.folder, 'blobs', name);
    try {
      writeFileSync(`${path}.unfinished`, bytes);
      renameSync(`${path}.unfinished`, path);
    } catch (error) {
      throw new Error(`the network's state cannot be written: ${(error as Error).message}`);
    }
    return name;
  }

  blob(name: string): Uint8Array {
    return readFileSync(join(this.folder, 'blobs', name));
  }

  async removePages(canister: string): Promise<void> {
    await this.flush();
    rmSync(join(this.folder, 'pages', canister), { force: true });
  }

  /** Removes blobs and page files that are not named. */
  sweep(blobs: ReadonlySet<string>, pages: ReadonlySet<string>): void {
    for (const [part, used] of [
      ['blobs', blobs],
      ['pages', pages],
    ] as const) {
      for (const name of readdirSync(join(this.folder, part))) {
        if (!used.has(name)) rmSync(join(this.folder, part, name), { force: true });
      }
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    try {
      await this.snapshotting;
      await this.flush();
      await this.journal.sync();
    } finally {
      this.closed = true;
      this.journal.close();
      this.unlock();
    }
  }
}
