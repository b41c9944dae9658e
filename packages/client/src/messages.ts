/** A message of a conversation. `developer` is what newer interfaces call `system`. */
export interface Message {
  role: 'system' | 'developer' | 'user' | 'assistant';
  content: string;
}

/** A way to rewrite a conversation so that a template accepts it; they are ordered from no change to the largest. */
export type Repair = (messages: readonly Message[]) => Message[];

const joined = (first: Message, second: Message, between: string): Message => ({
  ...first,
  content: `${first.content}${between}${second.content}`,
});

/**
 * Moves the first system message into the first user message, for templates that omit or refuse it. llama.cpp does the
 * same (common/chat.cpp, `system_message_not_supported`).
 */
function withoutSystem(messages: readonly Message[]): Message[] {
  const [system, next, ...rest] = messages;
  if (system?.role !== 'system' || next?.role !== 'user') return [...messages];
  return [{ role: 'user', content: joined(system, next, '\n').content }, ...rest];
}

/** Turns system messages after the first into user messages. */
function laterSystemAsUser(messages: readonly Message[]): Message[] {
  return messages.map((message, i) => (i > 0 && message.role === 'system' ? { ...message, role: 'user' } : message));
}

/** Joins consecutive messages of the same role, for templates in which user and assistant must take turns. */
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
