import { Code, Problem } from '../../problem';
import { ByteSource } from '../bytes';
import { allocate, release } from '../../memory/heap';
import { MAX_HEADER_BYTES } from './limits';

/** Bytes that are fetched from the source at once. One heap page, so that the window costs one page to touch. */
const WINDOW_BYTES: u32 = 65536;

/**
 * Reads a GGUF header front to back through a window of 64 KiB.
 *
 * It keeps its first problem in `problem`; from then on every read returns zero and moves nothing, so callers check
 * once per item instead of once per field.
 */
export class HeaderReader {
  /** The first problem, or null. */
  problem: Problem | null = null;
  /** Offset in the source of the next byte to read. */
  position: u64 = 0;
  /**
   * The current item, for errors only: its number in a list, or -1, and its name if known. An error's text is composed
   * only when it occurs: a header has thousands of items, and nothing is collected in between.
   */
  index: i64 = -1;
  name: string = '';
  /** The file's first byte in the source, its bytes, and where reading ends: with the file, or at the header's bound. */
  private readonly origin: u64;
  private readonly fileBytes: u64;
  private readonly end: u64;
  private readonly window: usize;
  /** File offset of the window's first byte, and the bytes in it. */
  private start: u64 = 0;
  private filled: u32 = 0;

  /** @param part which of the source's files is read */
  constructor(
    readonly source: ByteSource,
    part: i32 = 0,
  ) {
    const window = allocate(WINDOW_BYTES);
    const origin = source.partStart(part);
    const fileBytes = source.partStart(part + 1) - origin;
    this.window = window;
    this.origin = this.position = origin;
    this.fileBytes = fileBytes;
    this.end = origin + min(fileBytes, MAX_HEADER_BYTES);
    if (window == 0) this.fail('no memory is left to read the file header', Code.HEAP_FULL);
  }

  /** Gives the window's memory back. The reader cannot be used after it. */
  close(): void {
    release(this.window);
  }

  /** Starts item `index` of a list. */
  item(index: u64): void {
    this.index = index;
    this.name = '';
  }

  /** Ends a list: the next data is not an item. */
  endItems(): void {
    this.index = -1;
    this.name = '';
  }

  /** The current item and `what` is being read, for an error. */
  label(what: string): string {
    if (this.name.length > 0) return `${what} "${this.name}"`;
    return this.index < 0 ? what : `${what} ${this.index}`;
  }

  /** Fails: something is `wrong` with the part being read. */
  failAt(what: string, wrong: string): void {
    if (this.problem === null) this.fail(this.label(what) + wrong);
  }

  /** Fails with a problem that was found elsewhere, unless it is null. */
  refuse(problem: Problem | null): void {
    if (this.problem === null) this.problem = problem;
  }

  fail(reason: string, code: Code = Code.INVALID): void {
    if (this.problem === null) this.problem = new Problem(reason, code);
  }

  get ok(): bool {
    return this.problem === null;
  }

  /** Address of the next `bytes` (<= 64 KiB) bytes, which it consumes; 0 on failure. */
  take(bytes: u32, what: string): usize {
    if (!this.has(bytes, what)) return 0;
    const offset = this.position - this.start;
    if (this.position < this.start || offset + bytes > this.filled) this.fill();
    const ptr = this.window + <usize>(this.position - this.start);
    this.position += bytes;
    return ptr;
  }

  private fill(): void {
    this.start = this.position;
    this.filled = <u32>min<u64>(WINDOW_BYTES, this.end - this.position);
    this.source.read(this.start, this.window, this.filled);
  }

  /** Whether `bytes` more bytes are there; if not, it fails with a problem that names `what`. */
  has(bytes: u64, what: string): bool {
    if (!this.ok) return false;
    if (bytes <= this.end - this.position) return true;
    const fileEnd = this.origin + this.fileBytes;
    if (this.end < fileEnd && bytes <= fileEnd - this.position) {
      this.fail(`the header is larger than ${MAX_HEADER_BYTES} bytes, at ${this.label(what)}`);
    } else {
      this.fail(
        `the file is truncated: ${this.label(what)} needs ${bytes} bytes at offset ${this.position - this.origin}, and the file has ${this.fileBytes}`,
      );
    }
    return false;
  }

  skip(bytes: u64, what: string): void {
    if (this.has(bytes, what)) this.position += bytes;
  }

  u32(what: string): u32 {
    const ptr = this.take(4, what);
    return ptr == 0 ? 0 : load<u32>(ptr);
  }

  u64(what: string): u64 {
    const ptr = this.take(8, what);
    return ptr == 0 ? 0 : load<u64>(ptr);
  }

  /**
   * A string of at most `most` (< 64 KiB) bytes of UTF-8. One of more than `kept` bytes is skipped; it reads as a name
   * that no getter asks for.
   */
  text(most: u64, what: string, kept: u64 = most): string {
    const length = this.u64(what);
    if (!this.ok) return '';
    if (length > kept && length <= most) {
      this.skip(length, what);
      return '';
    }
    if (length > most) {
      this.failAt(what, ` claims ${length} bytes; at most ${most} are accepted`);
      return '';
    }
    if (length == 0) return '';
    const ptr = this.take(<u32>length, what);
    return ptr == 0 ? '' : String.UTF8.decodeUnsafe(ptr, <usize>length);
  }

  /** Skips `count` strings, checking that each lies in the file. */
  skipStrings(count: u64, what: string): void {
    // Each string is at least its length field: an absurd count fails before the walk.
    if (count > (this.end - this.origin) / 8)
      this.failAt(what, ` claims ${count} strings, more than the file has room for`);
    for (let i: u64 = 0; i < count && this.ok; ++i) this.skip(this.u64(what), what);
  }
}
