/** A message of a conversation. `developer` is what newer interfaces call `system`. */
export interface Message {
  role: 'system' | 'developer' | 'user' | 'assistant';
  content: string;
}

/** How a conversation is said so that a template can take it, from what changes nothing to what changes most. */
export type Repair = (messages: readonly Message[]) => Message[];

const joined = (first: Message, second: Message, between: string): Message => ({
  ...first,
  content: `${first.content}${between}${second.content}`,
});

/**
 * The first system message in front of the first user message, for templates that leave it out or refuse it. So does
 * llama.cpp (common/chat.cpp, `system_message_not_supported`).
 */
function withoutSystem(messages: readonly Message[]): Message[] {
  const [system, next, ...rest] = messages;
  if (system?.role !== 'system' || next?.role !== 'user') return [...messages];
  return [{ role: 'user', content: joined(system, next, '\n').content }, ...rest];
}

/** System messages behind the first as what the user says there. */
function laterSystemAsUser(messages: readonly Message[]): Message[] {
  return messages.map((message, i) => (i > 0 && message.role === 'system' ? { ...message, role: 'user' } : message));
}

/** Messages in a row of the same role as one, for templates in which user and assistant must take turns. */
function inTurns(messages: readonly Message[]): Message[] {
  const turns: Message[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.role === message.role) turns[turns.length - 1] = joined(last, message, '\n\n');
    else turns.push(message);
  }
  return turns;
}

export const REPAIRS: readonly Repair[] = [
  (messages) => [...messages],
  withoutSystem,
  inTurns,
  (messages) => withoutSystem(inTurns(messages)),
  (messages) => inTurns(laterSystemAsUser(messages)),
  (messages) => inTurns(withoutSystem(inTurns(laterSystemAsUser(inTurns(messages))))),
];
