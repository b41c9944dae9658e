/**
 * What a directory has below it, at any depth: how many files, and the bytes of the pages that their contents fill. Both
 * are in its inode and change with every file, so that to know them costs the same whatever there is.
 */
import { BYTES_BELOW, DIRECTORY, FILE, FILES_BELOW, PARENT, SIZE, inode, kindOf } from './inodes';
import { PAGE, get, put } from './stable';

/** Bytes of the pages that so many bytes of a file fill. */
export function pageBytes(size: u64): u64 {
  return (size + PAGE - 1) & ~(PAGE - 1);
}

/** Files at or below an entry. A value (values.ts) is none. */
export function filesOf(index: u32): u64 {
  const kind = kindOf(index);
  return kind == FILE ? 1 : kind == DIRECTORY ? get<u64>(inode(index) + FILES_BELOW) : 0;
}

/** Bytes of the pages of the files at or below an entry; pages that files share count for each. */
export function bytesOf(index: u32): u64 {
  const kind = kindOf(index);
  const entry = inode(index);
  return kind == FILE ? pageBytes(get<u64>(entry + SIZE)) : kind == DIRECTORY ? get<u64>(entry + BYTES_BELOW) : 0;
}

/** Adds to the totals of a directory and all that it is in. */
export function addTotals(directory: u32, files: i64, bytes: i64): void {
  if (files == 0 && bytes == 0) return;
  for (let index = directory; ;) {
    const entry = inode(index);
    if (files != 0) put<u64>(entry + FILES_BELOW, get<u64>(entry + FILES_BELOW) + files);
    if (bytes != 0) put<u64>(entry + BYTES_BELOW, get<u64>(entry + BYTES_BELOW) + bytes);
    const parent = get<u32>(entry + PARENT);
    if (parent == index) return;
    index = parent;
  }
}

/** Notes the size of the file at `entry`. */
export function resize(entry: u64, size: u64): void {
  const before = pageBytes(get<u64>(entry + SIZE));
  put<u64>(entry + SIZE, size);
  addTotals(get<u32>(entry + PARENT), 0, <i64>pageBytes(size) - <i64>before);
}
