/** The texts behind which a repetition counts for none (`--dry-sequence-breaker`), as tokens know them. */
export abstract class SequenceBreakers {
  /**
   * How many of the last tokens of a window, [ i32 ] * count, are behind the last breaker in it; `count` if there is none.
   * A breaker of many tokens begins with the end of one and goes on with whole ones.
   */
  abstract tokensBehind(tokens: usize, count: u32): u32;

  /** Whether a token's text has a breaker in it. */
  abstract has(id: i32): bool;

  /** Bound of the instructions of one step, with a window of `count` tokens. */
  abstract cost(count: u64): u64;

  abstract dispose(): void;
}
