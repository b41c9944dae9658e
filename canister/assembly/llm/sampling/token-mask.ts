import { Problem } from '../../problem';

/** Says which tokens may come next, as a grammar does. */
export abstract class TokenMask {
  /** Says from which token on a sequence is what is asked for; what is before it is not looked at. */
  abstract begin(from: u32): void;

  /** Moves to the end of the sequence so far, [ i32 ] * count. Null, or why that cannot be. */
  abstract follow(tokens: usize, count: u32): Problem | null;

  /** Whether a token may come next. */
  abstract allows(id: u32): bool;

  /**
   * The only token that may come next; -1 if there are several or none, or if finding out costs as much as a draw. It
   * causes no problem that a draw would not have.
   */
  abstract only(tokens: usize, count: u32): i32;

  /** Makes the logits, [ f32 ] * size, of all tokens that may not come next -infinity. Null, or why it is not known which. */
  abstract forbid(logits: usize, size: u32): Problem | null;

  /** Most instructions of all these methods together, for one token. */
  abstract get cost(): u64;

  abstract dispose(): void;
}
