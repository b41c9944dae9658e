/**
 * Memory for big things (weights, caches, vocabularies): extents of whole 64 KiB pages that are reused.
 *
 * A canister's memory never shrinks, so what is released has to be found again: neighbours that are both free are merged,
 * and an extent is taken from the smallest free ones that fit. Memory grows only when nothing fits. Nothing is ever
 * cleared: fresh and reused extents hold whatever was there.
 *
 * The work of an allocation does not grow with the extents that there are, of which a busy canister has tens of thousands.
 * A table beside the pages has eight bytes for every page, by its number:
 *
 *     pages      u16   of the extent that begins here; 0: none does
 *     firsts     u16   the first page of the free extent that ends here; 0: none does
 *     nexts      u16   the extent that begins here is free: the next one of about its size; 0: none. Its own number: it
 *                      is in use
 *     previous   u16   and the one before
 *
 * They stand together because every page of memory that a message touches first costs it as much as thousands of
 * instructions: an allocation looks at what is near in the table.
 *
 * Free extents of up to 63 pages are in a list for their size, larger ones in one of eight lists between two powers of
 * two (TLSF: Masmano and others, 2004). Pages that the managed runtime took for itself are in no extent.
 */

const PAGE_BITS: u32 = 16;
/** Pages in a 32-bit memory. */
const ALL_PAGES: u32 = 65536;
/** Extents of fewer pages are in a list for exactly their size. */
const SMALL: u32 = 64;
const SMALL_BITS: u32 = 6;
/** Lists: one for each small size, then 8 for each power of two from 2^6 to 2^15. */
const LISTS: u32 = 144;

const table: usize = memory.data(524288, 8);
const pages: usize = table;
const firsts: usize = table + 2;
const nexts: usize = table + 4;
const previous: usize = table + 6;
/** u16: the first extent of each list, 0 = none; and a bit for each that has one. */
const heads: usize = memory.data(288, 8);
const filled: usize = memory.data(24, 8);

let isBegun: bool = false;
/** Allocations that found no room since the program began. */
let refused: u32 = 0;
let usedPages: u32 = 0;
let freePages: u32 = 0;
/** The most pages that memory may have. */
let limitPages: u32 = ALL_PAGES;
let reserve: Reserve | null = null;

/** An owner of memory that can be given back. */
export abstract class Reserve {
  /** The most bytes that it could give back. */
  abstract get bytes(): u64;
  /** Gives some memory back; false if there is none left to give. */
  abstract giveUp(): bool;
}

/** Sets the reserve, which gives memory back when an allocation finds no room; null: none. */
export function setReserve(to: Reserve | null): void {
  reserve = to;
}

// @ts-ignore: decorator
@inline
function at(column: usize, page: u32): u32 {
  return <u32>load<u16>(column + ((<usize>page) << 3));
}

// @ts-ignore: decorator
@inline
function put(column: usize, page: u32, value: u32): void {
  store<u16>(column + ((<usize>page) << 3), <u16>value);
}

/** The first extent of a list, 0 = none. */
function headOf(list: u32): u32 {
  return <u32>load<u16>(heads + ((<usize>list) << 1));
}

function setHead(list: u32, first: u32): void {
  store<u16>(heads + ((<usize>list) << 1), <u16>first);
}

/** Whether an extent in use begins at a page. */
function isUsed(page: u32): bool {
  return page != 0 && at(nexts, page) == page;
}

function listOf(count: u32): u32 {
  if (count < SMALL) return count;
  const power = 31 - <u32>clz<u32>(count);
  return SMALL + ((power - SMALL_BITS) << 3) + ((count >> (power - 3)) & 7);
}

/** The first list from `from` on that has an extent, or LISTS. */
function nextFilled(from: u32): u32 {
  for (let word = from >> 6; word < 3; ++word) {
    let bits = load<u64>(filled + ((<usize>word) << 3));
    if (word == from >> 6) bits = (bits >> (from & 63)) << (from & 63);
    if (bits != 0) return (word << 6) + <u32>ctz<u64>(bits);
  }
  return LISTS;
}

/** The list's bit in its word of `filled`. */
function bitOf(list: u32): u64 {
  const one: u64 = 1;
  return one << (list & 63);
}

/** Makes pages a free extent and adds it to its list. */
function insert(first: u32, count: u32): void {
  const list = listOf(count);
  const head = headOf(list);
  put(pages, first, count);
  put(firsts, first + count - 1, first);
  put(nexts, first, head);
  put(previous, first, 0);
  if (head != 0) put(previous, head, first);
  setHead(list, first);
  const word = filled + (((<usize>list) >> 6) << 3);
  store<u64>(word, load<u64>(word) | bitOf(list));
  freePages += count;
}

/** Removes a free extent from its list, so it is no longer free. */
function remove(first: u32): void {
  const count = at(pages, first);
  const list = listOf(count);
  const next = at(nexts, first);
  const before = at(previous, first);
  if (next != 0) put(previous, next, before);
  if (before != 0) put(nexts, before, next);
  else setHead(list, next);
  if (headOf(list) == 0) {
    const word = filled + (((<usize>list) >> 6) << 3);
    store<u64>(word, load<u64>(word) & ~bitOf(list));
  }
  put(pages, first, 0);
  put(firsts, first + count - 1, 0);
  freePages -= count;
}

/** The smallest extent of a list that has `count` pages, or 0. Lists of large ones are short: they fill the memory soon. */
function smallestIn(list: u32, count: u32): u32 {
  let best: u32 = 0;
  for (let first = headOf(list); first != 0; first = at(nexts, first)) {
    if (list < SMALL) return first;
    if (at(pages, first) >= count && (best == 0 || at(pages, first) < at(pages, best))) best = first;
  }
  return best;
}

/** A free extent of at least `count` pages, or 0. */
function find(count: u32): u32 {
  const own = listOf(count);
  const first = smallestIn(own, count);
  if (first != 0) return first;
  const list = nextFilled(own + 1);
  return list < LISTS ? smallestIn(list, count) : 0;
}

/** Grows memory until its last extent is free and has `count` pages; that extent, or 0 if memory is full. */
function grow(count: u32): u32 {
  const end = <u32>memory.size();
  const last = at(firsts, end - 1);
  const missing = last != 0 ? count - at(pages, last) : count;
  if (end > limitPages || missing > limitPages - end) return 0;
  if (memory.grow(<i32>missing) < 0) return 0;
  if (last == 0) {
    insert(end, missing);
    return end;
  }
  remove(last);
  insert(last, count);
  return last;
}

/** Takes an extent of `count` pages; 0 if there is none. */
function take(count: u32): u32 {
  if (count >= ALL_PAGES) return 0;
  let first = find(count);
  if (first == 0) first = grow(count);
  if (first == 0) return 0;
  const rest = at(pages, first) - count;
  remove(first);
  if (rest > 0) insert(first + count, rest);
  put(pages, first, count);
  put(nexts, first, first);
  usedPages += count;
  return first;
}

/**
 * Allocates an extent of at least `bytes` bytes, aligned to 64 KiB and not cleared. All big memory comes from here: if
 * there is no room, the reserve (the sequences that were used longest ago) gives memory back until the extent fits.
 * Returns 0 if it does not fit even then. An extent may end at 4 GiB, so compare addresses unsigned and by offset.
 */
export function allocate(bytes: usize): usize {
  // The managed runtime takes all of memory for itself at its first allocation, which has to come before ours.
  if (!isBegun) heap.free(heap.alloc(1));
  isBegun = true;
  const count = max<u32>(1, <u32>((<u64>bytes + 0xffff) >> PAGE_BITS));
  let first = take(count);
  const other = reserve;
  if (first == 0 && other != null && availableBytes() + other.bytes >= (<u64>count) << PAGE_BITS) {
    while (first == 0 && other.giveUp()) first = take(count);
  }
  if (first == 0) ++refused;
  return (<usize>first) << PAGE_BITS;
}

/**
 * How many allocations have found no room since the program began. If this grows during an operation that fails, the
 * cause is a lack of memory, whatever the problem says.
 */
export function refusedAllocations(): u32 {
  return refused;
}

/** Releases an extent. An address that is not the start of a used extent (0 too) is ignored. */
export function release(ptr: usize): void {
  let first = <u32>(ptr >> PAGE_BITS);
  if ((ptr & 0xffff) != 0 || !isUsed(first)) return;
  let count = at(pages, first);
  usedPages -= count;
  put(nexts, first, 0);
  put(pages, first, 0);
  const after = first + count;
  if (after < ALL_PAGES && at(pages, after) != 0 && !isUsed(after)) {
    count += at(pages, after);
    remove(after);
  }
  const before = at(firsts, first - 1);
  if (before != 0) {
    count += at(pages, before);
    first = before;
    remove(before);
  }
  insert(first, count);
}

/** Bytes in extents that are in use. */
export function allocatedBytes(): u64 {
  return (<u64>usedPages) << PAGE_BITS;
}

/**
 * Sets the size to which memory may grow; at first 4 GiB. The heap has to know the canister's wasm memory limit,
 * because growing beyond it traps instead of failing.
 */
export function setHeapLimit(bytes: u64): void {
  limitPages = <u32>min<u64>(ALL_PAGES, bytes >> PAGE_BITS);
}

/** Bytes that can still be allocated: free extents, and what memory may grow by. */
export function availableBytes(): u64 {
  const end = <u32>memory.size();
  return (<u64>(freePages + (end < limitPages ? limitPages - end : 0))) << PAGE_BITS;
}
