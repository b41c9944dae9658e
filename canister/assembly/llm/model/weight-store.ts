/** A place outside of the heap for the packed image of a model's weights. */
export abstract class WeightStore {
  /** Address of the 32 bytes that tell the file's content from all others. */
  abstract get content(): usize;

  /** Copies bytes from `offset` on to the heap; false if they are not there. */
  abstract read(offset: u64, dst: usize, size: usize): bool;

  /** Copies bytes from the heap; what lies between the end and `offset` may be anything. False if there is no room. */
  abstract write(offset: u64, src: usize, size: usize): bool;

  /** Removes everything. */
  abstract clear(): void;
}
