import { allocate, release } from './heap';

/** Extents of up to this many bytes are kept between uses, since the same pages would only be allocated again. */
const KEEP_BYTES: usize = 1 << 20;

/** A growing workspace in one extent of the page heap. Its content is lost when it grows. */
export class Extent {
  /** First byte; 0 if nothing is held. */
  ptr: usize = 0;
  /** Bytes that may be used from `ptr`. */
  size: usize = 0;

  /** Ensures `bytes` bytes at `ptr`, not cleared. False, with nothing held, if they do not fit in memory. */
  reserve(bytes: usize): bool {
    if (this.ptr != 0 && bytes <= this.size) return true;
    this.release();
    this.ptr = allocate(bytes);
    this.size = this.ptr == 0 ? 0 : (bytes + 0xffff) & ~0xffff;
    return this.ptr != 0;
  }

  release(): void {
    release(this.ptr);
    this.ptr = 0;
    this.size = 0;
  }

  /** Releases the extent if an unusually large use left it large. */
  trim(): void {
    if (this.size > KEEP_BYTES) this.release();
  }
}
