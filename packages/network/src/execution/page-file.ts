/**
 * A canister's pages on disk: a file of 64 KiB slots. A message's page goes to a free slot. The old slot becomes free
 * only after the network has recorded the new one. So a page is written once for each message that changes it, nothing
 * is ever rewritten as a whole, and whenever the process ends, the pages of the last recorded message are intact.
 */
import { closeSync, constants, openSync, readSync, writeSync, writevSync } from 'node:fs';
import { crc32 } from 'node:zlib';

export const pageBytes = 65536;

/** Heap or stable memory: pages of both lie in the same file. */
export const Space = { heap: 0, stable: 1 } as const;
export type Space = (typeof Space)[keyof typeof Space];

/** Locations of pages with the CRC-32 of their content: four numbers each, space, page, slot and checksum. */
export type PageList = Uint32Array;
const listed = 4;

export interface ListedPage {
  space: Space;
  page: number;
  slot: number;
  checksum: number;
}

export function* pagesIn(list: PageList): Generator<ListedPage> {
  for (let i = 0; i < list.length; i += listed) {
    yield { space: list[i] as Space, page: list[i + 1]!, slot: list[i + 2]!, checksum: list[i + 3]! };
  }
}

type Place = Pick<ListedPage, 'slot' | 'checksum'>;

/** Pages written with one system call. */
const gathered = 512;

export class PageFile {
  private readonly file: number;
  /** By space: the location of each written page. */
  private readonly places: readonly [Map<number, Place>, Map<number, Place>] = [new Map(), new Map()];
  private readonly inUse = new Set<number>();
  private readonly free: number[] = [];
  private end = 0;

  /** `pages` are the canister's, as an earlier process has left them. */
  constructor(path: string, pages: PageList = new Uint32Array()) {
    this.file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    for (const { slot } of pagesIn(pages)) this.use(slot);
    for (let slot = 0; slot < this.end; slot++) if (!this.inUse.has(slot)) this.free.push(slot);
    this.point(pages);
  }

  private point(pages: PageList): void {
    for (const { space, page, slot, checksum } of pagesIn(pages)) this.places[space].set(page, { slot, checksum });
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
    this.places.forEach((places, space) => {
      for (const [page, { slot, checksum }] of places) list.push(space, page, slot, checksum);
    });
    return Uint32Array.from(list);
  }

  /** The pages of one kind. */
  pagesOf(space: Space): PageList {
    const list = [...this.places[space]].flatMap(([page, { slot, checksum }]) => [space, page, slot, checksum]);
    return Uint32Array.from(list);
  }

  /** Writes pages and returns their locations. Their old slots are reused by the next write at the earliest. */
  write(pages: readonly (readonly [space: Space, page: number, content: Uint8Array])[]): PageList {
    const list = new Uint32Array(pages.length * listed);
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
      list.set([space, page, slot, crc32(content)], i * listed);
    });
    finishRun();
    for (const { space, page, slot } of pagesIn(list)) {
      const before = this.places[space].get(page);
      this.use(slot);
      if (before !== undefined) this.release(before.slot);
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

  /** Reads a page into `target`; false if it was never written. Throws if its content is damaged. */
  read(space: Space, page: number, target: Uint8Array): boolean {
    const place = this.places[space].get(page);
    if (place === undefined) return false;
    const whole = readSlot(this.file, place.slot, target);
    if (!whole || crc32(target) !== place.checksum) throw new Error(`${describePage(space, page)} is damaged on disk`);
    return true;
  }

  /** Of its pages, the canister has only these from now on, or none. */
  replace(pages: PageList): void {
    const kept = new Set<number>();
    for (const { slot } of pagesIn(pages)) kept.add(slot);
    for (const places of this.places) {
      for (const { slot } of places.values()) if (!kept.has(slot)) this.release(slot);
      places.clear();
    }
    this.point(pages);
  }

  close(): void {
    closeSync(this.file);
  }
}

export const describePage = (space: Space, page: number) =>
  `page ${page} of the ${space === Space.heap ? 'heap' : 'stable memory'}`;

/** Reads a slot of an open file; false when the file does not hold all of it. */
export function readSlot(file: number, slot: number, target: Uint8Array): boolean {
  for (let done = 0; done < target.length; ) {
    const count = readSync(file, target, done, target.length - done, slot * pageBytes + done);
    if (count === 0) return false;
    done += count;
  }
  return true;
}
