/**
 * A canister's pages on disk: a file of 64 KiB slots. A page that a message has written goes to a slot that is not in use,
 * and only when the network has noted which slots count now are the old ones free again. So a page is written once for
 * each message that changes it, nothing is ever rewritten whole, and whatever moment the process ends at, the pages of the
 * last noted message are there.
 */
import { closeSync, constants, openSync, readSync, writeSync, writevSync } from 'node:fs';

export const pageBytes = 65536;

/** Heap or stable memory: pages of both lie in the same file. */
export const Space = { heap: 0, stable: 1 } as const;
export type Space = (typeof Space)[keyof typeof Space];

/** Where pages lie: triples of space, page and slot. */
export type PageList = Uint32Array;

/** Pages written with one system call. */
const gathered = 512;

export class PageFile {
  private readonly file: number;
  /** By space: slot of each page that was ever written. */
  private readonly slots: readonly [Map<number, number>, Map<number, number>] = [new Map(), new Map()];
  private readonly inUse = new Set<number>();
  private readonly free: number[] = [];
  private end = 0;

  /** `pages` are the canister's, as an earlier process has left them. */
  constructor(path: string, pages: PageList = new Uint32Array()) {
    this.file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    for (let i = 0; i < pages.length; i += 3) this.use(pages[i + 2]!);
    for (let slot = 0; slot < this.end; slot++) if (!this.inUse.has(slot)) this.free.push(slot);
    this.point(pages);
  }

  private point(pages: PageList): void {
    for (let i = 0; i < pages.length; i += 3) this.slots[pages[i] as Space].set(pages[i + 1]!, pages[i + 2]!);
  }

  private use(slot: number): void {
    this.inUse.add(slot);
    this.end = Math.max(this.end, slot + 1);
  }

  private release(slot: number): void {
    if (this.inUse.delete(slot)) this.free.push(slot);
  }

  /** All pages of the canister. */
  get pages(): PageList {
    const list: number[] = [];
    this.slots.forEach((slots, space) => {
      for (const [page, slot] of slots) list.push(space, page, slot);
    });
    return Uint32Array.from(list);
  }

  slotOf(space: Space, page: number): number | undefined {
    return this.slots[space].get(page);
  }

  /** Writes pages and returns where they lie. The slots they lay in are written again at the earliest by the next write. */
  write(pages: readonly (readonly [space: Space, page: number, content: Uint8Array])[]): PageList {
    const list = new Uint32Array(pages.length * 3);
    const taken = pages.map(() => this.free.pop() ?? this.end++).sort((a, b) => a - b);
    let run: Uint8Array[] = [];
    let runStart = 0;
    const finishRun = () => {
      if (run.length > 0) this.writeRun(run, runStart);
      run = [];
    };
    pages.forEach(([space, page, content], i) => {
      const slot = taken[i]!;
      if (slot !== runStart + run.length || run.length === gathered) {
        finishRun();
        runStart = slot;
      }
      run.push(content);
      list.set([space, page, slot], i * 3);
    });
    finishRun();
    for (let i = 0; i < list.length; i += 3) {
      const before = this.slots[list[i] as Space].get(list[i + 1]!);
      this.use(list[i + 2]!);
      if (before !== undefined) this.release(before);
    }
    this.point(list);
    return list;
  }

  private writeRun(run: Uint8Array[], slot: number): void {
    const total = run.length * pageBytes;
    let done = writevSync(this.file, run, slot * pageBytes);
    while (done < total) {
      const content = run[Math.floor(done / pageBytes)]!.subarray(done % pageBytes);
      done += writeSync(this.file, content, 0, content.length, slot * pageBytes + done);
    }
  }

  /** Reads a page into `target`. */
  read(slot: number, target: Uint8Array): void {
    for (let done = 0; done < target.length; ) {
      const count = readSync(this.file, target, done, target.length - done, slot * pageBytes + done);
      if (count === 0) throw new Error('a file of canister pages is shorter than it should be');
      done += count;
    }
  }

  /** Of its pages, the canister has only these from now on, or none. */
  replace(pages: PageList): void {
    const kept = new Set<number>();
    for (let i = 2; i < pages.length; i += 3) kept.add(pages[i]!);
    for (const slots of this.slots) {
      for (const slot of slots.values()) if (!kept.has(slot)) this.release(slot);
      slots.clear();
    }
    this.point(pages);
  }

  close(): void {
    closeSync(this.file);
  }
}
