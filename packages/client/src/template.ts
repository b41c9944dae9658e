import * as v from 'valibot';
import { badArgument, check } from './checks/checked.js';
import { text } from './checks/shapes.js';
import { LlamaError } from './errors.js';
import { JinjaTemplate } from './jinja.js';
import { type MessageCall, REPAIRS, type Repair, type TemplateMessage } from './messages.js';
import type { ModelCard } from './model-card.js';
import { FALLBACKS } from './template-fallback.js';

/** The parts of a vocabulary that a template needs. */
type TemplateTokens = Pick<ModelCard, 'bosToken' | 'eosToken' | 'addsBos'>;

/** What a template is given beside the messages: `tools`, as OpenAI's interface has them, and variables of its own. */
type Variables = Readonly<Record<string, unknown>>;

/** Turns a conversation into the text that the model continues. */
export interface ChatFormat {
  /** The origin of the format: the file's own template, one for its kind of vocabulary, or plain text. */
  readonly origin: 'model' | 'fallback' | 'plain';
  /** The prompt for the next answer to these messages, the last of which is the user's. */
  prompt(messages: readonly TemplateMessage[], variables?: Variables): string;
  /**
   * The text between the end of an answer and the next one: closes the answer's turn, gives the new user's message and
   * opens the next answer. `messages` ends with the answer and the user's message.
   */
  continuation(messages: readonly TemplateMessage[]): string;
}

/** Longest template that is parsed: the largest published ones have 30 KiB, and parsing is not free. */
const MAX_TEMPLATE_CHARACTERS = 262_144;

/** Stands in for an answer to find its place in a rendering; no template changes or contains this text. */
const ANSWER_MARK = 'answer-7f3b0c5e91d44a6f';

/** Stands in for the text of a message to check whether a template shows it. */
const mark = (index: number): string => `message-${index}-7f3b0c5e91d44a6f`;

/**
 * Variables that templates get besides the conversation. Most treat missing `tools` as none; some iterate over it
 * without a check, and Firefunction also adds texts that only its own interface provides.
 */
const CONTEXTS: readonly (() => Record<string, unknown>)[] = [
  () => ({}),
  () => ({ tools: [] }),
  () => ({ tools: [], functions: '[]', datetime: today() }),
];

/** As `Nov 30 2026`, in UTC. */
function today(): string {
  const [, day, month, year] = new Date().toUTCString().split(' ');
  return `${month} ${day} ${year}`;
}

type Shape = (content: string) => unknown;

/** The forms of a message's text: as it is, or in parts, which templates for pictures may require. */
const SHAPES: readonly Shape[] = [(content) => content, (content) => [{ type: 'text', text: content }]];

/** One way to render a conversation: the first that shows all of it is used. */
interface Way {
  repair: Repair;
  shape: Shape;
  context: () => Record<string, unknown>;
}

const WAYS: readonly Way[] = SHAPES.flatMap((shape) =>
  REPAIRS.flatMap((repair) => CONTEXTS.map((context) => ({ repair, shape, context }))),
);

const called = v.looseObject({ id: text, name: text, arguments: text }, 'a call');
const spoken = v.array(
  v.looseObject({ role: text, content: text, toolCalls: v.optional(v.array(called, 'a list of calls')) }, 'a message'),
  'a list of messages',
);

function checked(messages: readonly TemplateMessage[]): readonly TemplateMessage[] {
  check('messages', spoken, messages);
  return messages;
}

/** The arguments of a call as an object: some templates go through it, others write it as JSON. */
function argumentsOf({ name, arguments: said }: MessageCall): object {
  let value: unknown;
  try {
    value = JSON.parse(said || '{}');
  } catch {
    // It is no object either.
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw badArgument('messages', `the arguments of a call of ${name} are not the JSON of an object`, said);
}

/** A message by the names that templates have for its parts. */
const named = ({ role, content, thinking, toolCalls = [], toolCallId, name }: TemplateMessage, shape: Shape) => ({
  role,
  content: shape(content),
  ...(thinking === undefined ? {} : { reasoning_content: thinking }),
  ...(toolCallId === undefined ? {} : { tool_call_id: toolCallId }),
  ...(name === undefined ? {} : { name }),
  ...(toolCalls.length === 0
    ? {}
    : {
        tool_calls: toolCalls.map((call) => ({
          ...{ id: call.id, type: 'function' },
          function: { name: call.name, arguments: argumentsOf(call) },
        })),
      }),
});

class JinjaFormat implements ChatFormat {
  readonly origin: 'model' | 'fallback';
  readonly #template: JinjaTemplate;
  readonly #card: TemplateTokens;
  /** OpenAI's own format has a role `developer`; everywhere else it is `system`. */
  readonly #hasDeveloper: boolean;

  constructor(source: string, card: TemplateTokens, origin: 'model' | 'fallback') {
    if (source.length > MAX_TEMPLATE_CHARACTERS) {
      throw new LlamaError('input', 'BAD_TEMPLATE', `a chat template of ${source.length} characters is too long`, {
        next: 'Chat without it: --raw.',
      });
    }
    try {
      this.#template = new JinjaTemplate(source);
    } catch (cause) {
      throw badTemplate(cause);
    }
    this.#card = card;
    this.#hasDeveloper = source.includes('<|channel|>');
    this.origin = origin;
  }

  prompt(messages: readonly TemplateMessage[], variables: Variables = {}): string {
    const said = checked(messages).map((message) => this.#withKnownRole(message));
    const rendered = this.#render(said, this.#wayFor(said, variables), variables);
    const { bosToken, addsBos } = this.#card;
    // The tokenizer adds it, too, and it must not be there twice.
    return addsBos && bosToken && rendered.startsWith(bosToken) ? rendered.slice(bosToken.length) : rendered;
  }

  continuation(messages: readonly TemplateMessage[]): string {
    const index = checked(messages).length - 2;
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

  #withKnownRole(message: TemplateMessage): TemplateMessage {
    return message.role === 'developer' && !this.#hasDeveloper ? { ...message, role: 'system' } : message;
  }

  /**
   * The first way that leaves out nothing that was said to the model. Answers are not checked, because templates drop
   * the thoughts of earlier ones.
   */
  #wayFor(messages: readonly TemplateMessage[], variables: Variables): Way {
    const marked = messages.map((message, i) => ({ ...message, content: mark(i) }));
    const asked = marked.filter(({ role }) => role !== 'assistant');
    let first: unknown;
    let lost: TemplateMessage | undefined;
    for (const way of WAYS) {
      let rendered: string;
      try {
        rendered = this.#render(marked, way, variables);
      } catch (error) {
        first ??= error;
        continue;
      }
      const missing = asked.findLast(({ content }) => !rendered.includes(content));
      if (!missing) return way;
      lost ??= missing;
    }
    // A template may intentionally show only the end of a conversation, such as the last message.
    const last = asked.at(-1);
    if (lost && last && lost !== last && lost.role === 'user') return WAYS[0]!;
    if (lost) throw badTemplate(new Error(`it leaves out what the ${lost.role} says`));
    throw first;
  }

  #render(messages: readonly TemplateMessage[], { repair, shape, context }: Way, variables: Variables): string {
    const { bosToken, eosToken } = this.#card;
    const said = repair(messages).map((message) => named(message, shape));
    try {
      return this.#template.render({
        ...context(),
        ...variables,
        messages: said,
        add_generation_prompt: true,
        bos_token: bosToken,
        eos_token: eosToken,
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

/** The user's words unchanged: for models that continue text, and for prompts that are already formatted. */
export const plainFormat: ChatFormat = {
  origin: 'plain',
  prompt: (messages) =>
    checked(messages)
      .map(({ content }) => content)
      .join('\n'),
  continuation: (messages) => checked(messages).at(-1)?.content ?? '',
};

const cardShape = v.looseObject(
  {
    ...{ chatTemplate: v.nullable(text), bosToken: text, eosToken: text },
    markers: v.array(text, 'a list of texts'),
  },
  'a model card',
);

/** The format of a model: its own template, else the one that its vocabulary indicates, else plain text. */
export function chatFormat(card: ModelCard): ChatFormat {
  check('chatFormat: card', cardShape, card);
  if (card.chatTemplate) return new JinjaFormat(card.chatTemplate, card, 'model');
  for (const [marker, source] of Object.entries(FALLBACKS)) {
    if (card.markers.includes(marker)) return new JinjaFormat(source, card, 'fallback');
  }
  return plainFormat;
}
