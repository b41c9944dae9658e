/**
 * Decides who reads a prompt and who waits, when the heap has no room for all prompts.
 *
 * Reading a prompt may take several calls, and its keys and values are in the heap in between. If two prompts evicted
 * each other, neither would ever be read. So a prompt gets the memory for all of its tokens before it begins, and keeps
 * it: every prompt that has begun can finish. Other callers are told to wait, and keep a place in the queue. Prompts
 * that take one call do not queue; they run if they find room.
 *
 * An absent or slow caller does not delay the others: a prompt may be evicted again if nobody has continued it for two
 * minutes, or once it has taken two minutes for each call that it needs in all. A place in the queue lapses after one
 * minute, and a caller has few of them. Only time counts, not the number of calls: otherwise a caller could push the
 * others out by sending many.
 */
import { now } from '../../ic/clock';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { allocate, release } from '../../memory/heap';
import { Code, Problem } from '../../problem';
import { Session } from '../sessions/session';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { maxTokens } from '../limits/limits';
import { engine } from '../engine/loaded';
import { MAX_REMAINING } from './reply-texts';

/** Nanoseconds after which a prompt that nobody continues loses its room, and a place in the queue lapses. */
const READING_PATIENCE: u64 = 120_000_000_000;
const WAITING_PATIENCE: u64 = 60_000_000_000;
/** Places in the queue, and those of one caller. */
const MOST_WAITING: i32 = 64;
const MOST_OF_CALLER: i32 = 4;
/**
 * Memory that one call needs temporarily in addition to keys, values and texts; and for each token of the vocabulary,
 * for sampling.
 */
const SLACK: usize = 512 << 10;
const SLACK_PER_TOKEN: usize = 24;
/** Bytes of text to reserve for a token, and for a prompt at most. */
const TEXT_PER_TOKEN: u32 = 8;
const MOST_TEXT: u32 = 1 << 20;


@final
class Waiter {
  /** The time of its last call. */
  last: u64 = 0;

  constructor(
    readonly caller: u64,
    /** A hash of the caller and the session. */
    readonly who: u64,
  ) {}

  get isGone(): bool {
    return now() - this.last > WAITING_PATIENCE;
  }
}

/** In the order of their places. */
const waiters: Waiter[] = [];

/** 64-bit FNV-1a, which identifies those who wait. */
function hash(ptr: usize, size: usize, from: u64): u64 {
  for (let i: usize = 0; i < size; ++i) from = (from ^ (<u64>load<u8>(ptr + i))) * 0x100000001b3;
  return from;
}

/** One call that reads a prompt. */
@final
export class Reader {
  /** Whether the session differs from its file, and has to be closed. */
  hasSpoiled: bool = false;
  /**
   * Whether others came first and wait: then this prompt may be evicted if there is no answer at the end of the call.
   */
  private passesBy: bool = false;
  private readonly caller: u64;
  private readonly who: u64;

  constructor(
    /** The session's path; empty: it ends with the call. */
    readonly name: string,
    private readonly isQuery: bool,
    /** Whether the session's changes are discarded: then others need not be evicted for it. */
    isDropped: bool,
    /** The caller. */
    me: Principal = caller(),
  ) {
    this.caller = hash(me.ptr, me.size, 0xcbf29ce484222325);
    this.who = hash(changetype<usize>(name), (<usize>name.length) << 1, this.caller);
    engine.beginMessage(isDropped);
  }

  /** Ensures memory for the first `count` tokens of a session and one more. Null, or why not. */
  makeRoom(session: Session, count: i32, budget: MessageBudget): Problem | null {
    const sequence = session.sequence;
    const end = min(count + 1, sequence.context);
    if (!engine.reserveRemaining(count - sequence.evaluated, MAX_REMAINING))
      return this.noRoom('there is no room for the text of the prompt');
    const isReady = engine.hasRoom(sequence, end);
    if (isReady && engine.isHeld(sequence)) return null;
    // A prompt that takes several calls has to queue, even if it still has room after its time.
    this.passesBy = this.place() > 0;
    if (this.passesBy && this.isLong(session, end, budget)) return this.wait();
    if (!isReady && !this.prepare(session, end))
      return this.noRoom('there is no room for the keys and values of the prompt');
    this.leaveQueue();
    return null;
  }

  /** The problem when an allocation has failed: others are reading, or nothing can be evicted. */
  noRoom(what: string): Problem {
    return engine.othersHeld > 0 ? this.wait() : new Problem(`the heap is full: ${what}`, Code.HEAP_FULL);
  }

  /** The problem as the caller gets it: if the heap is full, the caller may have to wait. */
  toldOf(problem: Problem): Problem {
    return problem.code == Code.HEAP_FULL ? this.noRoom(problem.text) : problem;
  }

  private prepare(session: Session, end: i32): bool {
    const sequence = session.sequence;
    if (!engine.makeRoom(sequence, end)) return false;
    if (engine.othersHeld == 0) return true;
    const text = sequence.text;
    const bytes = text.size + <u32>max(0, end - text.tokens) * TEXT_PER_TOKEN;
    if (!text.prepare(min(bytes, max(MOST_TEXT, text.size)))) return false;
    const slack = allocate(SLACK + SLACK_PER_TOKEN * engine.facts.vocabulary);
    release(slack);
    return slack != 0;
  }

  /** Whether the prompt may take more than this call. */
  private isLong(session: Session, end: i32, budget: MessageBudget): bool {
    const sequence = session.sequence;
    const left = end - max(sequence.evaluated, session.state.reached);
    const most = maxTokens(this.isQuery);
    if (most > 0 && left > 0 && <u64>left > most) return true;
    const tokens = <u64>max(0, end - sequence.evaluated);
    return tokens * engine.tokenCost(sequence) > budget.remaining();
  }

  /** How many wait that came before this one. */
  private place(): i32 {
    while (waiters.length > 0 && waiters[0].isGone) waiters.shift();
    for (let i = 0; i < waiters.length; ++i) if (waiters[i].who == this.who) return i;
    return waiters.length;
  }

  private leaveQueue(): void {
    for (let i = 0; i < waiters.length; ++i) {
      if (waiters[i].who != this.who) continue;
      waiters.splice(i, 1);
      return;
    }
  }

  /** Whether the queue has a place for this caller. */
  private get mayJoin(): bool {
    for (let i = waiters.length - 1; i >= 0; --i) if (waiters[i].isGone) waiters.splice(i, 1);
    let own = 0;
    for (let i = 0; i < waiters.length; ++i) own += i32(waiters[i].caller == this.caller);
    return own < MOST_OF_CALLER && waiters.length < MOST_WAITING;
  }

  /** Takes or keeps a place in the queue. Returns the problem that says so. */
  private wait(): Problem {
    let place = this.place();
    if (place == waiters.length && this.mayJoin) {
      place = waiters.length;
      waiters.push(new Waiter(this.caller, this.who));
    }
    if (place < waiters.length) waiters[place].last = now();
    const reading = engine.othersHeld;
    return new Problem(
      `the heap is full, and ${reading} ${reading == 1 ? 'prompt is' : 'prompts are'} being read: ` +
        `this one waits in place ${place + 1} of the queue; send the same call again`,
      Code.BUSY,
    );
  }

  /** Records, at the end of a call, whether the prompt is still being read. */
  end(session: Session, isReading: bool): void {
    const sequence = session.sequence;
    if (isReading && !engine.isHeld(sequence)) {
      if (this.passesBy) return;
      session.readBy = now() + READING_PATIENCE * (1 + this.calls(session));
    }
    session.readUntil = min(session.readBy, now() + READING_PATIENCE);
    engine.holdSequence(sequence, isReading);
  }

  /** How many calls a caller needs to read the rest of the prompt. */
  private calls(session: Session): u64 {
    const sequence = session.sequence;
    const left = <u64>max(0, session.state.length - sequence.evaluated);
    const most = maxTokens(false);
    const affordable = (left * engine.tokenCost(sequence)) / callLimit(false);
    return 1 + max(affordable, most > 0 ? left / most : 0);
  }
}
