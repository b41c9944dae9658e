import { allocate, release } from './heap';

/** Bytes that one memory.copy moves: a longer one might exceed a slice of the Internet Computer. */
const COPY_BYTES: usize = 1 << 20;

/** A buffer in the page heap that grows by doubling and keeps its content. Its memory has to be zero at first. */
@unmanaged
export class RawBuffer {
  /** First byte; 0 if nothing is held. */
  ptr: usize;
  /** Capacity in bytes. */
  private room: usize;

  /** Ensures room for `bytes` bytes and keeps the first `kept`. False, with nothing changed, if there is none. */
  reserve(bytes: usize, kept: usize): bool {
    if (bytes <= this.room) return true;
    const room = (max(bytes, 2 * this.room) + 0xffff) & ~0xffff;
    const ptr = allocate(room);
    if (ptr == 0) return false;
    for (let at: usize = 0; at < kept; at += COPY_BYTES) {
      memory.copy(ptr + at, this.ptr + at, min(COPY_BYTES, kept - at));
    }
    this.dispose();
    this.ptr = ptr;
    this.room = room;
    return true;
  }

  /** Gives the bytes back. */
  dispose(): void {
    release(this.ptr);
    this.ptr = 0;
    this.room = 0;
  }
}
