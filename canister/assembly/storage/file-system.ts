/**
 * A file system in stable memory: it outlives the program without being saved or loaded. Paths are those of path.ts, in
 * one of the two trees of tree.ts. An operation that fails returns a problem and has changed nothing.
 */
import { Code, Problem, Result } from '../problem';
import { hasRoom } from './content';
import { attach, child, detach, drop, isDirectory, isWithin, lookUp, nameOf } from './directory';
import { File } from './file';
import {
  CHILDREN,
  CREATED,
  DIRECTORY,
  FILE,
  FIRST_CHILD,
  MODIFIED,
  NEXT_SIBLING,
  NO_INODE,
  SIZE,
  inode,
  kindOf,
  reserveInodes,
  takeInode,
} from './inodes';
import { modernize, newSeed } from './layout';
import { createNames, rehash, reserveNames } from './names';
import { Path } from './path';
import { full, get } from './stable';
import { removeWithEmpty } from './scan';
import { format, isBlank, refusal } from './superblock';
import { Tree, makeRoot, rootOf } from './tree';

function fullOfEntries(): Problem {
  return full('for another entry');
}

/** The properties of a file or directory. */
@final
export class Entry {
  readonly name: string;
  readonly isDirectory: bool;
  /** Bytes of a file, entries of a directory. */
  readonly size: u64;
  /** Nanoseconds since 1970. */
  readonly created: u64;
  readonly modified: u64;

  constructor(index: u32) {
    const entry = inode(index);
    this.name = nameOf(index);
    this.isDirectory = isDirectory(index);
    this.size = get<u64>(entry + SIZE);
    this.created = get<u64>(entry + CREATED);
    this.modified = get<u64>(entry + MODIFIED);
  }
}

/**
 * Every program calls this before anything else: it formats an empty stable memory. Null, or why the stable memory
 * cannot be used (it belongs to another program, or to a newer version); then it is untouched.
 */
export function mount(): Problem | null {
  if (!isBlank()) {
    const problem = refusal();
    if (problem === null) modernize();
    return problem;
  }
  if (!format() || !createNames() || !reserveInodes(1))
    return new Problem('stable memory cannot grow', Code.STORAGE_FULL);
  takeInode(DIRECTORY);
  rehash(newSeed());
  return null;
}

/** The entry at a path, or NO_INODE. */
function find(tree: Tree, path: Path): u32 {
  const root = rootOf(tree);
  return root == NO_INODE ? NO_INODE : lookUp(root, path.parts, path.parts.length);
}

function missing(text: string): Problem {
  return new Problem(`File does not exist: ${text}`, Code.MISSING);
}

/** Opens an existing file. */
export function openFile(text: string, tree: Tree = Tree.Clients): Result<File> {
  const path = new Path(text);
  const problem = path.problem;
  if (problem !== null) return Result.fail<File>(problem);
  const index = find(tree, path);
  if (index == NO_INODE) return Result.fail<File>(missing(text));
  if (isDirectory(index)) return Result.fail<File>(new Problem(`it is a directory, and no file: ${text}`));
  return Result.ok<File>(new File(index));
}

/** Opens a file of another name in the directory of a path; null if it does not exist. */
export function openBeside(path: Path, name: string): File | null {
  if (path.problem !== null || path.isRoot) return null;
  const directory = lookUp(rootOf(Tree.Clients), path.parts, path.parts.length - 1);
  const index = directory == NO_INODE ? NO_INODE : child(directory, String.UTF8.encode(name));
  return index == NO_INODE || kindOf(index) != FILE ? null : new File(index);
}

/** Opens a file, and creates it and its directories if they do not exist. Ensures room for its first `bytes` bytes. */
export function createFile(text: string, bytes: u64 = 0, tree: Tree = Tree.Clients): Result<File> {
  const path = new Path(text);
  const problem = path.problem;
  if (problem !== null) return Result.fail<File>(problem);
  if (path.isRoot) return Result.fail<File>(new Problem('a file has a name'));
  const failure = make(tree, path, FILE, bytes);
  if (failure !== null) return Result.fail<File>(failure);
  return Result.ok<File>(new File(find(tree, path)));
}

/**
 * Makes a file a copy of another; creates it and its directories if they do not exist. No bytes are copied: both files
 * share their pages until one is written to.
 */
export function copyFile(fromText: string, toText: string): Problem | null {
  const from = openFile(fromText);
  const source = from.value;
  if (source === null) return from.problem;
  const problem = source.whyNoCopy;
  if (problem !== null) return problem;
  // With room for its table of extents, sharing the pages cannot fail.
  const to = createFile(toText, 1);
  const target = to.value;
  return target === null ? to.problem : target.copy(source);
}

/** Creates a directory and its parents, if they do not exist. */
export function createDirectory(text: string): Problem | null {
  const path = new Path(text);
  const problem = path.problem;
  return problem !== null ? problem : make(Tree.Clients, path, DIRECTORY, 0);
}

/** Creates what is missing of a path: an entry of a kind at its end, and directories before it. */
function make(tree: Tree, path: Path, kind: u8, bytes: u64): Problem | null {
  const count = path.parts.length;
  let directory = makeRoot(tree);
  if (directory == NO_INODE) return fullOfEntries();
  let there = 0;
  for (; there < count; ++there) {
    const next = child(directory, path.parts[there]);
    if (next == NO_INODE) break;
    const expected = there == count - 1 ? kind : DIRECTORY;
    if (kindOf(next) != expected) return new Problem(`${nameOf(next)} is ${described(next)}: ${path.text}`);
    directory = next;
  }
  const absent = count - there;
  if (absent == 0) return null;
  if (!reserveInodes(absent) || !reserveNames(absent)) return fullOfEntries();
  if (!hasRoom(bytes)) return full(`for ${bytes} more bytes`);
  for (; there < count; ++there) {
    const index = takeInode(there == count - 1 ? kind : DIRECTORY);
    attach(index, directory, path.parts[there]);
    directory = index;
  }
  return null;
}

function described(index: u32): string {
  return isDirectory(index) ? 'a directory, and no file' : 'a file, and no directory';
}

/** The properties of a file or directory; null if it does not exist. */
export function stat(text: string, tree: Tree = Tree.Clients): Entry | null {
  const path = new Path(text);
  if (path.problem !== null) return null;
  const index = find(tree, path);
  return index == NO_INODE ? null : new Entry(index);
}

/**
 * The entries of a directory in the order in which they were added, at most `limit` (0: all); null if it does not
 * exist.
 */
export function list(text: string, limit: u32 = 0, tree: Tree = Tree.Clients): Array<Entry> | null {
  const path = new Path(text);
  if (path.problem !== null) return null;
  const directory = find(tree, path);
  if (directory == NO_INODE || !isDirectory(directory)) return null;
  const entries: Array<Entry> = [];
  let index = get<u32>(inode(directory) + FIRST_CHILD);
  while (index != 0 && (limit == 0 || <u32>entries.length < limit)) {
    entries.push(new Entry(index));
    index = get<u32>(inode(index) + NEXT_SIBLING);
  }
  return entries;
}

/** Whether an entry is a directory that is not empty. */
function isFull(index: u32): bool {
  return isDirectory(index) && get<u64>(inode(index) + CHILDREN) > 0;
}

function notEmpty(text: string): Problem {
  return new Problem(`the directory is not empty: ${text}`);
}

/** Removes a file or an empty directory. */
export function remove(text: string, tree: Tree = Tree.Clients): Problem | null {
  const path = new Path(text);
  const problem = path.problem;
  if (problem !== null) return problem;
  const index = find(tree, path);
  if (index == NO_INODE) return missing(text);
  if (path.isRoot) return new Problem('the root directory cannot be removed');
  if (isFull(index)) return notEmpty(text);
  drop(index);
  return null;
}

/** Removes a file or an empty directory, and its parent directories below `keep` that become empty. */
export function removeWithFolders(text: string, keep: string): Problem | null {
  const path = new Path(text);
  const kept = new Path(keep);
  const problem = path.problem !== null ? path.problem : kept.problem;
  if (problem !== null) return problem;
  const index = find(Tree.Clients, path);
  const root = find(Tree.Clients, kept);
  if (index == NO_INODE || root == NO_INODE) return missing(text);
  if (isFull(index)) return notEmpty(text);
  removeWithEmpty(index, root);
  return null;
}

/**
 * Renames a file or directory; the directory of the new path has to exist. A file replaces an existing file, and a
 * directory an existing empty directory.
 */
export function rename(
  fromText: string,
  toText: string,
  fromTree: Tree = Tree.Clients,
  toTree: Tree = Tree.Clients,
): Problem | null {
  const from = new Path(fromText);
  const to = new Path(toText);
  const problem = from.problem !== null ? from.problem : to.problem;
  if (problem !== null) return problem;
  const index = find(fromTree, from);
  if (index == NO_INODE) return missing(fromText);
  if (from.isRoot || to.isRoot) return new Problem('the root directory cannot be renamed or replaced');
  const root = makeRoot(toTree);
  if (root == NO_INODE) return fullOfEntries();
  const directory = lookUp(root, to.parts, to.parts.length - 1);
  if (directory == NO_INODE || !isDirectory(directory)) {
    return new Problem(`there is no directory for it: ${toText}`);
  }
  if (isDirectory(index) && isWithin(directory, index)) {
    return new Problem(`a directory cannot be moved into itself: ${toText}`);
  }
  const name = to.parts[to.parts.length - 1];
  const there = child(directory, name);
  if (there == index) return null;
  if (there != NO_INODE) {
    const refused = replaces(index, there, toText);
    if (refused !== null) return refused;
  }
  // The number of names stays the same, so there is room.
  detach(index);
  if (there != NO_INODE) drop(there);
  attach(index, directory, name);
  return null;
}

/** Why an entry cannot take the place of another, or null. */
function replaces(index: u32, there: u32, text: string): Problem | null {
  if (isDirectory(index) != isDirectory(there)) return new Problem(`it is ${described(there)}: ${text}`);
  return isFull(there) ? notEmpty(text) : null;
}
