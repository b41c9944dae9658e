/**
 * An answer, token by token: its parts as events, the end of its thoughts when they get too long, and where it stops.
 *
 * It has no state to be kept: the tokens that there are of an answer are told again, in silence, and it goes on from there.
 */
import { Span } from '../../memory/span';
import { ChatFormat } from '../chat-format/chat-format';
import { Event, Events } from '../chat-format/events';
import { Splitter } from '../chat-format/splitter';
import { ThinkingLimit, endOfThinking } from '../chat-format/thinking-limit';
import { ToolSet } from '../chat-format/tools';
import { Continues } from '../template/continues';
import { Table } from '../../memory/table';
import { Tokenizer } from '../tokenizer/tokenizer';
import { CONTROL, UNKNOWN } from '../tokenizer/vocabulary';
import { Guide } from './guide';
import { PROBABILITY_PER_TOKEN, Probabilities } from './probabilities';
import { StopFilter } from './stop-filter';

/** Bytes of events at which a message has enough of them. */
const ENOUGH: u32 = 256 << 10;
/** Instructions to take a token's text apart, and for each byte that waits: a call that grows is read again each time. */
const TELLING: u64 = 500_000;
const TELLING_PER_BYTE: u64 = 400;
/** Bytes of a token event beside the texts of its tokens: at most as many as this. */
const MOST_RECORD: u32 = 1 << 20;

/** The text of one token, and the record of one with its probability. */
const piece = new Table(1, MOST_RECORD);
const record = new Table(1, MOST_RECORD);


@final
export class Answer extends Guide {
  /** What was told since they were cleared: text, thinking, calls and tokens. */
  readonly events: Events;
  /** Calls that are whole, and whether one has begun and is not. */
  calls: u32 = 0;
  isInCall: bool = false;
  readonly limit: ThinkingLimit;
  /** The place, counted from the answer's first token, from which on its thoughts were ended last; negative: nowhere. */
  closingAt: i32 = -1;
  private readonly splitter: Splitter;
  private readonly filter: StopFilter;
  private readonly closing: i32[];
  private probabilities: Probabilities | null = null;
  /** The place of its first token. */
  private from: i32 = 0;
  /** Tokens are told again: nothing new comes of them. */
  private isSilent: bool = false;

  /**
   * @param promptEnd    the last bytes of the prompt
   * @param continues    what of the prompt's last message it goes on with
   * @param from         tokens of the prompt
   * @param idSeed       ids of calls are made of it where the model writes none
   * @param streams      whether calls are told as they grow: where a grammar holds them
   * @param stops        texts in front of which it ends
   * @param mostThoughts tokens; negative: as many as the model likes
   * @param alternatives likely tokens beside each; negative: no probabilities
   * @param vocabulary   logits that there are
   */
  constructor(
    private readonly tokenizer: Tokenizer,
    format: ChatFormat,
    tools: ToolSet | null,
    promptEnd: string,
    continues: Continues,
    from: i32,
    idSeed: u64,
    private readonly streams: bool,
    stops: Span[],
    mostThoughts: i64,
    alternatives: i32,
    private readonly vocabulary: u32,
  ) {
    super();
    this.splitter = new Splitter(format, tools, promptEnd, idSeed, streams, continues);
    this.limit = new ThinkingLimit(mostThoughts);
    this.closing = endOfThinking(format, tokenizer);
    if (alternatives >= 0) this.probabilities = new Probabilities(alternatives);
    const events = new Events();
    this.events = events;
    this.filter = new StopFilter(stops, events);
    this.from = from;
    this.position = from;
  }

  get needsLogits(): bool {
    return this.probabilities !== null;
  }

  get cost(): u64 {
    const telling = TELLING + TELLING_PER_BYTE * <u64>this.splitter.waiting;
    return telling + (this.probabilities === null ? 0 : <u64>this.vocabulary * PROBABILITY_PER_TOKEN);
  }

  /** The stop text that was found; null if none was. */
  get stopText(): Span | null {
    return this.filter.found;
  }

  /** Tokens that were thoughts. */
  get thoughts(): u32 {
    return this.limit.used;
  }

  /** Bytes of the answer's text. */
  get textBytes(): u64 {
    return this.filter.passed;
  }

  get given(): i32 {
    const told = this.position - this.from;
    const closing = this.closing;
    const isClosing = this.closingAt >= 0 && told >= this.closingAt && told - this.closingAt < closing.length;
    if (isClosing) return closing[told - this.closingAt];
    if (closing.length == 0 || !this.limit.isDue(this.splitter)) return -1;
    this.closingAt = told;
    return closing[0];
  }

  /** Where it could stop, or thoughts could have to end, it is told of every token before the next is chosen. */
  get mayRun(): bool {
    const told = this.position - this.from;
    const isClosing = this.closingAt >= 0 && told < this.closingAt + this.closing.length;
    return !this.filter.mayFind && !this.splitter.isThinking && !isClosing;
  }

  /**
   * Tells what was told in earlier messages: `count` tokens, i32 at `tokens`, and a pending one, if it is not negative. They
   * have come to `textBytes` bytes of text, and nothing comes of them again.
   */
  tellAgain(tokens: usize, count: i32, pending: i32, textBytes: u64): void {
    this.isSilent = true;
    for (let i = 0; i < count; ++i) this.tell(load<i32>(tokens + ((<usize>i) << 2)), 0);
    if (pending >= 0) this.tell(pending, 0);
    this.isSilent = false;
    this.filter.known = textBytes;
    this.events.clear();
    this.hasEnough = false;
  }

  tell(token: i32, logits: usize): void {
    ++this.position;
    const ends = this.tokenizer.isEndOfGeneration(token);
    // The token that ends an answer is no part of it.
    if (!ends) {
      const size = this.decode(token);
      if (this.isFull) return;
      this.limit.count(this.splitter);
      const attributes = this.tokenizer.vocabulary.attributesOf(token);
      this.splitter.feed(piece.ptr, size, (attributes & (CONTROL | UNKNOWN)) != 0);
      this.take();
    }
    const probabilities = this.probabilities;
    if (probabilities !== null && logits != 0 && !this.isSilent) this.addToken(probabilities, token, logits);
    if (this.events.isFull) this.isFull = true;
    this.hasEnough = this.events.size >= ENOUGH;
  }

  /**
   * The answer is at its end: what was waited with is decided.
   *
   * @param isCutOff it could have gone on: a call that a grammar holds is no text then, it is left out
   */
  finish(isCutOff: bool): void {
    if (!isCutOff || !this.streams || !this.splitter.isCalling) {
      this.splitter.finish();
      this.take();
    }
    this.filter.flush();
    if (this.events.isFull) this.isFull = true;
  }

  /** Brings a token's text, of a control token its name, into `piece`; its bytes. */
  private decode(token: i32): u32 {
    piece.count = 0;
    if (piece.append(max<u32>(1, this.tokenizer.longestPiece)) < 0) {
      this.isFull = true;
      return 0;
    }
    return this.tokenizer.decode(token, true, piece.ptr);
  }

  /** Takes what the splitter tells. */
  private take(): void {
    const told = this.splitter.events;
    if (told.isFull) this.isFull = true;
    for (let i: u32 = 0; i < told.count && this.filter.found === null; ++i) {
      const kind = told.kind(i);
      if (kind == Event.Text) {
        if (!this.filter.take(told.bytes(i), told.length(i))) this.isFull = true;
        continue;
      }
      // No stop text goes on behind a thought or a call.
      this.filter.flush();
      if (kind == Event.Call) this.isInCall = true;
      else if (kind == Event.CallEnd || kind == Event.CallDropped) this.isInCall = false;
      if (kind == Event.CallEnd) ++this.calls;
      // A call that is dropped has no end, which says so.
      if (kind != Event.CallDropped) this.events.add(kind, told.call(i), told.bytes(i), told.length(i));
    }
    told.clear();
    this.isDone = this.filter.found !== null;
  }

  /**
   * Adds a token with how likely it was:
   *
   *     [ logarithm: f32 | bytes: u32 | name or text ] * (1 + alternatives)
   */
  private addToken(probabilities: Probabilities, token: i32, logits: usize): void {
    probabilities.measure(logits, this.vocabulary);
    record.count = 0;
    this.addLikely(token, probabilities.of(token));
    for (let i = 0; i < probabilities.count; ++i) {
      const other = probabilities.token(i);
      this.addLikely(other, probabilities.of(other));
    }
    this.events.add(Event.Token, 0, record.ptr, record.count);
  }

  private addLikely(token: i32, logarithm: f32): void {
    const size = this.decode(token);
    const at = record.append(8 + size);
    if (this.isFull || at < 0) {
      this.isFull = true;
      return;
    }
    store<f32>(record.row(at), logarithm);
    store<u32>(record.row(at), size, 4);
    memory.copy(record.row(at) + 8, piece.ptr, size);
  }

  dispose(): void {
    this.splitter.dispose();
    this.filter.dispose();
    this.events.dispose();
  }
}
