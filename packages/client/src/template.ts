import { Template } from '@huggingface/jinja';
import { LlamaError } from './errors.js';
import type { ModelCard } from './model-card.js';
import { FALLBACKS } from './template-fallback.js';

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** Turns a conversation into the text that the model continues. */
export interface ChatFormat {
  /** Where the format comes from: the file's own template, one for its kind of vocabulary, or plain text. */
  readonly origin: 'model' | 'fallback' | 'plain';
  /** The prompt for the next answer to these messages, the last of which is the user's. */
  prompt(messages: readonly Message[]): string;
  /**
   * The text between the end of an answer and the next one: closes the answer's turn, gives the new user's message and
   * opens the next answer. `messages` ends with the answer and the user's message.
   */
  continuation(messages: readonly Message[]): string;
}

/** Longest template that is parsed: the largest published ones have 30 KiB, and parsing is not free. */
const MAX_TEMPLATE_CHARACTERS = 262_144;

/** Stands in for an answer to find where it ends up; no template changes or writes such a text. */
const ANSWER_MARK = 'answer-7f3b0c5e91d44a6f';

class JinjaFormat implements ChatFormat {
  readonly origin: 'model' | 'fallback';
  readonly #template: Template;
  readonly #card: ModelCard;

  constructor(source: string, card: ModelCard, origin: 'model' | 'fallback') {
    if (source.length > MAX_TEMPLATE_CHARACTERS) {
      throw new LlamaError('input', 'BAD_TEMPLATE', `a chat template of ${source.length} characters is too long`, {
        next: 'Chat without it: --raw.',
      });
    }
    try {
      this.#template = new Template(source);
    } catch (cause) {
      throw badTemplate(cause);
    }
    this.#card = card;
    this.origin = origin;
  }

  prompt(messages: readonly Message[]): string {
    let rendered: string;
    try {
      rendered = this.#render(messages);
    } catch (error) {
      // Some templates refuse a system message (Gemma's): say it in the user's words then.
      const merged = withoutSystem(messages);
      if (!merged) throw error;
      rendered = this.#render(merged);
    }
    const { bosToken, addsBos } = this.#card;
    // The tokenizer adds it: once is enough.
    return addsBos && bosToken && rendered.startsWith(bosToken) ? rendered.slice(bosToken.length) : rendered;
  }

  continuation(messages: readonly Message[]): string {
    const index = messages.length - 2;
    const marked = messages.map((message, i) => (i === index ? { ...message, content: ANSWER_MARK } : message));
    const rendered = this.prompt(marked);
    const at = rendered.lastIndexOf(ANSWER_MARK);
    if (at < 0) {
      throw new LlamaError('input', 'BAD_TEMPLATE', 'the chat template leaves out earlier answers', {
        next: 'Start a new chat for every question, or chat without the template: --raw.',
      });
    }
    return rendered.slice(at + ANSWER_MARK.length);
  }

  #render(messages: readonly Message[]): string {
    const { bosToken, eosToken } = this.#card;
    try {
      return this.#template.render({
        messages: messages.map(({ role, content }) => ({ role, content })),
        add_generation_prompt: true,
        bos_token: bosToken,
        eos_token: eosToken,
        tools: null,
      });
    } catch (cause) {
      throw badTemplate(cause);
    }
  }
}

function badTemplate(cause: unknown): LlamaError {
  const text = cause instanceof Error ? cause.message : String(cause);
  return new LlamaError('input', 'BAD_TEMPLATE', `the model's chat template cannot be used: ${text}`, {
    next: 'Chat without it: --raw.',
    cause,
  });
}

/** The conversation with the system message put in front of the first user message; undefined where there is none. */
function withoutSystem(messages: readonly Message[]): Message[] | undefined {
  const [system, user, ...rest] = messages;
  if (system?.role !== 'system' || user?.role !== 'user') return undefined;
  return [{ role: 'user', content: `${system.content}\n\n${user.content}` }, ...rest];
}

/** The user's words as they are: for models that continue text, and for prompts that are formatted already. */
export const plainFormat: ChatFormat = {
  origin: 'plain',
  prompt: (messages) => messages.map(({ content }) => content).join('\n'),
  continuation: (messages) => messages.at(-1)?.content ?? '',
};

/** The format of a model: its own template, else one that its vocabulary shows it to know, else plain text. */
export function chatFormat(card: ModelCard): ChatFormat {
  if (card.chatTemplate) return new JinjaFormat(card.chatTemplate, card, 'model');
  for (const [marker, source] of Object.entries(FALLBACKS)) {
    if (card.markers.includes(marker)) return new JinjaFormat(source, card, 'fallback');
  }
  return plainFormat;
}
