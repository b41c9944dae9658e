/** A message of a conversation. `developer` is what newer interfaces call `system`. */
export interface Message {
  role: 'system' | 'developer' | 'user' | 'assistant';
  content: string;
}

/** A call of a tool; its arguments are the JSON of an object. */
export interface MessageCall {
  id: string;
  name: string;
  arguments: string;
}

/** A message as chat templates show it, with calls of tools, and with their results, which have the role `tool`. */
export interface TemplateMessage {
  role: Message['role'] | 'tool';
  content: string;
  /** The model's thoughts before this message. */
  thinking?: string | undefined;
  toolCalls?: readonly MessageCall[] | undefined;
  /** For a tool's result: the call that it answers, and the tool. */
  toolCallId?: string | undefined;
  name?: string | undefined;
}

/** A way to rewrite a conversation so that a template accepts it; they are ordered from no change to the largest. */
export type Repair = (messages: readonly TemplateMessage[]) => TemplateMessage[];

const joined = (first: TemplateMessage, second: TemplateMessage, between: string): TemplateMessage => ({
  ...first,
  content: `${first.content}${between}${second.content}`,
  toolCalls: [...(first.toolCalls ?? []), ...(second.toolCalls ?? [])],
});

/**
 * Moves the first system message into the first user message, for templates that omit or refuse it. llama.cpp does the
 * same (common/chat.cpp, `system_message_not_supported`).
 */
function withoutSystem(messages: readonly TemplateMessage[]): TemplateMessage[] {
  const [system, next, ...rest] = messages;
  if (system?.role !== 'system' || next?.role !== 'user') return [...messages];
  return [{ role: 'user', content: joined(system, next, '\n').content }, ...rest];
}

/** Turns system messages after the first into user messages. */
function laterSystemAsUser(messages: readonly TemplateMessage[]): TemplateMessage[] {
  return messages.map((message, i) => (i > 0 && message.role === 'system' ? { ...message, role: 'user' } : message));
}

/**
 * Joins consecutive messages of the same role, for templates in which user and assistant must take turns. Results of tools
 * stay apart: each answers a call.
 */
function inTurns(messages: readonly TemplateMessage[]): TemplateMessage[] {
  const turns: TemplateMessage[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.role === message.role && message.role !== 'tool') turns[turns.length - 1] = joined(last, message, '\n\n');
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
