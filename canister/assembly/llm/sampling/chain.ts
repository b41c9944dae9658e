import { Extent } from '../extent';
import { Candidates } from './candidates';
import { DynamicTemperature } from './dynamic-temperature';
import { LogitBias } from './logit-bias';
import { MinP } from './min-p';
import { DEFAULT_ORDER, DRY, MIN_P, PENALTIES, TEMPERATURE, TOP_K, TOP_N_SIGMA, TOP_P, TYPICAL_P, XTC } from './order';
import { Penalties } from './penalties';
import { Sampler, Step } from './sampler';
import { Temperature } from './temperature';
import { TokenMask } from './token-mask';
import { TopK } from './top-k';
import { TopNSigma } from './top-n-sigma';
import { TopP } from './top-p';
import { TypicalP } from './typical-p';
import { Xtc } from './xtc';

/** What a chain's error says when the heap is full. */
export const NO_MEMORY: string = 'no memory is left for sampling';

/** So many candidates cost little beside a vocabulary. */
const MOST_FEW: i32 = 1024;

/** Instructions of a token at most: `passes` over `tokens` tokens, then samplers of `few` of them. */
function costOf(tokens: u64, passes: u64, few: u64): u64 {
  return 1_000_000 + tokens * (8 + 400 * passes) + 3000 * few;
}

/** What a chain is made of: llama.cpp's parameters with llama.cpp's defaults. */
export class SamplingParameters {
  order: StaticArray<u8> = DEFAULT_ORDER;
  seed: u32 = 0;
  temperature: f32 = 0.8;
  /** How far the temperature moves with the entropy; 0: not at all. */
  dynamicRange: f32 = 0;
  dynamicExponent: f32 = 1;
  topK: i32 = 40;
  topP: f32 = 0.95;
  minP: f32 = 0.05;
  typicalP: f32 = 1;
  topNSigma: f32 = -1;
  xtcProbability: f32 = 0;
  xtcThreshold: f32 = 0.1;
  /** Tokens that penalties look back at; -1: the whole sequence. */
  repeatLastN: i32 = 64;
  repeatPenalty: f32 = 1;
  frequencyPenalty: f32 = 0;
  presencePenalty: f32 = 0;
  /** Not supported; anything but 0 is refused. */
  dryMultiplier: f32 = 0;
  readonly bias: LogitBias = new LogitBias();

  /** What is wrong with the parameters; empty if nothing is. */
  check(): string {
    const numbers: StaticArray<f32> = [
      this.temperature,
      this.topP,
      this.minP,
      this.typicalP,
      this.topNSigma,
      this.xtcProbability,
      this.xtcThreshold,
      this.repeatPenalty,
      this.frequencyPenalty,
      this.presencePenalty,
      this.dynamicRange,
      this.dynamicExponent,
    ];
    for (let i = 0; i < numbers.length; ++i) {
      if (!isFinite(numbers[i])) return `the sampling parameter ${NUMBER_NAMES[i]} is not a finite number`;
    }
    if (this.repeatPenalty <= 0) return `the repeat penalty is ${this.repeatPenalty}; it has to be above 0`;
    if (this.repeatLastN < -1) return `repeat-last-n is ${this.repeatLastN}; -1 (all) or more is accepted`;
    if (this.dryMultiplier != 0) return 'the sampler "dry" is not supported';
    return '';
  }
}

const NUMBER_NAMES: StaticArray<string> = [
  'temp',
  'top-p',
  'min-p',
  'typical',
  'top-nsigma',
  'xtc-probability',
  'xtc-threshold',
  'repeat-penalty',
  'frequency-penalty',
  'presence-penalty',
  'dynatemp-range',
  'dynatemp-exp',
];

/**
 * Chooses the next token: logit bias, then the samplers in their order, then a draw by probability.
 *
 * Nothing is remembered from token to token: the penalties look at the sequence, and the random numbers come from the
 * seed and the position in it (random.ts). The same sequence goes on in the same way whatever calls it was split into.
 */
export class SamplerChain {
  /** Why the last `sample` answered -1. */
  error: string = '';
  /** The candidates that the last `sample` drew from. */
  readonly candidates: Candidates = new Candidates();
  /** Tokens that may come next, if not all may. */
  mask: TokenMask | null = null;
  private readonly step: Step = new Step();
  private readonly samplers: Sampler[] = [];
  private readonly penalties: Penalties;
  private readonly space: Extent;
  /** A copy of the logits without the forbidden ones. */
  private readonly masked: Extent = new Extent();

  /** @param parameters have passed `check` */
  constructor(private readonly parameters: SamplingParameters) {
    const space = new Extent();
    const p = parameters;
    const penalties = new Penalties(p.repeatLastN, p.repeatPenalty, p.frequencyPenalty, p.presencePenalty, space);
    this.space = space;
    this.penalties = penalties;
    for (let i = 0; i < p.order.length; ++i) {
      switch (p.order[i]) {
        case PENALTIES:
          this.samplers.push(penalties);
          break;
        case TOP_N_SIGMA:
          this.samplers.push(new TopNSigma(p.topNSigma));
          break;
        case TOP_K:
          this.samplers.push(new TopK(p.topK));
          break;
        case TYPICAL_P:
          this.samplers.push(new TypicalP(p.typicalP, space));
          break;
        case TOP_P:
          this.samplers.push(new TopP(p.topP));
          break;
        case MIN_P:
          this.samplers.push(new MinP(p.minP));
          break;
        case XTC:
          this.samplers.push(new Xtc(p.xtcProbability, p.xtcThreshold));
          break;
        case TEMPERATURE:
          if (p.dynamicRange > 0) {
            this.samplers.push(new DynamicTemperature(p.temperature, p.dynamicRange, p.dynamicExponent));
          } else {
            this.samplers.push(new Temperature(p.temperature));
          }
          break;
      }
    }
  }

  /**
   * Instructions that a token takes at most, a mask apart: passes over all candidates are counted, the draw included, while
   * those may be all of the vocabulary, and the candidates that a sampler keeps which keeps few.
   *
   * @param tokens   of the vocabulary and of the sequence, together
   */
  cost(tokens: u64): u64 {
    const p = this.parameters;
    let passes: u64 = 1;
    for (let i = 0; i < p.order.length; ++i) {
      switch (p.order[i]) {
        case TOP_K:
          if (p.topK > 0 && p.topK <= MOST_FEW) return costOf(tokens, passes - 1, <u64>p.topK);
          passes += u64(p.topK > 0);
          break;
        case TEMPERATURE:
          if (p.temperature <= 0 && !(p.dynamicRange > 0)) return costOf(tokens, passes - 1, 1);
          ++passes;
          break;
        case TOP_P:
          if (p.topP <= 0) return costOf(tokens, passes - 1, 1);
          passes += u64(p.topP < 1);
          break;
        case PENALTIES:
          passes += u64(this.penalties.window(1) > 0);
          break;
        case TOP_N_SIGMA:
          passes += u64(p.topNSigma > 0);
          break;
        case TYPICAL_P:
          passes += u64(p.typicalP < 1);
          break;
        case MIN_P:
          passes += u64(p.minP > 0);
          break;
        case XTC:
          passes += u64(p.xtcProbability > 0);
          break;
      }
    }
    return costOf(tokens, passes, 0);
  }

  /**
   * The token that follows; -1, with `error` set, if there is none to choose from.
   *
   * @param logits   [ f32 ] * size, of one position; unchanged afterwards
   * @param size     tokens in the vocabulary
   * @param tokens   [ i32 ] * count, the whole sequence so far
   */
  sample(logits: usize, size: u32, tokens: usize, count: u32): i32 {
    this.error = '';
    const mask = this.mask;
    this.step.random.begin(this.parameters.seed, count);
    if (mask != null && !mask.follow(tokens, count)) return this.fail(mask.error);
    let id = this.run(logits, size, tokens, count);
    // Most tokens that are drawn are allowed, and asking about one is cheaper than asking about all.
    if (mask != null && id >= 0 && !mask.allows(id)) {
      const copy = this.masked;
      if (!copy.reserve((<usize>size) << 2)) return this.fail(NO_MEMORY);
      memory.copy(copy.ptr, logits, (<usize>size) << 2);
      mask.forbid(copy.ptr, size);
      if (mask.error.length > 0) return this.fail(mask.error);
      id = this.run(copy.ptr, size, tokens, count);
    }
    if (id >= 0) return id;
    if (this.candidates.isBroken) return this.fail(NO_MEMORY);
    return this.fail('no token is left to choose from: the model gave no number for any, or all are forbidden');
  }

  private fail(reason: string): i32 {
    this.error = reason;
    return -1;
  }

  /** Draws from the candidates that the samplers leave; a second draw of a step goes on with the random numbers. */
  private run(logits: usize, size: u32, tokens: usize, count: u32): i32 {
    const candidates = this.candidates;
    const step = this.step;
    const bias = this.parameters.bias;
    step.tokens = tokens;
    step.count = count;
    candidates.begin(logits, size, bias.size + this.samplers.length * this.penalties.window(count));
    if (!candidates.isBroken) bias.apply(candidates.logits);
    for (let i = 0; i < this.samplers.length && !candidates.isBroken; ++i) this.samplers[i].apply(candidates, step);
    const id = candidates.isBroken ? -1 : candidates.draw(step.random);
    candidates.logits.restore();
    return id;
  }

  /** Gives all memory back. */
  dispose(): void {
    this.candidates.dispose();
    this.space.release();
    this.masked.release();
    const mask = this.mask;
    if (mask != null) mask.dispose();
    this.mask = null;
  }
}
