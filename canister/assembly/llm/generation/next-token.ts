/**
 * Chooses the next token of a sequence: the guide's, the only one that the grammar allows, or a drawn one.
 *
 * If the grammar allows few tokens, the logits of those alone are made, and the samplers draw from those alone. Whether
 * it does so depends on the grammar and the samplers, and never on what is left of the message: a token that a message
 * has no room for waits for the next one.
 */
import { Budget } from '../budget';
import { Sequence } from '../cache/sequence';
import { Evaluation } from '../evaluation';
import { Outcome } from '../outcome';
import { SamplerChain } from '../sampling/chain';
import { Guide } from './guide';

/** Instructions that a token's sampling may take beyond twice the most so far. */
const SAMPLING_MARGIN: u64 = 1_000_000;


@final
export class NextToken {
  /** The token that was chosen, and whether the samplers drew it. */
  token: i32 = -1;
  isDrawn: bool = false;
  /** f32 of the vocabulary, where the guide needs them; 0: none. */
  logits: usize = 0;
  /** It paused after making logits, which will not last if other sequences make theirs. */
  hasMadeLogits: bool = false;
  private readonly vocabulary: u32;
  /** Most instructions to sample any token: one may take a hundred times as many as the one before. */
  private samplingCost: u64 = 0;
  private greatestSampling: u64 = 0;
  /** Most instructions of a grammar for any token: later tokens may be harder than earlier ones. */
  private readonly maskCost: u64;

  constructor(
    private readonly evaluation: Evaluation,
    private readonly chain: SamplerChain,
    private readonly budget: Budget,
    /** Most tokens of the sequence. */
    private readonly context: i32,
  ) {
    const mask = chain.mask;
    const vocabulary = <u32>evaluation.model.vocabulary;
    this.vocabulary = vocabulary;
    const once = chain.cost(vocabulary, context);
    // A token that the mask forbids is drawn a second time.
    this.samplingCost = mask === null ? once : 2 * once;
    this.maskCost = mask === null ? 0 : mask.cost;
  }

  /** The only token that may follow the first `count` tokens of a sequence; -1 if the logits decide, or for want of instructions. */
  forced(sequence: Sequence, count: i32): i32 {
    if (this.maskCost == 0 || this.budget.remaining() < this.maskCost) return -1;
    const chain = this.chain;
    return chain.only(chain.few(sequence.tokens, count, this.vocabulary));
  }

  /** Chooses the token after the history of a sequence. */
  choose(sequence: Sequence, guide: Guide | null): Outcome {
    const chain = this.chain;
    const budget = this.budget;
    this.logits = 0;
    this.hasMadeLogits = this.isDrawn = false;
    const telling = guide === null ? 0 : guide.cost;
    let few: u32 = 0;
    this.token = guide === null ? -1 : guide.given;
    if (this.token < 0 && this.maskCost > 0) {
      const cost = telling + this.samplingCost + this.maskCost;
      if (budget.remaining() < this.maskCost) return Outcome.paused(cost);
      few = chain.few(sequence.tokens, sequence.state.length, this.vocabulary);
      this.token = chain.only(few);
    }
    const isRead = guide !== null && guide.needsLogits;
    if (this.token < 0 || isRead) {
      const areAll = few == 0 || isRead || chain.wantsLogits;
      const made = areAll
        ? this.evaluation.evaluate(sequence, budget)
        : this.evaluation.evaluateOnly(sequence, budget, chain.fewIds, few);
      if (!made.isDone) return made;
      this.hasMadeLogits = true;
      if (isRead) this.logits = this.evaluation.logits;
    }
    let cost = telling;
    if (this.token < 0) cost += few > 0 ? chain.cost(few, this.context) : this.samplingCost + this.maskCost;
    if (budget.remaining() < cost) return Outcome.paused(cost);
    this.hasMadeLogits = false;
    return this.token >= 0 ? Outcome.DONE : this.draw(sequence, few);
  }

  private draw(sequence: Sequence, few: u32): Outcome {
    const chain = this.chain;
    const before = this.budget.remaining();
    const problem = this.evaluation.sample(sequence, chain, few);
    if (few == 0) {
      this.greatestSampling = max(this.greatestSampling, before - this.budget.remaining());
      this.samplingCost = max(this.samplingCost, SAMPLING_MARGIN + 2 * this.greatestSampling);
    }
    if (problem !== null) return Outcome.failed(problem);
    this.token = chain.token;
    this.isDrawn = true;
    return Outcome.DONE;
  }
}
