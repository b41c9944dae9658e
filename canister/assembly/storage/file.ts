import { now } from '../ic/clock';
import { Code, Problem } from '../problem';
import {
  MAX_FILE,
  cutContent,
  hollowContent,
  prepareSharing,
  readContent,
  shareContent,
  writeContent,
} from './content';
import { append, catchUp, digest, forget, unhashed } from './digest';
import {
  CHANGES,
  FILE,
  GENERATION,
  HASHED,
  HOLLOW,
  LAST_WRITE,
  MODIFIED,
  SIZE,
  UNSEALED,
  inode,
  kindOf,
} from './inodes';
import { get, move, put } from './stable';
import { resize } from './totals';

function gone(): Problem {
  return new Problem('the file was removed', Code.MISSING);
}

function tooLarge(): Problem {
  return new Problem(`a file has at most ${MAX_FILE} bytes`);
}

/**
 * An open file. It stays valid over messages and renames. {@link isLive} says whether the file still exists; if not,
 * nothing is read or written through it, even if another file has its inode.
 */
@final
export class File {
  private readonly entry: u64;
  /** How often its inode was reused before. */
  readonly generation: u32;

  constructor(readonly index: u32) {
    this.entry = inode(index);
    this.generation = get<u32>(this.entry + GENERATION);
  }

  get isLive(): bool {
    return kindOf(this.index) == FILE && get<u32>(this.entry + GENERATION) == this.generation;
  }

  /** Bytes. */
  get size(): u64 {
    return this.isLive ? get<u64>(this.entry + SIZE) : 0;
  }

  /** Goes up by one whenever the content changes. */
  get changes(): u32 {
    return get<u32>(this.entry + CHANGES);
  }

  /** Where the last write started. */
  get lastWrite(): u64 {
    return get<u64>(this.entry + LAST_WRITE);
  }

  private changed(offset: u64): void {
    forget(this.entry, offset);
    put<u64>(this.entry + MODIFIED, now());
    put<u32>(this.entry + CHANGES, this.changes + 1);
    put<u8>(this.entry + UNSEALED, 1);
  }

  /**
   * Whether the content has not changed since it was sealed. A copy of a sealed file is sealed, and so are files
   * written before seals existed.
   */
  get isSealed(): bool {
    return this.isLive && get<u8>(this.entry + UNSEALED) == 0;
  }

  /** Marks the content as written by the program itself, not by an upload. Any change breaks the seal. */
  seal(): void {
    if (this.isLive) put<u8>(this.entry + UNSEALED, 0);
  }

  /** Copies bytes from `offset` on to the heap: `size` of them, or as many as exist. Returns how many. */
  read(offset: u64, dst: usize, size: u64): u64 {
    const end = this.size;
    if (offset >= end) return 0;
    const part = min(size, end - offset);
    readContent(this.entry, offset, dst, part);
    return part;
  }

  /**
   * Copies `size` bytes from the heap into the file at `offset`. If that is beyond its end, the gap is zero. Null, or
   * why not; then nothing has changed.
   */
  write(offset: u64, src: usize, size: u64): Problem | null {
    if (!this.isLive) return gone();
    if (size > MAX_FILE || offset > MAX_FILE - size) return tooLarge();
    if (this.isHollow) return new Problem('parts of the file were removed: it can only be replaced as a whole');
    const problem = writeContent(this.entry, offset, src, size);
    if (problem !== null) return problem;
    const end = get<u64>(this.entry + SIZE);
    this.changed(offset);
    put<u64>(this.entry + LAST_WRITE, offset);
    if (offset + size > end) resize(this.entry, offset + size);
    if (offset == end) append(this.entry, offset, src, size);
    return null;
  }

  /** Replaces the whole content by `size` bytes from the heap. Null, or why not; then nothing has changed. */
  replace(src: usize, size: u64): Problem | null {
    if (!this.isLive) return gone();
    if (size > MAX_FILE) return tooLarge();
    const problem = writeContent(this.entry, 0, src, size);
    if (problem !== null) return problem;
    // Cannot fail: the last page was just written to, so it is not shared.
    cutContent(this.entry, size);
    put<u8>(this.entry + HOLLOW, 0);
    this.changed(0);
    put<u64>(this.entry + LAST_WRITE, 0);
    resize(this.entry, size);
    append(this.entry, 0, src, size);
    return null;
  }

  /**
   * Replaces the content by that of another file, sharing its pages until one of the two is written to. Null, or why
   * not; then nothing has changed.
   */
  copy(other: File): Problem | null {
    if (!this.isLive || !other.isLive) return gone();
    if (this.index == other.index) return null;
    const problem = shareContent(other.entry, this.entry);
    if (problem !== null) return problem;
    this.changed(0);
    resize(this.entry, get<u64>(other.entry + SIZE));
    put<u8>(this.entry + UNSEALED, get<u8>(other.entry + UNSEALED));
    put<u8>(this.entry + HOLLOW, get<u8>(other.entry + HOLLOW));
    // How far it is hashed, the state after that, and where the last write started.
    move(this.entry + HASHED, other.entry + HASHED, LAST_WRITE + 8 - HASHED);
    return null;
  }

  /** Why the file cannot be copied, or null. */
  get whyNoCopy(): Problem | null {
    return this.isLive ? prepareSharing(this.entry) : gone();
  }

  /** Whether parts of its content were given back. */
  get isHollow(): bool {
    return this.isLive && get<u8>(this.entry + HOLLOW) != 0;
  }

  /**
   * Gives back the whole pages within its bytes `from` to `to`, which read as zeros from then on. Its size and its SHA-256 stay those of
   * the whole content, which has to be hashed. Null, or why not; then nothing has changed.
   */
  hollow(from: u64, to: u64): Problem | null {
    if (!this.isLive) return gone();
    if (this.unhashed > 0) return new Problem('the file is not hashed yet');
    const problem = hollowContent(this.entry, from, min(to, this.size));
    if (problem === null) put<u8>(this.entry + HOLLOW, 1);
    return problem;
  }

  /** Truncates the file, or extends it with zeros. Null, or why not; then nothing has changed. */
  truncate(size: u64): Problem | null {
    if (!this.isLive) return gone();
    if (size > MAX_FILE) return tooLarge();
    const before = get<u64>(this.entry + SIZE);
    if (size < before) {
      const problem = cutContent(this.entry, size);
      if (problem !== null) return problem;
    }
    this.changed(size);
    put<u64>(this.entry + LAST_WRITE, size);
    resize(this.entry, size);
    return null;
  }

  /** SHA-256 of the content, 64 hexadecimal digits; null while bytes are unhashed ({@link hash}). */
  get sha256(): string | null {
    return digest(this.entry);
  }

  /** Bytes that {@link hash} still has to hash; 0 if the file was written from front to back. */
  get unhashed(): u64 {
    return unhashed(this.entry);
  }

  /** Bytes from the start that are hashed: whole blocks of 64. */
  get hashed(): u64 {
    return (get<u64>(this.entry + SIZE) & ~(<u64>63)) - unhashed(this.entry);
  }

  /** Hashes up to `bytes` bytes; true when it is done. 80 instructions a byte. */
  hash(bytes: u64): bool {
    return catchUp(this.entry, bytes);
  }
}
