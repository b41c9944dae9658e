/** The bytes of a file, by their place in it; what the directory says about it is up to the callers. */
import { reserve, take } from './allocator';
import { Extents } from './extents';
import { BULK, PAGE, read, write, zero } from './stable';
import { trap } from '../ic/trap';

/** The largest file: more than stable memory can hold. */
export const MAX_FILE: u64 = 1 << 40;

// @ts-ignore: decorator
@inline
function pageOf(offset: u64): u32 {
  return <u32>(offset / PAGE);
}

/** The page behind the one that the last byte before `offset` is in. */
// @ts-ignore: decorator
@inline
function pageAfter(offset: u64): u32 {
  return <u32>((offset + PAGE - 1) / PAGE);
}

/** Copies `size` bytes of the file at `entry` from `offset` on to the heap. */
export function readContent(entry: u64, offset: u64, dst: usize, size: u64): void {
  const extents = new Extents(entry);
  const end = pageAfter(offset + size);
  let i = extents.find(pageOf(offset));
  while (size > 0) {
    const page = pageOf(offset);
    const within = offset % PAGE;
    const place = extents.place(i, page);
    const part = min(min(<u64>extents.row(i, page, end) * PAGE - within, size), BULK);
    if (place == 0) memory.fill(dst, 0, <usize>part);
    else read(dst, place * PAGE + within, part);
    dst += <usize>part;
    offset += part;
    size -= part;
    const next = i + 1;
    if (next < <i32>extents.count && extents.filePage(next) == pageOf(offset)) i = next;
  }
}

/** Gives the pages from `first` to `end` of the file a place; those that were used before are zero where not written. */
function placePages(extents: Extents, first: u32, end: u32, from: u64, to: u64): void {
  let i = extents.find(first);
  for (let page = first; page < end;) {
    const row = extents.row(i, page, end);
    if (extents.place(i, page) == 0) {
      const follows = i >= 0 && extents.filePage(i) + extents.pages(i) == page;
      const run = take(row, follows ? extents.start(i) + extents.pages(i) : 0);
      if (!extents.add(page, run)) trap('stable memory was not reserved');
      if (!run.isFresh) clearAround(run.start, page, run.pages, from, to);
      page += run.pages;
    } else {
      page += row;
    }
    i = extents.find(page);
  }
}

/** Zeros what a write (of the file's bytes `from` to `to`) leaves of pages that held something else before. */
function clearAround(start: u32, filePage: u32, pages: u32, from: u64, to: u64): void {
  const first = <u64>filePage * PAGE;
  const last = first + <u64>pages * PAGE;
  const at = <u64>start * PAGE;
  if (from > first) zero(at, min(from, last) - first);
  if (to < last) zero(at + (max(to, first) - first), last - max(to, first));
}

/**
 * Copies `size` bytes from the heap into the file at `entry`, at `offset`. Null, or why not; then nothing has changed.
 */
export function writeContent(entry: u64, offset: u64, src: usize, size: u64): string | null {
  if (size == 0) return null;
  const extents = new Extents(entry);
  const first = pageOf(offset);
  const end = pageAfter(offset + size);
  const missing = extents.missing(first, end);
  if (missing > 0) {
    const problem = reservePages(extents, missing);
    if (problem !== null) return problem;
    placePages(extents, first, end, offset, offset + size);
  }
  let i = extents.find(first);
  while (size > 0) {
    const page = pageOf(offset);
    const within = offset % PAGE;
    const part = min(<u64>extents.row(i, page, end) * PAGE - within, size);
    write(extents.place(i, page) * PAGE + within, src, part);
    src += <usize>part;
    offset += part;
    size -= part;
    ++i;
  }
  return null;
}

/** Whether there is room for a new file of `size` bytes. */
export function hasRoom(size: u64): bool {
  return size == 0 || (size <= MAX_FILE && reserve(pageAfter(size), 1));
}

function reservePages(extents: Extents, missing: u32): string | null {
  // Every page may have to come from somewhere else.
  if (extents.canHave(missing)) {
    if (reserve(missing, extents.tablePages(missing))) return null;
    return `stable memory is full: there is no room for ${(<u64>missing * PAGE).toString()} more bytes`;
  }
  return 'the file is in too many pieces: copy it to a new one';
}

/** Gives back what the file at `entry` has beyond `size` bytes, and zeros the rest of its last page. */
export function cutContent(entry: u64, size: u64): void {
  const extents = new Extents(entry);
  extents.cut(pageAfter(size));
  const within = size % PAGE;
  if (within == 0) return;
  const page = pageOf(size);
  const at = extents.place(extents.find(page), page);
  if (at != 0) zero(at * PAGE + within, PAGE - within);
}
