/** What a block contains, as far as those who keep blocks have to know: the model says it. */
export abstract class BlockLayout {
  /** Makes the slots `from` .. `to` - 1 of a block (0 .. 32) what they are in a fresh one: zeros. */
  abstract clear(block: usize, from: i32, to: i32): void;
}
