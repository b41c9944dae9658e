/** Directories: which entries they have, in the order in which they came. */
import { now } from '../ic/clock';
import {
  CHILDREN,
  DIRECTORY,
  FIRST_CHILD,
  LAST_CHILD,
  MODIFIED,
  NAME,
  NAME_SIZE,
  NEXT_SIBLING,
  NO_INODE,
  PARENT,
  PREVIOUS_SIBLING,
  ROOT,
  inode,
  kindOf,
} from './inodes';
import { addName, findName, removeName } from './names';
import { get, put, read, write } from './stable';

const name: usize = memory.data(256, 8);

/** The entry that `parts` leads to from the root (its first `count` parts), or NO_INODE. */
export function lookUp(parts: Array<ArrayBuffer>, count: i32): u32 {
  let index = ROOT;
  for (let i = 0; i < count && index != NO_INODE; ++i) index = child(index, parts[i]);
  return index;
}

/** The entry of a directory with a name, or NO_INODE. */
export function child(directory: u32, part: ArrayBuffer): u32 {
  return findName(directory, changetype<usize>(part), part.byteLength);
}

/** Puts an entry into a directory, as its last, under a name that it does not have yet. */
export function attach(index: u32, directory: u32, part: ArrayBuffer): void {
  const entry = inode(index);
  const parent = inode(directory);
  const last = get<u32>(parent + LAST_CHILD);
  put<u32>(entry + PARENT, directory);
  put<u16>(entry + NAME_SIZE, <u16>part.byteLength);
  write(entry + NAME, changetype<usize>(part), part.byteLength);
  put<u32>(entry + PREVIOUS_SIBLING, last);
  put<u32>(entry + NEXT_SIBLING, 0);
  put<u32>(last == 0 ? parent + FIRST_CHILD : inode(last) + NEXT_SIBLING, index);
  put<u32>(parent + LAST_CHILD, index);
  put<u64>(parent + CHILDREN, get<u64>(parent + CHILDREN) + 1);
  put<u64>(parent + MODIFIED, now());
  addName(index, changetype<usize>(part), part.byteLength);
}

/** Takes an entry out of its directory. */
export function detach(index: u32): void {
  removeName(index);
  const entry = inode(index);
  const parent = inode(get<u32>(entry + PARENT));
  const previous = get<u32>(entry + PREVIOUS_SIBLING);
  const next = get<u32>(entry + NEXT_SIBLING);
  put<u32>(previous == 0 ? parent + FIRST_CHILD : inode(previous) + NEXT_SIBLING, next);
  put<u32>(next == 0 ? parent + LAST_CHILD : inode(next) + PREVIOUS_SIBLING, previous);
  put<u64>(parent + CHILDREN, get<u64>(parent + CHILDREN) - 1);
  put<u64>(parent + MODIFIED, now());
}

/** Whether `index` is `directory` or somewhere below it. */
export function isWithin(index: u32, directory: u32): bool {
  while (index != directory && index != ROOT) index = get<u32>(inode(index) + PARENT);
  return index == directory;
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
