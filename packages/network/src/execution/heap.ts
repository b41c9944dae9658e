/**
 * A canister's heap and its undo log. The real memory has one page in front, whose bytes are the marks of the canister's
 * pages (see wasm/instrument.ts). A transaction saves a page before its first write; what is undone is what was touched.
 */
import { engine, type WasmMemory } from '../wasm/engine.js';
import { heapBase } from '../wasm/function-rewriter.js';
import { maxHeapPages } from '../wasm/instrument.js';
import { holdsAnything } from './image.js';

export const pageSize = 65536;
const accessed = 1;
const written = 2;
/** Saved pages that are kept for reuse between messages. */
const sparePages = 64;

export class Heap {
  readonly memory: WasmMemory;
  private maxPages: number;
  /** The canister's memory in pages, as it sees it. */
  pages: number;
  private bytes: Uint8Array;
  private touched: number[] = [];
  private undo: { page: number; content: Uint8Array }[] = [];
  private pagesBefore: number;
  private maxPagesBefore: number;
  private freshWritten: number[] = [];
  /** Pages whose content is not yet where it outlives the process. */
  private readonly unsaved = new Set<number>();
  private readonly spare: Uint8Array[] = [];

  constructor(pages: number, maxPages: number) {
    this.memory = new engine.Memory({ initial: pages + 1, maximum: maxHeapPages + 1 });
    this.maxPages = Math.min(maxPages, maxHeapPages);
    this.pages = pages;
    this.pagesBefore = pages;
    this.maxPagesBefore = this.maxPages;
    this.bytes = new Uint8Array(this.memory.buffer);
  }

  get size(): number {
    return this.pages * pageSize;
  }

  /** Whether the module's memory may have so many pages. */
  mayHave(pages: number): boolean {
    return pages <= this.maxPages;
  }

  /** Another module goes on with this memory: what it declares counts from now on. False when that is too much. */
  adopt(minPages: number, maxPages: number): boolean {
    this.maxPages = Math.min(maxPages, maxHeapPages);
    return minPages <= this.pages || this.grow(minPages - this.pages);
  }

  /** Fills memory from a data segment, or with what it held in another process. */
  fill(address: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.view(address, bytes.length).set(bytes);
    for (let page = address >>> 16; page * pageSize < address + bytes.length; page++) this.unsaved.add(page);
  }

  /** The pages written since the last commit or rollback, and what they hold. */
  unsavedPages(): [page: number, content: Uint8Array][] {
    return [...this.unsaved].map((page) => [page, this.view(page * pageSize, pageSize)]);
  }

  /** All pages that hold anything but zeros. */
  nonZeroPages(): [page: number, content: Uint8Array][] {
    const all = Array.from({ length: this.pages }, (_, page) => [page, this.view(page * pageSize, pageSize)] as const);
    return all.filter(([, content]) => holdsAnything(content)).map(([page, content]) => [page, content]);
  }

  /** Whether the page is marked as accessed (or written) in this message. */
  isAccessed(page: number): boolean {
    return (this.bytes[page]! & accessed) !== 0;
  }

  isWritten(page: number): boolean {
    return (this.bytes[page]! & written) !== 0;
  }

  markAccessed(page: number): void {
    if (this.bytes[page] === 0) this.touched.push(page);
    this.bytes[page]! |= accessed;
  }

  /** Marks a page as written, and saves what it holds unless it is younger than the transaction. */
  markWritten(page: number): void {
    if (this.bytes[page] === 0) this.touched.push(page);
    this.bytes[page]! |= accessed | written;
    this.unsaved.add(page);
    if (page >= this.pagesBefore) {
      this.freshWritten.push(page);
      return;
    }
    const content = this.spare.pop() ?? new Uint8Array(pageSize);
    const at = heapBase + page * pageSize;
    content.set(this.bytes.subarray(at, at + pageSize));
    this.undo.push({ page, content });
  }

  /** The bytes at a canister's address; bounds and marks are the caller's business. */
  view(address: number, length: number): Uint8Array {
    return this.bytes.subarray(heapBase + address, heapBase + address + length);
  }

  /** Grows the canister's memory; false when it cannot. */
  grow(pages: number): boolean {
    const wanted = this.pages + pages;
    if (wanted > this.maxPages) return false;
    const real = this.bytes.length / pageSize - 1;
    if (wanted > real) {
      try {
        this.memory.grow(wanted - real);
      } catch (error) {
        if (error instanceof RangeError) return false;
        throw error;
      }
      this.bytes = new Uint8Array(this.memory.buffer);
    }
    this.pages = wanted;
    return true;
  }

  /** Begins a transaction: what is written from here on can be undone. */
  begin(): void {
    this.pagesBefore = this.pages;
    this.maxPagesBefore = this.maxPages;
  }

  /** Ends a message's marks; the next message starts counting anew. */
  clearMarks(): void {
    for (const page of this.touched) this.bytes[page] = 0;
    this.touched = [];
  }

  commit(): void {
    this.clearMarks();
    this.recycle();
    this.freshWritten = [];
    this.unsaved.clear();
    this.pagesBefore = this.pages;
  }

  /** Restores content and size of the transaction's beginning, in time proportional to what it wrote. */
  rollback(): void {
    this.clearMarks();
    for (let i = this.undo.length - 1; i >= 0; i--) {
      const { page, content } = this.undo[i]!;
      this.bytes.set(content, heapBase + page * pageSize);
    }
    for (const page of this.freshWritten) this.view(page * pageSize, pageSize).fill(0);
    this.recycle();
    this.freshWritten = [];
    this.unsaved.clear();
    this.pages = this.pagesBefore;
    this.maxPages = this.maxPagesBefore;
  }

  private recycle(): void {
    for (const { content } of this.undo) if (this.spare.length < sparePages) this.spare.push(content);
    this.undo = [];
  }
}
