// Rewrites clients' conversations so that chat templates accept them.
import type { Message } from '../backend.js';
import { invalid } from '../refusal.js';

const joined = (...texts: string[]): string => texts.filter((text) => text !== '').join('\n\n');

/** Joins consecutive messages of the same role. Results of tools stay separate, because each answers its own call. */
function merged(messages: readonly Message[]): Message[] {
  const turns: Message[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last === undefined || last.role !== message.role || message.role === 'tool') turns.push({ ...message });
    else {
      const toolCalls = [...(last.toolCalls ?? []), ...(message.toolCalls ?? [])];
      const reasoning = joined(last.reasoning ?? '', message.reasoning ?? '');
      turns[turns.length - 1] = {
        ...last,
        content: joined(last.content, message.content),
        ...(toolCalls.length > 0 ? { toolCalls } : {}),
        ...(reasoning === '' ? {} : { reasoning }),
      };
    }
  }
  return turns;
}

/** Adds tool names to results that name only their call, as they do in OpenAI's interface. */
function withToolNames(messages: readonly Message[]): Message[] {
  const names = new Map(messages.flatMap(({ toolCalls }) => (toolCalls ?? []).map(({ id, name }) => [id, name])));
  return messages.map((message) => {
    const name = message.name ?? names.get(message.toolCallId ?? '');
    return message.role === 'tool' && name !== undefined ? { ...message, name } : message;
  });
}

/** The calls of a conversation so far, so that each result can be matched with one of them. */
export class Calls {
  readonly #ids = new Set<string>();

  add(toolCalls: Message['toolCalls']): void {
    for (const { id } of toolCalls ?? []) this.#ids.add(id);
  }

  /** Errors: if no such call was made. */
  check(id: string, at: string): void {
    if (!this.#ids.has(id)) throw invalid(at, `no call "${id.slice(0, 100)}" was made before this result`);
  }
}

/**
 * Makes one system message at the beginning, then user and assistant in turns. Later system messages become part of the
 * user's text where they are: templates refuse them in the middle, and moving them to the beginning would change the
 * prompt from its first token on, so that nothing evaluated before could be reused.
 */
export function repaired(messages: readonly Message[]): Message[] {
  const first = messages.findIndex(({ role }) => role !== 'system');
  const head = first < 0 ? messages : messages.slice(0, first);
  const rest = first < 0 ? [] : messages.slice(first);
  const system = joined(...head.map(({ content }) => content));
  const said = rest.map((message): Message => (message.role === 'system' ? { ...message, role: 'user' } : message));
  const turns = withToolNames(merged(said));
  return [...(system === '' ? [] : [{ role: 'system' as const, content: system }]), ...turns];
}
