/**
 * Pages that several files have in common since one was made a copy of another: whoever writes to such a page takes a
 * page of its own first, and the last one gives it back. A table has, for every page of stable memory, how many files
 * have it beside the first:
 *
 *     table   [ others: u16 ] * 32,768 a page (segments.ts)
 *
 * It is there as far as pages were ever shared; what is not there counts as zeros. A file whose inode does not say that
 * it may have such pages is never looked up.
 */
import { Problem } from '../problem';
import { release } from './allocator';
import { SHARES } from './inodes';
import { entryOffset, hasEntry, reserveZeros } from './segments';
import { SHARING_SEGMENTS } from './superblock';
import { full, get, put } from './stable';

const PER_PAGE: u32 = 32768;
const MAX_OTHERS: u16 = u16.MAX_VALUE;

/** Whether the file of an inode may have pages that other files have, too. */
export function mayShare(entry: u64): bool {
  return get<u8>(entry + SHARES) != 0;
}

function offsetOf(page: u32): u64 {
  return entryOffset(SHARING_SEGMENTS, page, PER_PAGE, 2);
}

/** Whether another file has the page, too. */
export function isShared(page: u32): bool {
  return hasEntry(SHARING_SEGMENTS, page, PER_PAGE) && get<u16>(offsetOf(page)) > 0;
}

/** Why pages in a row cannot be given to one file more, or null; the table is there afterwards. */
export function prepare(start: u32, count: u32): Problem | null {
  for (let page = start; page < start + count; ++page) {
    if (!reserveZeros(SHARING_SEGMENTS, page, PER_PAGE)) return full('to note what files share');
    if (get<u16>(offsetOf(page)) == MAX_OTHERS) return new Problem(`the file has ${MAX_OTHERS} copies already`);
  }
  return null;
}

/** Gives pages in a row, which are prepared, to one file more. */
export function share(start: u32, count: u32): void {
  for (let page = start; page < start + count; ++page) put<u16>(offsetOf(page), get<u16>(offsetOf(page)) + 1);
}

/** Takes pages in a row from one file. */
export function giveBack(start: u32, count: u32): void {
  let own = start;
  for (let page = start; page < start + count; ++page) {
    if (!isShared(page)) continue;
    put<u16>(offsetOf(page), get<u16>(offsetOf(page)) - 1);
    release(own, page - own);
    own = page + 1;
  }
  release(own, start + count - own);
}
