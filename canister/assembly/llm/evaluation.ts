/**
 * Evaluates tokens with a model, step by step: the keys and values of a sequence's tokens, and the logits after them. A
 * step's cost is computed before it begins, so that the work stops with its state intact before the budget is used up.
 */
import { Code, Problem } from '../problem';
import { Budget } from './budget';
import { Sequence } from './cache/sequence';
import { Sequences } from './cache/sequences';
import { historyOf } from './cache/stored-block';
import { BATCH } from './kernels/layout';
import { logitsCost, scatteredLogitsCost, stepCost, tokenCost } from './model/cost';
import { beginLogits, logitsOf, step } from './model/forward';
import { Model } from './model/model';
import { Outcome } from './outcome';
import { SamplerChain } from './sampling/chain';

/** Tokens whose logits alone are made in a step. */
const STEP_TOKENS: u32 = 16;
/** Least number of output-matrix weights per step, so that the overhead of a step stays small with tiny models. */
const MIN_STEP_WEIGHTS: usize = 1 << 16;

const NO_ROOM: string = 'there is no room for the keys and values of another token';


@final
export class Evaluation {
  /** Steps that were done, ever: tells whether work that paused did anything. */
  steps: u64 = 0;
  /**
   * Sequence and position of the logits in the workspace; which tokens they are of (0: all, otherwise a number for the few);
   * and how many groups of rows, or how many of the few, are done.
   */
  private logitsSequence: u32 = 0;
  private logitsPosition: i32 = -1;
  private logitsTokens: u64 = 0;
  private logitsDone: u32 = 0;
  /**
   * The factor from computed to actual cost, raised with a margin whenever a step costs more than computed; in 1/256.
   */
  private correction: u64 = 256;

  constructor(
    readonly model: Model,
    private readonly sequences: Sequences,
  ) {}

  /**
   * Evaluates a sequence's unevaluated tokens, or those before position `end`, in batches of up to `most` tokens.
   * Smaller batches make smaller steps, but cost more in total.
   */
  ingest(sequence: Sequence, budget: Budget, end: i32 = i32.MAX_VALUE, most: i32 = BATCH): Outcome {
    const model = this.model;
    // The batch in flight was begun with a later end, or with a larger limit.
    if (sequence.batch > min(most, end - sequence.evaluated)) this.sequences.reopen(sequence, 0);
    while (sequence.evaluated < min(sequence.length, end)) {
      const left = min(sequence.length, end) - sequence.evaluated;
      const batch = sequence.batch > 0 ? sequence.batch : min(most, left);
      const cost = this.corrected(stepCost(model, sequence, batch));
      const before = budget.remaining();
      if (before < cost) return Outcome.paused(cost);
      if (sequence.batch == 0 && !this.sequences.begin(sequence, batch)) {
        return Outcome.failed(new Problem(NO_ROOM, Code.HEAP_FULL));
      }
      step(model, sequence);
      ++this.steps;
      this.learn(cost, before, budget.remaining());
    }
    return Outcome.DONE;
  }

  /** As `ingest`, with smaller batches if the budget has no room for a step of a large one. */
  ingestAsFits(sequence: Sequence, budget: Budget, end: i32): Outcome {
    const steps = this.steps;
    let outcome = this.ingest(sequence, budget, end);
    for (let most = BATCH >> 1; outcome.isPaused && this.steps == steps && most > 0; most >>= 1) {
      outcome = this.ingest(sequence, budget, end, most);
    }
    return outcome;
  }

  /**
   * Makes the logits after a sequence's last token, evaluating unevaluated ones first. They are at `logits` until the
   * next call.
   */
  evaluate(sequence: Sequence, budget: Budget): Outcome {
    const ready = this.beginLogits(sequence, budget, 0);
    if (!ready.isDone) return ready;
    const model = this.model;
    const groups = <u32>model.weights.output.image.groups();
    const stepGroups = this.groupsPerStep(model);
    let begun = false;
    while (this.logitsDone < groups) {
      const to = min(this.logitsDone + stepGroups, groups);
      const cost = this.corrected(logitsCost(model, (to - this.logitsDone) << 2));
      const before = budget.remaining();
      if (before < cost) return Outcome.paused(cost);
      if (!begun) beginLogits(model, sequence);
      begun = true;
      logitsOf(model, this.logitsDone, to);
      this.logitsDone = to;
      ++this.steps;
      this.learn(cost, before, budget.remaining());
    }
    return Outcome.DONE;
  }

  /** As `evaluate`, for the logits of `count` tokens alone, u32 at `ids`, rising. The others are undefined. */
  evaluateOnly(sequence: Sequence, budget: Budget, ids: usize, count: u32): Outcome {
    const ready = this.beginLogits(sequence, budget, historyOf(count, ids, count) | 1);
    if (!ready.isDone) return ready;
    const model = this.model;
    let begun = false;
    while (this.logitsDone < count) {
      const to = min(this.logitsDone + STEP_TOKENS, count);
      const cost = this.corrected(scatteredLogitsCost(model, to - this.logitsDone));
      const before = budget.remaining();
      if (before < cost) return Outcome.paused(cost);
      if (!begun) beginLogits(model, sequence);
      begun = true;
      this.logitsOfTokens(ids, this.logitsDone, to);
      this.logitsDone = to;
      ++this.steps;
      this.learn(cost, before, budget.remaining());
    }
    return Outcome.DONE;
  }

  /** Computes the rows of the tokens `from` .. `to` - 1 of a rising list, neighbouring groups of four rows together. */
  private logitsOfTokens(ids: usize, from: u32, to: u32): void {
    let first = load<u32>(ids + ((<usize>from) << 2)) >> 2;
    let end = first + 1;
    for (let i = from + 1; i < to; ++i) {
      const group = load<u32>(ids + ((<usize>i) << 2)) >> 2;
      if (group > end) {
        logitsOf(this.model, first, end);
        first = group;
      }
      end = group + 1;
    }
    logitsOf(this.model, first, end);
  }

  /** Evaluates what is not, and says which logits are made next. */
  private beginLogits(sequence: Sequence, budget: Budget, tokens: u64): Outcome {
    if (sequence.length == 0) return Outcome.failed(new Problem('a sequence without tokens has no next token'));
    // The last token was evaluated, but something was undone since: its keys and values stay, it is evaluated again.
    if (sequence.evaluated == sequence.length && !sequence.complete()) this.sequences.reopen(sequence, 1);
    const ingested = this.ingest(sequence, budget);
    if (!ingested.isDone) return ingested;
    const position = sequence.length - 1;
    if (this.logitsSequence != sequence.id || this.logitsPosition != position || this.logitsTokens != tokens) {
      this.logitsSequence = sequence.id;
      this.logitsPosition = position;
      this.logitsTokens = tokens;
      this.logitsDone = 0;
    }
    return Outcome.DONE;
  }

  /** f32[vocabulary], after `evaluate` was done. */
  get logits(): usize {
    return this.model.workspace.logits;
  }

  /**
   * Draws the token that follows, by a chain of samplers, after `evaluate` was done: `chain.token`; or after `evaluateOnly`, from
   * the `few` tokens that the chain's mask allows. Null, or why there is none.
   */
  sample(sequence: Sequence, chain: SamplerChain, few: u32 = 0): Problem | null {
    return chain.sample(this.logits, <u32>this.model.vocabulary, sequence.tokens, sequence.length, few);
  }

  /** A sequence was cut to its first `length` tokens: logits after later tokens are invalid. */
  truncated(sequence: Sequence, length: i32): void {
    if (this.logitsSequence == sequence.id && this.logitsPosition >= length) this.logitsSequence = 0;
  }

  /** Removes the tentative tokens at the end of a sequence: its first `length` stay. */
  takeBack(sequence: Sequence, length: i32): void {
    // Blocks that were taken in advance stay, too, unless a batch is abandoned.
    if (sequence.evaluated + sequence.batch <= length) sequence.length = min(sequence.length, length);
    else this.sequences.truncate(sequence, length);
    this.truncated(sequence, length);
  }

  /** Most instructions to evaluate one more token and make the logits after it. */
  tokenCost(sequence: Sequence): u64 {
    return this.corrected(tokenCost(this.model, sequence.evaluated));
  }

  /** A step of the output matrix does about as much work as the feed-forward half of a layer. */
  private groupsPerStep(model: Model): u32 {
    const d = model.description;
    const weights = max(MIN_STEP_WEIGHTS, 3 * d.feedForward * d.embedding);
    return <u32>max<usize>(16, weights / d.embedding / 4);
  }

  private corrected(cost: u64): u64 {
    return (cost * this.correction) >> 8;
  }

  /** Adjusts the correction if a step cost more than computed. */
  private learn(cost: u64, before: u64, after: u64): void {
    const spent = before - after;
    if (before == u64.MAX_VALUE || spent <= cost) return;
    this.correction = (this.correction * (spent + (spent >> 3))) / cost + 1;
  }
}
