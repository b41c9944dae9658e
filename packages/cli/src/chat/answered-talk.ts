// A conversation that the canister answers by itself: every turn is a generation.
import {
  type Answer,
  type AnswerEnd,
  type AskOptions,
  type ChatFormat,
  type ChatMessage,
  Conversation,
  type Ending,
  type LlamaClient,
  LlamaError,
  type Progress,
} from '@llama-canister/client';
import type { Talk, TalkState, Turn, TurnSummary } from './talk.js';
import { TextConversation } from './text-conversation.js';

const ENDINGS: Readonly<Record<AnswerEnd, Ending>> = {
  end: 'eog',
  stop: 'stop',
  'max-tokens': 'length',
  'context-full': 'context',
  'tool-calls': 'eog',
  cancelled: 'aborted',
};

export interface AnsweredOptions {
  /** The caller's session on the canister. */
  session: string;
  system: string | undefined;
  /** An earlier conversation to go on with. */
  state: TalkState | undefined;
  /** How messages become a prompt; undefined: as the canister's model has it. */
  format: ChatFormat | undefined;
  ask: AskOptions;
  onThinking(text: string): void;
  onWait(reason: string): void;
  /** Waits until an answer that was stopped has been cancelled. */
  onLeave(answer: Answer): Promise<void>;
  /** An error of reading an answer, with what to do about it. */
  explain(error: unknown, answer: Answer): Promise<unknown>;
}

/** What both kinds of conversations have. */
interface Turns {
  readonly messages: readonly ChatMessage[];
  toJSON(): Omit<TalkState, 'sessionText'> & { sessionText?: string };
  say(content: string, options: AskOptions): Answer;
  resume(options: { signal?: AbortSignal }): Answer | undefined;
}

export class AnsweredTalk implements Talk {
  readonly #llama: LlamaClient;
  readonly #options: AnsweredOptions;
  #system: string | undefined;
  #turns: Turns;

  constructor(llama: LlamaClient, options: AnsweredOptions) {
    this.#llama = llama;
    this.#options = options;
    this.#system = options.system;
    this.#turns = this.#begin(options.state);
  }

  #begin(earlier: TalkState | undefined): Turns {
    const { format, session, ask } = this.#options;
    const messages: ChatMessage[] = this.#system ? [{ role: 'system', content: this.#system }] : [];
    const state = earlier ?? { messages, sessionText: '' };
    const asked = { ...ask, session };
    if (format !== undefined) return new TextConversation(this.#llama, format, asked, state);
    const { sessionText: _, ...said } = state;
    return new Conversation(this.#llama, { ...asked, state: said });
  }

  get messages(): readonly ChatMessage[] {
    return this.#turns.messages;
  }

  get state(): TalkState {
    return { sessionText: '', ...this.#turns.toJSON() };
  }

  reset(system: string | undefined = this.#system): void {
    this.#system = system;
    this.#turns = this.#begin(undefined);
  }

  resume(state: TalkState): void {
    this.#turns = this.#begin(state);
  }

  send(content: string, { signal }: { signal?: AbortSignal } = {}): Turn {
    return this.#read(this.#turns.say(content, { signal }));
  }

  catchUp(options: { signal?: AbortSignal }): Turn | undefined {
    const answer = this.#turns.resume(options);
    return answer && this.#read(answer);
  }

  async *#read(answer: Answer): Turn {
    const { onThinking, onWait, onLeave, explain } = this.#options;
    const started = performance.now();
    let text = '';
    let thinking = '';
    let last: Progress | undefined;
    const summary = (ending: Ending): TurnSummary => ({
      ...{ text, ending, promptTokens: last?.promptTokens ?? 0, cachedTokens: last?.cachedTokens ?? 0 },
      ...{ generatedTokens: 0, calls: answer.certificates.length, seconds: (performance.now() - started) / 1000 },
      ...(thinking === '' ? {} : { thinking }),
    });
    try {
      let waiting = '';
      for await (const delta of answer) {
        if (delta.type === 'text') {
          text += delta.text;
          yield delta.text;
        } else if (delta.type === 'thinking') {
          thinking += delta.text;
          onThinking(delta.text);
        } else if (delta.type === 'progress') {
          last = delta;
          const why = delta.reason ?? (delta.place > 0 ? `${delta.place} answers are first` : '');
          if (why !== '' && why !== waiting) onWait(why);
          waiting = why;
        }
      }
      const { reason, usage } = await answer.result();
      const { promptTokens, cachedTokens, generatedTokens, cycles } = usage;
      return { ...summary(ENDINGS[reason]), promptTokens, cachedTokens, generatedTokens, cycles };
    } catch (error) {
      if (!(error instanceof LlamaError && error.kind === 'aborted')) throw await explain(error, answer);
      await onLeave(answer);
      const id = await answer.id.catch(() => undefined);
      const stopped = id === undefined ? undefined : await this.#llama.generations.get(id).catch(() => undefined);
      const { generatedTokens, cycles } = stopped?.usage ?? {};
      return { ...summary('aborted'), ...(stopped ? { generatedTokens: generatedTokens!, cycles: cycles! } : {}) };
    }
  }
}
