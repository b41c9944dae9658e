/**
 * An answer, token by token: its parts as events, the end of thoughts that get too long, and the stop texts.
 *
 * It has no state to keep: the answer's existing tokens are fed to it again, silently, and it continues from there.
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

/** Bytes of events that end a message. */
const ENOUGH: u32 = 256 << 10;
/**
 * Instructions to split a token's text, also charged for each waiting byte, because a growing call is read again each
 * time.
 */
const TELLING: u64 = 500_000;
const TELLING_PER_BYTE: u64 = 400;
/** Most bytes of a token event, besides the texts of its tokens. */
const MOST_RECORD: u32 = 1 << 20;

/** The text of one token, and a token's record with its probability. */
const piece = new Table(1, MOST_RECORD);
const record = new Table(1, MOST_RECORD);


@final
export class Answer extends Guide {
  /** Events since the last clearing: text, thinking, calls and tokens. */
  readonly events: Events;
  /** Completed calls, and whether an unfinished one has begun. */
  calls: u32 = 0;
  isInCall: bool = false;
  readonly limit: ThinkingLimit;
  /** The place, counted from the answer's first token, where its thoughts were last ended early; negative: none. */
  closingAt: i32 = -1;
  private readonly splitter: Splitter;
  private readonly filter: StopFilter;
  private readonly closing: i32[];
  private probabilities: Probabilities | null = null;
  /** The position of its first token. */
  private from: i32 = 0;
  /** Tokens are fed again: they make no new events. */
  private isSilent: bool = false;

  /**
   * @param promptEnd    the last bytes of the prompt
   * @param continues    the part of the prompt's last message that it continues
   * @param from         tokens of the prompt
   * @param idSeed       seed for the ids of calls if the model writes none
   * @param streams      whether calls are reported as they grow: if a grammar holds them
   * @param stops        texts that end it
   * @param mostThoughts tokens; negative: no limit
   * @param alternatives likely alternatives for each token; negative: no probabilities
   * @param vocabulary   number of logits
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

  /** Tokens of thoughts. */
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

  /** If it may stop, or may have to end thoughts, it has to see every token before the next one is chosen. */
  get mayRun(): bool {
    const told = this.position - this.from;
    const isClosing = this.closingAt >= 0 && told < this.closingAt + this.closing.length;
    return !this.filter.mayFind && !this.splitter.isThinking && !isClosing;
  }

  /**
   * Feeds the tokens of earlier messages again: `count` tokens, i32 at `tokens`, and a pending one unless negative.
   * They made `textBytes` bytes of text, which are not reported again.
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
    // The token that ends an answer is not part of it.
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
   * Ends the answer: decides about the waiting text.
   *
   * @param isCutOff the answer could have continued: an unfinished call held by a grammar is then left out, not
   * reported as text
   */
  finish(isCutOff: bool): void {
    if (!isCutOff || !this.streams || !this.splitter.isCalling) {
      this.splitter.finish();
      this.take();
    }
    this.filter.flush();
    if (this.events.isFull) this.isFull = true;
  }

  /** Puts a token's text, or a control token's name, into `piece`; returns its bytes. */
  private decode(token: i32): u32 {
    piece.count = 0;
    if (piece.append(max<u32>(1, this.tokenizer.longestPiece)) < 0) {
      this.isFull = true;
      return 0;
    }
    return this.tokenizer.decode(token, true, piece.ptr);
  }

  /** Takes the splitter's events. */
  private take(): void {
    const told = this.splitter.events;
    if (told.isFull) this.isFull = true;
    for (let i: u32 = 0; i < told.count && this.filter.found === null; ++i) {
      const kind = told.kind(i);
      if (kind == Event.Text) {
        if (!this.filter.take(told.bytes(i), told.length(i))) this.isFull = true;
        continue;
      }
      // A stop text does not extend across a thought or a call.
      this.filter.flush();
      if (kind == Event.Call) this.isInCall = true;
      else if (kind == Event.CallEnd || kind == Event.CallDropped) this.isInCall = false;
      if (kind == Event.CallEnd) ++this.calls;
      // A dropped call has no end event; its absence tells the reader.
      if (kind != Event.CallDropped) this.events.add(kind, told.call(i), told.bytes(i), told.length(i));
    }
    told.clear();
    this.isDone = this.filter.found !== null;
  }

  /**
   * Adds a token with its probability:
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
