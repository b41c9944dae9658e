/**
 * Stable memory: a sparse array of 64 KiB pages with an undo log. Unwritten pages read as zeros. A transaction writes
 * to copies; the locations of the last committed version's pages are shared with other threads (committed.ts).
 */
import type { SharedStable, StableNotes } from './committed.js';

const pageSize = 65536;
const osPageSize = 4096;
/** Pages that memory is taken for together. */
const chunkPages = 64;

/** Pages that are on disk. */
export interface SavedPages {
  /** Fills `target` with a page; false when the page was never written. */
  load(page: number, target: Uint8Array): boolean;
}

/** The changes of an open transaction: the memory's size, and copies of the written pages. */
export interface StableChanges {
  pages: number;
  written: [page: number, content: Uint8Array][];
}

/** A page's slot in shared memory, counted from 1, and its bytes. */
interface Place {
  slot: number;
  bytes: Uint8Array;
}

function noNotes(pages: number): StableNotes {
  const numbers = () => new Int32Array(new SharedArrayBuffer(pages * 4));
  return { slot: numbers(), slotBefore: numbers(), changedIn: numbers() };
}

export const hasSlot = (chunks: readonly SharedArrayBuffer[], slot: number) => slot <= chunks.length * chunkPages;

/** The bytes of a slot. */
export function stableSlot(chunks: readonly SharedArrayBuffer[], slot: number): Uint8Array {
  const at = slot - 1;
  return new Uint8Array(chunks[Math.floor(at / chunkPages)]!, (at % chunkPages) * pageSize, pageSize);
}

export class StableMemory {
  /** Size in 64 KiB pages. */
  pages = 0;
  private content = new Map<number, Place>();
  private undo = new Map<number, Place | undefined>();
  private pagesBefore = 0;
  private savedBefore: SavedPages | undefined;
  /** Whether this transaction has emptied the memory. */
  isCleared = false;
  private inTransaction = false;
  /** Locations of pages that are not loaded yet in this process. */
  private saved: SavedPages | undefined;
  private chunks: SharedArrayBuffer[] = [];
  private readonly free: number[] = [];
  /** Slots that may still be read until another transaction begins. */
  private retired: number[] = [];
  private notes = noNotes(0);
  private handles: SharedStable | undefined;
  /** By page: bits 0-15 the 4 KiB pages that the present message accessed, bits 16-31 those it wrote. */
  private marks = new Map<number, number>();
  accessedOsPages = 0;
  writtenOsPages = 0;
  accessedPages = 0;
  writtenPages = 0;

  get size(): number {
    return this.pages * pageSize;
  }

  /** The memory's state for readers in other threads; a new object only if something has moved. */
  get shared(): SharedStable {
    this.handles ??= { chunks: [...this.chunks], notes: this.notes };
    return this.handles;
  }

  /** Takes over the memory of an earlier process or another thread; pages are loaded on demand. */
  restore(pages: number, saved: SavedPages): void {
    this.pages = pages;
    for (const { slot } of this.content.values()) this.free.push(slot);
    this.content.clear();
    this.saved = saved;
    this.provide(pages);
  }

  begin(): void {
    this.inTransaction = true;
    this.pagesBefore = this.pages;
    this.savedBefore = this.saved;
    this.undo.clear();
    this.free.push(...this.retired);
    this.retired = [];
  }

  /** The pages that this transaction has written, with their content. */
  unsavedPages(): [page: number, content: Uint8Array][] {
    return [...this.undo.keys()].flatMap((page): [number, Uint8Array][] => {
      const place = this.content.get(page);
      return place === undefined ? [] : [[page, place.bytes]];
    });
  }

  /** All pages that were ever written. Those that are not in memory are read, and not kept there. */
  everyPage(): [page: number, content: Uint8Array][] {
    const found: [number, Uint8Array][] = [];
    for (let page = 0; page < this.pages; page++) {
      const content = this.content.get(page)?.bytes ?? this.loaded(page);
      if (content !== undefined) found.push([page, content]);
    }
    return found;
  }

  private loaded(page: number): Uint8Array | undefined {
    const content = new Uint8Array(pageSize);
    return this.saved?.load(page, content) ? content : undefined;
  }

  /** Room for a page; its content is not cleared. */
  private allocate(): Place {
    if (this.free.length === 0) {
      const first = this.chunks.length * chunkPages;
      this.chunks.push(new SharedArrayBuffer(chunkPages * pageSize));
      this.handles = undefined;
      for (let i = chunkPages; i > 0; i--) this.free.push(first + i);
    }
    const slot = this.free.pop()!;
    return { slot, bytes: stableSlot(this.chunks, slot) };
  }

  /** Has notes for so many pages. */
  private provide(pages: number): void {
    const { slot } = this.notes;
    if (pages <= slot.length) return;
    const wider = noNotes(Math.max(pages, 2 * slot.length, chunkPages));
    for (const each of ['slot', 'slotBefore', 'changedIn'] as const) wider[each].set(this.notes[each]);
    this.notes = wider;
    this.handles = undefined;
  }

  private present(page: number): Place | undefined {
    const place = this.content.get(page);
    if (place !== undefined || this.saved === undefined) return place;
    const content = this.loaded(page);
    if (content === undefined) return undefined;
    const fresh = this.allocate();
    fresh.bytes.set(content);
    this.content.set(page, fresh);
    // Every version has this content: the page has not changed since.
    if (page < this.notes.slot.length) Atomics.exchange(this.notes.slot, page, fresh.slot);
    return fresh;
  }

  clearMarks(): void {
    this.marks.clear();
    this.accessedOsPages = this.writtenOsPages = this.accessedPages = this.writtenPages = 0;
  }

  /** Commits the transaction's writes as this version. */
  commit(version: number): void {
    if (this.isCleared) {
      // Readers of an earlier version keep the old notes.
      this.notes = noNotes(0);
      this.handles = undefined;
    }
    this.provide(this.pages);
    const { slot, slotBefore, changedIn } = this.notes;
    for (const [page, before] of this.undo) {
      const place = this.content.get(page);
      if (before !== undefined) this.retired.push(before.slot);
      if (place === undefined) continue;
      slotBefore[page] = before?.slot ?? 0;
      Atomics.exchange(changedIn, page, version);
      Atomics.exchange(slot, page, place.slot);
    }
    this.end();
  }

  rollback(): void {
    for (const [page, before] of this.undo) {
      const place = this.content.get(page);
      if (place !== undefined && place !== before) this.free.push(place.slot);
      if (before === undefined) this.content.delete(page);
      else this.content.set(page, before);
    }
    this.pages = this.pagesBefore;
    this.saved = this.savedBefore;
    this.end();
  }

  /** Takes the transaction out: the memory is as it was before it, until `resume`. */
  suspend(): StableChanges {
    const written = this.unsavedPages().map(([page, content]): [number, Uint8Array] => [page, content.slice()]);
    const changes = { pages: this.pages, written };
    this.rollback();
    return changes;
  }

  /** Begins a transaction with the writes of an earlier one. */
  resume({ pages, written }: StableChanges): void {
    this.begin();
    this.pages = pages;
    for (const [page, content] of written) this.write(page * pageSize, content);
  }

  private end(): void {
    this.inTransaction = false;
    this.isCleared = false;
    this.undo.clear();
    this.clearMarks();
  }

  /** Forgets everything, undoably: reinstalling and uninstalling start from an empty memory. */
  clear(): void {
    for (const [page, place] of [...this.content]) {
      if (this.inTransaction && !this.undo.has(page)) this.undo.set(page, place);
      else (this.inTransaction ? this.free : this.retired).push(place.slot);
      this.content.delete(page);
    }
    this.saved = undefined;
    this.isCleared = true;
    this.pages = 0;
    if (this.inTransaction) return;
    this.notes = noNotes(0);
    this.handles = undefined;
  }

  /**
   * Marks the pages of [offset, offset + length). Returns how many 64 KiB pages this message has accessed for the first
   * time, and how many of those it has written for the first time.
   */
  mark(offset: number, length: number, write: boolean): { accessed: number; written: number } {
    let accessed = 0;
    let written = 0;
    if (length === 0) return { accessed, written };
    const end = offset + length;
    const last = Math.floor((end - 1) / pageSize);
    for (let page = Math.floor(offset / pageSize); page <= last; page++) {
      const start = page * pageSize;
      const low = Math.floor(Math.max(offset - start, 0) / osPageSize);
      const high = Math.floor((Math.min(end - start, pageSize) - 1) / osPageSize);
      const range = (2 ** (high + 1) - 2 ** low) & 0xffff;
      const before = this.marks.get(page) ?? 0;
      const after = before | range | (write ? range << 16 : 0);
      if (after === before) continue;
      this.marks.set(page, after);
      this.accessedOsPages += bitCount((after & 0xffff) ^ (before & 0xffff));
      this.writtenOsPages += bitCount((after >>> 16) ^ (before >>> 16));
      if (before === 0) accessed++;
      if (write && before >>> 16 === 0) written++;
    }
    this.accessedPages += accessed;
    this.writtenPages += written;
    return { accessed, written };
  }

  /** Copies [offset, offset + target.length) into `target`. Bounds are the caller's business. */
  read(offset: number, target: Uint8Array): void {
    for (let done = 0; done < target.length; ) {
      const at = offset + done;
      const inPage = at % pageSize;
      const count = Math.min(pageSize - inPage, target.length - done);
      const place = this.present(Math.floor(at / pageSize));
      if (place === undefined) target.fill(0, done, done + count);
      else target.set(place.bytes.subarray(inPage, inPage + count), done);
      done += count;
    }
  }

  /** Copies `source` to `offset`. Bounds are the caller's business. */
  write(offset: number, source: Uint8Array): void {
    for (let done = 0; done < source.length; ) {
      const at = offset + done;
      const inPage = at % pageSize;
      const count = Math.min(pageSize - inPage, source.length - done);
      this.writable(Math.floor(at / pageSize), count === pageSize).set(source.subarray(done, done + count), inPage);
      done += count;
    }
  }

  /** The page's bytes, for writing: a copy if the transaction may have to restore the page. */
  private writable(page: number, whole: boolean): Uint8Array {
    const present = this.present(page);
    if (present !== undefined && (!this.inTransaction || this.undo.has(page))) return present.bytes;
    const copy = this.allocate();
    if (present !== undefined) copy.bytes.set(present.bytes);
    else if (!whole) copy.bytes.set(zeros);
    if (this.inTransaction && !this.undo.has(page)) this.undo.set(page, present);
    this.content.set(page, copy);
    return copy.bytes;
  }
}

const zeros = new Uint8Array(pageSize);

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
