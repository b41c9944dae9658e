import { STREAM_BYTES, TextStream, streamRoom } from '../tokenizer/text-stream';
import { Continues } from '../template/continues';
import { Extent } from '../../memory/extent';
import { CallReader } from './call-reader';
import { Recipient } from './channels';
import {
  ChatFormat,
  END_BY_CALLS,
  END_OF_THINKING,
  MARK_CALLS,
  MARK_DROPPED,
  MARK_OTHER_CALLS,
  MARK_OTHER_PART,
  MARK_PART,
  MARK_PART_END,
  MARK_THINKING,
} from './chat-format';
import { Event, Events } from './events';
import { Literal } from './literal';
import { MORE, NO, Pending, isSpace } from './pending';
import { ToldCalls } from './told-calls';
import { ToolSet } from './tools';

const enum Mode {
  Text,
  Thinking,
  /** Within the marks of calls, after one or more. */
  Calls,
  /** At the beginning of possible calls. */
  FirstCall,
  /** In the head of a part, and in a part that is a call. */
  Head,
  Part,
}

/** Bytes of a head. */
const MAX_HEAD: i32 = 512;

/**
 * Takes the text of an answer token by token and splits it into text, thinking and calls, as `events`; their reader
 * clears them. The result does not depend on how the text is cut into pieces; no event has half of a mark or of a
 * character.
 *
 * It has no state to keep: an answer that continues after an upgrade is fed again from its first token, which costs
 * about 200 instructions a byte, and the known events are cleared.
 */
@final
export class Splitter {
  readonly events: Events;
  private readonly pending: Pending = new Pending();
  private readonly reader: CallReader;
  private readonly told: ToldCalls;
  private readonly stream: Extent = new Extent();
  private isBegun: bool = false;
  private mode: Mode = Mode.Text;
  /** Skip white space before the next text. */
  private skipsSpace: bool = false;
  /** Only white space was read so far. */
  private isFresh: bool = true;
  /** Bytes that have to be present before reading a call again is worthwhile. */
  private enough: i32 = 0;

  /**
   * @param format     bound to the model's vocabulary
   * @param tools      the tools that may be called, any other call is text; null: all calls are accepted
   * @param promptEnd  the last bytes of the rendered prompt: it may have begun the answer's thinking
   * @param idSeed     seed for the ids of calls if the model writes none
   * @param streams    report calls as they grow. Without a grammar that holds the answer to the format, a call should
   * be reported
   *                   whole, because only then it is certain to be one.
   * @param continues  the part of the last message that the answer continues; the prompt ends within it
   */
  constructor(
    private readonly format: ChatFormat,
    tools: ToolSet | null,
    promptEnd: string,
    idSeed: u64,
    private readonly streams: bool,
    continues: Continues = Continues.Nothing,
  ) {
    this.reader = new CallReader(format.calls, tools);
    const events = new Events();
    this.events = events;
    this.told = new ToldCalls(events, idSeed);
    const isNew = continues == Continues.Nothing;
    const goesOn = continues == Continues.Thoughts ? Recipient.Model : Recipient.Reader;
    const start = isNew ? format.startOf(promptEnd) : goesOn;
    if (start == Recipient.Model) this.mode = Mode.Thinking;
    else if (start == Recipient.Unknown) this.mode = Mode.Head;
    this.skipsSpace = isNew && (start != Recipient.Reader || format.skipsSpace(promptEnd));
    this.isFresh = isNew;
  }

  /** Whether the next text is thinking, as far as it is known. */
  get isThinking(): bool {
    return this.mode == Mode.Thinking;
  }

  /** Whether it waits for more of a possible call. */
  get isCalling(): bool {
    const isBehindMark = this.mode == Mode.FirstCall || this.mode == Mode.Calls || this.mode == Mode.Part;
    return isBehindMark && this.pending.length > 0;
  }

  /** Undecided bytes. */
  get waiting(): u32 {
    return this.pending.length;
  }

  /** Whether it is between characters: text may be inserted. */
  get isWhole(): bool {
    return !this.isBegun || TextStream.at(this.stream.ptr).pending == 0;
  }

  /** Takes the text of the next token, which may end within a character. For a control token, that is its name. */
  feed(bytes: usize, length: u32, isControl: bool): void {
    if (!this.stream.reserve(STREAM_BYTES + streamRoom(length))) {
      this.events.isFull = true;
      return;
    }
    if (!this.isBegun) TextStream.begin(this.stream.ptr);
    this.isBegun = true;
    const stream = TextStream.at(this.stream.ptr);
    const text = this.stream.ptr + STREAM_BYTES;
    if (isControl) this.take(text, stream.flush(text), false);
    if (isControl) this.take(bytes, length, true);
    else this.take(text, stream.push(bytes, length, text), false);
    this.advance();
  }

  private take(bytes: usize, length: u32, isControl: bool): void {
    if (!this.pending.append(bytes, length, isControl)) this.events.isFull = true;
  }

  /** Ends the answer: decides about the waiting text. */
  finish(): void {
    if (this.pending.isFinal) return;
    if (this.isBegun) {
      const text = this.stream.ptr + STREAM_BYTES;
      this.take(text, TextStream.at(this.stream.ptr).flush(text), false);
    }
    this.pending.isFinal = true;
    this.enough = 0;
    this.advance();
    const left = this.pending.length;
    // White space at the end of an answer is part of it; at the end of thinking and after a call, it belongs to the
    // format.
    if (this.mode == Mode.Text && !this.skipsSpace) this.tell(left);
    this.pending.drop(this.pending.length);
  }

  private advance(): void {
    while (this.pending.length > 0 && this.step()) {}
  }

  /** Decides about the next piece; false if more text is needed, or none is left. */
  private step(): bool {
    switch (this.mode) {
      case Mode.Text:
        return this.stepText();
      case Mode.Thinking:
        return this.stepThinking();
      case Mode.FirstCall:
        return this.stepFirstCall();
      case Mode.Calls:
        return this.stepCalls();
      case Mode.Head:
        return this.stepHead();
      default:
        return this.stepPart();
    }
  }

  /** Reports the first bytes as text or thinking, without control tokens, and drops them. */
  private tell(count: i32): void {
    const pending = this.pending;
    const kind = this.mode == Mode.Thinking ? Event.Thinking : Event.Text;
    if (count > 0 && kind == Event.Text) this.isFresh = false;
    let from = 0;
    while (from < count) {
      let to = from;
      const isControl = pending.isControl(from);
      while (to < count && pending.isControl(to) == isControl) ++to;
      if (!isControl) this.events.add(kind, 0, pending.address(from), to - from);
      from = to;
    }
    pending.drop(count);
  }

  /** Reports all of the first bytes as text. */
  private giveBack(count: i32): void {
    this.told.drop();
    this.enough = 0;
    this.events.add(Event.Text, 0, this.pending.address(0), count);
    this.pending.drop(count);
    this.mode = Mode.Text;
    this.skipsSpace = this.isFresh = false;
  }

  /**
   * Passes over text before one of the marks, up to the white space before the mark. Returns the mark's number and sets
   * `pending.behind` to the place after it; -1 if more text is needed, after reporting all certain text.
   */
  private passText(marks: StaticArray<Literal>): i32 {
    const pending = this.pending;
    if (this.skipsSpace) {
      const from = pending.skipSpace(0);
      pending.drop(from);
      if (pending.length == 0) return -1;
      this.skipsSpace = false;
    }
    /** The place after the last character that is not white space. */
    let solid = 0;
    for (let at = 0; at < pending.length; ++at) {
      const byte = pending.byte(at);
      if (isSpace(byte)) continue;
      for (let i = 0; i < marks.length; ++i) {
        const mark = marks[i];
        if (mark.isEmpty || (byte & 0xff) != <u32>mark.bytes[0]) continue;
        const end = pending.match(mark, at);
        if (end == NO) continue;
        this.tell(solid);
        pending.behind = end - solid;
        return end == MORE ? -1 : i;
      }
      solid = at + 1;
    }
    this.tell(solid);
    return -1;
  }

  private stepText(): bool {
    const pending = this.pending;
    const format = this.format;
    if (this.isFresh && format.hasBareCalls) {
      const at = pending.skipSpace(0);
      if (at == pending.length) return false;
      if (pending.byte(at) == 0x7b) {
        this.mode = Mode.FirstCall;
        return true;
      }
      this.isFresh = false;
    }
    const mark = this.passText(format.textMarks);
    if (mark < 0) return false;
    if (mark == MARK_CALLS || mark == MARK_OTHER_CALLS) {
      this.mode = Mode.FirstCall;
      return true;
    }
    if (mark == MARK_PART || mark == MARK_OTHER_PART) {
      this.mode = Mode.Head;
      return true;
    }
    if (mark == MARK_THINKING) this.mode = Mode.Thinking;
    else if (mark == MARK_PART_END) this.mode = Mode.Head;
    if (mark < MARK_DROPPED) this.skipsSpace = true;
    pending.drop(pending.behind);
    return true;
  }

  private stepThinking(): bool {
    const mark = this.passText(this.format.thinkingMarks);
    if (mark < 0) return false;
    this.skipsSpace = true;
    if (mark == END_BY_CALLS) {
      this.mode = Mode.FirstCall;
      return true;
    }
    this.mode = this.format.channels !== null ? Mode.Head : Mode.Text;
    if (mark == END_OF_THINKING) this.pending.drop(this.pending.behind);
    return true;
  }

  /** Whether to try reading a call again with the text that is present now. */
  private get isWorthReading(): bool {
    return this.pending.isFinal || this.streams || this.pending.length >= this.enough;
  }

  private stepFirstCall(): bool {
    if (!this.isWorthReading) return false;
    const pending = this.pending;
    const form = this.format.calls;
    let at = form.section.isBlank ? 0 : pending.match(form.section, 0);
    // Other beginnings of a call need no section.
    if (at == NO) at = 0;
    if (at >= 0) at = this.readCall(at);
    if (at == MORE) return false;
    if (at == NO) this.giveBack(this.markLength());
    return true;
  }

  /** Bytes of the mark that the supposed call began with. */
  private markLength(): i32 {
    const pending = this.pending;
    const form = this.format.calls;
    let at = pending.match(form.trigger, 0);
    if (at <= 0 && !form.otherStart.isEmpty) at = pending.match(form.otherStart, 0);
    return at > 0 ? at : 1;
  }

  /** Reads a call at a place and reports it; NO if there is none, MORE if it is unfinished. */
  private readCall(at: i32): i32 {
    const reader = this.reader;
    const end = reader.read(this.pending, at);
    if (end == MORE) {
      this.enough = this.pending.length + 1 + (this.pending.length >> 4);
      if (this.streams && reader.name.length > 0) this.told.tell(reader);
      return MORE;
    }
    if (end == NO) return NO;
    this.told.tell(reader);
    this.endCall(end);
    this.mode = this.format.calls.section.isBlank ? Mode.Text : Mode.Calls;
    return end;
  }

  private endCall(end: i32): void {
    this.told.end();
    this.enough = 0;
    this.pending.drop(end);
    this.skipsSpace = true;
    this.isFresh = false;
  }

  private stepCalls(): bool {
    if (!this.isWorthReading) return false;
    const pending = this.pending;
    const form = this.format.calls;
    const end = form.sectionEnd.isBlank ? NO : pending.match(form.sectionEnd, 0);
    if (end == MORE) return false;
    if (end >= 0) {
      pending.drop(end);
      this.mode = Mode.Text;
      return true;
    }
    if (pending.skipSpace(0) == pending.length) return false;
    // The token that ends the answer may have replaced the end of the calls.
    if (pending.isFinal && pending.isStartOf(form.sectionEnd)) {
      pending.drop(pending.length);
      return true;
    }
    let at = form.separator.isBlank ? 0 : pending.match(form.separator, 0);
    if (at == NO) at = 0;
    if (at >= 0) at = this.readCall(at);
    if (at == MORE) return false;
    if (at == NO) {
      this.mode = Mode.Text;
      if (this.told.isOpen) this.giveBack(0);
    }
    return true;
  }

  private stepHead(): bool {
    const pending = this.pending;
    const channels = this.format.channels!;
    const end = channels.endOfHead(pending);
    if (end == MORE && pending.length <= MAX_HEAD) return false;
    if (end < 0 || end > MAX_HEAD) {
      // A head without a part, as at the end of an answer, is not reported.
      const head = pending.length <= MAX_HEAD ? pending.slice(0, pending.length) : '';
      if (pending.isFinal && channels.isHead(head)) pending.drop(pending.length);
      else this.giveBack(pending.length);
      return true;
    }
    const recipient = channels.recipientOf(pending.slice(0, end));
    if (recipient == Recipient.Tool) {
      this.mode = Mode.Part;
      return true;
    }
    pending.drop(pending.behind);
    this.skipsSpace = false;
    this.mode = recipient == Recipient.Model ? Mode.Thinking : Mode.Text;
    return true;
  }

  /** A part that is a call: its head, and arguments. */
  private stepPart(): bool {
    if (!this.isWorthReading) return false;
    const pending = this.pending;
    const channels = this.format.channels!;
    channels.endOfHead(pending);
    const at = this.reader.readArguments(pending, pending.behind, channels.name);
    if (at == MORE) {
      this.enough = pending.length + 1 + (pending.length >> 4);
      if (this.streams && this.reader.name.length > 0) this.told.tell(this.reader);
      return false;
    }
    if (at == NO) {
      this.giveBack(pending.behind);
      return true;
    }
    this.told.tell(this.reader);
    this.endCall(at);
    this.mode = Mode.Text;
    return true;
  }

  dispose(): void {
    this.events.dispose();
    this.pending.dispose();
    this.stream.release();
  }
}
