/** A place outside of the heap where the blocks of one sequence are kept, by their numbers, each with its header. */
export abstract class BlockStore {
  /** What tells this place from all others, and from what was here before; never 0. */
  abstract get id(): u64;

  /** Copies the first `size` bytes of a block to the heap; false if they are not there. */
  abstract read(index: i32, dst: usize, size: usize): bool;

  /** Copies what follows a block, `size` bytes from `offset` on, to the heap; false if they are not there. */
  abstract readBehind(index: i32, offset: usize, dst: usize, size: usize): bool;

  /**
   * Keeps a block, whose bytes are in two parts, the second behind the first, in place of what is from there on; false if
   * there is no room for it.
   */
  abstract write(index: i32, block: usize, size: usize, rest: usize, restSize: usize): bool;

  /** Makes a block that of the same number in another place, if that is there and says the same of itself. */
  abstract share(index: i32, id: u64, header: usize, headerSize: usize): bool;
}
