/**
 * Memory for big things (weights, caches, vocabularies): extents of whole 64 KiB pages that are reused.
 *
 * A canister's memory never shrinks, so what is released has to be found again: extents are kept in one table sorted by
 * address, neighbours that are both free are merged, and the smallest free extent that fits is taken. Memory grows only
 * when nothing fits. Nothing is ever cleared: fresh and reused extents hold whatever was there.
 *
 *     table   [ first page: u32 | pages << 1 | used: u32 ] * extents, in the order of their addresses
 *
 * Pages that the managed runtime took for itself are simply not in the table.
 */

const PAGE_BITS: u32 = 16;
/** Extents at once, free and used: bounds the table (32 KiB), and so the work of one allocation. */
const MAX_EXTENTS: i32 = 4096;
/** Pages in a 32-bit memory. */
const ALL_PAGES: u32 = 65536;
const ENTRY: usize = 8;

const table: usize = memory.data(32768);
let extents: i32 = 0;
let usedPages: u32 = 0;
/** Memory never grows beyond so many pages. */
let limitPages: u32 = ALL_PAGES;

// @ts-ignore: decorator
@inline
function first(i: i32): u32 {
  return load<u32>(table + <usize>i * ENTRY);
}

// @ts-ignore: decorator
@inline
function pages(i: i32): u32 {
  return load<u32>(table + <usize>i * ENTRY, 4) >> 1;
}

// @ts-ignore: decorator
@inline
function used(i: i32): bool {
  return (load<u32>(table + <usize>i * ENTRY, 4) & 1) != 0;
}

function set(i: i32, firstPage: u32, count: u32, isUsed: bool): void {
  const entry = table + <usize>i * ENTRY;
  store<u32>(entry, firstPage);
  store<u32>(entry, (count << 1) | u32(isUsed), 4);
}

function insert(i: i32, firstPage: u32, count: u32, isUsed: bool): void {
  const at = table + <usize>i * ENTRY;
  memory.copy(at + ENTRY, at, <usize>(extents - i) * ENTRY);
  ++extents;
  set(i, firstPage, count, isUsed);
}

function remove(i: i32): void {
  const at = table + <usize>i * ENTRY;
  --extents;
  memory.copy(at, at + ENTRY, <usize>(extents - i) * ENTRY);
}

/** Index of the extent that starts at `firstPage`, or -1. */
function find(firstPage: u32): i32 {
  let low = 0;
  let high = extents;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (first(middle) < firstPage) low = middle + 1;
    else high = middle;
  }
  return low < extents && first(low) == firstPage ? low : -1;
}

/** Index of the smallest free extent of at least `count` pages (the lowest of equals), or -1. */
function bestFit(count: u32): i32 {
  let best = -1;
  for (let i = 0; i < extents; ++i) {
    if (!used(i) && pages(i) >= count && (best < 0 || pages(i) < pages(best))) best = i;
  }
  return best;
}

/** Grows memory until its last extent is free and has `count` pages; that extent's index, or -1 if memory is full. */
function grow(count: u32): i32 {
  const end = <u32>memory.size();
  const last = extents - 1;
  const continues = last >= 0 && !used(last) && first(last) + pages(last) == end;
  const missing = continues ? count - pages(last) : count;
  if (end > limitPages || missing > limitPages - end || (!continues && extents >= MAX_EXTENTS)) return -1;
  const start = memory.grow(<i32>missing);
  if (start < 0) return -1;
  if (continues) set(last, first(last), count, false);
  else insert(extents, <u32>start, missing, false);
  return extents - 1;
}

/**
 * Takes an extent of at least `bytes` bytes, aligned to 64 KiB and not cleared.
 * 0 when it does not fit, with nothing changed; an extent may end at 4 GiB, so compare addresses unsigned and by offset.
 */
export function allocate(bytes: usize): usize {
  // The managed runtime takes all of memory for itself at its first allocation: that has to be before ours.
  if (extents == 0) heap.free(heap.alloc(1));
  const count = max<u32>(1, <u32>((<u64>bytes + 0xffff) >> PAGE_BITS));
  let i = bestFit(count);
  if (i < 0) i = grow(count);
  if (i < 0) return 0;
  const rest = pages(i) - count;
  if (rest > 0) {
    // A full table gives the whole extent away rather than lose track of its rest.
    if (extents < MAX_EXTENTS) {
      insert(i + 1, first(i) + count, rest, false);
      set(i, first(i), count, true);
    } else {
      set(i, first(i), pages(i), true);
    }
  } else {
    set(i, first(i), count, true);
  }
  usedPages += pages(i);
  return (<usize>first(i)) << PAGE_BITS;
}

/** Gives an extent back. Anything that is not the start of a used extent (0 too) is ignored. */
export function release(ptr: usize): void {
  if ((ptr & 0xffff) != 0) return;
  let i = find(<u32>(ptr >> PAGE_BITS));
  if (i < 0 || !used(i)) return;
  usedPages -= pages(i);
  set(i, first(i), pages(i), false);
  if (i + 1 < extents && !used(i + 1) && first(i) + pages(i) == first(i + 1)) {
    set(i, first(i), pages(i) + pages(i + 1), false);
    remove(i + 1);
  }
  if (i > 0 && !used(i - 1) && first(i - 1) + pages(i - 1) == first(i)) {
    set(i - 1, first(i - 1), pages(i - 1) + pages(i), false);
    remove(i);
  }
}

/** Bytes in extents that are in use. */
export function allocatedBytes(): u64 {
  return (<u64>usedPages) << PAGE_BITS;
}

/**
 * Sets the size that memory may grow to, 4 GiB at first: where growing further would not answer 0 but stop the call
 * (a canister's wasm memory limit), the heap has to know.
 */
export function setHeapLimit(bytes: u64): void {
  limitPages = <u32>min<u64>(ALL_PAGES, bytes >> PAGE_BITS);
}

/** Bytes that extents could still take: the free ones and what memory may grow by. */
export function availableBytes(): u64 {
  const end = <u32>memory.size();
  let free: u64 = end < limitPages ? limitPages - end : 0;
  for (let i = 0; i < extents; ++i) if (!used(i)) free += pages(i);
  return free << PAGE_BITS;
}
