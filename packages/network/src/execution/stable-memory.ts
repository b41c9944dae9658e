/**
 * Stable memory: a sparse array of 64 KiB pages in a file (slot-file.ts), so that its size takes no memory of this
 * process. Unwritten pages read as zeros. A transaction writes to free slots, whole pages at once and others by a copy in
 * memory; committing it changes where the pages lie, and a rollback gives up its slots.
 */
import { crc32 } from 'node:zlib';
import type { SharedStable } from './committed.js';
import { PageCache } from './page-cache.js';
import { type ListedPage, Space } from './page-list.js';
import { PageMarks } from './page-marks.js';
import { SlotFile } from './slot-file.js';
import { type CommittedPages, noPages, StoredPages } from './stored-pages.js';

const pageSize = 65536;
/** Written pages that a transaction has in memory; when there are more, they go to the file. */
const mostInMemory = 256;

/** A page that the transaction has written: in memory, or already in the file. */
type Written = { bytes: Uint8Array } | { slot: number; checksum: number };

/** The changes of an open transaction. */
export interface StableChanges {
  pages: number;
  written: Map<number, Written>;
  inMemory: number;
}

export class StableMemory {
  /** Size in 64 KiB pages. */
  pages = 0;
  readonly marks = new PageMarks();
  private readonly file: SlotFile;
  private readonly hasChecksums: boolean;
  private readonly stored: StoredPages;
  private readonly cache = new PageCache();
  /** What lies under the pages that the transaction has written. */
  private base: CommittedPages;
  private written = new Map<number, Written>();
  /** Written pages that are in memory. */
  private inMemory = 0;
  private pagesBefore = 0;
  private baseBefore: CommittedPages;
  private inTransaction = false;
  /** Whether the pages lie in another thread's file. */
  private isFollower = false;

  /** `hasChecksums`: whether another process will read the file. */
  constructor(file = new SlotFile(), hasChecksums = false) {
    this.file = file;
    this.hasChecksums = hasChecksums;
    this.stored = new StoredPages(file);
    this.base = this.baseBefore = this.stored;
  }

  get size(): number {
    return this.pages * pageSize;
  }

  /** The memory's state for readers in other threads; a new object only if something has moved. */
  get shared(): SharedStable {
    return this.stored.shared;
  }

  /** Whether this transaction has emptied the memory. */
  get isCleared(): boolean {
    return this.base === noPages;
  }

  /** Takes over the memory of an earlier process. */
  restore(pages: number, listed: Iterable<ListedPage>): void {
    this.pages = pages;
    this.stored.restore(pages, listed);
  }

  /** Becomes a memory that lies in another thread, as a reader sees it. */
  follow(pages: number, base: CommittedPages): void {
    this.pages = pages;
    this.isFollower = true;
    this.base = this.baseBefore = base;
    this.cache.clear();
  }

  begin(): void {
    this.inTransaction = true;
    this.pagesBefore = this.pages;
    this.baseBefore = this.base;
    for (const slot of this.stored.takeRetired()) this.release(slot);
  }

  private release(slot: number): void {
    if (!this.isFollower) this.cache.forget(slot);
    this.file.release(slot);
  }

  /** All pages that were written, and where they lie. Not within a transaction. */
  storedPages(): Iterable<ListedPage> {
    return this.stored.list();
  }

  /** All pages that were ever written. */
  *everyPage(): Generator<[page: number, content: Uint8Array]> {
    for (const { page, slot } of this.stored.list()) {
      const content = new Uint8Array(pageSize);
      this.stored.read(page, slot, content);
      yield [page, content];
    }
  }

  /** Brings all that the transaction has written into the file. Throws ExecutionError if that cannot be written. */
  save(): ListedPage[] {
    this.writeOut(this.inMemory);
    return [...this.written].map(([page, place]) => {
      if (!('slot' in place)) throw new Error('a page was not written');
      return { space: Space.stable, page, slot: place.slot, checksum: place.checksum };
    });
  }

  /** Writes the oldest of the pages in memory to the file. */
  private writeOut(count: number): void {
    const oldest: [page: number, bytes: Uint8Array][] = [];
    for (const [page, place] of this.written) {
      if (oldest.length === count) break;
      if ('bytes' in place) oldest.push([page, place.bytes]);
    }
    oldest.sort(([a], [b]) => a - b);
    this.place(
      oldest.map(([page]) => page),
      oldest.map(([, bytes]) => bytes),
    );
    for (const [page, bytes] of oldest) {
      // A follower's slots are not those that its cache is of.
      if (this.isFollower) this.cache.giveBack(bytes);
      else this.cache.put((this.written.get(page) as { slot: number }).slot, bytes);
    }
    this.inMemory -= oldest.length;
  }

  /** Writes pages to the file. */
  private place(pages: readonly number[], contents: readonly Uint8Array[]): void {
    if (pages.length === 0) return;
    this.file.write(contents).forEach((slot, i) => {
      const page = pages[i]!;
      const before = this.written.get(page);
      if (before !== undefined && 'slot' in before) this.release(before.slot);
      this.written.set(page, { slot, checksum: this.hasChecksums ? crc32(contents[i]!) : 0 });
    });
  }

  /** Commits the transaction's writes, which are saved, as this version. */
  commit(version: number): void {
    if (this.isCleared) this.stored.reset();
    this.stored.provide(this.pages);
    for (const { page, slot, checksum } of this.save()) this.stored.point(page, slot, checksum, version);
    this.base = this.stored;
    this.end();
  }

  rollback(): void {
    for (const place of this.written.values()) {
      if ('slot' in place) this.release(place.slot);
      else this.cache.giveBack(place.bytes);
    }
    this.pages = this.pagesBefore;
    this.base = this.baseBefore;
    this.end();
  }

  /** Suspends the transaction: the memory is as it was before it, until `resume`. */
  suspend(): StableChanges {
    const { pages, written, inMemory } = this;
    this.written = new Map();
    this.rollback();
    return { pages, written, inMemory };
  }

  /** Begins a transaction with the writes of an earlier one. */
  resume({ pages, written, inMemory }: StableChanges): void {
    this.begin();
    this.pages = pages;
    this.written = written;
    this.inMemory = inMemory;
  }

  private end(): void {
    this.inTransaction = false;
    this.written = new Map();
    this.inMemory = 0;
    this.marks.clear();
  }

  /** Forgets everything, undoably: reinstalling and uninstalling start from an empty memory. */
  clear(): void {
    this.pages = 0;
    if (!this.inTransaction) {
      this.stored.reset();
      return;
    }
    for (const [page, place] of this.written) {
      if ('slot' in place) this.release(place.slot);
      else this.cache.giveBack(place.bytes);
      this.written.delete(page);
    }
    this.inMemory = 0;
    this.base = noPages;
  }

  /** Copies [offset, offset + target.length) into `target`. Bounds are the caller's business. */
  read(offset: number, target: Uint8Array): void {
    for (let done = 0; done < target.length; ) {
      const at = offset + done;
      const page = Math.floor(at / pageSize);
      const inPage = at % pageSize;
      const whole = inPage === 0 ? Math.floor((target.length - done) / pageSize) : 0;
      const run = whole > 1 ? this.runFrom(page, whole) : 0;
      const count = run > 0 ? run * pageSize : Math.min(pageSize - inPage, target.length - done);
      const part = target.subarray(done, done + count);
      if (run > 0) this.base.read(page, this.base.slotOf(page), part);
      else this.readPart(page, inPage, part);
      done += count;
    }
  }

  /** Committed pages from this one on, at most so many, that lie one behind the other in the file; 0 if it is written. */
  private runFrom(page: number, most: number): number {
    const slot = this.base.slotOf(page);
    if (slot < 0 || this.written.has(page)) return 0;
    let run = 1;
    while (run < most && this.base.slotOf(page + run) === slot + run && !this.written.has(page + run)) run++;
    return run;
  }

  /** Copies a part of a page. */
  private readPart(page: number, inPage: number, target: Uint8Array): void {
    const place = this.written.get(page);
    if (place !== undefined && 'slot' in place) {
      this.file.read(place.slot, target, inPage);
      return;
    }
    const content = place?.bytes ?? this.committed(page);
    if (content === undefined) target.fill(0);
    else
      target.set(
        inPage === 0 && target.length === pageSize ? content : content.subarray(inPage, inPage + target.length),
      );
  }

  /** The bytes of a committed page, not to be written; undefined if it was never written. */
  private committed(page: number): Uint8Array | undefined {
    const slot = this.base.slotOf(page);
    if (slot < 0) return undefined;
    const cached = this.cache.get(slot);
    if (cached !== undefined) return cached;
    const content = this.cache.buffer();
    this.base.read(page, slot, content);
    this.cache.put(slot, content);
    return content;
  }

  /** Copies `source` to `offset`. Bounds are the caller's business. Throws ExecutionError if the disk is full. */
  write(offset: number, source: Uint8Array): void {
    for (let done = 0; done < source.length; ) {
      const at = offset + done;
      const page = Math.floor(at / pageSize);
      const inPage = at % pageSize;
      const whole = inPage === 0 ? Math.floor((source.length - done) / pageSize) : 0;
      if (whole > 1) {
        this.writeWhole(page, source.subarray(done, done + whole * pageSize));
        done += whole * pageSize;
        continue;
      }
      const count = Math.min(pageSize - inPage, source.length - done);
      this.writable(page, count === pageSize).set(source.subarray(done, done + count), inPage);
      done += count;
    }
  }

  /** Writes whole pages to the file, without a copy of them in memory. */
  private writeWhole(first: number, source: Uint8Array): void {
    const pages: number[] = [];
    const contents: Uint8Array[] = [];
    for (let done = 0; done < source.length; done += pageSize) {
      const page = first + done / pageSize;
      const place = this.written.get(page);
      if (place !== undefined && 'bytes' in place) place.bytes.set(source.subarray(done, done + pageSize));
      else {
        pages.push(page);
        contents.push(source.subarray(done, done + pageSize));
      }
    }
    this.place(pages, contents);
  }

  /** The page's bytes, for writing. `whole`: all of them will be written. */
  private writable(page: number, whole: boolean): Uint8Array {
    const place = this.written.get(page);
    if (place !== undefined && 'bytes' in place) return place.bytes;
    if (this.inMemory >= mostInMemory) this.writeOut(mostInMemory / 2);
    const bytes = this.cache.buffer();
    if (!whole) {
      if (place !== undefined) this.file.read(place.slot, bytes);
      else bytes.set(this.committed(page) ?? zeros);
    }
    if (place !== undefined) this.release(place.slot);
    this.written.delete(page); // So that it counts as the newest.
    this.written.set(page, { bytes });
    this.inMemory++;
    return bytes;
  }
}

const zeros = new Uint8Array(pageSize);
