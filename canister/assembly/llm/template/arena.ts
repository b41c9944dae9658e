import { allocate, release } from '../../memory/heap';

/** Bytes of a chunk; a larger piece gets one of its own. */
const CHUNK: usize = 1 << 18;
/** The first word of a chunk is the address of the one before it. */
const HEAD: usize = 16;
/** Pieces up to this size are never refused. */
const SMALL: usize = 256;

/** Target of small writes when there is no memory: it is never read, because the arena reports that it is full. */
const nowhere: usize = memory.data(256, 16);

/**
 * Memory that is taken piece by piece and released as a whole: for a template's program and for one rendering. A full
 * arena is not an error at once: small pieces are discarded, and the next step has to ask `isFull`.
 */
@final
export class Arena {
  isFull: bool = false;
  /** Bytes in chunks. */
  taken: usize = 0;
  private chunk: usize = 0;
  private at: usize = 0;
  private end: usize = 0;

  constructor(private readonly most: usize) {}

  /** A piece that is not cleared, aligned to 8; 0 only if it is larger than `SMALL` and there is no memory for it. */
  take(bytes: usize): usize {
    const from = (this.at + 7) & ~7;
    if (this.at != 0 && from <= this.end && bytes <= this.end - from) {
      this.at = from + bytes;
      return from;
    }
    return this.grow(bytes);
  }

  /** Whether a piece that ends at `end` may go on for so many bytes: then they are taken. */
  extend(end: usize, bytes: usize): bool {
    if (end != this.at || this.at == 0 || bytes > this.end - this.at) return false;
    this.at += bytes;
    return true;
  }

  private grow(bytes: usize): usize {
    const size = (max<usize>(CHUNK, bytes + HEAD) + 0xffff) & ~0xffff;
    let chunk: usize = 0;
    if (bytes <= this.most && size <= this.most - this.taken) chunk = allocate(size);
    if (chunk == 0) {
      this.isFull = true;
      return bytes <= SMALL ? nowhere : 0;
    }
    this.taken += size;
    store<usize>(chunk, this.chunk);
    this.chunk = chunk;
    const from = chunk + HEAD;
    this.at = from + bytes;
    this.end = chunk + size;
    return from;
  }

  dispose(): void {
    while (this.chunk != 0) {
      const before = load<usize>(this.chunk);
      release(this.chunk);
      this.chunk = before;
    }
    this.at = this.end = this.taken = 0;
    this.isFull = false;
  }
}
