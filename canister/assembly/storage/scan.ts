/**
 * Visits the files and directories below a directory in the order of the inode table, from any place, once around or as
 * far as a message allows. It makes no paths and no lists, and tolerates entries that are added or removed meanwhile.
 */
import { child, drop, isDirectory, lookUp } from './directory';
import { CHILDREN, FREE, MODIFIED, NO_INODE, PARENT, ROOT, inode, inodeCount, kindOf } from './inodes';
import { Path } from './path';
import { get } from './stable';

const MOST: u32 = 1 << 19;


@final
export class Scan {
  private index: u32 = ROOT;
  /** Entries still to visit: a message may touch 2 GiB of stable memory, and these are 256 MiB. */
  private left: u32 = min(inodeCount(), MOST);
  /** Depth of the entry below the root: 1 is directly in it, 0 is not below it. */
  private depth: i32 = 0;
  /** The ancestor of the entry directly below the root, and the one below that. */
  private first: u32 = NO_INODE;
  private second: u32 = NO_INODE;

  private constructor(
    private readonly root: u32,
    /** The number of the next entry. */
    public position: u32,
  ) {}

  /** Starts below a directory, at the entry of any number; null if the directory does not exist. */
  static below(text: string, from: u32): Scan | null {
    const path = new Path(text);
    const root = path.problem === null ? lookUp(ROOT, path.parts, path.parts.length) : NO_INODE;
    return root == NO_INODE || !isDirectory(root) ? null : new Scan(root, from);
  }

  /** Steps to the next entry of the table, of any kind; false when all were visited. */
  next(): bool {
    if (this.left == 0) return false;
    --this.left;
    if (this.position >= inodeCount()) this.position = 0;
    this.index = this.position++;
    this.locate();
    return true;
  }

  private locate(): void {
    this.depth = 0;
    if (kindOf(this.index) == FREE) return;
    let depth = 0;
    let above = NO_INODE;
    for (let at = this.index; at != this.root; ++depth) {
      const parent = get<u32>(inode(at) + PARENT);
      if (parent == at) return;
      this.second = above;
      above = at;
      at = parent;
    }
    this.first = above;
    this.depth = depth;
  }

  /** Whether the entry is below the directory. The other members are valid only then. */
  get isBelow(): bool {
    return this.depth > 0;
  }

  get isDirectory(): bool {
    return isDirectory(this.index);
  }

  get isEmpty(): bool {
    return get<u64>(inode(this.index) + CHILDREN) == 0;
  }

  /** When the content was changed last, nanoseconds since 1970. */
  get modified(): u64 {
    return get<u64>(inode(this.index) + MODIFIED);
  }

  /** Whether it is in a directory with this name that is in one of the root's directories. */
  isIn(name: ArrayBuffer): bool {
    return this.depth > 2 && child(this.first, name) == this.second;
  }

  /** Removes the entry, a file or an empty directory, and its parent directories that become empty. */
  remove(): void {
    removeWithEmpty(this.index, this.root);
  }
}

/** Removes a file or an empty directory, and its parent directories below `root` that become empty. */
export function removeWithEmpty(index: u32, root: u32): void {
  let at = index;
  do {
    const parent = get<u32>(inode(at) + PARENT);
    drop(at);
    at = parent;
  } while (at != root && get<u64>(inode(at) + CHILDREN) == 0);
}
