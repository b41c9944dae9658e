/**
 * tiny-chat as a model that calls tools and thinks: some tokens that it seldom writes are marks, and its template shows tools
 * and begins thoughts as Qwen3's does.
 */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { edited } from './edited-model.js';
import type { Event } from './generations.js';
import { tinyChatPath } from './tiny-chat.js';

/** Tokens that the model seldom writes, as marks. */
const marks = { 1276: '<tool_call>', 1275: '</tool_call>', 1274: '<think>', 1273: '</think>' };
/** Tools and thoughts as Qwen3's template has them. */
const template =
  '{% if tools %}<|im_start|>system\n# Tools\n{% for t in tools %}{{ t | tojson }}\n{% endfor %}<|im_end|>\n{% endif %}' +
  '{% for m in messages %}<|im_start|>{{ m.role }}\n' +
  '{% if m.reasoning_content %}<think>\n{{ m.reasoning_content }}\n</think>\n\n{% endif %}{{ m.content }}' +
  '{% for c in m.tool_calls %}\n<tool_call>\n' +
  '{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}\n</tool_call>{% endfor %}' +
  '<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n' +
  '{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}' +
  '{% if enable_thinking is defined and enable_thinking is true %}<think>\n{% endif %}{% endif %}';

export const user = (content: string) => [{ role: 'user', content }];
export const prompt = user('What is a canister?');
export const tool = (name: string, properties: object, required = Object.keys(properties)) => ({
  type: 'function',
  function: {
    name,
    description: `The ${name}.`,
    parameters: { type: 'object', properties, required, additionalProperties: false },
  },
});
export const stock = tool('in_stock', {
  fruit: { enum: ['apples', 'pears'] },
  n: { type: 'integer', minimum: 1, maximum: 9 },
});
export const now = tool('now', { zone: { enum: ['UTC', 'CET'] } });
export const tools = JSON.stringify([stock, now]);

/** What events come to. */
export interface Came {
  text: string;
  thinking: string;
  calls: { id: string; name: string; arguments: string; isWhole: boolean }[];
}
export function cameTo(events: Event[]): Came {
  const came: Came = { text: '', thinking: '', calls: [] };
  for (const { content } of events) {
    if ('text' in content) came.text += content.text;
    if ('thinking' in content) came.thinking += content.thinking;
    if ('tool_call' in content) {
      const { call, id, name } = content.tool_call;
      expect(call).toBe(came.calls.length);
      came.calls.push({ id, name, arguments: '', isWhole: false });
    }
    if ('tool_arguments' in content) came.calls[content.tool_arguments.call]!.arguments += content.tool_arguments.text;
    if ('tool_call_end' in content) came.calls[content.tool_call_end]!.isWhole = true;
  }
  return came;
}

/** The model's file. */
export function chatModel(): Buffer {
  return edited(readFileSync(tinyChatPath('tiny-chat-q8_0')), { template, controls: marks });
}

/** Events with those of one kind that follow each other made one: where messages end between them makes no difference then. */
export function joined(events: Event[]): unknown[] {
  const all: unknown[] = [];
  let last: { kind: string; call: number; text: string } | undefined;
  for (const { content } of events) {
    const [kind, value] = Object.entries(content)[0] as [string, unknown];
    const isPart = kind === 'text' || kind === 'thinking' || kind === 'tool_arguments';
    const { call, text } =
      kind === 'tool_arguments' ? (value as { call: number; text: string }) : { call: 0, text: value };
    if (isPart && last?.kind === kind && last.call === call) last.text += text as string;
    else {
      last = isPart ? { kind, call, text: text as string } : undefined;
      all.push(last ?? { kind, value });
    }
  }
  return all;
}
