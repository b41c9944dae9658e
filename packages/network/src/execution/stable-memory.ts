/** Stable memory: a sparse array of 64 KiB pages with an undo log. Pages that were never written read as zeros. */

const pageSize = 65536;
const osPageSize = 4096;

/** Pages that are on disk. */
export interface SavedPages {
  /** Fills `target` with a page; false when the page was never written. */
  load(page: number, target: Uint8Array): boolean;
}

export class StableMemory {
  /** Size in 64 KiB pages. */
  pages = 0;
  private content = new Map<number, Uint8Array>();
  private undo = new Map<number, Uint8Array | undefined>();
  private pagesBefore = 0;
  private savedBefore: SavedPages | undefined;
  /** Whether this transaction has emptied the memory. */
  isCleared = false;
  private inTransaction = false;
  /** Where pages lie that have not been needed yet in this process. */
  private saved: SavedPages | undefined;
  /** By page: bits 0-15 the 4 KiB pages that the present message accessed, bits 16-31 those it wrote. */
  private marks = new Map<number, number>();
  accessedOsPages = 0;
  writtenOsPages = 0;
  accessedPages = 0;
  writtenPages = 0;

  get size(): number {
    return this.pages * pageSize;
  }

  /** The memory is what it was in an earlier process: pages are loaded when they are needed. */
  restore(pages: number, saved: SavedPages): void {
    this.pages = pages;
    this.content.clear();
    this.saved = saved;
  }

  begin(): void {
    this.inTransaction = true;
    this.pagesBefore = this.pages;
    this.savedBefore = this.saved;
    this.undo.clear();
  }

  /** The pages that this transaction has written, and what they hold. */
  unsavedPages(): [page: number, content: Uint8Array][] {
    return [...this.undo.keys()].flatMap((page): [number, Uint8Array][] => {
      const content = this.content.get(page);
      return content === undefined ? [] : [[page, content]];
    });
  }

  /** All pages that were ever written. Those that are not in memory are read, and not kept there. */
  everyPage(): [page: number, content: Uint8Array][] {
    const found: [number, Uint8Array][] = [];
    for (let page = 0; page < this.pages; page++) {
      const content = this.content.get(page) ?? this.loaded(page);
      if (content !== undefined) found.push([page, content]);
    }
    return found;
  }

  private loaded(page: number): Uint8Array | undefined {
    const content = new Uint8Array(pageSize);
    return this.saved?.load(page, content) ? content : undefined;
  }

  private present(page: number): Uint8Array | undefined {
    const content = this.content.get(page);
    if (content !== undefined || this.saved === undefined) return content;
    const loaded = this.loaded(page);
    if (loaded !== undefined) this.content.set(page, loaded);
    return loaded;
  }

  clearMarks(): void {
    this.marks.clear();
    this.accessedOsPages = this.writtenOsPages = this.accessedPages = this.writtenPages = 0;
  }

  commit(): void {
    this.inTransaction = false;
    this.isCleared = false;
    this.undo.clear();
    this.clearMarks();
  }

  rollback(): void {
    for (const [page, before] of this.undo) {
      if (before === undefined) this.content.delete(page);
      else this.content.set(page, before);
    }
    this.pages = this.pagesBefore;
    this.saved = this.savedBefore;
    this.commit();
  }

  /** Forgets everything, undoably: reinstalling and uninstalling start from an empty memory. */
  clear(): void {
    for (const page of [...this.content.keys()]) {
      if (this.inTransaction && !this.undo.has(page)) this.undo.set(page, this.content.get(page));
      this.content.delete(page);
    }
    this.saved = undefined;
    this.isCleared = true;
    this.pages = 0;
  }

  /**
   * Marks what [offset, offset + length) touches. Returns how many 64 KiB pages were touched for the first time, and how
   * many of them written for the first time, by this message.
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
      const page = this.present(Math.floor(at / pageSize));
      if (page === undefined) target.fill(0, done, done + count);
      else target.set(page.subarray(inPage, inPage + count), done);
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

  /** The page's bytes, for writing: a copy of what a transaction may have to restore. */
  private writable(page: number, whole: boolean): Uint8Array {
    const present = this.present(page);
    if (!this.inTransaction || this.undo.has(page)) {
      if (present !== undefined) return present;
      const created = new Uint8Array(pageSize);
      this.content.set(page, created);
      return created;
    }
    this.undo.set(page, present);
    const copy = present === undefined || whole ? new Uint8Array(pageSize) : present.slice();
    this.content.set(page, copy);
    return copy;
  }
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
