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
   * The token that `sample` would draw whatever the logits are, because the mask allows no other; -1 if the logits are
   * needed. Random numbers start anew for every token, so skipping a draw changes no later one.
   *
   * @param tokens   [ i32 ] * count, the whole sequence so far
   * @param size     tokens in the vocabulary
   */
  only(tokens: usize, count: u32, size: u32): i32 {
    const mask = this.mask;
    if (mask == null || this.wantsLogits) return -1;
    for (let i = 0; i < this.samplers.length; ++i) if (!this.samplers[i].passesOne(count)) return -1;
    const id = mask.only(tokens, count);
    return id >= 0 && <u32>id < size && !this.parameters.bias.has(id) ? id : -1;
  }

  /**
   * Draws the token that follows: `token`. Null, or why there is none to choose from.
   *
   * @param logits   [ f32 ] * size, of one position; unchanged afterwards
   * @param size     tokens in the vocabulary
   * @param tokens   [ i32 ] * count, the whole sequence so far
   */
  sample(logits: usize, size: u32, tokens: usize, count: u32): Problem | null {
    const mask = this.mask;
    this.step.random.begin(this.parameters.seed, count);
    if (mask != null) {
      const lost = mask.follow(tokens, count);
      if (lost !== null) return lost;
    }
    let id = this.run(logits, size, tokens, count);
    // Most drawn tokens are allowed, and checking one is cheaper than checking all.
    if (mask != null && id >= 0 && !mask.allows(id)) {
      const copy = this.masked;
      if (!copy.reserve((<usize>size) << 2)) return new Problem(NO_MEMORY, Code.HEAP_FULL);
      memory.copy(copy.ptr, logits, (<usize>size) << 2);
      const unknown = mask.forbid(copy.ptr, size);
      if (unknown !== null) return unknown;
      id = this.run(copy.ptr, size, tokens, count);
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
  private run(logits: usize, size: u32, tokens: usize, count: u32): i32 {
    const candidates = this.candidates;
    const step = this.step;
    const bias = this.parameters.bias;
    step.tokens = tokens;
    step.count = count;
    let edits = bias.size;
    for (let i = 0; i < this.samplers.length; ++i) edits += this.samplers[i].edits(count);
    candidates.begin(logits, size, edits);
    if (!candidates.isBroken) bias.apply(candidates.logits);
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
