/**
 * Pages shared by several files, since one was made a copy of another. A file that is written to such a page first gets
 * a page of its own, and the last file with a page releases it. A table counts, for every page of stable memory, the
 * files that have it in addition to the first:
 *
 *     table   [ others: u16 ] * 32,768 a page (segments.ts)
 *
 * The table is only as long as needed; entries beyond it count as zero. A file whose inode does not say that it may
 * share pages is never looked up.
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

/** Why pages in a row cannot be shared with one more file, or null; then the table has places for them. */
export function prepare(start: u32, count: u32): Problem | null {
  for (let page = start; page < start + count; ++page) {
    if (!reserveZeros(SHARING_SEGMENTS, page, PER_PAGE)) return full('to note what files share');
    if (get<u16>(offsetOf(page)) == MAX_OTHERS) return new Problem(`the file has ${MAX_OTHERS} copies already`);
  }
  return null;
}

/** Counts one more file for pages in a row; {@link prepare} first. */
export function share(start: u32, count: u32): void {
  for (let page = start; page < start + count; ++page) put<u16>(offsetOf(page), get<u16>(offsetOf(page)) + 1);
}

/** Counts one file less for pages in a row. */
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
