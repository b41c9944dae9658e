import { Problem } from '../../problem';

/** Says which tokens may come next: what a grammar does. */
export abstract class TokenMask {
  /** Why nothing can be said any more; null if something can. */
  problem: Problem | null = null;

  /** Says from which token on a sequence is what is asked for; what is before it is not looked at. */
  abstract begin(from: u32): void;

  /** Moves to the end of the sequence so far, [ i32 ] * count. False, with `problem` set, if that cannot be. */
  abstract follow(tokens: usize, count: u32): bool;

  /** Whether a token may come next. */
  abstract allows(id: u32): bool;

  /**
   * The only token that may come next; -1 if there are more or none, or if it takes as much as a draw to find that out. It
   * leaves no problem that asking for less would not have had.
   */
  abstract only(tokens: usize, count: u32): i32;

  /** Makes the logits, [ f32 ] * size, of all tokens that may not come next -infinity. */
  abstract forbid(logits: usize, size: u32): void;

  /** Bound of the instructions of all of these together, for one token. */
  abstract get cost(): u64;

  abstract dispose(): void;
}
