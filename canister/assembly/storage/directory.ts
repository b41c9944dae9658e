/** Directories: their entries, in the order in which they were added. */
import { now } from '../ic/clock';
import { cutContent } from './content';
import {
  CHILDREN,
  COMPANION,
  COMPANION_OF,
  DIRECTORY,
  FILE,
  FIRST_CHILD,
  LAST_CHILD,
  MODIFIED,
  NAME,
  NAME_SIZE,
  NEXT_SIBLING,
  NO_INODE,
  PARENT,
  PREVIOUS_SIBLING,
  inode,
  inodeCount,
  kindOf,
  releaseInode,
} from './inodes';
import { addName, findName, removeName } from './names';
import { get, put, read, write } from './stable';
import { addTotals, bytesOf, filesOf } from './totals';

const name: usize = memory.data(256, 8);

/** The entry that `parts` leads to from a root (its first `count` parts), or NO_INODE. */
export function lookUp(root: u32, parts: Array<ArrayBuffer>, count: i32): u32 {
  let index = root;
  for (let i = 0; i < count && index != NO_INODE; ++i) index = child(index, parts[i]);
  return index;
}

/** The entry of a directory with a name, or NO_INODE. */
export function child(directory: u32, part: ArrayBuffer): u32 {
  return findName(directory, changetype<usize>(part), part.byteLength);
}

/** Puts an entry into a directory, as its last, under a name that it does not have yet. */
export function attach(index: u32, directory: u32, part: ArrayBuffer): void {
  attachNamed(index, directory, changetype<usize>(part), part.byteLength);
}

/** The same, for a name of `size` bytes at `ptr`. */
export function attachNamed(index: u32, directory: u32, ptr: usize, size: u32): void {
  const entry = inode(index);
  const parent = inode(directory);
  const last = get<u32>(parent + LAST_CHILD);
  put<u32>(entry + PARENT, directory);
  put<u16>(entry + NAME_SIZE, <u16>size);
  write(entry + NAME, ptr, size);
  put<u32>(entry + PREVIOUS_SIBLING, last);
  put<u32>(entry + NEXT_SIBLING, 0);
  put<u32>(last == 0 ? parent + FIRST_CHILD : inode(last) + NEXT_SIBLING, index);
  put<u32>(parent + LAST_CHILD, index);
  put<u64>(parent + CHILDREN, get<u64>(parent + CHILDREN) + 1);
  put<u64>(parent + MODIFIED, now());
  addName(index, ptr, size);
  addTotals(directory, filesOf(index), bytesOf(index));
}

/** Takes an entry out of its directory. */
export function detach(index: u32): void {
  removeName(index);
  const entry = inode(index);
  addTotals(get<u32>(entry + PARENT), -(<i64>filesOf(index)), -(<i64>bytesOf(index)));
  const parent = inode(get<u32>(entry + PARENT));
  const previous = get<u32>(entry + PREVIOUS_SIBLING);
  const next = get<u32>(entry + NEXT_SIBLING);
  put<u32>(previous == 0 ? parent + FIRST_CHILD : inode(previous) + NEXT_SIBLING, next);
  put<u32>(next == 0 ? parent + LAST_CHILD : inode(next) + PREVIOUS_SIBLING, previous);
  put<u64>(parent + CHILDREN, get<u64>(parent + CHILDREN) - 1);
  put<u64>(parent + MODIFIED, now());
}

/** Removes an entry with its content. A directory has to be empty. */
export function drop(index: u32): void {
  const companion = companionOf(index);
  if (companion != NO_INODE) dropCompanion(index, companion);
  detach(index);
  if (kindOf(index) == FILE) cutContent(inode(index), 0);
  releaseInode(index);
}

/** The companion of a file (companion.ts), or NO_INODE. */
export function companionOf(index: u32): u32 {
  if (kindOf(index) != FILE) return NO_INODE;
  const companion = get<u32>(inode(index) + COMPANION);
  if (companion == 0 || companion >= inodeCount() || kindOf(companion) != FILE) return NO_INODE;
  // A program that knows no companions may have given either of the two numbers to another file.
  return get<u32>(inode(companion) + COMPANION_OF) == index ? companion : NO_INODE;
}

/** Removes the companion of a file, and the directory that it was the last in. */
export function dropCompanion(index: u32, companion: u32): void {
  const directory = get<u32>(inode(companion) + PARENT);
  put<u32>(inode(index) + COMPANION, 0);
  drop(companion);
  if (get<u64>(inode(directory) + CHILDREN) == 0) drop(directory);
}

/** Whether `index` is `directory` or somewhere below it. */
export function isWithin(index: u32, directory: u32): bool {
  while (index != directory) {
    const parent = get<u32>(inode(index) + PARENT);
    if (parent == index) return false;
    index = parent;
  }
  return true;
}

export function isDirectory(index: u32): bool {
  return kindOf(index) == DIRECTORY;
}

export function nameOf(index: u32): string {
  const entry = inode(index);
  const size = get<u16>(entry + NAME_SIZE);
  read(name, entry + NAME, size);
  return String.UTF8.decodeUnsafe(name, size);
}
