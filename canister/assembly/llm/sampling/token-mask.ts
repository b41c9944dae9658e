import { Problem } from '../../problem';

/** Says which tokens may come next, as a grammar does. */
export abstract class TokenMask {
  /** Why it cannot say more; null if it can. */
  problem: Problem | null = null;

  /** Sets the first token of a sequence that is constrained; earlier ones are ignored. */
  abstract begin(from: u32): void;

  /** Moves to the end of the sequence so far, [ i32 ] * count. False, with `problem` set, if that is impossible. */
  abstract follow(tokens: usize, count: u32): bool;

  /** Whether a token may come next. */
  abstract allows(id: u32): bool;

  /**
   * The only token that may come next; -1 if there are several or none, or if finding out costs as much as a draw. It
   * causes no problem that a draw would not have.
   */
  abstract only(tokens: usize, count: u32): i32;

  /** Sets the logits, [ f32 ] * size, of all forbidden tokens to -infinity. */
  abstract forbid(logits: usize, size: u32): void;

  /** Most instructions of all these methods together, for one token. */
  abstract get cost(): u64;

  abstract dispose(): void;
}
