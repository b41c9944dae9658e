/**
 * Values that outlive the program, in sets in the system's tree. Each value has a key of up to 255 bytes, its own size,
 * and the version in which its fields are written. A value of up to 118 bytes is in its inode and takes no page; a
 * larger one is a file. A set keeps its values in the order in which they were added.
 *
 *     value   [ version: u16 | fields, little endian, one after the other; a text is its bytes: u32 | UTF-8 ]
 *
 * Later versions add fields at the end: a program that knows more fields than were written reads zeros for them.
 */
import { now } from '../ic/clock';
import { Problem } from '../problem';
import { cutContent, hasRoom, readContent, writeContent } from './content';
import { attachNamed, child, detach, drop } from './directory';
import {
  CHILDREN,
  DIRECTORY,
  EXTENTS,
  FILE,
  FIRST_CHILD,
  MAX_INLINE,
  MODIFIED,
  NAME,
  NAME_SIZE,
  NEXT_SIBLING,
  NO_INODE,
  PARENT,
  SIZE,
  VALUE,
  inode,
  kindOf,
  reserveInodes,
  takeInode,
} from './inodes';
import { findName, reserveNames } from './names';
import { full, get, put, read, write, zero } from './stable';
import { addTotals, pageBytes } from './totals';
import { Tree, makeRoot, rootOf } from './tree';

/** The number of a value that does not exist (the number of the clients' root). */
export const NO_VALUE: u32 = 0;
const VERSION_SIZE: u32 = 2;

const word: usize = memory.data(8, 8);

/** Reads a value's fields in order; all fields of a missing value are zero. */
@final
export class Fields {
  private at: u64 = 0;

  private constructor(
    /** Its inode, or 0 if the bytes are at `start` of stable memory. */
    private readonly entry: u64,
    private readonly start: u64,
    private readonly end: u64,
    /** The version of the fields; 0 if there is no value. */
    readonly version: u32,
  ) {}

  /** A missing value. */
  static none(): Fields {
    return new Fields(0, 0, 0, 0);
  }

  /** Fields at a place in stable memory, as written before values existed. */
  static at(start: u64, size: u64, version: u32): Fields {
    return new Fields(0, start, size, version);
  }

  /** The value with an inode number. */
  static of(index: u32): Fields {
    const entry = inode(index);
    const isInline = kindOf(index) == VALUE;
    const whole = new Fields(isInline ? 0 : entry, isInline ? entry + EXTENTS : 0, get<u64>(entry + SIZE), 0);
    const version = whole.take<u16>();
    const fields = new Fields(whole.entry, whole.start, whole.end, version);
    fields.at = VERSION_SIZE;
    return fields;
  }

  get isThere(): bool {
    return this.version > 0;
  }

  /** Copies the next `size` bytes to `dst`, with zeros for missing ones. */
  takeBytes(dst: usize, size: u32): void {
    const part = <u32>min<u64>(size, this.end - min(this.end, this.at));
    if (part > 0) {
      if (this.entry == 0) read(dst, this.start + this.at, part);
      else readContent(this.entry, this.at, dst, part);
    }
    memory.fill(dst + part, 0, size - part);
    this.at += size;
  }

  /** The next number. */
  take<T>(): T {
    this.takeBytes(word, sizeof<T>());
    return load<T>(word);
  }

  /** The next text. */
  takeText(): string {
    const size = <u32>min<u64>(this.take<u32>(), this.end - min(this.end, this.at));
    return this.takeString(size);
  }

  /** The text of the next `size` bytes. */
  takeString(size: u32): string {
    const bytes = new ArrayBuffer(size);
    this.takeBytes(changetype<usize>(bytes), size);
    return String.UTF8.decode(bytes);
  }
}

/** Builds a value from its fields. */
@final
export class FieldWriter {
  private buffer: ArrayBuffer = new ArrayBuffer(<i32>MAX_INLINE);
  size: u32 = 0;

  constructor(version: u16) {
    this.put<u16>(version);
  }

  get ptr(): usize {
    return changetype<usize>(this.buffer);
  }

  putBytes(src: usize, size: u32): void {
    const needed = this.size + size;
    if (needed > <u32>this.buffer.byteLength) {
      const larger = new ArrayBuffer(<i32>max<u32>(needed, 2 * this.buffer.byteLength));
      memory.copy(changetype<usize>(larger), this.ptr, this.size);
      this.buffer = larger;
    }
    memory.copy(this.ptr + this.size, src, size);
    this.size = needed;
  }

  put<T>(value: T): void {
    store<T>(word, value);
    this.putBytes(word, sizeof<T>());
  }

  putText(text: string): void {
    const utf8 = String.UTF8.encode(text);
    this.put<u32>(utf8.byteLength);
    this.putBytes(changetype<usize>(utf8), utf8.byteLength);
  }
}


@final
export class ValueSet {
  private readonly name: ArrayBuffer;

  constructor(name: string) {
    this.name = String.UTF8.encode(name);
  }

  private get directory(): u32 {
    const root = rootOf(Tree.System);
    return root == NO_INODE ? NO_INODE : child(root, this.name);
  }

  /** Whether the set was ever used. */
  get isThere(): bool {
    return this.directory != NO_INODE;
  }

  get count(): u64 {
    const directory = this.directory;
    return directory == NO_INODE ? 0 : get<u64>(inode(directory) + CHILDREN);
  }

  /** The number of the value with a key, `size` bytes at `key`, or NO_VALUE. Valid until the value is removed. */
  find(key: usize, size: u32): u32 {
    const directory = this.directory;
    const index = directory == NO_INODE ? NO_INODE : findName(directory, key, size);
    return index == NO_INODE ? NO_VALUE : index;
  }

  read(key: usize, size: u32): Fields {
    const index = this.find(key, size);
    return index == NO_VALUE ? Fields.none() : Fields.of(index);
  }

  /** Whether a small value of a key can be written. Writes nothing. */
  hasRoomFor(key: usize, size: u32): bool {
    // Including the set and the root of the tree, if they do not exist.
    const missing: u32 = this.isThere ? 1 : 3;
    return this.find(key, size) != NO_VALUE || (reserveInodes(missing) && reserveNames(missing));
  }

  /** Writes a value, replacing an existing one. Null, or why not; then nothing has changed. */
  write(key: usize, size: u32, value: FieldWriter): Problem | null {
    let index = this.find(key, size);
    if (index != NO_VALUE) return replace(index, value);
    const directory = this.make();
    if (directory == NO_INODE || !reserveInodes(1) || !reserveNames(1)) return full('for another value');
    if (value.size > MAX_INLINE && !hasRoom(value.size)) return full('for another value');
    index = takeInode(VALUE);
    attachNamed(index, directory, key, size);
    return replace(index, value);
  }

  /** The set's directory, which is created if necessary; NO_INODE if stable memory is full. */
  private make(): u32 {
    const present = this.directory;
    if (present != NO_INODE) return present;
    const root = makeRoot(Tree.System);
    if (root == NO_INODE || !reserveInodes(1) || !reserveNames(1)) return NO_INODE;
    const directory = takeInode(DIRECTORY);
    attachNamed(directory, root, changetype<usize>(this.name), this.name.byteLength);
    return directory;
  }

  /** Removes the value of a key. Returns whether there was one. */
  remove(key: usize, size: u32): bool {
    const index = this.find(key, size);
    if (index != NO_VALUE) drop(index);
    return index != NO_VALUE;
  }

  /** Removes a value by its number. */
  drop(index: u32): void {
    drop(index);
  }

  /** The number of the first value or of the one after another, or NO_VALUE. */
  get first(): u32 {
    const directory = this.directory;
    return directory == NO_INODE ? NO_VALUE : get<u32>(inode(directory) + FIRST_CHILD);
  }

  next(index: u32): u32 {
    return get<u32>(inode(index) + NEXT_SIBLING);
  }
}

/** Copies the key of a value to `dst`, up to 255 bytes. Returns its size. */
export function keyOf(index: u32, dst: usize): u32 {
  const size = get<u16>(inode(index) + NAME_SIZE);
  read(dst, inode(index) + NAME, size);
  return size;
}

/** Makes a value the last of its set. */
export function moveLast(index: u32): void {
  const size = keyOf(index, key);
  const directory = get<u32>(inode(index) + PARENT);
  detach(index);
  attachNamed(index, directory, key, size);
}

const key: usize = memory.data(256, 8);

/** Replaces a value. Null, or why not; then nothing has changed. */
function replace(index: u32, value: FieldWriter): Problem | null {
  const entry = inode(index);
  const directory = get<u32>(entry + PARENT);
  const wasFile = kindOf(index) == FILE;
  const before: i64 = wasFile ? <i64>pageBytes(get<u64>(entry + SIZE)) : 0;
  if (value.size <= MAX_INLINE) {
    if (wasFile) {
      cutContent(entry, 0);
      put<u8>(entry, VALUE);
      addTotals(directory, -1, -before);
    }
    write(entry + EXTENTS, value.ptr, value.size);
  } else {
    // Reserved first, so that a value that becomes a file has its pages.
    if (!wasFile) {
      if (!hasRoom(value.size)) return full('for another value');
      put<u8>(entry, FILE);
      zero(entry + EXTENTS, MAX_INLINE);
    }
    const problem = writeContent(entry, 0, value.ptr, value.size);
    if (problem !== null) return problem;
    if (<i64>pageBytes(value.size) < before) cutContent(entry, value.size);
    addTotals(directory, wasFile ? 0 : 1, <i64>pageBytes(value.size) - before);
  }
  put<u64>(entry + SIZE, value.size);
  put<u64>(entry + MODIFIED, now());
  return null;
}
