/** The bytes of a file by their offset. Callers update what the directory says about the file. */
import { trap } from '../ic/trap';
import { Problem } from '../problem';
import { Run, release, reserve, take } from './allocator';
import { EXTENTS_PER_PAGE, Extents } from './extents';
import { SHARES, SIZE } from './inodes';
import { giveBack, isShared, mayShare, prepare, share } from './sharing';
import { BULK, PAGE, full, get, move, put, read, write, zero } from './stable';

/** The largest file, in bytes; stable memory cannot hold more. */
export const MAX_FILE: u64 = 1 << 40;

// @ts-ignore: decorator
@inline
function pageOf(offset: u64): u32 {
  return <u32>(offset / PAGE);
}

/** The page after the one that contains the last byte before `offset`. */
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

/** Gives the pages from `first` to `end` of the file a place. Reused pages are cleared where they are not written. */
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

/** Clears what a write of the file's bytes `from` to `to` leaves of reused pages. */
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
export function writeContent(entry: u64, offset: u64, src: usize, size: u64): Problem | null {
  if (size == 0) return null;
  const extents = new Extents(entry);
  const first = pageOf(offset);
  const end = pageAfter(offset + size);
  const missing = extents.missing(first, end);
  const shared: u32 = mayShare(entry) ? extents.shared(first, end) : 0;
  if (missing + shared > 0) {
    const problem = reservePages(extents, missing + shared, missing + 2 * shared);
    if (problem !== null) return problem;
    if (shared > 0) separatePages(entry, extents, first, end);
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

/** Ensures room for pages, each of which may have to come from a different place, and for their extents. */
function reservePages(extents: Extents, pages: u32, added: u32): Problem | null {
  if (extents.canHave(added)) {
    if (reserve(pages, extents.tablePages(added))) return null;
    return full(`for ${<u64>pages * PAGE} more bytes`);
  }
  return new Problem('the file is in too many pieces: copy it to a new one');
}

/** Gives the file its own copies of shared pages from `first` to `end`; {@link reservePages} first. */
function separatePages(entry: u64, extents: Extents, first: u32, end: u32): void {
  const fileSize = get<u64>(entry + SIZE);
  for (let page = first; page < end; ++page) {
    const old = extents.place(extents.find(page), page);
    if (old == 0 || !isShared(<u32>old)) continue;
    const run = take(1, 0);
    const from = <u64>page * PAGE;
    const used = fileSize > from ? min(fileSize - from, PAGE) : 0;
    move(<u64>run.start * PAGE, old * PAGE, used);
    if (!run.isFresh) zero(<u64>run.start * PAGE + used, PAGE - used);
    if (!extents.separate(page) || !extents.add(page, run)) trap('stable memory was not reserved');
    giveBack(<u32>old, 1);
  }
}

/** Why the content of the file at `entry` cannot be shared with another file, or null. */
export function prepareSharing(entry: u64): Problem | null {
  const source = new Extents(entry);
  if (source.count > EXTENTS_PER_PAGE) return new Problem('the file is in too many pieces to be copied');
  for (let i = 0; i < <i32>source.count; ++i) {
    const problem = prepare(source.start(i), source.pages(i));
    if (problem !== null) return problem;
  }
  // The copy's table of extents.
  return reserve(0, 1) ? null : full('for another file');
}

/**
 * Makes the content of the file at `to` that of the file at `from`: both have the same pages until one is written to.
 * Null, or why not; then nothing has changed.
 */
export function shareContent(from: u64, to: u64): Problem | null {
  const problem = prepareSharing(from);
  if (problem !== null) return problem;
  const source = new Extents(from);
  cutContent(to, 0);
  const target = new Extents(to);
  for (let i = 0; i < <i32>source.count; ++i) {
    share(source.start(i), source.pages(i));
    const run = new Run(source.start(i), source.pages(i), false);
    if (!target.add(source.filePage(i), run)) trap('stable memory was not reserved');
  }
  put<u8>(from + SHARES, 1);
  put<u8>(to + SHARES, 1);
  return null;
}

/**
 * Gives the file at `to`, which has no pages from `first` to `end`, those of the file at `from`: both have them until one
 * is written to. False, and nothing has changed, if that cannot be.
 */
export function sharePages(from: u64, to: u64, first: u32, end: u32): bool {
  const source = new Extents(from);
  const target = new Extents(to);
  if (source.missing(first, end) > 0 || target.missing(first, end) != end - first) return false;
  let pieces: u32 = 0;
  for (let page = first; page < end; ++pieces) {
    const i = source.find(page);
    const row = source.row(i, page, end);
    if (prepare(<u32>source.place(i, page), row) !== null) return false;
    page += row;
  }
  if (!target.canHave(pieces) || !reserve(0, target.tablePages(pieces))) return false;
  for (let page = first; page < end;) {
    const i = source.find(page);
    const run = new Run(<u32>source.place(i, page), source.row(i, page, end), false);
    share(run.start, run.pages);
    if (!target.add(page, run)) trap('stable memory was not reserved');
    page += run.pages;
  }
  put<u8>(from + SHARES, 1);
  put<u8>(to + SHARES, 1);
  return true;
}

/**
 * Releases the whole pages within the bytes `from` to `to` of the file at `entry`, which are zeros from then on. Null, or why not;
 * then nothing has changed.
 */
export function hollowContent(entry: u64, from: u64, to: u64): Problem | null {
  const extents = new Extents(entry);
  // A gap in the middle of an extent makes two of it.
  if (!extents.canHave(1) || !reserve(0, extents.tablePages(1))) return full('for another piece of the file');
  const shares = mayShare(entry);
  const end = pageOf(to);
  for (let page = pageAfter(from); page < end; ++page) {
    const place = <u32>extents.place(extents.find(page), page);
    if (place == 0) continue;
    if (!extents.separate(page)) trap('stable memory was not reserved');
    if (shares) giveBack(place, 1);
    else release(place, 1);
  }
  return null;
}

/**
 * Releases the pages of the file at `entry` beyond `size` bytes, and zeros the rest of its last page. Null, or why not;
 * then nothing has changed. With a size of 0 it never fails.
 */
export function cutContent(entry: u64, size: u64): Problem | null {
  const extents = new Extents(entry);
  const within = size % PAGE;
  const page = pageOf(size);
  if (within > 0 && mayShare(entry) && extents.shared(page, page + 1) > 0) {
    const problem = reservePages(extents, 1, 2);
    if (problem !== null) return problem;
    separatePages(entry, extents, page, page + 1);
  }
  extents.cut(pageAfter(size));
  if (size == 0) put<u8>(entry + SHARES, 0);
  if (within == 0) return null;
  const at = extents.place(extents.find(page), page);
  if (at != 0) zero(at * PAGE + within, PAGE - within);
  return null;
}
