/**
 * Files may have a companion: a file of the system's tree with what the program has computed of their content and could
 * compute again. It goes when its file goes. Nothing is said about it to clients, it is not hashed, and it may be removed at
 * any time to have its room.
 *
 * Companions are in directories of the caller's choice, each named by the number of its file, those that were used longest
 * ago first.
 */
import { now } from '../ic/clock';
import { Problem } from '../problem';
import { cutContent, readContent, shareContent, sharePages, writeContent } from './content';
import { companionOf, drop, dropCompanion, isDirectory, lookUp, nameOf } from './directory';
import { File } from './file';
import { createFile, openFile } from './file-system';
import {
  COMPANION,
  COMPANION_OF,
  FILE,
  FIRST_CHILD,
  GENERATION,
  HOLLOW,
  MODIFIED,
  NEXT_SIBLING,
  NO_INODE,
  PARENT,
  ROOT,
  SIZE,
  UNSEALED,
  inode,
  inodeCount,
  kindOf,
} from './inodes';
import { Path } from './path';
import { mayShare } from './sharing';
import { PAGE, get, put } from './stable';
import { resize } from './totals';
import { Tree, rootOf } from './tree';
import { moveLast } from './values';


@final
export class Companion {
  private readonly entry: u64;

  private constructor(readonly index: u32) {
    this.entry = inode(index);
  }

  /** The one that has a number. */
  static at(index: u32): Companion {
    return new Companion(index);
  }

  /** That of a file; null if it has none. */
  static of(file: File): Companion | null {
    const index = file.isLive ? companionOf(file.index) : NO_INODE;
    return index == NO_INODE ? null : new Companion(index);
  }

  /** One by its `id`; null if that is gone. */
  static byId(id: u64): Companion | null {
    const index = <u32>id;
    if (index == 0 || index >= inodeCount() || kindOf(index) != FILE) return null;
    if (get<u32>(inode(index) + COMPANION_OF) == 0) return null;
    const companion = new Companion(index);
    return companion.id == id ? companion : null;
  }

  /** Makes an empty one in a directory of the system's tree, for a file that has none; null if stable memory is full. */
  static make(file: File, directory: string): Companion | null {
    const path = `${directory}/${file.index.toString()}`;
    // Of a file that is gone, where a program that knows no companions has removed it.
    const left = openFile(path, Tree.System).value;
    if (left !== null) drop(left.index);
    const made = createFile(path, 0, Tree.System).value;
    if (made === null) return null;
    put<u32>(inode(made.index) + COMPANION_OF, file.index);
    put<u32>(inode(file.index) + COMPANION, made.index);
    return new Companion(made.index);
  }

  /** A number that no other one has or had; never 0. */
  get id(): u64 {
    return ((<u64>get<u32>(this.entry + GENERATION)) << 32) | this.index;
  }

  /** Bytes. */
  get size(): u64 {
    return get<u64>(this.entry + SIZE);
  }

  /** Whether all that is in it is the program's own work. */
  get isSealed(): bool {
    return get<u8>(this.entry + UNSEALED) == 0;
  }

  /** Whether others may have some of its pages, too. */
  get mayShare(): bool {
    return mayShare(this.entry);
  }

  /** Notes that something in it has come from outside. */
  unseal(): void {
    put<u8>(this.entry + UNSEALED, 1);
  }

  /** Copies `size` bytes from `offset` on to the heap; false if there are not so many. */
  read(offset: u64, dst: usize, size: u64): bool {
    const end = this.size;
    if (offset > end || size > end - offset) return false;
    readContent(this.entry, offset, dst, size);
    return true;
  }

  /** Copies `size` bytes from the heap to `offset`. Null, or why not; then nothing has changed. */
  write(offset: u64, src: usize, size: u64): Problem | null {
    const problem = writeContent(this.entry, offset, src, size);
    if (problem !== null) return problem;
    if (offset + size > this.size) resize(this.entry, offset + size);
    return null;
  }

  /** Gives back what is from `offset` on, whole pages. */
  cut(offset: u64): void {
    if (offset >= this.size) return;
    cutContent(this.entry, offset);
    resize(this.entry, offset);
  }

  /**
   * Makes the pages from `offset` on, at its end, those that another one has there, as many as `size` bytes fill. False,
   * with nothing changed, if that cannot be.
   */
  share(other: Companion, offset: u64, size: u64): bool {
    if (offset < this.size || offset + size > other.size || other.index == this.index) return false;
    const first = <u32>(offset / PAGE);
    if (!sharePages(other.entry, this.entry, first, first + <u32>((size + PAGE - 1) / PAGE))) return false;
    resize(this.entry, offset + size);
    return true;
  }

  /** Makes its content that of another one, for as long as neither is written to; false if that cannot be. */
  copy(other: Companion): bool {
    if (shareContent(other.entry, this.entry) !== null) return false;
    resize(this.entry, other.size);
    put<u8>(this.entry + UNSEALED, get<u8>(other.entry + UNSEALED));
    return true;
  }

  /** Makes it, and its directory, the one that was used last. */
  use(): void {
    const directory = get<u32>(this.entry + PARENT);
    if (get<u32>(this.entry + NEXT_SIBLING) != 0) moveLast(this.index);
    if (get<u32>(inode(directory) + NEXT_SIBLING) != 0) moveLast(directory);
  }

  /** Notes the present time as that of its last use. */
  stamp(): void {
    put<u64>(this.entry + MODIFIED, now());
  }

  /** The time of the last stamp, or when it was made; nanoseconds since 1970. */
  get stamped(): u64 {
    return get<u64>(this.entry + MODIFIED);
  }

  /** The one after it in its directory; null if it is the last. */
  get next(): Companion | null {
    const index = get<u32>(this.entry + NEXT_SIBLING);
    return index == 0 ? null : Companion.at(index);
  }

  /** Whether the file that it belongs to has lost parts of its content, so that it cannot be made again. */
  get isOnlyCopy(): bool {
    return get<u8>(inode(get<u32>(this.entry + COMPANION_OF)) + HOLLOW) != 0;
  }

  /** The path of the file that it belongs to, in the clients' tree. */
  get pathOfFile(): string {
    const index = get<u32>(this.entry + COMPANION_OF);
    let path = nameOf(index);
    let folder = get<u32>(inode(index) + PARENT);
    while (folder != ROOT) {
      path = `${nameOf(folder)}/${path}`;
      folder = get<u32>(inode(folder) + PARENT);
    }
    return path;
  }

  drop(): void {
    const file = get<u32>(this.entry + COMPANION_OF);
    if (companionOf(file) == this.index) dropCompanion(file, this.index);
    else drop(this.index);
  }

  /** The one in a directory of the system's tree that was used longest ago, other than `except`; null if there is none. */
  static oldestIn(directory: string, except: Companion | null): Companion | null {
    const index = directoryAt(directory);
    return index == NO_INODE ? null : oldest(index, except);
  }

  /** The same, of all directories in a directory but the one called `spared`: that of the directory used longest ago. */
  static oldestBelow(directory: string, spared: string, except: Companion | null): Companion | null {
    const index = directoryAt(directory);
    let next: u32 = index == NO_INODE ? 0 : get<u32>(inode(index) + FIRST_CHILD);
    for (; next != 0; next = get<u32>(inode(next) + NEXT_SIBLING)) {
      const found = isDirectory(next) && nameOf(next) != spared ? oldest(next, except) : null;
      if (found !== null) return found;
    }
    return null;
  }
}

/** The directory of the system's tree at a path, or NO_INODE. */
function directoryAt(text: string): u32 {
  const path = new Path(text);
  const root = rootOf(Tree.System);
  const index = root == NO_INODE ? NO_INODE : lookUp(root, path.parts, path.parts.length);
  return index == NO_INODE || !isDirectory(index) ? NO_INODE : index;
}

function oldest(directory: u32, except: Companion | null): Companion | null {
  let index = get<u32>(inode(directory) + FIRST_CHILD);
  if (index != 0 && except !== null && index == except.index) index = get<u32>(inode(index) + NEXT_SIBLING);
  return index == 0 ? null : Companion.at(index);
}
