import { allocate, release } from './heap';

/** Extents up to this many bytes are kept between uses: giving them back would only cause the same pages to be taken again. */
const KEEP_BYTES: usize = 1 << 20;

/** One extent of the page heap that grows when it has to: a workspace. What was in it is lost when it grows. */
export class Extent {
  /** First byte; 0 while nothing is held. */
  ptr: usize = 0;
  /** Bytes that may be used from `ptr`. */
  size: usize = 0;

  /** Makes sure of `bytes` bytes at `ptr`, not cleared. False, holding nothing, when they do not fit in memory. */
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

  /** Gives the extent back if an unusually large use left it large. */
  trim(): void {
    if (this.size > KEEP_BYTES) this.release();
  }
}
