/**
 * The source of the engine's bytes: a file in stable memory on chain, the embedder's own storage off chain. The engine
 * does not know which.
 */

/**
 * Most bytes of one `read`: 16 MiB. The Internet Computer's slices of 2 B instructions cannot cut a bulk operation in
 * two, and a fresh stable byte costs about 4.7 instructions, so bigger reads could trap however much budget a message
 * has left.
 */
const MAX_READ_BYTES: u32 = 16 * 1024 * 1024;

/** A readable sequence of bytes of known size. */
export abstract class ByteSource {
  /** Bytes in the source; constant while the source is in use. */
  abstract size(): u64;

  /** Whether the tensors' bytes were removed, except those of embeddings: the weights are in a packed image only. */
  get lacksWeights(): bool {
    return false;
  }

  /** Number of files in the source, which are concatenated: a split model has several. */
  get parts(): i32 {
    return 1;
  }

  /** Where one of the files begins, 0 <= part < parts; `parts` gives the end. */
  partStart(part: i32): u64 {
    return part == 0 ? 0 : this.size();
  }

  /**
   * Copies `length` bytes from `offset` of the source to linear memory at `dst`. The caller makes sure that `offset +
   * length <= size()` and `length <= MAX_READ_BYTES`.
   */
  abstract read(offset: u64, dst: usize, length: u32): void;
}

/** Reads any number of bytes, in reads of at most `MAX_READ_BYTES`. */
export function readBytes(source: ByteSource, offset: u64, dst: usize, length: usize): void {
  let done: usize = 0;
  while (done < length) {
    const piece = min<usize>(length - done, MAX_READ_BYTES);
    source.read(offset + done, dst + done, <u32>piece);
    done += piece;
  }
}
