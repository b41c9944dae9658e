/**
 * Tokens that a grammar leaves no choice about. Where it allows one alone, that is the one which would be drawn, so no logits
 * are made for it; those that follow each other are evaluated together, as the tokens of a prompt are.
 *
 * One kind of model tells the difference: one that gives no number for any token (NaN) ends with an error at the next token
 * that there is a choice about, and not at a forced one before it.
 */
import { Budget } from '../budget';
import { Sequence } from '../cache/sequence';
import { SamplerChain } from '../sampling/chain';


@final
export class ForcedTokens {
  /** Instructions that it takes at most to find out. */
  private readonly cost: u64;

  constructor(
    private readonly chain: SamplerChain,
    private readonly vocabulary: u32,
    private readonly budget: Budget,
  ) {
    const mask = chain.mask;
    this.cost = mask === null ? 0 : mask.cost;
  }

  /** The only token that may follow the first `count` of a sequence; -1 where it is for the logits to say. */
  after(sequence: Sequence, count: i32): i32 {
    if (this.cost == 0 || this.budget.remaining() < this.cost) return -1;
    return this.chain.only(sequence.tokens, count, this.vocabulary);
  }
}
