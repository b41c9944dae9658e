import type { LlamaCanister } from './canister.js';
import { check, record } from './checks/checked.js';
import { canisterShape, having, list, maybe, signal, text } from './checks/shapes.js';
import { type GenerationOptions, type GenerationSummary, generate, generationEntries } from './generation.js';
import type { Message } from './messages.js';
import { type ChatFormat, plainFormat } from './template.js';

export interface ChatOptions extends Omit<GenerationOptions, 'prompt' | 'signal' | 'session'> {
  /** Name of the caller's session on the canister; default `chat`. */
  session?: string;
  /** How messages become a prompt; default: plain text. */
  format?: ChatFormat;
  /** The system message. */
  system?: string | undefined;
  /** An earlier conversation to continue; its system message stays. */
  state?: ChatState | undefined;
}

/** The state of a conversation as plain JSON, so that another process can continue it. */
export interface ChatState {
  messages: Message[];
  /** The last prompt and its answer, as the model has them; '' at the beginning. */
  sessionText: string;
}

const { prompt: _, signal: __, ...ofGeneration } = generationEntries;
const chatState = record<ChatState>()({ messages: list, sessionText: text });
const chatOptions = record<ChatOptions>()({
  ...ofGeneration,
  session: maybe(text),
  format: maybe(having('a chat format', 'prompt', 'continuation')),
  system: maybe(text),
  state: maybe(chatState),
});
const sendOptions = record<{ signal?: AbortSignal }>()({ signal: maybe(signal) });

/**
 * A conversation with the model of a canister. The prompt of every turn extends the previous prompt by the answer and
 * the new message, so the canister evaluates only new tokens.
 * @example
 * const chat = new Chat(canister, { format: chatFormat(card) });
 * for await (const piece of chat.send('Who are you?')) process.stdout.write(piece);
 */
export class Chat {
  readonly #canister: LlamaCanister;
  readonly #options: ChatOptions;
  #system: string | undefined;
  #messages: Message[] = [];
  /** The last prompt and its answer, as the model has them. */
  #sessionText = '';
  #opened = false;

  constructor(canister: LlamaCanister, options: ChatOptions = {}) {
    check('Chat: canister', canisterShape, canister);
    check('Chat: options', chatOptions, options);
    this.#canister = canister;
    this.#options = options;
    this.#system = options.system;
    if (options.state) this.resume(options.state);
  }

  /** The state from which another Chat can continue this conversation. */
  get state(): ChatState {
    return { messages: [...this.#messages], sessionText: this.#sessionText };
  }

  get messages(): readonly Message[] {
    return this.#messages;
  }

  get session(): string {
    return this.#options.session ?? 'chat';
  }

  /** Starts over; the next message begins a new conversation, with another system message if one is given. */
  reset(system: string | undefined = this.#system): void {
    this.#system = system;
    this.#messages = [];
    this.#sessionText = '';
    this.#opened = false;
  }

  /** Goes on with another conversation; its system message is the first of its messages, if it has one. */
  resume(state: ChatState): void {
    check('resume: state', chatState, state);
    this.#messages = [...state.messages];
    this.#sessionText = state.sessionText;
    this.#opened = false;
  }

  /**
   * Sends a message and yields the answer in pieces as it comes. A stopped answer stays in the conversation as far as
   * it came. Errors: those of the canister; the message is then removed.
   */
  async *send(
    content: string,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<string, GenerationSummary, void> {
    check('send: content', text, content);
    check('send: options', sendOptions, options);
    const { session: _, format: __, system: ___, state: ____, ...generation } = this.#options;
    if (!this.#opened) {
      await this.#canister.newChat(['--prompt-cache', this.session], options);
      this.#opened = true;
    }
    const messages = this.#withUser(content);
    const format = this.#options.format ?? plainFormat;
    const prompt =
      this.#sessionText === '' ? format.prompt(messages) : this.#sessionText + format.continuation(messages);
    const pieces = generate(this.#canister, { ...generation, ...options, session: this.session, prompt });
    let answer = '';
    let summary: GenerationSummary | undefined;
    try {
      for (;;) {
        const next = await pieces.next();
        if (next.done) {
          summary = next.value;
          return summary;
        }
        answer += next.value;
        yield next.value;
      }
    } finally {
      // Also when the consumer stops in the middle. A turn without a word of answer is removed.
      if (answer !== '' || (summary && summary.ending !== 'aborted')) {
        this.#messages = [...messages, { role: 'assistant', content: answer }];
        this.#sessionText = prompt + answer;
      }
    }
  }

  #withUser(content: string): Message[] {
    const user: Message = { role: 'user', content };
    if (this.#messages.length > 0) return [...this.#messages, user];
    return this.#system ? [{ role: 'system', content: this.#system }, user] : [user];
  }
}
