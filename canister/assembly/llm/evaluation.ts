/**
 * Evaluating tokens with a model, step by step: keys and values of what a sequence has, and the logits that follow it. The
 * cost of a step is computed before it is begun, so that the work stops with its state intact before the budget is used up.
 */
import { Code, Problem } from '../problem';
import { Budget } from './budget';
import { Sequence } from './cache/sequence';
import { Sequences } from './cache/sequences';
import { BATCH } from './kernels/layout';
import { logitsCost, stepCost, tokenCost } from './model/cost';
import { beginLogits, logitsOf, step } from './model/forward';
import { Model } from './model/model';
import { Outcome } from './outcome';
import { SamplerChain } from './sampling/chain';

/** Weights of the output matrix that one step multiplies at least, so that steps of tiny models stay worth their while. */
const MIN_STEP_WEIGHTS: usize = 1 << 16;


@final
export class Evaluation {
  /** Why the last call failed. */
  problem: Problem | null = null;
  /** Instructions that the step which did not fit takes at most, after PAUSED. */
  needed: u64 = 0;
  /** Steps that were done, ever: tells whether a call that was PAUSED did anything. */
  steps: u64 = 0;
  /** Sequence and position whose logits are in the workspace, and how many groups of rows are there. */
  private logitsSequence: u32 = 0;
  private logitsPosition: i32 = -1;
  private logitsGroups: usize = 0;
  /** How far the costliest step was above what had been computed for it, in 1/256. */
  private correction: u64 = 256;

  constructor(
    readonly model: Model,
    private readonly sequences: Sequences,
  ) {}

  /**
   * Evaluates the tokens of a sequence that have not been, or those before position `end`, in batches of up to `most`
   * tokens. Fewer make smaller steps, and cost more.
   */
  ingest(sequence: Sequence, budget: Budget, end: i32 = i32.MAX_VALUE, most: i32 = BATCH): Outcome {
    const model = this.model;
    // A batch in flight that was begun with a later end, or when more could go together.
    if (sequence.batch > min(most, end - sequence.evaluated)) this.sequences.reopen(sequence, 0);
    while (sequence.evaluated < min(sequence.length, end)) {
      const left = min(sequence.length, end) - sequence.evaluated;
      const batch = sequence.batch > 0 ? sequence.batch : min(most, left);
      const cost = this.corrected(stepCost(model, sequence, batch));
      const before = budget.remaining();
      if (before < cost) return this.pause(cost);
      if (sequence.batch == 0 && !this.sequences.begin(sequence, batch)) {
        return this.fail('the heap is full: no room is left for the keys and values of more tokens', Code.HEAP_FULL);
      }
      step(model, sequence);
      ++this.steps;
      this.learn(cost, before, budget.remaining());
    }
    return Outcome.DONE;
  }

  /** As `ingest`, with smaller batches where the budget has no room for a step of a large one. */
  ingestAsFits(sequence: Sequence, budget: Budget, end: i32): Outcome {
    const steps = this.steps;
    let outcome = this.ingest(sequence, budget, end);
    for (let most = BATCH >> 1; outcome == Outcome.PAUSED && this.steps == steps && most > 0; most >>= 1) {
      outcome = this.ingest(sequence, budget, end, most);
    }
    return outcome;
  }

  /**
   * Makes the logits that follow a sequence's last token, evaluating what has not been. They are at `logits` until the next
   * call.
   */
  evaluate(sequence: Sequence, budget: Budget): Outcome {
    if (sequence.length == 0) return this.fail('a sequence without tokens has no next token');
    // The last token was evaluated, but something was undone since: its keys and values stay, it is evaluated again.
    if (sequence.evaluated == sequence.length && !sequence.complete()) this.sequences.reopen(sequence, 1);
    const ingested = this.ingest(sequence, budget);
    if (ingested != Outcome.DONE) return ingested;
    const model = this.model;
    const position = sequence.length - 1;
    if (this.logitsSequence != sequence.id || this.logitsPosition != position) {
      this.logitsSequence = sequence.id;
      this.logitsPosition = position;
      this.logitsGroups = 0;
    }
    const groups = model.weights.output.image.groups();
    const stepGroups = this.groupsPerStep(model);
    let begun = false;
    while (this.logitsGroups < groups) {
      const to = min(this.logitsGroups + stepGroups, groups);
      const cost = this.corrected(logitsCost(model, (to - this.logitsGroups) << 2));
      const before = budget.remaining();
      if (before < cost) return this.pause(cost);
      if (!begun) beginLogits(model, sequence);
      begun = true;
      logitsOf(model, this.logitsGroups, to);
      this.logitsGroups = to;
      ++this.steps;
      this.learn(cost, before, budget.remaining());
    }
    return Outcome.DONE;
  }

  /** f32[vocabulary], after `evaluate` was DONE. */
  get logits(): usize {
    return this.model.workspace.logits;
  }

  /** The token that follows, by a chain of samplers, after `evaluate` was DONE; -1, with the chain's `problem`, if there is none. */
  sample(sequence: Sequence, chain: SamplerChain): i32 {
    return chain.sample(this.logits, <u32>this.model.vocabulary, sequence.tokens, sequence.length);
  }

  /** A sequence has only its first `length` tokens any more: logits that followed others are nobody's. */
  truncated(sequence: Sequence, length: i32): void {
    if (this.logitsSequence == sequence.id && this.logitsPosition >= length) this.logitsSequence = 0;
  }

  /** Takes back tokens at the end of a sequence that are not for good: its first `length` stay. */
  takeBack(sequence: Sequence, length: i32): void {
    // Blocks that were taken ahead stay, too, unless a batch is given up.
    if (sequence.evaluated + sequence.batch <= length) sequence.length = min(sequence.length, length);
    else this.sequences.truncate(sequence, length);
    this.truncated(sequence, length);
  }

  /** Instructions that it takes at most to evaluate one more token and to make the logits that follow it. */
  tokenCost(sequence: Sequence): u64 {
    return this.corrected(tokenCost(this.model, sequence.evaluated));
  }

  /** A step of the output matrix does about as much as a feed-forward half of a layer. */
  private groupsPerStep(model: Model): usize {
    const d = model.description;
    const weights = max(MIN_STEP_WEIGHTS, 3 * d.feedForward * d.embedding);
    return max<usize>(16, weights / d.embedding / 4);
  }

  private corrected(cost: u64): u64 {
    return (cost * this.correction) >> 8;
  }

  /** Remembers if a step cost more than was allowed for. */
  private learn(cost: u64, before: u64, after: u64): void {
    const spent = before - after;
    if (before == u64.MAX_VALUE || spent <= cost) return;
    this.correction = (this.correction * (spent + (spent >> 3))) / cost + 1;
  }

  private fail(why: string, code: Code = Code.INVALID): Outcome {
    this.problem = new Problem(why, code);
    return Outcome.FAILED;
  }

  private pause(needed: u64): Outcome {
    this.needed = needed;
    return Outcome.PAUSED;
  }
}
