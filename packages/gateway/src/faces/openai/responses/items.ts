// Items of responses: what goes in, and what of it the model is told.
import { z } from 'zod';
import { contentField, textOf } from '../../../asking/parts.js';
import { flatName } from '../../../asking/tools.js';
import type { Message } from '../../../backend.js';

const message = z.looseObject({
  type: z.literal('message').nullish(),
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: contentField,
});

const call = z.looseObject({
  type: z.literal('function_call'),
  call_id: z.string(),
  name: z.string(),
  namespace: z.string().nullish(),
  arguments: z.string(),
});

const output = z.looseObject({
  type: z.literal('function_call_output'),
  call_id: z.string(),
  output: contentField,
});

const reasoning = z.looseObject({
  type: z.literal('reasoning'),
  summary: contentField,
  content: contentField,
});

/** An item of a kind that only OpenAI's own tools make, or a reference to one. */
const other = z.looseObject({ type: z.string() });

export const inputField = z.union([z.string(), z.array(z.union([message, call, output, reasoning, other]))]);

export type Item = Record<string, unknown>;

/** A text as the message that it stands for. */
export function itemsOf(input: z.output<typeof inputField>): Item[] {
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : (input as Item[]);
}

/** The texts of a reasoning item, which are in one of two places. */
function thoughts(item: Item): string {
  const parts = [item.content, item.summary].find((each) => Array.isArray(each) && each.length > 0);
  return ((parts as { text?: unknown }[] | undefined) ?? [])
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('\n');
}

/**
 * Items as messages. Thoughts belong to what the assistant says or calls next.
 * @param ignored  takes the types that the model cannot be told of
 */
export function messagesOf(items: readonly Item[], ignored: string[]): Message[] {
  const messages: Message[] = [];
  let thought = '';
  items.forEach((item, i) => {
    const said = (extra: Partial<Message>): Message => {
      const reasoning = thought;
      thought = '';
      return { role: 'assistant', content: '', ...(reasoning === '' ? {} : { reasoning }), ...extra };
    };
    if (item.type === 'reasoning') thought = thoughts(item);
    else if (item.type === 'function_call') {
      const { call_id: id, name, namespace, arguments: text } = item as z.output<typeof call>;
      const known = namespace ? flatName({ namespace, name }) : name;
      messages.push(said({ toolCalls: [{ id, name: known, arguments: text }] }));
    } else if (item.type === 'function_call_output') {
      const { call_id: toolCallId, output: result } = item as z.output<typeof output>;
      messages.push({ role: 'tool', content: textOf(result, `input[${i}].output`), toolCallId });
    } else if (typeof item.role === 'string') {
      const { role, content } = item as z.output<typeof message>;
      const text = textOf(content, `input[${i}].content`);
      if (role === 'assistant') messages.push(said({ content: text }));
      else messages.push({ role: role === 'user' ? 'user' : 'system', content: text });
    } else ignored.push(`input items of type ${String(item.type)}`);
  });
  return messages;
}
