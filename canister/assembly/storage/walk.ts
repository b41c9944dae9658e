import {
  DIRECTORY,
  FIRST_CHILD,
  FREE,
  GENERATION,
  MODIFIED,
  NEXT_SIBLING,
  NO_INODE,
  PARENT,
  inode,
  kindOf,
} from './inodes';
import { isWithin, lookUp, nameOf } from './directory';
import { Path } from './path';
import { get } from './stable';

/** Where a walk has got to, to go on from there in another message. */
@final
export class Place {
  readonly generation: u32;

  constructor(readonly index: u32) {
    this.generation = get<u32>(inode(index) + GENERATION);
  }

  /** Whether the entry is still there. */
  get isThere(): bool {
    return kindOf(this.index) != FREE && get<u32>(inode(this.index) + GENERATION) == this.generation;
  }

  equals(other: Place): bool {
    return this.index == other.index && this.generation == other.generation;
  }
}

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

  /** Starts at a directory, or after a place below it if that is still there; null if there is no such directory. */
  static from(directory: string, place: Place | null = null): Walk | null {
    const path = new Path(directory);
    if (path.problem !== null) return null;
    const root = lookUp(path.parts, path.parts.length);
    if (root == NO_INODE || kindOf(root) != DIRECTORY) return null;
    const walk = new Walk(root, directory.endsWith('/') ? directory.substring(0, directory.length - 1) : directory);
    if (place !== null && place.isThere && isWithin(place.index, root)) walk.goTo(place.index);
    return walk;
  }

  private goTo(index: u32): void {
    const way: u32[] = [];
    for (let i = index; i != this.root; i = get<u32>(inode(i) + PARENT)) way.push(i);
    for (let i = way.length - 1; i >= 0; --i) this.enter(way[i]);
    this.index = index;
  }

  private enter(index: u32): void {
    this.paths.push(`${this.paths[this.paths.length - 1]}/${nameOf(index)}`);
  }

  /** Steps to the next entry, not one within the present one if `inside` is false; false if there is none. */
  next(inside: bool = true): bool {
    let index = this.index;
    let following: u32 = 0;
    if (kindOf(index) == DIRECTORY && (inside || index == this.root)) {
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

  get name(): string {
    return nameOf(this.index);
  }

  /** 1 for entries of the directory that the walk started at. */
  get depth(): i32 {
    return this.paths.length - 1;
  }

  /** When the content was changed last, nanoseconds since 1970. */
  get modified(): u64 {
    return get<u64>(inode(this.index) + MODIFIED);
  }

  get place(): Place {
    return new Place(this.index);
  }
}
