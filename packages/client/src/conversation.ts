import * as v from 'valibot';
import type { Answer, Left } from './answers/answer.js';
import type { SaidSoFar, ToolCall } from './answers/deltas.js';
import type { ChatMessage } from './answers/options.js';
import { checkMessages } from './answers/options-shape.js';
import { check, record } from './checks/checked.js';
import { having, list, maybe, text } from './checks/shapes.js';
import type { LlamaClient } from './client.js';
import { type AskOptions, askOptions, type ReadAnswerOptions, readOptions } from './client-options.js';
import { LlamaError } from './errors.js';

/** The state of a conversation: plain JSON, so that another page, process or device can continue it. */
export interface ConversationState {
  messages: ChatMessage[];
  /** The number of the answer that is still to be read. */
  pending?: string;
}

export interface ConversationOptions extends AskOptions {
  /** The system message. */
  system?: string | undefined;
  /** An earlier conversation to continue, instead of a new one. */
  state?: ConversationState | undefined;
}

const conversationOptions = record<ConversationOptions>()({
  ...askOptions.entries,
  system: maybe(text),
  state: maybe(record<ConversationState>()({ messages: list, pending: maybe(text) })),
});

const someResults = v.array(
  v.looseObject({ call: v.looseObject({ id: text, name: text }), content: text }),
  'a list of results',
);

/**
 * A conversation that the client keeps. With a `session` the canister keeps its tokens, too, so that every turn
 * evaluates only the new ones.
 *
 * @example const conversation = new Conversation(llama, { session: 'chat', system: 'Be brief.' }); for await (const
 * delta of conversation.say('Who are you?')) show(delta); localStorage.chat = JSON.stringify(conversation);
 */
export class Conversation {
  readonly #llama: LlamaClient;
  readonly #options: AskOptions;
  #messages: ChatMessage[];
  #pending: string | undefined;
  /** The turn whose answer is being read. */
  #turn: object | undefined;

  constructor(llama: LlamaClient, given: ConversationOptions = {}) {
    check('Conversation: client', having('a client, as openLlama gives it', 'chat', 'attach'), llama);
    check('Conversation: options', conversationOptions, given);
    const { system, state, ...options } = given;
    if (state && state.messages.length > 0) checkMessages('Conversation: state', state.messages, options.roles);
    this.#llama = llama;
    this.#options = options;
    this.#messages = state ? [...state.messages] : system ? [{ role: 'system', content: system }] : [];
    this.#pending = state?.pending;
  }

  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  /** For JSON.stringify. */
  toJSON(): ConversationState {
    const messages = [...this.#messages];
    return this.#pending === undefined ? { messages } : { messages, pending: this.#pending };
  }

  /**
   * Sends a user message. The answer becomes a message when it is over, even if it was stopped; a message whose answer
   * did not start is removed again. `options` apply to this turn and take precedence over the conversation's own. After
   * a network failure, `resume` continues. Errors: `ANSWERING`, and those of `chat` when the answer is read.
   */
  say(content: string, options: AskOptions = {}): Answer {
    check('say: content', text, content);
    check('say: options', askOptions, options);
    return this.#ask([{ role: 'user', content }], options);
  }

  /** Gives the results of the tools that the last answer called, each with its call. Errors: those of `say`. */
  giveResults(results: readonly { call: ToolCall; content: string }[], options: AskOptions = {}): Answer {
    check('giveResults: results', someResults, results);
    check('giveResults: options', askOptions, options);
    const messages = results.map(({ call, content }) => ({
      ...{ role: 'tool', content, toolCallId: call.id, name: call.name },
    }));
    return this.#ask(messages, options);
  }

  /** Reads the answer that was pending when the state was saved, from its beginning; undefined if there was none. */
  resume(options: ReadAnswerOptions = {}): Answer | undefined {
    check('resume: options', readOptions, options);
    if (this.#pending === undefined || this.#turn) return undefined;
    const turn = this.#begin();
    const onOver = this.#over(turn, options, answered(this.#messages));
    return this.#llama.attach(this.#pending, { ...options, onOver });
  }

  #ask(messages: readonly ChatMessage[], options: AskOptions): Answer {
    if (this.#turn || this.#pending !== undefined) {
      throw new LlamaError('input', 'ANSWERING', 'the last message is still being answered', {
        next: 'Read that answer to its end, cancel it, or go on with it: resume().',
      });
    }
    const before = this.#messages;
    this.#messages = [...before, ...messages];
    const turn = this.#begin();
    const asked = { ...this.#options, ...options, onOver: this.#over(turn, options, before) };
    const answer = this.#llama.chat(this.#messages, asked);
    answer.id.then(
      (id) => {
        if (this.#turn === turn) this.#pending = id?.toString();
      },
      // The reader of the answer gets the error.
      () => this.#turn === turn && this.#takeBack(before),
    );
    return answer;
  }

  #begin(): object {
    this.#turn = {};
    return this.#turn;
  }

  #takeBack(before: ChatMessage[]): void {
    this.#messages = before;
    this.#turn = undefined;
    this.#pending = undefined;
  }

  #over(turn: object, { onOver }: ReadAnswerOptions, before: ChatMessage[]): (said: SaidSoFar, left: Left) => void {
    return (said, left) => {
      if (this.#turn === turn) this.#note(said, left, before);
      onOver?.(said, left);
    };
  }

  /** Adds a finished answer to the messages. */
  #note({ text: content, thinking, toolCalls }: SaidSoFar, left: Left, before: ChatMessage[]): void {
    this.#turn = undefined;
    if (left === 'whole' || (left === 'stopped' && (content !== '' || toolCalls.length > 0))) {
      const message: ChatMessage = { role: 'assistant', content };
      if (thinking !== '') message.thinking = thinking;
      if (toolCalls.length > 0) message.toolCalls = toolCalls;
      this.#messages = [...this.#messages, message];
      this.#pending = undefined;
    } else if (left === 'stopped' || this.#pending === undefined) this.#takeBack(before);
  }
}

/** The messages without unanswered ones at the end. */
function answered(messages: readonly ChatMessage[]): ChatMessage[] {
  const end = messages.findLastIndex(({ role }) => role !== 'user' && role !== 'tool');
  return messages.slice(0, end + 1);
}
