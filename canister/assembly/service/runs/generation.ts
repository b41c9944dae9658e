/**
 * The way of the tokens of one call: those that are still to be evaluated go in, then tokens are sampled and evaluated in
 * turn, until the call has what was asked for, or may do no more.
 */
import { instructions } from '../../ic/performance';
import { Sequence } from '../../llm/cache/sequence';
import { BATCH, FAILED, PAUSED } from '../../llm/engine';

import { NO_MEMORY, SamplerChain } from '../../llm/sampling/chain';
import { Session } from '../sessions/session';
import { MessageBudget } from '../limits/instruction-budget';
import { engine } from '../engine/loaded';
import { RunWork } from '../engine/run-costs';
import { ReversePrompts } from './reverse-prompts';

/** Instructions that a token's sampling may take beyond twice as many as any before it took. */
const SAMPLING_MARGIN: u64 = 1_000_000;
/** Bytes of text at which a call's output is long enough for its reply. */
const MAX_OUTPUT: u32 = 256 << 10;

const NO_BLOCK: string = 'there is no room for the keys and values of another token';
const NO_TEXT: string = 'there is no room for the text';


@final
export class Generation extends RunWork {
  /** What went wrong; empty if nothing did. */
  error: string = '';
  /** What went wrong is that the heap is full: `error` says for what. */
  isFull: bool = false;
  /** The budget is used up: the next call goes on. */
  paused: bool = false;
  /** The context has no room for another token. */
  full: bool = false;
  /** The prompt ends with a reverse prompt. */
  stopped: bool = false;
  /** An end-of-generation token was evaluated. */
  ended: bool = false;
  /** Generated tokens that the call reports. */
  reported: i32 = 0;
  /** Where the text of what the call reports begins. */
  outputFrom: u32 = 0;
  /** Instructions that sampling takes at most for any token: one may take a hundred times as many as the one before. */
  private samplingCost: u64 = 0;
  private greatestSampling: u64 = 0;
  /** Instructions that a grammar takes at most for any token: it may come to harder places than before. */
  private maskCost: u64 = 0;
  /** Tokens that count against the most that a call may ingest and evaluate. */
  private counted: u64 = 0;

  constructor(
    private readonly session: Session,
    private readonly sequence: Sequence,
    private readonly chain: SamplerChain,
    private readonly reversePrompts: ReversePrompts,
    private readonly budget: MessageBudget,
    /** Most tokens that the call may ingest and evaluate; 0: no limit. */
    private readonly maxTokens: u64,
    /** Most tokens that are evaluated for the caller, also those of a history that was evaluated once. */
    private readonly allowance: u64,
    /** Tokens that the call reports; negative: no limit. */
    private readonly predict: i32,
  ) {
    super();
    const mask = chain.mask;
    const once = chain.cost(<u64>engine.model.vocabulary, <u64>sequence.context);
    // What a mask forbids is drawn a second time.
    this.samplingCost = mask === null ? once : 2 * once;
    this.maskCost = mask === null ? 0 : mask.cost;
  }

  /** The tokens of the history that are still to be evaluated. */
  get remaining(): i32 {
    return this.session.state.length - this.sequence.evaluated;
  }

  run(): void {
    const start = instructions();
    this.ingest();
    const between = instructions();
    this.ingestInstructions = between - start;
    this.outputFrom = this.session.text.size;
    if (this.remaining > 0 || this.error.length > 0) return;
    const state = this.session.state;
    // What ends the prompt ends the answer before it begins, as in llama.cpp.
    if (state.length == state.promptTokens && state.pending < 0) {
      this.stopped = this.reversePrompts.endsWith(this.sequence.tokens, state.length);
      if (this.stopped) return;
    }
    while (this.goesOn && this.next());
    this.generateInstructions = instructions() - between;
  }

  private fail(error: string): bool {
    this.error = error;
    return false;
  }

  /** The heap has no room: an error only if the call has got nowhere. */
  private failFull(what: string): bool {
    if (this.reported > 0 || this.ingested > 0) return this.pause();
    this.isFull = true;
    return this.fail(what);
  }

  private pause(): bool {
    this.paused = true;
    return false;
  }

  /** Takes in the text of what was evaluated. No room for it is an error, whatever was done: an answer has all of its text. */
  private extend(): bool {
    const text = this.session.text;
    if (text.extend(engine.tokenizer, this.sequence.tokens, this.session.shown)) return true;
    this.isFull = true;
    return this.fail(NO_TEXT);
  }

  /** Evaluates the history as far as the call may. */
  private ingest(): void {
    const state = this.session.state;
    const sequence = this.sequence;
    const before = sequence.evaluated;
    if (before < state.length) {
      // What was evaluated once and has left the heap does not count again.
      const from = max(before, state.reached);
      const limited = this.maxTokens > 0 && this.maxTokens < <u64>(state.length - from);
      const end = limited ? from + <i32>this.maxTokens : state.length;
      const affordable = this.allowance < <u64>(end - before) ? before + <i32>this.allowance : end;
      const status = this.ingestTo(affordable);
      this.ingested = sequence.evaluated - before;
      this.counted = <u64>max(0, sequence.evaluated - from);
      state.reached = max(state.reached, sequence.evaluated);
      if (status == PAUSED) this.pause();
      if (status == FAILED) this.failFull(NO_BLOCK);
    }
    this.extend();
  }

  /** Evaluates the tokens before `end`: eight at a time, or fewer where a call has no room for a step of so many. */
  private ingestTo(end: i32): i32 {
    const steps = engine.steps;
    let status = engine.ingest(this.sequence, this.budget, end);
    while (status == PAUSED && engine.steps == steps && engine.batch > 1) {
      engine.batch >>= 1;
      status = engine.ingest(this.sequence, this.budget, end);
    }
    engine.batch = BATCH;
    return status;
  }

  /** Whether another token is asked for and may be. */
  private get goesOn(): bool {
    if (this.predict >= 0 && this.reported >= this.predict) return false;
    if (this.maxTokens > 0 && this.counted >= this.maxTokens) return false;
    if (<u64>this.ingested + <u64>this.evaluated >= this.allowance) return false;
    return this.session.text.size - this.outputFrom < MAX_OUTPUT;
  }

  /** The next token: sampled if none is pending, reported, and evaluated unless it is the last. False to stop. */
  private next(): bool {
    const state = this.session.state;
    if (state.length + 1 >= this.sequence.context) {
      this.full = true;
      return false;
    }
    if (state.pending < 0 && !this.sample()) return false;
    const ends = engine.tokenizer.isEndOfGeneration(state.pending);
    if (!ends && !this.reachesOn()) return false;
    if (!this.evaluate()) return false;
    this.ended = ends;
    return !ends;
  }

  private sample(): bool {
    const sequence = this.sequence;
    const status = engine.evaluate(sequence, this.budget);
    if (status == FAILED) return this.fail(engine.error);
    if (status == PAUSED) return this.pause();
    const before = this.budget.remaining();
    if (before < this.samplingCost + this.maskCost) {
      engine.needed = this.samplingCost + this.maskCost;
      return this.pause();
    }
    const token = engine.sample(sequence, this.chain);
    this.greatestSampling = max(this.greatestSampling, before - this.budget.remaining());
    this.samplingCost = max(this.samplingCost, SAMPLING_MARGIN + 2 * this.greatestSampling);
    if (token < 0) return engine.error == NO_MEMORY ? this.failFull(NO_MEMORY) : this.fail(engine.error);
    this.session.state.pending = token;
    this.session.state.reported = false;
    return true;
  }

  /** Whether the call goes on behind the pending token; if not, the token is reported, and stays pending. */
  private reachesOn(): bool {
    const state = this.session.state;
    const isLast = this.predict >= 0 && this.reported + 1 >= this.predict;
    if (!isLast && (this.reversePrompts.isEmpty || state.reported)) return true;
    const text = this.session.text;
    if (!text.setTail(engine.tokenizer, state.pending)) return this.failFull(NO_TEXT);
    if (!isLast && !this.reversePrompts.end(this.sequence.tokens, state.length, state.pending)) {
      text.clearTail();
      return true;
    }
    state.reported = true;
    ++this.reported;
    return false;
  }

  /** Evaluates the pending token, which is then part of the history. */
  private evaluate(): bool {
    const state = this.session.state;
    const sequence = this.sequence;
    // A token whose text has no room is not evaluated: no later call would report it.
    if (!this.session.text.hasRoom(engine.tokenizer)) return this.failFull(NO_TEXT);
    if (sequence.length == state.length) {
      store<i32>(pendingToken, state.pending);
      if (engine.append(sequence, pendingToken, 1) == FAILED) return this.fail(engine.error);
    }
    const status = engine.ingest(sequence, this.budget);
    if (status == FAILED) return this.failFull(NO_BLOCK);
    if (status == PAUSED) return this.pause();
    state.length = sequence.length;
    state.reached = sequence.length;
    state.pending = -1;
    state.reported = false;
    ++this.counted;
    ++this.evaluated;
    ++this.reported;
    return this.extend();
  }
}

const pendingToken: usize = memory.data(4, 4);
