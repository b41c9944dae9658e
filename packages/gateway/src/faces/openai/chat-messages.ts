// Messages of POST /v1/chat/completions.
import { z } from 'zod';
import { Calls, repaired } from '../../asking/conversation.js';
import { contentField, textOf } from '../../asking/parts.js';
import type { Message } from '../../backend.js';
import { invalid } from '../../refusal.js';

const called = z.looseObject({
  name: z.string(),
  arguments: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: contentField,
  name: z.string().nullish(),
  refusal: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(z.looseObject({ id: z.string(), function: called })).nullish(),
  /** The older form of `tool_calls`, for one call. */
  function_call: called.nullish(),
  tool_call_id: z.string().nullish(),
});

export const messagesField = z.array(message).min(1, 'there are no messages');

type Given = z.output<typeof message>;

/** Errors: if a message lacks what its role requires. */
function contentOf({ content, role, refusal, tool_calls, function_call }: Given, at: string): string {
  if (content !== undefined && content !== null) {
    if (Array.isArray(content) && content.length === 0) throw invalid(`${at}.content`, 'there are no parts');
    return textOf(content, `${at}.content`);
  }
  if (role === 'assistant' && (refusal || function_call || (tool_calls && tool_calls.length > 0))) return refusal ?? '';
  const got = content === null ? 'null' : 'nothing';
  const code = content === null ? 'invalid_type' : 'missing_required_parameter';
  const beside = role === 'assistant' ? ' without tool_calls' : '';
  throw invalid(`${at}.content`, `expected string or array, got ${got}${beside}`, code);
}

/** The call that a result answers. In the older form without ids, the function's name identifies it. */
function answered({ role, name, tool_call_id }: Given, at: string): Partial<Message> {
  const [field, value] = role === 'tool' ? ['tool_call_id', tool_call_id] : ['name', name];
  if (value == null) throw invalid(`${at}.${field}`, 'expected string, got nothing', 'missing_required_parameter');
  return { ...(tool_call_id ? { toolCallId: tool_call_id } : {}), ...(name ? { name } : {}) };
}

function neutral(given: Given, at: string): Message {
  const { role, tool_calls, function_call } = given;
  const content = contentOf(given, at);
  if (role === 'tool' || role === 'function') return { role: 'tool', content, ...answered(given, at) };
  if (role !== 'assistant') return { role: role === 'user' ? 'user' : 'system', content };
  const reasoning = given.reasoning_content ?? given.reasoning ?? '';
  const calls = [...(tool_calls ?? []), ...(function_call ? [{ id: '', function: function_call }] : [])];
  const toolCalls = calls.map(({ id, function: { name, arguments: said } }) => ({
    id,
    name,
    arguments: typeof said === 'string' ? said : JSON.stringify(said),
  }));
  return {
    role: 'assistant',
    content,
    ...(reasoning === '' ? {} : { reasoning }),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
  };
}

export function chatMessages(given: z.output<typeof messagesField>): Message[] {
  const calls = new Calls();
  const messages = given.map((each, i) => {
    const message = neutral(each, `messages[${i}]`);
    calls.add(message.toolCalls);
    if (each.role === 'tool') calls.check(message.toolCallId ?? '', `messages[${i}].tool_call_id`);
    return message;
  });
  return repaired(messages);
}
