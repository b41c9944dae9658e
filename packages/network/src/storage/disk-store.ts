/**
 * A store in a folder:
 *
 *     lock            the process that uses the folder
 *     snapshot-N      all values when generation N began
 *     journal-N       the changes since then, in groups (entry-log.ts)
 *     closed          the journal's length when the network ended by itself
 *     blobs/HASH      modules and chunks
 *     pages/ID        pages of a canister's memory (execution/slot-file.ts); values here say which of them count
 *     before-repair-N the files as they were before a repair
 *
 * The newest snapshot counts, with all journals from its number on. A group is with the operating system before anybody
 * hears of the changes in it: so killing the process loses nothing that was answered. A failure of the machine may lose
 * the last seconds, because files are synchronised only with every snapshot and at the end.
 *
 * Everything has a checksum, which is checked when the folder is opened. A damaged folder is not touched: the damage is
 * listed (damage.ts), and the network continues without the damaged parts only with `repair`.
 *
 * Only the user who owns the files can read them: they hold data sent to canisters.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Damage, DamagedStateError } from './damage.js';
import { EntryLog } from './entry-log.js';
import { lockFolder } from './folder-lock.js';
import type { Entry } from './log-content.js';
import { copyPrivately, makePrivate, parts, privateFile, privateFolder } from './private-files.js';
import { closedPath, closedText, generationOf, logPath, readState } from './state-files.js';
import type { Store } from './store.js';

/** A journal of this many bytes, and of several times the last snapshot, is replaced by a snapshot. */
const longJournal = 16 * 2 ** 20;
const journalPerSnapshot = 4;
/** Values of a snapshot that are written together; in between other work goes on. */
const batch = 500;

/** Understands the values. */
export interface Examiner {
  /** Describes a key's value in words. */
  describe(key: string): string;
  /** Checks modules and pages, and corrects the values that refer to damaged ones. */
  examine(values: Map<string, unknown>, folder: string): Damage[];
}

const noExaminer: Examiner = { describe: (key) => key, examine: () => [] };

export interface DiskStoreOptions {
  examiner?: Examiner;
  /** Whether to continue without the damaged parts. */
  repair?: boolean;
}

export class DiskStore implements Store {
  readonly folder: string;
  /** The repaired damage. */
  readonly repaired: readonly Damage[];
  private readonly unlock: () => void;
  /** How to serialise each value; for values unchanged since opening, returns the value as it was read. */
  private readonly live = new Map<string, () => unknown>();
  private readonly before: ReadonlyMap<string, unknown>;
  private readonly changed = new Set<string>();
  private generation = 0;
  private journal!: EntryLog;
  private snapshotBytes = 0;
  private snapshotting: Promise<void> | undefined;
  private writing: Promise<void> | undefined;
  failure: Error | undefined;
  private closed = false;
  /** After a repair: folder to which unneeded files are moved instead of being deleted. */
  private readonly aside: string | undefined;

  /** Opens a folder, or makes it. Throws the problem as text, or DamagedStateError if the folder is damaged. */
  constructor(folder: string, { examiner = noExaminer, repair = false }: DiskStoreOptions = {}) {
    this.folder = folder;
    for (const part of parts) mkdirSync(join(folder, part), { recursive: true, mode: privateFolder });
    this.unlock = lockFolder(folder);
    try {
      const { values, generation, damage } = readState(folder, (key) => examiner.describe(key));
      damage.push(...examiner.examine(values, folder));
      if (damage.length > 0 && !repair) throw new DamagedStateError(folder, damage);
      this.repaired = damage;
      makePrivate(folder);
      this.before = values;
      this.generation = generation;
      if (damage.length > 0) this.aside = this.setAside();
      for (const [key, value] of this.before) this.live.set(key, () => value);
      // All values are written anew, so that no file is continued that a killed process may have left unfinished.
      this.generation++;
      const snapshot = this.snapshotFile();
      for (const group of this.batches()) snapshot.append(group);
      this.finishSnapshot(snapshot);
      this.journal = this.newJournal();
    } catch (error) {
      this.unlock();
      throw error;
    }
  }

  /** Keeps a copy of everything that the repair will change. */
  private setAside(): string {
    let number = 1;
    while (existsSync(join(this.folder, `before-repair-${number}`))) number++;
    const folder = join(this.folder, `before-repair-${number}`);
    for (const part of parts) mkdirSync(join(folder, part), { recursive: true, mode: privateFolder });
    for (const name of readdirSync(this.folder)) {
      if (Number.isInteger(generationOf(name))) copyPrivately(join(this.folder, name), join(folder, name));
    }
    return folder;
  }

  private newJournal(): EntryLog {
    return new EntryLog(logPath(this.folder, 'journal', this.generation));
  }

  private snapshotFile(): EntryLog {
    return new EntryLog(`${logPath(this.folder, 'snapshot', this.generation)}.unfinished`);
  }

  private *batches(): Generator<Entry[]> {
    // Values may change meanwhile: such changes are in the journal too, which is read after the snapshot.
    const keys = [...this.live.keys()];
    for (let i = 0; i < keys.length; i += batch) {
      const group = keys.slice(i, i + batch).flatMap((key): Entry[] => {
        const produce = this.live.get(key);
        return produce === undefined ? [] : [{ key, value: produce() }];
      });
      if (group.length > 0) yield group;
    }
  }

  private finishSnapshot(file: EntryLog): void {
    file.end();
    this.snapshotBytes = file.size;
    file.close();
    const { generation } = this;
    const path = logPath(this.folder, 'snapshot', generation);
    renameSync(`${path}.unfinished`, path);
    for (const name of readdirSync(this.folder)) {
      const isOld = generationOf(name) < generation || name === 'closed' || /\.(new|unfinished)$/.test(name);
      if (isOld) rmSync(join(this.folder, name));
    }
  }

  private async snapshot(): Promise<void> {
    const old = this.journal;
    old.end();
    this.generation++;
    this.journal = this.newJournal();
    const file = this.snapshotFile();
    for (const group of this.batches()) {
      file.append(group);
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
    this.flush().catch(() => {}); // The waiting caller gets the error.
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
    this.journal.append(
      [...this.changed].map((key): Entry => {
        const produce = this.live.get(key);
        return produce === undefined ? { key, dropped: true } : { key, value: produce() };
      }),
    );
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
    const name = hashOf(bytes);
    const path = join(this.folder, 'blobs', name);
    try {
      writeFileSync(`${path}.unfinished`, bytes, { mode: privateFile });
      renameSync(`${path}.unfinished`, path);
    } catch (error) {
      throw new Error(`the network's state cannot be written: ${(error as Error).message}`);
    }
    return name;
  }

  blob(name: string): Uint8Array {
    const bytes = readFileSync(join(this.folder, 'blobs', name));
    if (hashOf(bytes) !== name) throw new Error(`${join(this.folder, 'blobs', name)} is damaged`);
    return bytes;
  }

  async removePages(canister: string): Promise<void> {
    await this.flush();
    rmSync(join(this.folder, 'pages', canister), { force: true });
  }

  /** Removes blobs and page files that are not named; after a repair, they are kept aside. */
  sweep(used: Record<(typeof parts)[number], ReadonlySet<string>>): void {
    for (const part of parts) {
      for (const name of readdirSync(join(this.folder, part))) {
        if (used[part].has(name)) continue;
        const path = join(this.folder, part, name);
        if (this.aside === undefined) rmSync(path, { force: true });
        else renameSync(path, join(this.aside, part, name));
      }
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    try {
      await this.snapshotting;
      await this.flush();
      await this.journal.sync();
      const text = closedText(this.generation, this.journal.size);
      writeFileSync(closedPath(this.folder), text, { mode: privateFile });
    } finally {
      this.closed = true;
      this.journal.close();
      this.unlock();
    }
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
