/**
 * A table that grows without being moved: segment k has 2^k pages in a row, so that page p of the table is in segment
 * floor(log2(p + 1)). The first pages of the segments are 32 numbers in the superblock; together they hold 2^32 pages.
 */
import { takeRow } from './allocator';
import { PAGE, get, put, zero } from './stable';

/** Byte offset of entry `index` of the table whose segments' pages are at `segments`, `perPage` entries a page. */
export function entryOffset(segments: u64, index: u32, perPage: u32, entrySize: u64): u64 {
  const page = index / perPage;
  const segment = 31 - clz<u32>(page + 1);
  const first = get<u32>(segments + segment * 4);
  return (<u64>first + (page + 1 - ((<u32>1) << segment))) * PAGE + <u64>(index % perPage) * entrySize;
}

/**
 * Ensures places for `added` entries after the `count` present ones; false if stable memory is full. Add at most as
 * many at once as a page holds.
 */
export function reserveEntries(segments: u64, count: u32, added: u32, perPage: u32): bool {
  return reserveEntry(segments, count, perPage) && reserveEntry(segments, count + added - 1, perPage);
}

/** Whether entry `index` has a place. */
export function hasEntry(segments: u64, index: u32, perPage: u32): bool {
  const segment = 31 - clz<u32>(index / perPage + 1);
  return get<u32>(segments + segment * 4) != 0;
}

/** Ensures a place for entry `index`; new entries are zero. False if stable memory is full. */
export function reserveZeros(segments: u64, index: u32, perPage: u32): bool {
  if (hasEntry(segments, index, perPage)) return true;
  if (!reserveEntry(segments, index, perPage)) return false;
  const segment = 31 - clz<u32>(index / perPage + 1);
  zero(<u64>get<u32>(segments + segment * 4) * PAGE, PAGE << segment);
  return true;
}

function reserveEntry(segments: u64, index: u32, perPage: u32): bool {
  const page = index / perPage;
  const segment = 31 - clz<u32>(page + 1);
  if (get<u32>(segments + segment * 4) != 0) return true;
  const first = takeRow((<u32>1) << segment);
  if (first == 0) return false;
  put<u32>(segments + segment * 4, first);
  return true;
}
