import { lookUp } from './directory';
import { DIRECTORY, FIRST_CHILD, NAME, NAME_SIZE, NEXT_SIBLING, NO_INODE, PARENT, ROOT, inode, kindOf } from './inodes';
import { MAX_PATH, Path } from './path';
import { get, read } from './stable';

/** Bytes of a path: that of the directory at the start, and 32 names with a slash each. */
const BYTES: i32 = MAX_PATH + 32 * 256;
const SLASH: u8 = 0x2f;

/** The path of the current entry. Only one walk can be in progress. */
const path: usize = memory.data(12288, 8);

/**
 * Visits everything below a directory: an entry before its contents, each directory in the order of its entries.
 * Nothing may be removed between two steps. It makes no strings, however many entries there are.
 */
@final
export class Walk {
  private index: u32;
  /** Bytes of the paths of the directories from the first one to the entry, and of the entry. */
  private readonly sizes: i32[] = [];

  private constructor(
    private readonly root: u32,
    start: string,
  ) {
    this.index = root;
    this.sizes.push(<i32>String.UTF8.encodeUnsafe(changetype<usize>(start), start.length, path));
  }

  /** Starts at a directory; null if it does not exist. */
  static from(directory: string): Walk | null {
    const path = new Path(directory);
    if (path.problem !== null) return null;
    const root = lookUp(ROOT, path.parts, path.parts.length);
    if (root == NO_INODE || kindOf(root) != DIRECTORY) return null;
    return new Walk(root, directory.endsWith('/') ? directory.substring(0, directory.length - 1) : directory);
  }

  private enter(index: u32): void {
    const before = this.pathSize;
    const size = min<i32>(get<u16>(inode(index) + NAME_SIZE), BYTES - 1 - before);
    store<u8>(path + before, SLASH);
    read(path + before + 1, inode(index) + NAME, size);
    this.sizes.push(before + 1 + size);
  }

  /** Steps to the next entry; false if there is none. */
  next(): bool {
    let index = this.index;
    let following: u32 = 0;
    if (kindOf(index) == DIRECTORY) following = get<u32>(inode(index) + FIRST_CHILD);
    while (following == 0) {
      if (index == this.root) return false;
      following = get<u32>(inode(index) + NEXT_SIBLING);
      index = get<u32>(inode(index) + PARENT);
      this.sizes.pop();
    }
    this.enter(following);
    this.index = following;
    return true;
  }

  get isDirectory(): bool {
    return kindOf(this.index) == DIRECTORY;
  }

  /** Bytes of the path: of the start directory, and the names below it. */
  get pathSize(): i32 {
    return this.sizes[this.sizes.length - 1];
  }

  /** Address of the path, valid until the next step. */
  get pathBytes(): usize {
    return path;
  }
}
