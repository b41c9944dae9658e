/** A store outside of the heap for the blocks of one sequence, by their numbers, each with its header. */
export abstract class BlockStore {
  /** Distinguishes this store from all others, and from earlier ones in its place; never 0. */
  abstract get id(): u64;

  /** Copies the first `size` bytes of a block to the heap; false if they are missing. */
  abstract read(index: i32, dst: usize, size: usize): bool;

  /** Copies `size` bytes after a block, from `offset` on, to the heap; false if they are missing. */
  abstract readBehind(index: i32, offset: usize, dst: usize, size: usize): bool;

  /**
   * Writes a block in two parts, the second after the first. Blocks after it stay, or are dropped. False if there is no room
   * for it.
   */
  abstract write(index: i32, block: usize, size: usize, rest: usize, restSize: usize): bool;

  /** Shares the block of the same number in another store, if that has one with the same header. */
  abstract share(index: i32, id: u64, header: usize, headerSize: usize): bool;
}
