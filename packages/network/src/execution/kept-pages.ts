/** The pages of a canister in its file, for the process that continues after this one. */
import type { Heap } from './heap.js';
import { HeapPages } from './heap-pages.js';
import type { GlobalValues, SavedState } from './message.js';
import { type ListedPage, type PageList, pageList, pagesIn, Space } from './page-list.js';
import { SlotFile } from './slot-file.js';
import { StableMemory } from './stable-memory.js';

/** The state after a successful message. */
export interface Left {
  heap: Heap;
  globals: GlobalValues;
  /** After an installation: whether the heap is still the one that there was before. */
  installed?: { keepsHeap: boolean };
}

export class KeptPages {
  readonly stable: StableMemory;
  private readonly file: SlotFile;
  /** Undefined if nothing is kept for another process. */
  private readonly heap: HeapPages | undefined;

  /** Without a path, the file is a temporary one, for stable memory only. */
  constructor(path: string | undefined) {
    this.file = new SlotFile(path);
    this.stable = new StableMemory(this.file, path !== undefined);
    this.heap = path === undefined ? undefined : new HeapPages(this.file);
  }

  /** Reads the heap of an earlier process; stable memory is read on demand. */
  restore(pages: PageList, heap: Heap, stablePages: number): void {
    const listed: [heap: ListedPage[], stable: ListedPage[]] = [[], []];
    for (const page of pagesIn(pages)) listed[page.space].push(page);
    this.file.occupy(listed.flat().map(({ slot }) => slot));
    this.heap?.restore(listed[Space.heap], heap);
    this.stable.restore(stablePages, listed[Space.stable]);
  }

  /** Writes the pages that a message has changed. Throws ExecutionError if they cannot be written. */
  save({ heap, globals, installed }: Left): SavedState | undefined {
    const stablePages = this.stable.save();
    const heapPages = this.heap?.write(heap);
    if (heapPages === undefined) return undefined;
    if (installed === undefined) return { globals, pages: pageList([...heapPages, ...stablePages]), whole: false };
    if (!installed.keepsHeap) this.heap?.keepOnly(new Set(heapPages.map(({ page }) => page)));
    const written = new Set(stablePages.map(({ page }) => page));
    const before = this.stable.isCleared ? [] : [...this.stable.storedPages()];
    const unchanged = before.filter(({ page }) => !written.has(page));
    const pages = pageList([...(this.heap?.list() ?? []), ...unchanged, ...stablePages]);
    return { globals, pages, whole: true };
  }

  /** Discards the heap's pages. */
  dropHeap(): void {
    this.heap?.keepOnly(new Set());
  }

  close(): void {
    this.file.close();
  }
}
