/**
 * Where the engine's bytes come from: a file in stable memory on chain, the embedder's own storage off chain.
 * The engine never knows which.
 */

/**
 * Most bytes that one `read` may ask for: 16 MiB. One bulk operation cannot be cut in two by the Internet Computer's
 * slices of 2 B instructions and a fresh stable byte costs about 4.7, so bigger reads could trap however much budget
 * a message has left.
 */
const MAX_READ_BYTES: u32 = 16 * 1024 * 1024;

/** A readable sequence of bytes of known size. */
export abstract class ByteSource {
  /** Bytes in the source; constant for as long as the source is in use. */
  abstract size(): u64;

  /** Files that the source is made of, one behind another: a split model's are several. */
  get parts(): i32 {
    return 1;
  }

  /** Where a file of them begins, 0 <= part < parts; `parts` gives the end. */
  partStart(part: i32): u64 {
    return part == 0 ? 0 : this.size();
  }

  /**
   * Copies `length` bytes from `offset` of the source to linear memory at `dst`.
   * The caller keeps `offset + length <= size()` and `length <= MAX_READ_BYTES`.
   */
  abstract read(offset: u64, dst: usize, length: u32): void;
}

/** Reads `length` bytes, however many, as several reads of at most `MAX_READ_BYTES`. */
export function readBytes(source: ByteSource, offset: u64, dst: usize, length: usize): void {
  let done: usize = 0;
  while (done < length) {
    const piece = min<usize>(length - done, MAX_READ_BYTES);
    source.read(offset + done, dst + done, <u32>piece);
    done += piece;
  }
}
