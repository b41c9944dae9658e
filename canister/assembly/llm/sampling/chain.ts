import { Extent } from '../../memory/extent';
import { Code, Problem } from '../../problem';
import { Candidates } from './candidates';
import { mirostat } from './mirostat';
import { SamplingParameters } from './parameters';
import { Sampler, Step } from './sampler';
import { SAMPLERS, USUAL_SAMPLERS } from './samplers';
import { SamplingState } from './sampling-state';
import { SequenceBreakers } from './sequence-breakers';
import { TEMPERATURE, Temperature } from './temperature';
import { TokenMask } from './token-mask';

const NO_MEMORY: string = 'no memory is left for sampling';
const NO_TOKEN: string = 'no token is left to choose from: the model gave no number for any, or all are forbidden';

/** Up to this many candidates cost little compared to a vocabulary. */
const MOST_FEW: u32 = 1024;

/** Most instructions of a token: `passes` over `tokens` tokens, then samplers of `few` of them. */
function costOf(tokens: u64, passes: u64, few: u64): u64 {
  return 1_000_000 + tokens * (8 + 400 * passes) + 3000 * few;
}

/**
 * Chooses the next token: logit bias, then the samplers in their order, then a draw by probability.
 *
 * Nothing is kept from token to token except in the sequence (`state`): the penalties look at its tokens, and the
 * random numbers depend only on the seed and the position in it (random.ts). So a sequence continues in the same way
 * however it is split into calls.
 */
@final
export class SamplerChain {
  /** The token that was drawn last. */
  token: i32 = 0;
  /** The candidates that the last `sample` drew from. */
  readonly candidates: Candidates = new Candidates();
  /** The tokens that may come next; null: all. */
  mask: TokenMask | null = null;
  /** Whether the logits of every drawn token are read. */
  wantsLogits: bool = false;
  private readonly step: Step = new Step();
  private readonly samplers: Sampler[] = [];
  /** A copy of the logits without the forbidden ones. */
  private readonly masked: Extent = new Extent();

  constructor(private readonly parameters: SamplingParameters) {
    const alone = mirostat(parameters);
    if (alone === null) {
      this.addAll(parameters.order);
    } else {
      this.samplers.push(new Temperature(parameters.real(TEMPERATURE)));
      this.samplers.push(alone);
    }
  }

  private addAll(order: StaticArray<u8> | null): void {
    // Samplers that choose one token come last, wherever the order has them, and only once each.
    const last: u8[] = [];
    const count = order === null ? USUAL_SAMPLERS : order.length;
    for (let i = 0; i < count; ++i) {
      const number = order === null ? <u8>i : order[i];
      if (!SAMPLERS[number].isFinal) this.add(number);
      else if (!last.includes(number)) last.push(number);
    }
    for (let i = 0; i < last.length; ++i) this.add(last[i]);
  }

  private add(number: u8): void {
    const sampler = SAMPLERS[number].make(this.parameters);
    if (sampler !== null) this.samplers.push(sampler);
  }

  /** The samplers' state of the current sequence. */
  set state(state: SamplingState) {
    this.step.state = state;
  }

  get state(): SamplingState {
    return this.step.state;
  }

  /** The sequence breakers; the chain disposes of them. */
  set breakers(breakers: SequenceBreakers | null) {
    this.step.breakers = breakers;
  }

  /**
   * Most instructions of a token, without a mask: the passes over all candidates while those may be the whole
   * vocabulary, including the draw, and the work on few candidates after a sampler that keeps few.
   *
   * @param tokens   of the vocabulary
   * @param count    of the longest sequence
   */
  cost(tokens: u64, count: u64): u64 {
    let passes: u64 = 0;
    let few: u64 = 0;
    let more: u64 = 0;
    for (let i = 0; i < this.samplers.length; ++i) {
      const sampler = this.samplers[i];
      more += sampler.overhead(this.step, count);
      if (few > 0) continue;
      if (sampler.leaves > 0 && sampler.leaves <= MOST_FEW) few = sampler.leaves;
      else passes += sampler.passes;
    }
    return more + costOf(tokens + count, few > 0 ? passes : passes + 1, few);
  }

  /**
   * How many tokens the mask allows to follow, if they are few and `sample` may draw from those alone: their ids are at
   * `fewIds`. 0: it needs all logits.
   *
   * @param tokens   [ i32 ] * count, the whole sequence so far
   * @param size     tokens in the vocabulary
   */
  few(tokens: usize, count: u32, size: u32): u32 {
    const mask = this.mask;
    if (mask == null) return 0;
    let needsAll = false;
    for (let i = 0; i < this.samplers.length; ++i) {
      const sampler = this.samplers[i];
      if (!sampler.passesOne(count)) return 0;
      needsAll = needsAll || sampler.needsAll;
    }
    let few = mask.few(tokens, count);
    while (few > 0 && load<u32>(mask.ids + ((<usize>(few - 1)) << 2)) >= size) --few;
    return few > 1 && needsAll ? 0 : few;
  }

  /** The ids that the last `few` has found, rising: [ u32 ] * few. */
  get fewIds(): usize {
    return this.mask!.ids;
  }

  /**
   * The token that `sample` would draw whatever the logits are, because it is the only one of the last `few`; -1 if the
   * logits are needed. Random numbers start anew for every token, so skipping a draw changes no later one.
   */
  only(few: u32): i32 {
    if (few != 1 || this.wantsLogits) return -1;
    const id = load<i32>(this.fewIds);
    return this.parameters.bias.has(id) ? -1 : id;
  }

  /**
   * Draws the token that follows: `token`. Null, or why there is none to choose from.
   *
   * @param logits   [ f32 ] * size, of one position; unchanged afterwards
   * @param size     tokens in the vocabulary
   * @param tokens   [ i32 ] * count, the whole sequence so far
   * @param few      draws from the tokens at `fewIds` alone, the others' logits are not looked at; 0: from all
   */
  sample(logits: usize, size: u32, tokens: usize, count: u32, few: u32 = 0): Problem | null {
    const mask: TokenMask | null = few > 0 ? null : this.mask;
    this.step.random.begin(this.parameters.seed, count);
    if (mask != null) {
      const lost = mask.follow(tokens, count);
      if (lost !== null) return lost;
    }
    let id = this.run(logits, size, tokens, count, few);
    // Most drawn tokens are allowed, and checking one is cheaper than checking all.
    if (mask != null && id >= 0 && !mask.allows(id)) {
      const copy = this.masked;
      if (!copy.reserve((<usize>size) << 2)) return new Problem(NO_MEMORY, Code.HEAP_FULL);
      memory.copy(copy.ptr, logits, (<usize>size) << 2);
      const unknown = mask.forbid(copy.ptr, size);
      if (unknown !== null) return unknown;
      id = this.run(copy.ptr, size, tokens, count, 0);
    }
    if (id >= 0) {
      for (let i = 0; i < this.samplers.length; ++i) this.samplers[i].taken(id, this.candidates, this.step);
      this.token = id;
      return null;
    }
    return this.candidates.isBroken ? new Problem(NO_MEMORY, Code.HEAP_FULL) : new Problem(NO_TOKEN);
  }

  /**
   * Draws from the candidates that the samplers leave; -1 if they leave none, or are broken. A second draw of a step goes on
   * with the random numbers.
   */
  private run(logits: usize, size: u32, tokens: usize, count: u32, few: u32): i32 {
    const candidates = this.candidates;
    const step = this.step;
    const bias = this.parameters.bias;
    step.tokens = tokens;
    step.count = count;
    let edits = bias.size;
    for (let i = 0; i < this.samplers.length; ++i) edits += this.samplers[i].edits(count);
    candidates.begin(logits, size, edits);
    if (!candidates.isBroken) bias.apply(candidates.logits);
    if (!candidates.isBroken && few > 0) candidates.keepOnly(this.fewIds, few);
    for (let i = 0; i < this.samplers.length && !candidates.isBroken; ++i) this.samplers[i].apply(candidates, step);
    const id = candidates.isBroken ? -1 : candidates.draw(step.random);
    candidates.logits.restore();
    return id;
  }

  /** Gives all memory back. */
  dispose(): void {
    this.candidates.dispose();
    this.step.space.release();
    this.masked.release();
    const breakers = this.step.breakers;
    if (breakers !== null) breakers.dispose();
    this.step.breakers = null;
    const mask = this.mask;
    if (mask != null) mask.dispose();
    this.mask = null;
  }
}
