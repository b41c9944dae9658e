/**
 * A canister's heap and its undo log. The real memory has marks of the canister's pages in front (wasm/heap-layout.ts). A transaction saves a page before its first write; what is undone is what was touched.
 */
import type { WasmMemory } from '../wasm/engine.js';
import { type HeapLayout, heapLayout } from '../wasm/heap-layout.js';
import { type HeapMemory, heapMemory } from './heap-memory.js';
import { holdsAnything } from './image.js';

export const pageSize = 65536;
const accessed = 1;
const written = 2;
/** Saved pages that are kept for reuse between messages. */
const sparePages = 64;

export class Heap {
  readonly memory64: boolean;
  private readonly layout: HeapLayout;
  private readonly real: HeapMemory;
  private maxPages: number;
  /** The canister's memory in pages, as it sees it. */
  pages: number;
  /** The memory's buffer, and its marks. */
  private buffer: ArrayBuffer;
  private marks: Uint8Array;
  private touched: number[] = [];
  private undo: { page: number; content: Uint8Array }[] = [];
  private pagesBefore: number;
  private maxPagesBefore: number;
  private freshWritten: number[] = [];
  /** Pages whose content is not yet where it outlives the process. */
  private readonly unsaved = new Set<number>();
  private readonly spare: Uint8Array[] = [];

  /** Throws RangeError when the engine has no room for so many pages. */
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
  }

  get memory(): WasmMemory {
    return this.real.memory;
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
    this.maxPages = Math.min(maxPages, this.layout.maxPages);
    return minPages <= this.pages || this.grow(minPages - this.pages);
  }

  /** Fills memory from a data segment, or with what it held in another process. */
  fill(address: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.view(address, bytes.length).set(bytes);
    for (let page = Math.floor(address / pageSize); page * pageSize < address + bytes.length; page++)
      this.unsaved.add(page);
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
    return (this.marks[page]! & accessed) !== 0;
  }

  isWritten(page: number): boolean {
    return (this.marks[page]! & written) !== 0;
  }

  markAccessed(page: number): void {
    if (this.marks[page] === 0) this.touched.push(page);
    this.marks[page]! |= accessed;
  }

  /** Marks a page as written, and saves what it holds unless it is younger than the transaction. */
  markWritten(page: number): void {
    if (this.marks[page] === 0) this.touched.push(page);
    this.marks[page]! |= accessed | written;
    this.unsaved.add(page);
    if (page >= this.pagesBefore) {
      this.freshWritten.push(page);
      return;
    }
    const content = this.spare.pop() ?? new Uint8Array(pageSize);
    content.set(this.view(page * pageSize, pageSize));
    this.undo.push({ page, content });
  }

  /** The bytes at a canister's address; bounds and marks are the caller's business. */
  view(address: number, length: number): Uint8Array {
    return new Uint8Array(this.buffer, this.layout.base + address, length);
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
    for (const page of this.touched) this.marks[page] = 0;
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
      this.view(page * pageSize, pageSize).set(content);
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
