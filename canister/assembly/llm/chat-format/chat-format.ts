/**
 * How a model writes what it thinks and what it calls, and how an answer is taken apart by that. In use:
 *
 *     const format = detectFormat(program, bos, eos);        // detection.ts: from the model's chat template, once
 *     format.bind(tokenizer);
 *
 *     const tools = new ToolSet();                            // tools.ts
 *     const problem = tools.add(name, description, schema);   // Problem | null
 *     tools.json                                              // "tools" of the template's variables
 *
 *     const splitter = new Splitter(format, tools, promptEnd, idSeed, false);   // splitter.ts
 *     splitter.feed(bytes, length, isControl);                // for each token: its text (decode with showSpecial)
 *     splitter.finish();                                      // at the end of the answer; not fed: the token that ends it
 *     splitter.events                                         // text, thinking, calls; clear() when they are kept
 *
 * A splitter has no state to be kept: feed the answer again from its first token. What an answer may be is told by a grammar:
 *
 *     const held = new ChatConstraint(format, tools, Choice.Auto, promptEnd, null);   // chat-constraint.ts: a GrammarSource
 *     if (held.isNeeded) ...                                  // hold the tokens behind the prompt to it
 *
 * and thoughts are told of, limited and ended early by
 *
 *     format.controls.variables(on, effort, budget)           // thinking-controls.ts: members of the template's variables
 *     const limit = new ThinkingLimit(most);                  // thinking-limit.ts: limit.count(splitter) before each feed
 *     if (limit.isDue(splitter)) ...                          // append endOfThinking(format, tokenizer) instead of a drawn token
 */
import { Tokenizer } from '../tokenizer/tokenizer';
import { CallForm, Calls } from './call-form';
import { Channels, Recipient } from './channels';
import { Literal, NOTHING } from './literal';
import { Thinking } from './thinking';
import { ThinkingControls } from './thinking-controls';

/** Places in `textMarks`. */
export const MARK_CALLS: i32 = 0;
export const MARK_OTHER_CALLS: i32 = 1;
export const MARK_THINKING: i32 = 2;
const MARK_THINKING_END: i32 = 3;
export const MARK_PART: i32 = 4;
export const MARK_OTHER_PART: i32 = 5;
export const MARK_PART_END: i32 = 6;
/** From here on: marks that are skipped. */
export const MARK_DROPPED: i32 = 7;

/** Places in `thinkingMarks`. */
export const END_OF_THINKING: i32 = 0;
export const END_BY_CALLS: i32 = 1;

/** How a model writes thoughts, calls and answers, as far as it is known. */
@final
export class ChatFormat {
  readonly thinking: Thinking = new Thinking();
  controls: ThinkingControls = new ThinkingControls();
  calls: CallForm = new CallForm();
  /** Answers in parts with heads; null for most models. */
  channels: Channels | null = null;
  /** Marks around an answer that mean nothing: `<|START_RESPONSE|>` ... */
  wrappers: Literal[] = [];
  /** The marks to look for within text, by index; an empty one does not exist. */
  textMarks: StaticArray<Literal> = new StaticArray<Literal>(0);
  thinkingMarks: StaticArray<Literal> = new StaticArray<Literal>(0);

  /** Whether the model is known to have thoughts. */
  get thinks(): bool {
    return this.thinking.closing.length > 0;
  }

  /** Whether an answer that begins like a call is one without a mark before it. */
  get hasBareCalls(): bool {
    return this.calls.kind != Calls.None && this.calls.trigger.isBlank;
  }

  /** Prepares it for a vocabulary. */
  bind(tokenizer: Tokenizer): void {
    this.thinking.bind(tokenizer);
    this.calls.bind(tokenizer);
    const channels = this.channels;
    if (channels !== null) channels.bind(tokenizer);
    for (let i = 0; i < this.wrappers.length; ++i) this.wrappers[i].bind(tokenizer);
    this.setMarks();
  }

  /** Prepares it without a vocabulary: marks are then found in any text. */
  setMarks(): void {
    const wrappers = this.wrappers;
    const channels = this.channels;
    const marks = new StaticArray<Literal>(MARK_DROPPED + wrappers.length);
    marks.fill(NOTHING);
    if (this.calls.kind != Calls.None && channels === null) {
      marks[MARK_CALLS] = this.calls.trigger;
      marks[MARK_OTHER_CALLS] = this.calls.otherStart;
    }
    marks[MARK_THINKING] = this.thinking.start;
    marks[MARK_THINKING_END] = this.thinking.start.isEmpty ? NOTHING : this.thinking.end;
    if (channels !== null) {
      marks[MARK_PART] = channels.start;
      marks[MARK_OTHER_PART] = channels.otherStart;
      marks[MARK_PART_END] = channels.partEnd;
    }
    for (let i = 0; i < wrappers.length; ++i) marks[MARK_DROPPED + i] = wrappers[i];
    this.textMarks = marks;
    const ends = new StaticArray<Literal>(4);
    ends.fill(NOTHING);
    if (channels !== null) {
      ends[END_OF_THINKING] = channels.partEnd;
      ends[2] = channels.start;
      ends[3] = channels.otherStart;
    } else {
      ends[END_OF_THINKING] = this.thinking.end;
      // A model that calls in the middle of its thoughts has ended them; text alone could not tell that.
      const trigger = this.calls.trigger;
      if (!trigger.isBlank && trigger.isControl(0)) ends[END_BY_CALLS] = trigger;
    }
    this.thinkingMarks = ends;
  }

  /**
   * The addressee of the beginning of an answer after a prompt; unknown if the answer begins with the head of a part.
   */
  startOf(promptEnd: string): Recipient {
    if (this.channels !== null) return Recipient.Unknown;
    return this.thinking.isOpenAfter(promptEnd) ? Recipient.Model : Recipient.Reader;
  }

  /** Whether white space at the beginning of an answer belongs to a thought that the prompt has closed. */
  skipsSpace(promptEnd: string): bool {
    const end = this.thinking.end.text.trim();
    return end.length > 0 && promptEnd.trimEnd().endsWith(end);
  }
}
