/**
 * Computes how probable each label of a question is after a prompt: the product of the probabilities of its tokens,
 * each given the tokens before it. If a label is the beginning of another, its share is what remains when the text does
 * not continue to the longer one. So labels exclude each other, and their probabilities add up to at most one.
 *
 * All values are logarithms. Results so far are in a record of the caller's, so the work can continue in another
 * message.
 */
import { Problem } from '../../problem';
import { Budget } from '../budget';
import { Sequence } from '../cache/sequence';
import { Evaluation } from '../evaluation';
import { Outcome } from '../outcome';
import { Labels } from './labels';
import { LOG_SUM_PER_NUMBER, logSum } from './log-sum';

/** Instructions for a place, besides those that depend on the vocabulary. */
const PER_PLACE: u64 = 200_000;


@final
export class Scoring {
  /** Tokens of labels that were evaluated, and places that were looked at. */
  evaluated: i32 = 0;
  places: i32 = 0;

  /**
   * @param sequence of which the history is the prompt, evaluated
   * @param scores   [ f64 ] * labels, in the order in which they were given; zeros at first
   */
  constructor(
    private readonly evaluation: Evaluation,
    private readonly labels: Labels,
    private readonly sequence: Sequence,
    private readonly scores: usize,
  ) {}

  /** The next place: a label's number in the sorted order, and how many of its tokens come before the place. */
  label: i32 = 0;
  depth: i32 = 0;

  /**
   * Looks at places until there are none, or the budget does not suffice. It pauses without a need of instructions where
   * `allowance` tokens are evaluated.
   */
  run(budget: Budget, allowance: u64): Outcome {
    const labels = this.labels;
    while (this.label < labels.count) {
      if (this.depth == labels.length(this.label)) {
        ++this.label;
        this.depth = this.label < labels.count ? labels.firstDepth(this.label) : 0;
        continue;
      }
      const more = this.lay();
      if (<u64>(this.evaluated + more) > allowance) return Outcome.paused(0);
      const before = this.sequence.evaluated;
      const outcome = this.evaluation.evaluate(this.sequence, budget);
      this.evaluated += max(0, this.sequence.evaluated - before);
      if (!outcome.isDone) return outcome;
      const cost = PER_PLACE + 2 * LOG_SUM_PER_NUMBER * <u64>this.evaluation.model.vocabulary;
      if (budget.remaining() < cost) return Outcome.paused(cost);
      const unread = this.look();
      if (unread !== null) return Outcome.failed(unread);
      ++this.places;
      ++this.depth;
    }
    this.evaluation.takeBack(this.sequence, this.sequence.state.length);
    return Outcome.DONE;
  }

  /** Puts the tokens in front of the place behind the prompt; how many of them are still to be evaluated. */
  private lay(): i32 {
    const sequence = this.sequence;
    const from = sequence.state.length;
    let same = 0;
    while (same < this.depth && from + same < sequence.length && this.isThere(from + same, same)) ++same;
    if (from + same < sequence.length) this.evaluation.takeBack(sequence, from + same);
    for (; same < this.depth; ++same) sequence.push(this.labels.token(this.label, same));
    return max(0, sequence.length - sequence.evaluated);
  }

  private isThere(position: i32, at: i32): bool {
    return this.sequence.token(position) == this.labels.token(this.label, at);
  }

  /** Adds what the logits say to the scores of the labels that have the place. Null, or why they say nothing. */
  private look(): Problem | null {
    const labels = this.labels;
    const logits = this.evaluation.logits;
    const size = <u32>this.evaluation.model.vocabulary;
    const all = logSum(logits, size);
    if (!isFinite(all)) {
      return new Problem('the model gives no numbers for what may come next: its file may be damaged');
    }
    const first = this.label;
    const end = labels.endOf(first, this.depth);
    for (let i = first; i < end; ++i) {
      const logit = load<f32>(logits + ((<usize>labels.token(i, this.depth)) << 2));
      this.add(i, isNaN(logit) ? -Infinity : <f64>logit - all);
    }
    // The logits are taken away of what leads to longer labels; what is left is the shorter one's. They are put back.
    if (!labels.isLabel(first, this.depth)) return null;
    const kept = new StaticArray<f32>(end - first);
    for (let i = first; i < end; ++i) {
      const at = logits + ((<usize>labels.token(i, this.depth)) << 2);
      kept[i - first] = load<f32>(at);
      store<f32>(at, -Infinity);
    }
    this.add(first - 1, logSum(logits, size) - all);
    for (let i = end - 1; i >= first; --i) {
      store<f32>(logits + ((<usize>labels.token(i, this.depth)) << 2), kept[i - first]);
    }
    return null;
  }

  private add(label: i32, logarithm: f64): void {
    const at = this.scores + ((<usize>this.labels.number(label)) << 3);
    store<f64>(at, load<f64>(at) + logarithm);
  }
}
