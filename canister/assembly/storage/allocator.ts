/**
 * Hands out pages of stable memory and takes them back. One bit a page says whether it is in use; the bits of 524,288
 * pages (32 GiB) fill one page, which is the first of those pages:
 *
 *     page 0            superblock
 *     page 1            bitmap of pages 1 ..  524,288       bit i of the bitmap is page 1 + i; bit 0, its own, is set
 *     page 524,289      bitmap of pages 524,289 .. 1,048,576
 *     ...
 *
 * Pages from FIRST_UNUSED_PAGE on were never used, are zero, and have zero bits. Freed pages are used again, lowest
 * first, before new ones. 500 GiB have 16 bitmaps, so that even looking through all of them is cheap.
 */
import { trap } from '../ic/trap';
import { FIRST_UNUSED_PAGE, FREE_PAGES, LOWEST_FREE_PAGE } from './superblock';
import { PAGE, get, grow, pages, put, read } from './stable';

const GROUP: u64 = PAGE * 8;
/** Bytes of a bitmap that are searched together. */
const PIECE: u64 = 1024;

const piece: usize = memory.data(1024, 8);

/** Pages in a row. */
@final
export class Run {
  constructor(
    readonly start: u32,
    readonly pages: u32,
    /** They were never used, so they are zero. */
    readonly isFresh: bool,
  ) {}
}

/** First page of the group that a page belongs to, which is its bitmap. */
function groupOf(page: u64): u64 {
  return page - ((page - 1) % GROUP);
}

/** Sets or clears the bits of `count` pages of one group. */
function mark(start: u64, count: u64, used: bool): void {
  const group = groupOf(start);
  let bit = start - group;
  while (count > 0) {
    const shift = bit & 63;
    const part = min<u64>(64 - shift, count);
    const mask = (part == 64 ? <u64>-1 : ((<u64>1) << part) - 1) << shift;
    const at = group * PAGE + (bit >> 6) * 8;
    const bits = get<u64>(at);
    put<u64>(at, used ? bits | mask : bits & ~mask);
    bit += part;
    count -= part;
  }
}

/** The first page at or after `from` and before `end` whose bit is `used`; `end` if there is none. */
function next(from: u64, end: u64, used: bool): u64 {
  let page = from;
  while (page < end) {
    const group = groupOf(page);
    const bit = page - group;
    const first = (bit >> 3) & ~(PIECE - 1);
    read(piece, group * PAGE + first, PIECE);
    const pieceEnd = min(group + (first + PIECE) * 8, end);
    while (page < pieceEnd) {
      const index = page - group - first * 8;
      const bits = load<u64>(piece + <usize>(index >> 6) * 8);
      const wanted = (used ? bits : ~bits) >> (index & 63);
      if (wanted != 0) return min(page + ctz(wanted), end);
      page += 64 - (index & 63);
    }
    page = pieceEnd;
  }
  return end;
}

/** Bytes of stable memory that are free to be used again, without growing. */
export function freeBytes(): u64 {
  return get<u64>(FREE_PAGES) * PAGE;
}

/** Somebody who has pages that the program can do without. */
export abstract class PageReserve {
  /** Gives some back; false if there are none that may go now. */
  abstract giveUp(): bool;
}

/** Those who are asked, in this order. */
const reserves: PageReserve[] = [];
let areReservesSpared: bool = false;

/** Has somebody give back pages whenever stable memory is full: before all others, or after them. */
export function addPageReserve(reserve: PageReserve, isFirst: bool): void {
  if (isFirst) reserves.unshift(reserve);
  else reserves.push(reserve);
}

/** Whether nobody is to give back pages now, because what is written is worth less than what would go for it. */
export function spareReserves(isOn: bool): void {
  areReservesSpared = isOn;
}

function giveUp(): bool {
  if (areReservesSpared) return false;
  for (let i = 0; i < reserves.length; ++i) if (reserves[i].giveUp()) return true;
  return false;
}

/** Pages at the end of stable memory that were never used. */
function unused(): u64 {
  return pages() - get<u64>(FIRST_UNUSED_PAGE);
}

/**
 * Ensures that `single` pages in any places, and then `row` pages in a row, can be taken. False if stable memory cannot grow
 * that far, even without the pages of the reserve; nothing else has changed then.
 */
export function reserve(single: u64, row: u64): bool {
  while (!hasRoom(single, row)) {
    // What is given back is single pages: no room for a row.
    if (row > 1 || !giveUp()) return false;
  }
  return true;
}

function hasRoom(single: u64, row: u64): bool {
  const free = get<u64>(FREE_PAGES);
  if (row <= 1 && single + row <= free) return true;
  const fresh = single > free ? single - free : 0;
  // A row may have to start again after a bitmap that interrupts it, and every bitmap takes a page, too.
  const needed = fresh + 2 * row + (fresh + 2 * row) / (GROUP - 1) + 1;
  const there = unused();
  return needed <= there || grow(needed - there);
}

/** Takes pages that were never used; never beyond the end of their group. */
function takeFresh(count: u64): Run {
  let start = get<u64>(FIRST_UNUSED_PAGE);
  if (groupOf(start) == start) {
    mark(start, 1, true);
    ++start;
  }
  const taken = min(count, groupOf(start) + GROUP - start);
  // Only possible without {@link reserve}, which is a bug in this folder; a trap undoes the whole message.
  if (start + taken > pages()) trap('stable memory was not reserved');
  mark(start, taken, true);
  put<u64>(FIRST_UNUSED_PAGE, start + taken);
  return new Run(<u32>start, <u32>taken, true);
}

function takeFree(start: u64, count: u64): Run {
  const end = next(start, min(start + count, get<u64>(FIRST_UNUSED_PAGE)), true);
  mark(start, end - start, true);
  put<u64>(FREE_PAGES, get<u64>(FREE_PAGES) - (end - start));
  if (start == get<u64>(LOWEST_FREE_PAGE)) put<u64>(LOWEST_FREE_PAGE, end);
  return new Run(<u32>start, <u32>(end - start), false);
}

/**
 * Takes 1 to `count` reserved pages in a row: those from `goal` on if it is free (0: no preference), else the lowest.
 */
export function take(count: u32, goal: u32): Run {
  const end = get<u64>(FIRST_UNUSED_PAGE);
  if (get<u64>(FREE_PAGES) == 0) return takeFresh(count);
  if (goal > 0 && goal < end && next(goal, <u64>goal + 1, false) == goal) return takeFree(goal, count);
  const lowest = next(get<u64>(LOWEST_FREE_PAGE), end, false);
  put<u64>(LOWEST_FREE_PAGE, lowest);
  return takeFree(lowest, count);
}

/** Takes exactly `count` pages in a row; 0 if stable memory cannot grow so far. */
export function takeRow(count: u32): u32 {
  if (!reserve(0, count)) return 0;
  let unusedPage = get<u64>(FIRST_UNUSED_PAGE);
  if (get<u64>(FREE_PAGES) >= count) {
    let start = next(get<u64>(LOWEST_FREE_PAGE), unusedPage, false);
    while (start < unusedPage) {
      const end = next(start, min(start + count, unusedPage), true);
      if (end - start == count) {
        takeFree(start, count);
        return <u32>start;
      }
      start = next(end, unusedPage, false);
    }
  }
  const groupEnd = groupOf(unusedPage) + GROUP;
  if (groupOf(unusedPage) != unusedPage && groupEnd - unusedPage < count) {
    // Too few pages before the next bitmap: they become ordinary free pages.
    put<u64>(FREE_PAGES, get<u64>(FREE_PAGES) + groupEnd - unusedPage);
    put<u64>(LOWEST_FREE_PAGE, min(get<u64>(LOWEST_FREE_PAGE), unusedPage));
    put<u64>(FIRST_UNUSED_PAGE, groupEnd);
  }
  return takeFresh(count).start;
}

/** Releases pages in a row that were handed out together or are neighbours. */
export function release(start: u32, count: u32): void {
  if (count == 0) return;
  mark(start, count, false);
  put<u64>(FREE_PAGES, get<u64>(FREE_PAGES) + count);
  put<u64>(LOWEST_FREE_PAGE, min<u64>(get<u64>(LOWEST_FREE_PAGE), start));
}
