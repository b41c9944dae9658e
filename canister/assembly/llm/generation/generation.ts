/**
 * The way of the tokens of a sequence in one message: those that are still to be evaluated go in, then tokens are sampled
 * and evaluated in turn, until there is what was asked for, or the message may do no more. The next message goes on.
 *
 * Nothing that the next message needs is here: it is in the sequence's tokens and state, so a generation that was made anew
 * from the same request, after an upgrade say, goes on with the same tokens.
 */
import { Code, Problem } from '../../problem';
import { Budget } from '../budget';
import { Sequence } from '../cache/sequence';
import { Evaluation } from '../evaluation';
import { BATCH } from '../kernels/layout';
import { Outcome } from '../outcome';
import { SamplerChain } from '../sampling/chain';
import { Tokenizer } from '../tokenizer/tokenizer';
import { ForcedTokens } from './forced-tokens';
import { Guide } from './guide';
import { Limits } from './limits';
import { StopTexts } from './stop-texts';
import { Stop } from './stop';

/** Instructions that a token's sampling may take beyond twice as many as any before it took. */
const SAMPLING_MARGIN: u64 = 1_000_000;

const NO_BLOCK: string = 'there is no room for the keys and values of another token';
const NO_TEXT: string = 'there is no room for the text';


@final
export class Generation {
  /** Why the message's work has stopped. */
  stop: Stop = Stop.NONE;
  /** What is wrong, after HEAP_FULL and FAILED. */
  problem: Problem | null = null;
  /** Instructions that the next step takes at most, after PAUSED. */
  needed: u64 = 0;
  /** Tokens of the history that the message has evaluated, and generated ones. */
  ingested: i32 = 0;
  evaluated: i32 = 0;
  /** It paused in front of a choice: logits that were made for it do not last where others make theirs. */
  private lacksChoice: bool = false;
  /** Generated tokens that it reports: also the pending one, where it is shown and not evaluated. */
  reported: i32 = 0;
  /** Where the text of what it reports begins; the text is the sequence's, tail included. */
  outputFrom: u32 = 0;
  /** Who follows the tokens that are chosen; null: nobody. */
  guide: Guide | null = null;
  private limits: Limits = new Limits();
  /** Steps of evaluation that had been done before the message. */
  private stepsBefore: u64 = 0;
  /** Tokens that count against the most that the message may evaluate for the first time. */
  private counted: u64 = 0;
  /** Instructions that sampling takes at most for any token: one may take a hundred times as many as the one before. */
  private samplingCost: u64 = 0;
  private greatestSampling: u64 = 0;
  /** Instructions that a grammar takes at most for any token: it may come to harder places than before. */
  private maskCost: u64 = 0;
  private readonly forced: ForcedTokens;

  constructor(
    private readonly evaluation: Evaluation,
    private readonly tokenizer: Tokenizer,
    private readonly chain: SamplerChain,
    private readonly stops: StopTexts,
    private readonly sequence: Sequence,
    private readonly budget: Budget,
  ) {
    const mask = chain.mask;
    const once = chain.cost(<u64>evaluation.model.vocabulary, <u64>sequence.context);
    // What a mask forbids is drawn a second time.
    this.samplingCost = mask === null ? once : 2 * once;
    this.maskCost = mask === null ? 0 : mask.cost;
    this.forced = new ForcedTokens(chain, <u32>evaluation.model.vocabulary, budget);
  }

  /** Begins the work of a message: `ingest` and `generate` follow. */
  begin(limits: Limits): void {
    const state = this.sequence.state;
    const mask = this.chain.mask;
    if (mask !== null) mask.begin(state.promptTokens);
    this.chain.state = state.sampling;
    this.limits = limits;
    this.stop = Stop.NONE;
    this.problem = null;
    this.ingested = this.evaluated = this.reported = 0;
    this.counted = 0;
    this.lacksChoice = false;
    this.stepsBefore = this.evaluation.steps;
  }

  /** Tokens of the history that are still to be evaluated. */
  get remaining(): i32 {
    return this.sequence.state.length - this.sequence.evaluated;
  }

  /** Whether the message has done anything: what has not would do no more in another message. */
  get hasMoved(): bool {
    return this.evaluation.steps > this.stepsBefore || this.reported > 0;
  }

  /** Whether it has done anything that lasts when others have their turns before it goes on. */
  get hasLasting(): bool {
    return this.reported > 0 || this.ingested > 0 || (this.hasMoved && !this.lacksChoice);
  }

  /** Evaluates the history as far as the message may. What is left then has a reason in `stop`. */
  ingest(): void {
    const sequence = this.sequence;
    const state = sequence.state;
    const before = sequence.evaluated;
    if (before < state.length) {
      // What was evaluated once and has left the heap does not count again.
      const from = max(before, state.reached);
      const most = this.limits.tokens;
      const limited = most > 0 && most < <u64>(state.length - from);
      const end = limited ? from + <i32>most : state.length;
      const allowance = this.limits.allowance;
      const affordable = allowance < <u64>(end - before) ? before + <i32>allowance : end;
      const outcome = this.evaluation.ingestAsFits(sequence, this.budget, affordable);
      this.ingested = sequence.evaluated - before;
      this.counted = <u64>max(0, sequence.evaluated - from);
      state.reached = max(state.reached, sequence.evaluated);
      if (outcome == Outcome.PAUSED) this.pause(this.evaluation.needed);
      else if (outcome == Outcome.FAILED) this.failFull(NO_BLOCK);
      else if (this.remaining > 0) this.end(Stop.SPENT);
    }
    this.extend();
    this.outputFrom = sequence.text.size;
  }

  /** Samples and evaluates tokens, if the history is evaluated, until there is a reason to stop. */
  generate(): void {
    const state = this.sequence.state;
    // What ends the prompt ends the answer before it begins, as in llama.cpp.
    const isAtPrompt = this.stop == Stop.NONE && state.length == state.promptTokens && state.pending < 0;
    if (isAtPrompt && this.stops.endsWith(this.sequence.tokens, state.length)) this.end(Stop.PROMPT);
    while (this.stop == Stop.NONE) this.next();
  }

  /**
   * The next token: sampled if none is pending, reported, and evaluated unless it is the last. Those that have to follow it
   * may be evaluated with it. Where the request wants logits there are none of these, and the logits that the token was drawn
   * from are the evaluation's until the next one.
   */
  next(): void {
    const sequence = this.sequence;
    const state = sequence.state;
    if (!this.goesOn()) return;
    if (state.length + 1 >= sequence.context) return this.end(Stop.CONTEXT_FULL);
    if (state.pending < 0) this.choose();
    else this.tell(state.pending, state.length, 0);
    if (this.stop != Stop.NONE) return;
    const ends = this.tokenizer.isEndOfGeneration(state.pending);
    if (!ends && !this.reachesOn()) return;
    if (this.evaluate() && this.tokenizer.isEndOfGeneration(sequence.token(state.length - 1))) this.end(Stop.END);
  }

  /** Whether another token is asked for and may be. */
  private goesOn(): bool {
    const limits = this.limits;
    if (limits.predict >= 0 && this.reported >= limits.predict) this.end(Stop.LIMIT);
    else if (limits.tokens > 0 && this.counted >= limits.tokens) this.end(Stop.SPENT);
    else if (<u64>this.ingested + <u64>this.evaluated >= limits.allowance) this.end(Stop.SPENT);
    else if (this.sequence.text.size - this.outputFrom >= limits.text) this.end(Stop.SPENT);
    else if (this.guide !== null && this.guide!.hasEnough) this.end(Stop.SPENT);
    return this.stop == Stop.NONE;
  }

  /** Chooses the pending token: the one that is given, the only one that may come, or one that is drawn. */
  private choose(): void {
    const sequence = this.sequence;
    const state = sequence.state;
    const guide = this.guide;
    const given = guide === null ? -1 : guide.given;
    const only = given >= 0 ? given : this.forced.after(sequence, state.length);
    const hasLogits = only < 0 || (guide !== null && guide.needsLogits);
    if (hasLogits && !this.makeLogits()) return;
    const telling = guide === null ? 0 : guide.cost;
    const cost = telling + (only < 0 ? this.samplingCost + this.maskCost : 0);
    if (this.budget.remaining() < cost) {
      this.lacksChoice = true;
      return this.pause(cost);
    }
    if (only < 0) this.sample();
    else {
      state.pending = only;
      state.reported = false;
    }
    if (this.stop == Stop.NONE) this.tell(state.pending, state.length, hasLogits ? this.evaluation.logits : 0);
  }

  /** Tells the guide of the token at a place, unless it knows it. */
  private tell(token: i32, place: i32, logits: usize): void {
    const guide = this.guide;
    if (guide === null || guide.position > place) return;
    guide.tell(token, logits);
    // The guide is not what it would be with room: the message has done nothing that lasts.
    if (!guide.isFull) return;
    this.stop = Stop.HEAP_FULL;
    this.problem = new Problem('there is no room to take the answer apart', Code.HEAP_FULL);
  }

  /** Makes the logits that follow the history. */
  private makeLogits(): bool {
    const evaluation = this.evaluation;
    const outcome = evaluation.evaluate(this.sequence, this.budget);
    if (outcome == Outcome.FAILED) this.fail(evaluation.problem!);
    else if (outcome == Outcome.PAUSED) this.pause(evaluation.needed);
    return this.stop == Stop.NONE;
  }

  /** Draws the pending token. */
  private sample(): void {
    const sequence = this.sequence;
    const state = sequence.state;
    const evaluation = this.evaluation;
    const before = this.budget.remaining();
    const chain = this.chain;
    const token = evaluation.sample(sequence, chain);
    this.greatestSampling = max(this.greatestSampling, before - this.budget.remaining());
    this.samplingCost = max(this.samplingCost, SAMPLING_MARGIN + 2 * this.greatestSampling);
    const problem = chain.problem;
    if (problem !== null) return problem.code == Code.HEAP_FULL ? this.failFull(problem.text) : this.fail(problem);
    state.pending = token;
    state.reported = false;
    state.sampling = chain.state;
  }

  /** Whether it goes on behind the pending token; if not, the token is reported, and stays pending. */
  private reachesOn(): bool {
    const sequence = this.sequence;
    const state = sequence.state;
    const isLast = this.limits.predict >= 0 && this.reported + 1 >= this.limits.predict;
    // One that was reported has stopped a message already.
    const mayStop = !this.stops.isEmpty && !state.reported;
    const isDone = this.guide !== null && this.guide!.isDone;
    if (!isLast && !mayStop && !isDone) return true;
    const text = sequence.text;
    if (!text.setTail(this.tokenizer, state.pending)) {
      this.failFull(NO_TEXT);
      return false;
    }
    const isStop = isDone || (mayStop && this.stops.end(sequence.tokens, state.length, state.pending));
    if (!isLast && !isStop) {
      text.clearTail();
      return true;
    }
    state.reported = true;
    ++this.reported;
    this.end(isStop ? Stop.TEXT : Stop.LIMIT);
    return false;
  }

  /** Evaluates the pending token, and what has to follow it; all of these are then part of the history. */
  private evaluate(): bool {
    const sequence = this.sequence;
    const state = sequence.state;
    // A token whose text has no room is not evaluated: no later message would report it.
    if (!sequence.text.hasRoom(this.tokenizer)) this.failFull(NO_TEXT);
    if (this.stop != Stop.NONE) return false;
    const count = this.lay();
    const evaluation = this.evaluation;
    let outcome = evaluation.ingest(sequence, this.budget);
    // One token makes the smallest steps, and needs the least room.
    const hasStepped = evaluation.steps > this.stepsBefore;
    if (
      count > 1 &&
      (outcome == Outcome.FAILED || (outcome == Outcome.PAUSED && (sequence.batch == 0 || !hasStepped)))
    ) {
      evaluation.takeBack(sequence, state.length + 1);
      outcome = evaluation.ingest(sequence, this.budget);
    }
    if (outcome == Outcome.FAILED) this.failFull(NO_BLOCK);
    else if (outcome == Outcome.PAUSED) this.pause(evaluation.needed);
    if (this.stop != Stop.NONE) return false;
    const done = sequence.length - state.length;
    for (let at = state.length; at < sequence.length; ++at) this.tell(sequence.token(at), at, 0);
    if (this.stop != Stop.NONE) return false;
    state.length = sequence.length;
    state.reached = sequence.length;
    state.pending = -1;
    state.reported = false;
    this.counted += done;
    this.evaluated += done;
    this.reported += done;
    return this.extend();
  }

  /**
   * Puts the pending token behind the history, and those that have to follow it, as many as may be evaluated together; how
   * many. Some may be there already, their batch in flight, from a message that had to stop: they stay if they are the same.
   */
  private lay(): i32 {
    const sequence = this.sequence;
    const state = sequence.state;
    const evaluation = this.evaluation;
    let count = 0;
    let token = state.pending;
    while (token >= 0) {
      const at = state.length + count;
      if (at < sequence.length && sequence.token(at) != token) evaluation.takeBack(sequence, at);
      if (at == sequence.length) sequence.push(token);
      ++count;
      token =
        !this.mayFollow(count) || this.tokenizer.isEndOfGeneration(token) ? -1 : this.forced.after(sequence, at + 1);
      if (token >= 0 && !this.stops.isEmpty && this.stops.end(sequence.tokens, at + 1, token)) token = -1;
    }
    evaluation.takeBack(sequence, state.length + count);
    return count;
  }

  /** Whether a token that follows `count` others could be evaluated with them, and not be the last. */
  private mayFollow(count: i32): bool {
    const limits = this.limits;
    const sequence = this.sequence;
    const guide = this.guide;
    if (guide !== null && !guide.mayRun) return false;
    const text = sequence.text;
    const longest = this.tokenizer.longestPiece;
    if (count == BATCH || sequence.state.length + count + 1 >= sequence.context) return false;
    if (limits.predict >= 0 && this.reported + count + 1 >= limits.predict) return false;
    if (limits.tokens > 0 && this.counted + count >= limits.tokens) return false;
    if (<u64>(this.ingested + this.evaluated + count) >= limits.allowance) return false;
    if (text.size - this.outputFrom + count * longest >= limits.text) return false;
    return text.hasRoom(this.tokenizer, count + 1);
  }

  /** Takes in the text of what was evaluated. No room for it is an error, whatever was done: an answer has all of its text. */
  private extend(): bool {
    if (this.sequence.text.extend(this.tokenizer, this.sequence.tokens, this.sequence.shown)) return true;
    this.stop = Stop.HEAP_FULL;
    this.problem = new Problem(NO_TEXT, Code.HEAP_FULL);
    return false;
  }

  private end(stop: Stop): void {
    this.stop = stop;
  }

  private pause(needed: u64): void {
    this.needed = needed;
    this.stop = Stop.PAUSED;
  }

  /** The heap has no room: a problem only if the message has got nowhere. */
  private failFull(what: string): void {
    if (this.reported > 0 || this.ingested > 0) return this.end(Stop.PAUSED);
    this.stop = Stop.HEAP_FULL;
    this.problem = new Problem(what, Code.HEAP_FULL);
  }

  private fail(problem: Problem): void {
    this.stop = Stop.FAILED;
    this.problem = problem;
  }
}
