import { allocate, release } from './heap';

/** Bytes that one memory.copy moves: it cannot be cut in two by the Internet Computer's slices. */
const COPY_BYTES: usize = 1 << 20;

/** Bytes in the page heap that grow by doubling and keep what is in them. At first it is zeros of raw memory. */
@unmanaged
export class RawBuffer {
  /** First byte; 0 while nothing is held. */
  ptr: usize;
  /** Bytes there is room for. */
  private room: usize;

  /** Makes sure of room for `bytes` bytes, of which the first `kept` are as they were. False, unchanged, if there is none. */
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
