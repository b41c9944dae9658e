/** The pages of a canister that are kept in a file, for the process that goes on after this one (page-file.ts). */
import type { SharedCanister } from './committed.js';
import type { Heap } from './heap.js';
import type { GlobalValues, SavedState } from './message.js';
import { PageFile, type PageList, pageBytes, pagesIn, Space } from './page-file.js';
import type { StableMemory } from './stable-memory.js';

/** The state after a successful message. */
export interface Left {
  heap: Heap;
  stable: StableMemory;
  globals: GlobalValues;
  /** After an installation: whether the heap is still the one that there was before. */
  installed?: { keepsHeap: boolean };
}

export class KeptPages {
  private readonly path: string | undefined;
  private file: PageFile | undefined;
  /** Pages of stable memory that are in the file only, since before this process. */
  stable: SharedCanister['savedStable'];

  /** Without a path nothing is kept. */
  constructor(path: string | undefined) {
    this.path = path;
  }

  /** Reads the heap of an earlier process; stable memory is read on demand. */
  restore(pages: PageList, heap: Heap, stable: StableMemory, stablePages: number): void {
    const file = new PageFile(this.path!, pages);
    for (const { space, page } of pagesIn(pages)) {
      if (space === Space.heap) file.read(space, page, heap.view(page * pageBytes, pageBytes));
    }
    stable.restore(stablePages, { load: (page, target) => file.read(Space.stable, page, target) });
    this.stable = { path: this.path!, pages: file.pagesOf(Space.stable) };
    this.file = file;
  }

  /** Writes the pages that a message has changed. */
  save({ heap, stable, globals, installed }: Left): SavedState | undefined {
    if (this.path === undefined) return undefined;
    this.file ??= new PageFile(this.path);
    const list = this.file.write([
      ...heap.unsavedPages().map(([page, content]) => [Space.heap, page, content] as const),
      ...stable.unsavedPages().map(([page, content]) => [Space.stable, page, content] as const),
    ]);
    if (installed === undefined) return { globals, pages: list, whole: false };
    return { globals, pages: this.replaced(list, [installed.keepsHeap, !stable.isCleared]), whole: true };
  }

  /** After an installation: pages of memory that is no more are given up. `stays`: of each space, whether it is still there. */
  private replaced(written: PageList, stays: readonly boolean[]): PageList {
    const file = this.file!;
    const kept: number[] = [];
    const writtenSlots = new Set([...pagesIn(written)].map(({ slot }) => slot));
    for (const { space, page, slot, checksum } of pagesIn(file.pages)) {
      if (stays[space] || writtenSlots.has(slot)) kept.push(space, page, slot, checksum);
    }
    const pages = Uint32Array.from(kept);
    file.replace(pages);
    return pages;
  }

  /** Discards everything that was kept. */
  drop(): void {
    this.stable = undefined;
    this.file?.replace(new Uint32Array());
  }

  close(): void {
    this.file?.close();
  }
}
