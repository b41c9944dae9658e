import { DIRECTORY, FIRST_CHILD, NEXT_SIBLING, NO_INODE, PARENT, ROOT, inode, kindOf } from './inodes';
import { lookUp, nameOf } from './directory';
import { Path } from './path';
import { get } from './stable';

/**
 * Goes through everything below a directory: an entry before those in it, each directory in the order in which its
 * entries came. Nothing may be removed between two steps.
 */
@final
export class Walk {
  private index: u32;
  /** Paths of the directories from the first one to the entry, and of the entry. */
  private readonly paths: string[] = [];

  private constructor(
    private readonly root: u32,
    path: string,
  ) {
    this.index = root;
    this.paths.push(path);
  }

  /** Starts at a directory; null if there is no such one. */
  static from(directory: string): Walk | null {
    const path = new Path(directory);
    if (path.problem !== null) return null;
    const root = lookUp(ROOT, path.parts, path.parts.length);
    if (root == NO_INODE || kindOf(root) != DIRECTORY) return null;
    return new Walk(root, directory.endsWith('/') ? directory.substring(0, directory.length - 1) : directory);
  }

  private enter(index: u32): void {
    this.paths.push(`${this.paths[this.paths.length - 1]}/${nameOf(index)}`);
  }

  /** Steps to the next entry; false if there is none. */
  next(): bool {
    let index = this.index;
    let following: u32 = 0;
    if (kindOf(index) == DIRECTORY) {
      following = get<u32>(inode(index) + FIRST_CHILD);
    }
    while (following == 0) {
      if (index == this.root) return false;
      following = get<u32>(inode(index) + NEXT_SIBLING);
      index = get<u32>(inode(index) + PARENT);
      this.paths.pop();
    }
    this.enter(following);
    this.index = following;
    return true;
  }

  get isDirectory(): bool {
    return kindOf(this.index) == DIRECTORY;
  }

  /** The directory that the walk started at, and the names from there on. */
  get path(): string {
    return this.paths[this.paths.length - 1];
  }
}
