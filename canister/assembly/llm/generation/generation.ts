/**
 * Generates the tokens of a sequence in one message: first it evaluates the unevaluated ones, then it samples and
 * evaluates tokens in turn, until the request is fulfilled or the message's limits are reached. The next message
 * continues.
 *
 * It holds nothing that the next message needs: that is in the sequence's tokens and state. So a generation that is
 * made anew from the same request, for example after an upgrade, continues with the same tokens.
 */
import { Code, Problem } from '../../problem';
import { Budget } from '../budget';
import { Sequence } from '../cache/sequence';
import { Evaluation } from '../evaluation';
import { BATCH } from '../kernels/layout';
import { Outcome } from '../outcome';
import { SamplerChain } from '../sampling/chain';
import { Tokenizer } from '../tokenizer/tokenizer';
import { Guide } from './guide';
import { Limits } from './limits';
import { NextToken } from './next-token';
import { StopTexts } from './stop-texts';
import { Stop } from './stop';

function noText(): Problem {
  return new Problem('there is no room for the text', Code.HEAP_FULL);
}


@final
export class Generation {
  /** Why the message's work has stopped; NONE if for a problem. */
  stop: Stop = Stop.NONE;
  /** Why it cannot go on: HEAP_FULL if nothing was done for want of room. */
  problem: Problem | null = null;
  /** Most instructions of the next step, after PAUSED. */
  needed: u64 = 0;
  /** Tokens of the history, and generated ones, that the message has evaluated. */
  ingested: i32 = 0;
  evaluated: i32 = 0;
  /** It paused before a choice: its logits will not last if other sequences make theirs. */
  private lacksChoice: bool = false;
  /** Generated tokens that it reports, including the pending one if that is shown but not evaluated. */
  reported: i32 = 0;
  /** Where its reported text begins in the sequence's text, tail included. */
  outputFrom: u32 = 0;
  /** The guide that follows the chosen tokens, or null. */
  guide: Guide | null = null;
  private limits: Limits = new Limits();
  /** Steps of evaluation before the message. */
  private stepsBefore: u64 = 0;
  /** Tokens that count towards the message's limit of first evaluations. */
  private counted: u64 = 0;
  private readonly nextToken: NextToken;

  constructor(
    private readonly evaluation: Evaluation,
    private readonly tokenizer: Tokenizer,
    private readonly chain: SamplerChain,
    private readonly stops: StopTexts,
    private readonly sequence: Sequence,
    private readonly budget: Budget,
  ) {
    this.nextToken = new NextToken(evaluation, chain, budget, sequence.context);
  }

  /** Begins a message's work; `ingest` and `generate` follow. */
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

  private get hasStopped(): bool {
    return this.stop != Stop.NONE || this.problem !== null;
  }

  /** Tokens of the history that are still to be evaluated. */
  get remaining(): i32 {
    return this.sequence.state.length - this.sequence.evaluated;
  }

  /** Whether the message has done anything; if not, the next message would not get further. */
  get hasMoved(): bool {
    return this.evaluation.steps > this.stepsBefore || this.reported > 0;
  }

  /** Whether it has done anything that lasts if other sequences have their turns before it continues. */
  get hasLasting(): bool {
    return this.reported > 0 || this.ingested > 0 || (this.hasMoved && !this.lacksChoice);
  }

  /** Evaluates the history as far as the message may. If a part remains, `stop` says why. */
  ingest(): void {
    const sequence = this.sequence;
    const state = sequence.state;
    const before = sequence.evaluated;
    if (before < state.length) {
      // Tokens that were evaluated before and have left the heap do not count again.
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
      if (!outcome.isDone) this.stopFor(outcome);
      else if (this.remaining > 0) this.end(Stop.SPENT);
    }
    this.extend();
    this.outputFrom = sequence.text.size;
  }

  /** Samples and evaluates tokens, if the history is evaluated, until there is a reason to stop. */
  generate(): void {
    const state = this.sequence.state;
    // What ends the prompt ends the answer before it begins, as in llama.cpp.
    const isAtPrompt = !this.hasStopped && state.length == state.promptTokens && state.pending < 0;
    if (isAtPrompt && this.stops.endsWith(this.sequence.tokens, state.length)) this.end(Stop.PROMPT);
    while (!this.hasStopped) this.next();
  }

  /**
   * The next token: sampled if none is pending, reported, and evaluated unless it is the last. Tokens that have to
   * follow it may be evaluated with it, unless the request wants logits; then the logits that the token was drawn from
   * stay valid until the next evaluation.
   */
  next(): void {
    const sequence = this.sequence;
    const state = sequence.state;
    if (!this.goesOn()) return;
    if (state.length + 1 >= sequence.context) return this.end(Stop.CONTEXT_FULL);
    if (state.pending < 0) this.choose();
    else this.tell(state.pending, state.length, 0);
    if (this.hasStopped) return;
    const ends = this.tokenizer.isEndOfGeneration(state.pending);
    if (!ends && !this.reachesOn()) return;
    if (this.evaluate() && this.tokenizer.isEndOfGeneration(sequence.token(state.length - 1))) this.end(Stop.END);
  }

  /** Whether another token is wanted and allowed. */
  private goesOn(): bool {
    const limits = this.limits;
    if (limits.predict >= 0 && this.reported >= limits.predict) this.end(Stop.LIMIT);
    else if (limits.tokens > 0 && this.counted >= limits.tokens) this.end(Stop.SPENT);
    else if (<u64>this.ingested + <u64>this.evaluated >= limits.allowance) this.end(Stop.SPENT);
    else if (this.sequence.text.size - this.outputFrom >= limits.text) this.end(Stop.SPENT);
    else if (this.guide !== null && this.guide!.hasEnough) this.end(Stop.SPENT);
    return !this.hasStopped;
  }

  /** Chooses the pending token. */
  private choose(): void {
    const state = this.sequence.state;
    const next = this.nextToken;
    const outcome = next.choose(this.sequence, this.guide);
    this.lacksChoice = next.hasMadeLogits;
    if (!outcome.isDone) return this.stopFor(outcome);
    state.pending = next.token;
    state.reported = false;
    if (next.isDrawn) state.sampling = this.chain.state;
    this.tell(state.pending, state.length, next.logits);
  }

  /** Tells the guide the token at a position, unless the guide knows it. */
  private tell(token: i32, place: i32, logits: usize): void {
    const guide = this.guide;
    if (guide === null || guide.position > place) return;
    guide.tell(token, logits);
    // If the guide was out of room, it differs from what it should be; the message has done nothing that lasts.
    if (!guide.isFull) return;
    this.problem = new Problem('there is no room to take the answer apart', Code.HEAP_FULL);
  }

  /** Whether it continues after the pending token; if not, the token is reported and stays pending. */
  private reachesOn(): bool {
    const sequence = this.sequence;
    const state = sequence.state;
    const isLast = this.limits.predict >= 0 && this.reported + 1 >= this.limits.predict;
    // A stop text whose token was reported already has stopped an earlier message.
    const mayStop = !this.stops.isEmpty && !state.reported;
    const isDone = this.guide !== null && this.guide!.isDone;
    if (!isLast && !mayStop && !isDone) return true;
    const text = sequence.text;
    if (!text.setTail(this.tokenizer, state.pending)) {
      this.fail(noText());
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

  /** Evaluates the pending token and the forced ones after it; all of them become part of the history. */
  private evaluate(): bool {
    const sequence = this.sequence;
    const state = sequence.state;
    // A token whose text has no room is not evaluated: no later message would report it.
    if (!sequence.text.hasRoom(this.tokenizer)) this.fail(noText());
    if (this.hasStopped) return false;
    const count = this.lay();
    const evaluation = this.evaluation;
    let outcome = evaluation.ingest(sequence, this.budget);
    // A single token makes the smallest steps, and needs the least room.
    const hasStepped = evaluation.steps > this.stepsBefore;
    if (count > 1 && !outcome.isDone && (outcome.problem !== null || sequence.batch == 0 || !hasStepped)) {
      evaluation.takeBack(sequence, state.length + 1);
      outcome = evaluation.ingest(sequence, this.budget);
    }
    if (!outcome.isDone) {
      this.stopFor(outcome);
      return false;
    }
    const done = sequence.length - state.length;
    for (let at = state.length; at < sequence.length; ++at) this.tell(sequence.token(at), at, 0);
    if (this.hasStopped) return false;
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
   * Appends the pending token to the history, and as many forced ones as may be evaluated together; returns how many.
   * Some may already be there from a message that had to stop, with their batch in flight: they stay if they are the
   * same.
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
        !this.mayFollow(count) || this.tokenizer.isEndOfGeneration(token)
          ? -1
          : this.nextToken.forced(sequence, at + 1);
      if (token >= 0 && !this.stops.isEmpty && this.stops.end(sequence.tokens, at + 1, token)) token = -1;
    }
    evaluation.takeBack(sequence, state.length + count);
    return count;
  }

  /** Whether a token after `count` others could be evaluated with them without being the last. */
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

  /**
   * Adds the text of the evaluated tokens. No room for it is always an error, because an answer has all of its text.
   */
  private extend(): bool {
    if (this.sequence.text.extend(this.tokenizer, this.sequence.tokens, this.sequence.shown)) return true;
    this.problem = noText();
    return false;
  }

  private end(stop: Stop): void {
    this.stop = stop;
  }

  private pause(needed: u64): void {
    this.needed = needed;
    this.stop = Stop.PAUSED;
  }

  /** Stops for work of the evaluation that is not done. */
  private stopFor(outcome: Outcome): void {
    const problem = outcome.problem;
    if (problem === null) this.pause(outcome.needed);
    else this.fail(problem);
  }

  /** That the heap has no room is a problem only if the message has got nowhere. */
  private fail(problem: Problem): void {
    const isFull = problem.code == Code.HEAP_FULL;
    if (isFull && (this.reported > 0 || this.ingested > 0)) this.end(Stop.PAUSED);
    else this.problem = problem;
  }
}
