/**
 * Which pages of stable memory hold a file's pages: extents, sorted by their place in the file.
 *
 *     extent  [ page of the file: u32 | first page: u32 | pages: u32 ]
 *
 * Up to ten are in the file's inode; more are in a table of their own, in pages in a row. What no extent covers was
 * never written and reads as zeros.
 */
import { Run, release, takeRow } from './allocator';
import { giveBack, isShared, mayShare } from './sharing';
import { EXTENTS, EXTENT_COUNT, EXTENT_TABLE, EXTENT_TABLE_PAGES } from './inodes';
import { PAGE, get, move, put } from './stable';

const EXTENT: u64 = 12;
/** Extents that an inode has room for, and a page of a table. */
const MAX_INLINE: u32 = 10;
export const EXTENTS_PER_PAGE: u32 = <u32>(PAGE / EXTENT);

/**
 * The most extents of a file: a table of 5 MiB, which insertions may have to move. Only a file with a hole at every
 * page would need so many.
 */
const MAX_EXTENTS: u32 = 80 * 5461;

/** The extents of the file whose inode is at `entry`. */
@final
export class Extents {
  private offset: u64;
  count: u32;

  constructor(private readonly entry: u64) {
    const table = get<u32>(entry + EXTENT_TABLE);
    this.offset = table == 0 ? entry + EXTENTS : <u64>table * PAGE;
    this.count = get<u32>(entry + EXTENT_COUNT);
  }

  filePage(i: i32): u32 {
    return get<u32>(this.offset + <u64>i * EXTENT);
  }

  start(i: i32): u32 {
    return get<u32>(this.offset + <u64>i * EXTENT + 4);
  }

  pages(i: i32): u32 {
    return get<u32>(this.offset + <u64>i * EXTENT + 8);
  }

  private set(i: i32, filePage: u32, start: u32, pages: u32): void {
    const at = this.offset + <u64>i * EXTENT;
    put<u32>(at, filePage);
    put<u32>(at + 4, start);
    put<u32>(at + 8, pages);
  }

  private setCount(count: u32): void {
    this.count = count;
    put<u32>(this.entry + EXTENT_COUNT, count);
  }

  /** The last extent that starts at or before a page of the file, -1 if there is none; it may end before the page. */
  find(filePage: u32): i32 {
    let low = -1;
    let high = <i32>this.count - 1;
    // Fast path: most writes are at the end.
    if (high >= 0 && this.filePage(high) <= filePage) return high;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.filePage(middle) <= filePage) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where the pages from `filePage` on are: the first of them, or 0 if they have no place ... */
  place(i: i32, filePage: u32): u64 {
    if (i < 0) return 0;
    const inside = filePage - this.filePage(i);
    return inside < this.pages(i) ? <u64>this.start(i) + inside : 0;
  }

  /** ... and how many of them are in a row, or have no place in a row (before `end`). */
  row(i: i32, filePage: u32, end: u32): u32 {
    if (i >= 0) {
      const inside = filePage - this.filePage(i);
      if (inside < this.pages(i)) return min(this.pages(i) - inside, end - filePage);
    }
    return i + 1 < <i32>this.count ? min(this.filePage(i + 1), end) - filePage : end - filePage;
  }

  /** Pages from `from` to `end` of the file that have no place yet. */
  missing(from: u32, end: u32): u32 {
    let missing: u32 = 0;
    let i = this.find(from);
    for (let page = from; page < end;) {
      const row = this.row(i, page, end);
      if (this.place(i, page) == 0) missing += row;
      page += row;
      if (i + 1 < <i32>this.count && this.filePage(i + 1) == page) ++i;
    }
    return missing;
  }

  /** How many pages from `from` to `end` of the file are shared with other files. */
  shared(from: u32, end: u32): u32 {
    let shared: u32 = 0;
    for (let page = from; page < end; ++page) {
      const place = this.place(this.find(page), page);
      if (place != 0 && isShared(<u32>place)) ++shared;
    }
    return shared;
  }

  /** Whether `added` more extents are allowed. */
  canHave(added: u32): bool {
    return added <= MAX_EXTENTS && this.count + added <= MAX_EXTENTS;
  }

  /** Pages to which the table may have to move when `added` extents are added; 0 if they fit where it is. */
  tablePages(added: u32): u32 {
    const present = get<u32>(this.entry + EXTENT_TABLE_PAGES);
    const capacity = present == 0 ? MAX_INLINE : present * EXTENTS_PER_PAGE;
    return this.count + added <= capacity ? 0 : max(2 * present, (this.count + added) / EXTENTS_PER_PAGE + 1);
  }

  /** Adds pages to the file at `filePage`, where it had none; false if stable memory is full. */
  add(filePage: u32, run: Run): bool {
    const i = this.find(filePage);
    const continues =
      i >= 0 && this.filePage(i) + this.pages(i) == filePage && this.start(i) + this.pages(i) == run.start;
    if (continues) {
      this.set(i, this.filePage(i), this.start(i), this.pages(i) + run.pages);
      return true;
    }
    if (!this.makeRoom()) return false;
    const at = this.offset + <u64>(i + 1) * EXTENT;
    move(at + EXTENT, at, <u64>(<i32>this.count - i - 1) * EXTENT);
    this.set(i + 1, filePage, run.start, run.pages);
    this.setCount(this.count + 1);
    return true;
  }

  /** Takes one page out of its extent, without releasing it; false if stable memory is full. */
  separate(filePage: u32): bool {
    if (!this.makeRoom()) return false;
    const i = this.find(filePage);
    const first = this.filePage(i);
    const start = this.start(i);
    const pages = this.pages(i);
    const before = filePage - first;
    const after = pages - before - 1;
    if (before > 0 && after > 0) {
      const next = this.offset + <u64>(i + 1) * EXTENT;
      move(next + EXTENT, next, <u64>(<i32>this.count - i - 1) * EXTENT);
      this.set(i + 1, filePage + 1, start + before + 1, after);
      this.set(i, first, start, before);
      this.setCount(this.count + 1);
    } else if (before > 0) {
      this.set(i, first, start, before);
    } else if (after > 0) {
      this.set(i, filePage + 1, start + 1, after);
    } else {
      const at = this.offset + <u64>i * EXTENT;
      move(at, at + EXTENT, <u64>(<i32>this.count - i - 1) * EXTENT);
      this.setCount(this.count - 1);
    }
    return true;
  }

  /** Moves the extents to a larger table if there is no room for one more. */
  private makeRoom(): bool {
    const pages = this.tablePages(1);
    if (pages == 0) return true;
    const table = takeRow(pages);
    if (table == 0) return false;
    move(<u64>table * PAGE, this.offset, <u64>this.count * EXTENT);
    release(get<u32>(this.entry + EXTENT_TABLE), get<u32>(this.entry + EXTENT_TABLE_PAGES));
    put<u32>(this.entry + EXTENT_TABLE, table);
    put<u32>(this.entry + EXTENT_TABLE_PAGES, pages);
    this.offset = <u64>table * PAGE;
    return true;
  }

  /** Releases all pages from `filePage` on; with the last one also the table. */
  cut(filePage: u32): void {
    const shares = mayShare(this.entry);
    while (this.count > 0) {
      const i = <i32>this.count - 1;
      const first = this.filePage(i);
      const pages = this.pages(i);
      if (first + pages <= filePage) return;
      const kept = first < filePage ? filePage - first : 0;
      if (shares) giveBack(this.start(i) + kept, pages - kept);
      else release(this.start(i) + kept, pages - kept);
      if (kept > 0) return this.set(i, first, this.start(i), kept);
      this.setCount(this.count - 1);
    }
    release(get<u32>(this.entry + EXTENT_TABLE), get<u32>(this.entry + EXTENT_TABLE_PAGES));
    put<u32>(this.entry + EXTENT_TABLE, 0);
    put<u32>(this.entry + EXTENT_TABLE_PAGES, 0);
    this.offset = this.entry + EXTENTS;
  }
}
