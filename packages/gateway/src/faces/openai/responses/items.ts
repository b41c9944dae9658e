// Items of responses, and the messages that they become for the model.
import { z } from 'zod';
import { checkedPart } from '../../../asking/checked.js';
import { Calls } from '../../../asking/conversation.js';
import { contentField, textOf } from '../../../asking/parts.js';
import { flatName } from '../../../asking/tools.js';
import type { Message } from '../../../backend.js';
import { invalid } from '../../../refusal.js';

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: contentField,
});

const call = z.looseObject({
  call_id: z.string(),
  name: z.string(),
  namespace: z.string().nullish(),
  arguments: z.string(),
});

const output = z.looseObject({
  call_id: z.string(),
  output: contentField,
});

const reasoning = z.looseObject({
  summary: contentField,
  content: contentField,
});

export const inputField = z.union([z.string(), z.array(z.looseObject({ type: z.string().nullish() }))]).nullish();

export type Item = Record<string, unknown>;

/**
 * The fields that an item of each type has. Items of other types belong to OpenAI's own tools, or refer to what OpenAI
 * keeps.
 */
const SHAPES: Readonly<Record<string, z.ZodType>> = {
  message,
  function_call: call,
  function_call_output: output,
  reasoning,
};

function needs(item: Item, field: string, at: string): void {
  const value = item[field];
  if (value !== undefined && value !== null) return;
  const [got, code] = value === null ? ['null', 'invalid_type'] : ['nothing', 'missing_required_parameter'];
  throw invalid(`${at}.${field}`, `expected string or array, got ${got}`, code);
}

/**
 * The items of an input: a text becomes a message, and a reference the item that it refers to.
 * Errors: if an item lacks a field of its type, or refers to nothing.
 * @param find  finds an earlier item by its id
 */
export function itemsOf(input: z.output<typeof inputField>, find: (id: string) => Item | undefined): Item[] {
  if (typeof input === 'string') return [{ type: 'message', role: 'user', content: input }];
  return (input ?? []).map((item: Item, i) => {
    const at = `input[${i}]`;
    // Clients that refer to an item by its id alone may omit the type.
    const type = item.type ?? (item.role === undefined && typeof item.id === 'string' ? 'item_reference' : 'message');
    if (type === 'item_reference') {
      const { id } = checkedPart(z.looseObject({ id: z.string() }), item, at);
      const found = find(id);
      if (found === undefined) {
        throw invalid(`${at}.id`, `there is no item "${id.slice(0, 100)}" any more; send the item itself`);
      }
      return found;
    }
    if (Object.hasOwn(SHAPES, String(type))) checkedPart(SHAPES[String(type)]!, item, at);
    if (type === 'message') needs(item, 'content', at);
    if (type === 'function_call_output') needs(item, 'output', at);
    return item;
  });
}

/** Whether an item of the assistant was cut off: then the answer continues it, as with vLLM. */
export const isCut = (item: Item | undefined): boolean =>
  (item?.type === 'reasoning' || item?.role === 'assistant') &&
  (item.status === 'incomplete' || item.status === 'in_progress');

/** The text of a reasoning item, which is in one of two places. */
function thoughts(item: Item): string {
  const parts = [item.content, item.summary].find((each) => Array.isArray(each) && each.length > 0);
  return ((parts as { text?: unknown }[] | undefined) ?? [])
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('\n');
}

/**
 * Turns items into messages. Thoughts belong to the assistant's next message or call. An item that was cut off and the
 * one that continues it become one.
 * @param input  how many of the items, at the end, come from the request itself
 * @param ignored  receives the types of items that the model cannot see
 */
export function messagesOf(items: readonly Item[], input: number, ignored: string[]): Message[] {
  const messages: Message[] = [];
  const calls = new Calls();
  let thought = '';
  items.forEach((item, i) => {
    const at = `input[${i - (items.length - input)}]`;
    const said = (extra: Partial<Message>): Message => {
      const reasoning = thought;
      thought = '';
      return { role: 'assistant', content: '', ...(reasoning === '' ? {} : { reasoning }), ...extra };
    };
    const goesOn = isCut(items[i - 1]);
    if (item.type === 'reasoning') {
      thought = (goesOn ? thought : '') + thoughts(item);
      if (isCut(item) && i === items.length - 1) messages.push(said({}));
    }
    if (item.type === 'function_call') {
      const { call_id: id, name, namespace, arguments: text } = item as z.output<typeof call>;
      const known = namespace ? flatName({ namespace, name }) : name;
      const message = said({ toolCalls: [{ id, name: known, arguments: text }] });
      calls.add(message.toolCalls);
      messages.push(message);
    } else if (item.type === 'function_call_output') {
      const { call_id: toolCallId, output: result } = item as z.output<typeof output>;
      calls.check(toolCallId, `${at}.call_id`);
      messages.push({ role: 'tool', content: textOf(result, `${at}.output`), toolCallId });
    } else if (typeof item.role === 'string') {
      const { role, content } = item as z.output<typeof message>;
      const text = textOf(content, `${at}.content`);
      const last = messages.at(-1);
      if (role === 'assistant' && goesOn && last?.role === 'assistant') last.content += text;
      else if (role === 'assistant') messages.push(said({ content: text }));
      else messages.push({ role: role === 'user' ? 'user' : 'system', content: text });
    } else if (item.type !== 'reasoning') ignored.push(`input items of type ${String(item.type)}`);
  });
  return messages;
}
