// Conversations as clients send them, made such as chat templates take.
import type { Message } from '../backend.js';

const joined = (...texts: string[]): string => texts.filter((text) => text !== '').join('\n\n');

/** Messages of the same role in a row as one. Results of tools stay apart: each answers a call. */
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

/** Names of tools for results that name their call only, which is all that OpenAI's interface asks for. */
function withToolNames(messages: readonly Message[]): Message[] {
  const names = new Map(messages.flatMap(({ toolCalls }) => (toolCalls ?? []).map(({ id, name }) => [id, name])));
  return messages.map((message) => {
    const name = message.name ?? names.get(message.toolCallId ?? '');
    return message.role === 'tool' && name !== undefined ? { ...message, name } : message;
  });
}

/**
 * One system message, which comes first; user and assistant in turns. What the system says later becomes a part of what the
 * user says there: templates refuse it in the middle, and at the beginning it would change the prompt from its first token on,
 * so that nothing which was evaluated before could be used again.
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
