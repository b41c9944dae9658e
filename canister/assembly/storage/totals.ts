/**
 * The totals of everything below a directory, at any depth: the number of files, and the bytes of their pages. They are
 * kept in the directory's inode and updated with every file, so reading them has a fixed cost.
 */
import { BYTES_BELOW, DIRECTORY, FILE, FILES_BELOW, PARENT, SIZE, inode, kindOf } from './inodes';
import { PAGE, get, put } from './stable';

/** Bytes of the pages that so many bytes of a file fill. */
export function pageBytes(size: u64): u64 {
  return (size + PAGE - 1) & ~(PAGE - 1);
}

/** Files at or below an entry. Values (values.ts) do not count. */
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

/** Adds to the totals of a directory and of all its parents. */
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
