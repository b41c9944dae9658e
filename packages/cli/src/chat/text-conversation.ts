// A conversation whose prompt is made here, because the canister is to continue a text: it has no template, or another one
// is wanted.
import type { Answer, AskOptions, ChatFormat, ChatMessage, LlamaClient, SaidSoFar } from '@llama-canister/client';
import type { TalkState } from './talk.js';

type PlainMessage = Parameters<ChatFormat['prompt']>[0][number];

export class TextConversation {
  readonly #llama: LlamaClient;
  readonly #format: ChatFormat;
  readonly #ask: AskOptions;
  #messages: ChatMessage[];
  #sessionText: string;

  constructor(llama: LlamaClient, format: ChatFormat, ask: AskOptions, state: TalkState) {
    this.#llama = llama;
    this.#format = format;
    this.#ask = ask;
    this.#messages = [...state.messages];
    this.#sessionText = state.sessionText;
  }

  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  toJSON(): TalkState {
    return { messages: [...this.#messages], sessionText: this.#sessionText };
  }

  /** Each prompt is the last one with its answer and the new message, so that only the new tokens are evaluated. */
  say(content: string, options: AskOptions): Answer {
    const messages: ChatMessage[] = [...this.#messages, { role: 'user', content }];
    const plain = messages.map(({ role, content: said }) => ({ role, content: said }) as PlainMessage);
    const prompt =
      this.#sessionText === '' ? this.#format.prompt(plain) : this.#sessionText + this.#format.continuation(plain);
    const onOver = ({ text }: SaidSoFar, left: 'whole' | 'stopped' | 'going-on') => {
      if (left === 'going-on' || (left === 'stopped' && text === '')) return;
      this.#messages = [...messages, { role: 'assistant', content: text }];
      this.#sessionText = prompt + text;
    };
    return this.#llama.complete(prompt, { ...this.#ask, ...options, onOver });
  }

  /** An answer that was lost is read by its number only. */
  resume(): undefined {
    return undefined;
  }
}
