/** The texts that interrupt repetitions (`--dry-sequence-breaker`), matched by tokens. */
export abstract class SequenceBreakers {
  /**
   * How many of the last tokens of a window, [ i32 ] * count, follow the last breaker in it; `count` if there is none.
   * A breaker of many tokens begins with the end of one token and continues with whole ones.
   */
  abstract tokensBehind(tokens: usize, count: u32): u32;

  /** Whether a token's text contains a breaker. */
  abstract has(id: i32): bool;

  /** Most instructions of one step, with a window of `count` tokens. */
  abstract cost(count: u64): u64;

  abstract dispose(): void;
}
