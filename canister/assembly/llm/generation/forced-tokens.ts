/**
 * Tokens that a grammar forces. If it allows only one token, that one would be drawn, so no logits are made for it;
 * consecutive forced tokens are evaluated together, like those of a prompt.
 *
 * A difference shows only with a model whose logits are all NaN: it fails at the next token that is not forced, and not
 * at a forced one before it.
 */
import { Budget } from '../budget';
import { Sequence } from '../cache/sequence';
import { SamplerChain } from '../sampling/chain';


@final
export class ForcedTokens {
  /** Most instructions of one check. */
  private readonly cost: u64;

  constructor(
    private readonly chain: SamplerChain,
    private readonly vocabulary: u32,
    private readonly budget: Budget,
  ) {
    const mask = chain.mask;
    this.cost = mask === null ? 0 : mask.cost;
  }

  /** The only token that may follow the first `count` tokens of a sequence; -1 if the logits decide. */
  after(sequence: Sequence, count: i32): i32 {
    if (this.cost == 0 || this.budget.remaining() < this.cost) return -1;
    return this.chain.only(sequence.tokens, count, this.vocabulary);
  }
}
