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
   * How many tokens may come next, if they are so few that drawing from them alone saves much: their ids are at `ids`. 0 if
   * they are many or none, or if finding out costs as much as a draw. It causes no problem that a draw would not have.
   */
  abstract few(tokens: usize, count: u32): u32;

  /** The ids that the last `few` has found, rising: [ u32 ] * count. */
  abstract get ids(): usize;

  /** Makes the logits, [ f32 ] * size, of all tokens that may not come next -infinity. Null, or why it is not known which. */
  abstract forbid(logits: usize, size: u32): Problem | null;

  /** Most instructions of all these methods together, for one token. */
  abstract get cost(): u64;

  abstract dispose(): void;
}
