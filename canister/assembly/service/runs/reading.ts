/**
 * Who reads a prompt, and who waits, when the heap has no room for all.
 *
 * A prompt may take several calls to be read. Between them its keys and values are in the heap, and nobody else's calls
 * drop them: two that did so to each other would read for ever. Instead a prompt gets the memory for all of its tokens
 * before it begins, or does not begin. So every one that has begun can be read to its end, and somebody always gets on.
 * Who has to wait is told so and keeps a place in the queue; prompts that take one call pass by, where they find room.
 *
 * Whoever goes away does not hold up the others: a prompt that has not got on for two minutes may be dropped again, and a
 * place in the queue lapses after one.
 */
import { now } from '../../ic/clock';
import { caller } from '../../ic/message';
import { allocate, release } from '../../llm/heap';
import { Conversation } from '../sessions/conversation';
import { MessageBudget } from '../limits/instruction-budget';
import { maxTokens } from '../limits/limits';
import { engine } from '../engine/loaded';
import { reserveRemaining } from './reply-texts';

/** Nanoseconds after which a prompt that does not get on loses its room, and a place in the queue lapses. */
const READING_PATIENCE: u64 = 120_000_000_000;
const WAITING_PATIENCE: u64 = 60_000_000_000;
/** The same in callers that were turned away meanwhile, for canisters with so many of them. */
const READING_PASSED: u32 = 1000;
const WAITING_PASSED: u32 = 64;
/** Places in the queue. */
const MOST_WAITING: i32 = 64;
/** What one call needs for a moment beside keys, values and texts, and for each token of the vocabulary: sampling. */
const SLACK: usize = 512 << 10;
const SLACK_PER_TOKEN: usize = 24;
/** Bytes of text that are prepared for a token, and for a prompt at most. */
const TEXT_PER_TOKEN: u32 = 8;
const MOST_TEXT: u32 = 1 << 20;


@final
class Waiter {
  last: u64 = 0;
  /** Callers behind it that were told to wait since it was here last. */
  passed: u32 = 0;

  constructor(readonly who: u64) {}

  get isGone(): bool {
    return now() - this.last > WAITING_PATIENCE || this.passed > WAITING_PASSED;
  }
}

/** In the order of their places. */
const waiters: Waiter[] = [];

/** FNV-1a of 64 bits, which tells those who wait apart. */
function hash(ptr: usize, size: usize, from: u64): u64 {
  for (let i: usize = 0; i < size; ++i) from = (from ^ (<u64>load<u8>(ptr + i))) * 0x100000001b3;
  return from;
}

/** One call that reads a prompt. */
@final
export class Reader {
  /** Whether the call's error is that it has to wait. */
  isWaiting: bool = false;
  /** Whether the conversation is not what its file says, and has to be closed. */
  hasSpoiled: bool = false;
  private readonly who: u64;

  constructor(
    /** The session's path; empty: it ends with the call. */
    readonly name: string,
    private readonly isQuery: bool,
    /** Whether what it does is dropped: then others need not be spared. */
    isDropped: bool,
  ) {
    const me = caller();
    const own = hash(me.ptr, me.size, 0xcbf29ce484222325);
    this.who = hash(changetype<usize>(name), (<usize>name.length) << 1, own);
    engine.sessions.leave();
    engine.sessions.sparesNobody = isDropped;
    forgetIdleReaders();
  }

  /** Makes sure of memory for the first `count` tokens of a conversation and one that follows. Why there is none, or ''. */
  makeRoom(conversation: Conversation, count: i32, budget: MessageBudget): string {
    const session = conversation.session;
    const end = min(count + 1, session.context);
    if (!reserveRemaining(count - session.evaluated)) return this.noRoom('there is no room for the text of the prompt');
    if (engine.sessions.missing(session, end) == 0) return '';
    // One that takes several calls stands in line.
    if (this.isLong(conversation, end, budget) && this.place() > 0) return this.wait();
    if (!this.prepare(conversation, end)) return this.noRoom('there is no room for the keys and values of the prompt');
    this.leaveQueue();
    return '';
  }

  /** What is wrong where an allocation has failed: others are reading, or there is nothing that could go. */
  noRoom(what: string): string {
    const own = engine.sessions.reading;
    return own > 0 ? this.wait() : `the heap is full: ${what}`;
  }

  private prepare(conversation: Conversation, end: i32): bool {
    const session = conversation.session;
    if (!engine.prepare(session, end)) return false;
    const others = engine.sessions.reading - i32(engine.sessions.isReading(session));
    if (others == 0) return true;
    const transcript = conversation.transcript;
    const text = transcript.size + <u32>max(0, end - transcript.tokens) * TEXT_PER_TOKEN;
    if (!transcript.prepare(min(text, max(MOST_TEXT, transcript.size)))) return false;
    const slack = allocate(SLACK + SLACK_PER_TOKEN * engine.model.vocabulary);
    release(slack);
    return slack != 0;
  }

  /** Whether the prompt may take more than this call. */
  private isLong(conversation: Conversation, end: i32, budget: MessageBudget): bool {
    const session = conversation.session;
    const left = end - max(session.evaluated, conversation.state.reached);
    const most = maxTokens(this.isQuery);
    if (most > 0 && left > 0 && <u64>left > most) return true;
    const tokens = <u64>max(0, end - session.evaluated);
    return tokens * engine.tokenCost(session) > budget.remaining();
  }

  /** Those that wait and came before. */
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

  /** Takes a place in the queue, or keeps it, and says so. */
  private wait(): string {
    this.isWaiting = true;
    const place = this.place();
    if (place == waiters.length && place < MOST_WAITING) waiters.push(new Waiter(this.who));
    if (place < waiters.length) waiters[place].last = now();
    if (place < waiters.length) waiters[place].passed = 0;
    for (let i = 0; i < place; ++i) waiters[i].passed += 1;
    const longest = engine.sessions.longestReading;
    if (longest !== null) Conversation.of(longest).passed += 1;
    const reading = engine.sessions.reading;
    return (
      `the heap is full, and ${reading} ${reading == 1 ? 'prompt is' : 'prompts are'} being read: ` +
      `this one waits in place ${place + 1} of the queue; send the same call again`
    );
  }

  /** Says, at the end of a call, whether the prompt is still being read. */
  end(conversation: Conversation, isReading: bool): void {
    engine.sessions.setReading(conversation.session, isReading);
    conversation.readAt = now();
    conversation.passed = 0;
  }
}

/** Lets those go that have not got on for too long. */
function forgetIdleReaders(): void {
  for (let session = engine.sessions.longestReading; session !== null; session = engine.sessions.longestReading) {
    const conversation = Conversation.of(session);
    if (now() - conversation.readAt <= READING_PATIENCE && conversation.passed <= READING_PASSED) return;
    engine.sessions.setReading(session, false);
  }
}
