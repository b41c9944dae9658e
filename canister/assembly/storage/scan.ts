/**
 * Goes through the files and directories below a directory in the order of the table that they are in, from anywhere, once
 * around or as far as a message may. It makes no paths and no lists, and what comes and goes meanwhile does not disturb it.
 */
import { child, drop, isDirectory, lookUp } from './directory';
import { CHILDREN, FREE, MODIFIED, NO_INODE, PARENT, ROOT, inode, inodeCount, kindOf } from './inodes';
import { Path } from './path';
import { get } from './stable';

const MOST: u32 = 1 << 19;


@final
export class Scan {
  private index: u32 = ROOT;
  /** Entries of the table that are still to come: a message may touch 2 GiB of stable memory, and these are 256 MiB. */
  private left: u32 = min(inodeCount(), MOST);
  /** How deep below the root the entry is: 1 is an entry of it, 0 is none at all. */
  private depth: i32 = 0;
  /** The entry of the root that it is in, and the entry of that. */
  private first: u32 = NO_INODE;
  private second: u32 = NO_INODE;

  private constructor(
    private readonly root: u32,
    /** The number of the entry that comes next. */
    public position: u32,
  ) {}

  /** Of a directory, from an entry of any number on; null if there is no such directory. */
  static below(text: string, from: u32): Scan | null {
    const path = new Path(text);
    const root = path.problem === null ? lookUp(ROOT, path.parts, path.parts.length) : NO_INODE;
    return root == NO_INODE || !isDirectory(root) ? null : new Scan(root, from);
  }

  /** Steps to the next entry of the table, whatever it is; false when it has come around. */
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

  /** Whether the entry is below the directory. Only then the rest may be asked. */
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

  /** Whether it is in the directory of a name that is in one of the root's directories. */
  isIn(name: ArrayBuffer): bool {
    return this.depth > 2 && child(this.first, name) == this.second;
  }

  /** Removes it, a file or an empty directory, and the directories that it is in if they are empty then. */
  remove(): void {
    removeWithEmpty(this.index, this.root);
  }
}

/** Removes a file or an empty directory, and the directories below `root` that it is in if they are empty then. */
export function removeWithEmpty(index: u32, root: u32): void {
  let at = index;
  do {
    const parent = get<u32>(inode(at) + PARENT);
    drop(at);
    at = parent;
  } while (at != root && get<u64>(inode(at) + CHILDREN) == 0);
}
