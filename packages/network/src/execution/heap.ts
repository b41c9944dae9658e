/**
 * A canister's heap and its undo log. The real memory has marks of the canister's pages in front (wasm/heap-layout.ts).
 * A transaction saves a page before its first write, and undoing restores only the touched pages. Notes about the saved
 * pages let other threads read the heap as it was before the transaction (committed.ts).
 */
import type { WasmMemory } from '../wasm/engine.js';
import { type HeapLayout, heapLayout } from '../wasm/heap-layout.js';
import type { HeapNotes, SharedHeap } from './committed.js';
import { type HeapMemory, heapMemory } from './heap-memory.js';
import { holdsAnything } from './image.js';
import { UndoLog } from './undo-log.js';

export const pageSize = 65536;
const accessed = 1;
const written = 2;
const zeros = new Uint8Array(pageSize);
const notSaved = -1;

/** The heap that this one copies; pages are copied on demand. */
export interface PageSource {
  /** Copies a page of the source to the target, unless it was copied before. */
  load(page: number, target: () => Uint8Array): void;
}

/** The changes of an open transaction: the heap's size, and copies of the written pages. */
export interface HeapChanges {
  pages: number;
  written: [page: number, content: Uint8Array][];
}

function sharedNumbers(length: number, value = 0): Int32Array {
  const numbers = new Int32Array(new SharedArrayBuffer(length * 4));
  return value === 0 ? numbers : numbers.fill(value);
}

export class Heap {
  readonly memory64: boolean;
  private readonly layout: HeapLayout;
  private readonly real: HeapMemory;
  private maxPages: number;
  /** The canister's memory in pages, as it sees it. */
  pages: number;
  /** The memory's buffer, and its marks. */
  private buffer: SharedArrayBuffer;
  private marks: Uint8Array;
  private touched: number[] = [];
  private readonly undo: UndoLog;
  /** The page of each slot of the undo log. */
  private undone: number[] = [];
  private readonly notes: HeapNotes;
  private pagesBefore: number;
  private maxPagesBefore: number;
  private freshWritten: number[] = [];
  /** Pages that are not yet saved to disk. */
  private readonly unsaved = new Set<number>();
  /** The version that was last committed. */
  private version = 0;
  private handles: SharedHeap | undefined;
  private source: PageSource | undefined;
  /** Suspended transactions that will be resumed. */
  private suspended = 0;

  /** Throws RangeError if the engine has no room for so many pages. */
  constructor(pages: number, maxPages: number, memory64: boolean) {
    this.memory64 = memory64;
    this.layout = heapLayout(memory64);
    this.real = heapMemory(pages, memory64);
    this.maxPages = Math.min(maxPages, this.layout.maxPages);
    this.pages = pages;
    this.pagesBefore = pages;
    this.maxPagesBefore = this.maxPages;
    this.buffer = this.memory.buffer;
    this.marks = new Uint8Array(this.buffer, 0, this.layout.base);
    this.undo = new UndoLog(this.layout.maxPages);
    const { maxPages: most } = this.layout;
    this.notes = {
      savedVersion: sharedNumbers(most, notSaved),
      savedSlot: sharedNumbers(most),
      changedIn: sharedNumbers(most),
    };
  }

  get memory(): WasmMemory {
    return this.real.memory;
  }

  get size(): number {
    return this.pages * pageSize;
  }

  /** The heap's state for readers in other threads; a new object only if something has moved. */
  get shared(): SharedHeap {
    const { buffer, notes } = this;
    this.handles ??= { buffer, undo: this.undo.buffers, notes };
    return this.handles;
  }

  /** From now on, pages are taken from a source when a message first accesses them. */
  follow(source: PageSource, pages: number): void {
    if (pages > this.pages && !this.grow(pages - this.pages)) throw new RangeError('there is no room for the heap');
    this.pages = pages;
    this.source = source;
  }

  /** Whether the module's memory may have so many pages. */
  mayHave(pages: number): boolean {
    return pages <= this.maxPages;
  }

  /** Another module takes over this memory with its own limits. False if the memory is too large for it. */
  adopt(minPages: number, maxPages: number): boolean {
    this.maxPages = Math.min(maxPages, this.layout.maxPages);
    return minPages <= this.pages || this.grow(minPages - this.pages);
  }

  /** Fills memory from a data segment, or with its content in another process. */
  fill(address: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.view(address, bytes.length).set(bytes);
    for (let page = Math.floor(address / pageSize); page * pageSize < address + bytes.length; page++)
      this.unsaved.add(page);
  }

  /** The pages written since the last commit or rollback, with their content. */
  unsavedPages(): [page: number, content: Uint8Array][] {
    return [...this.unsaved].map((page) => [page, this.page(page)]);
  }

  /** All pages that hold anything but zeros. */
  nonZeroPages(): [page: number, content: Uint8Array][] {
    const all = Array.from({ length: this.pages }, (_, page) => [page, this.page(page)] as const);
    return all.filter(([, content]) => holdsAnything(content)).map(([page, content]) => [page, content]);
  }

  /** Whether the page is marked as accessed (or written) in this message. */
  isAccessed(page: number): boolean {
    return (this.marks[page]! & accessed) !== 0;
  }

  isWritten(page: number): boolean {
    return (this.marks[page]! & written) !== 0;
  }

  markAccessed(page: number): void {
    if (this.marks[page] === 0) this.touched.push(page);
    if (page < this.pagesBefore) this.source?.load(page, () => this.page(page));
    this.marks[page]! |= accessed;
  }

  /** Marks a page as written, and saves its content unless the page is newer than the transaction. */
  markWritten(page: number): void {
    if (this.marks[page] === 0) this.touched.push(page);
    this.marks[page]! |= accessed | written;
    this.unsaved.add(page);
    if (page >= this.pagesBefore) {
      this.freshWritten.push(page);
      return;
    }
    const slot = this.undo.save(this.page(page));
    this.undone[slot] = page;
    const { savedSlot, savedVersion } = this.notes;
    // A transaction of several executions would save a page again for each; the first copy is the committed one.
    if (savedVersion[page] === this.version) return;
    savedSlot[page] = slot;
    // Must be visible before the canister's write.
    Atomics.exchange(savedVersion, page, this.version);
  }

  /** The bytes at a canister's address; the caller checks bounds and marks. */
  view(address: number, length: number): Uint8Array {
    return new Uint8Array(this.buffer, this.layout.base + address, length);
  }

  private page(page: number): Uint8Array {
    return this.view(page * pageSize, pageSize);
  }

  /** Grows the canister's memory; false when it cannot. */
  grow(pages: number): boolean {
    const wanted = this.pages + pages;
    if (wanted > this.maxPages) return false;
    const real = (this.buffer.byteLength - this.layout.base) / pageSize;
    if (wanted > real) {
      if (!this.real.grow(wanted - real)) return false;
      this.buffer = this.memory.buffer;
      this.marks = new Uint8Array(this.buffer, 0, this.layout.base);
      this.handles = undefined;
    }
    this.pages = wanted;
    return true;
  }

  /** Begins a transaction; all writes from here on can be undone. */
  begin(): void {
    this.pagesBefore = this.pages;
    this.maxPagesBefore = this.maxPages;
  }

  /** Clears a message's marks; the next message starts counting anew. */
  clearMarks(): void {
    for (const page of this.touched) this.marks[page] = 0;
    this.touched = [];
  }

  /** Keeps the transaction's writes as this version. */
  commit(version: number): void {
    this.clearMarks();
    for (const page of this.unsaved) this.notes.changedIn[page] = version;
    this.version = version;
    this.end();
    this.pagesBefore = this.pages;
  }

  /** Restores content and size as at the beginning of the transaction, in time proportional to its writes. */
  rollback(): void {
    this.clearMarks();
    for (let slot = this.undone.length - 1; slot >= 0; slot--) {
      const page = this.undone[slot]!;
      this.page(page).set(this.undo.page(slot));
      Atomics.exchange(this.notes.savedVersion, page, notSaved);
    }
    for (const page of this.freshWritten) this.page(page).set(zeros);
    this.end();
    this.pages = this.pagesBefore;
    this.maxPages = this.maxPagesBefore;
  }

  /** Suspends the transaction: the heap is as before it, until `resume`. */
  suspend(): HeapChanges {
    const written = this.unsavedPages().map(([page, content]): [number, Uint8Array] => [page, content.slice()]);
    const changes = { pages: this.pages, written };
    this.suspended++;
    this.rollback();
    return changes;
  }

  /** Begins a transaction with the writes of an earlier one. */
  resume({ pages, written }: HeapChanges): void {
    this.begin();
    this.pages = pages; // The real memory never shrinks.
    for (const [page, content] of written) {
      this.markWritten(page);
      this.page(page).set(content);
    }
    this.clearMarks();
    this.suspended--;
  }

  private end(): void {
    // A reader may be about to copy a saved page, so none is overwritten before all transactions have ended.
    if (this.suspended === 0) {
      if (this.undo.clear()) this.handles = undefined;
      this.undone = [];
    }
    this.freshWritten = [];
    this.unsaved.clear();
  }
}
