// For each template that llama.cpp keeps: how its model writes thoughts and calls, and whether answers that the
// template writes are read back.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ChatFormatPart, type FormatReport } from './chat-format-part.js';
import { llamaCppTemplates } from './llama-cpp-templates.js';
import { TemplatePart } from './template-part.js';

/** The formats that were found when a person last checked them; UPDATE_GOLDENS=1 writes them anew. */
const file = join(import.meta.dirname, 'data', 'chat-formats.json');
const isWriting = process.env.UPDATE_GOLDENS === '1';
const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, FormatReport>;

const templates = llamaCppTemplates();
let part: ChatFormatPart;
let template: TemplatePart;
beforeAll(async () => {
  part = await ChatFormatPart.load();
  template = new TemplatePart(part.part);
});

const tools = {
  get_weather: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer' }, opts: { type: 'object' } },
    required: ['city'],
  },
  search: { type: 'object', properties: { q: { type: 'string' }, all: { type: 'boolean' } } },
};
const calls = [
  { name: 'get_weather', arguments: { city: 'Łódź', days: 2, opts: { a: [1, 'x', { b: 0.5 }] } } },
  { name: 'search', arguments: { q: 'a "b" <c>', all: true } },
];

interface Answer {
  content: string;
  thought: string;
  calls: number;
}
const answers: Readonly<Record<string, Answer>> = {
  text: { content: 'An answer.', thought: '', calls: 0 },
  'thoughts and text': { content: 'An answer.', thought: 'Hmm, so.', calls: 0 },
  'a call': { content: '', thought: '', calls: 1 },
  'thoughts and a call': { content: '', thought: 'Hmm, so.', calls: 1 },
  'two calls': { content: '', thought: '', calls: 2 },
  'text and a call': { content: 'Let me see.', thought: '', calls: 1 },
};

/** What is not read back, and why, by the name of the template and the kind of the answer. */
const unread: readonly [RegExp, RegExp, string][] = [
  [/^muse-glimmer/, /./, 'who is meant is in the head of a part'],
  [/^MiniMax-M3/, /call/, 'objects in arguments are written as elements'],
  [/^NVIDIA-Nemotron-Nano-v2/, /text/, 'the prompt opens thoughts, and the template writes text into them'],
  [/^openai-gpt-oss/, /^text and a call/, 'the template writes the text as a thought'],
];

/**
 * The text that the template writes after the prompt; undefined if it cannot, or if its text does not begin with its
 * own prompt.
 */
function written(answer: Answer, asText: boolean): { prompt: string; written: string } | undefined {
  const variables = {
    tools: Object.entries(tools).map(([name, parameters]) => ({
      type: 'function',
      function: { name, description: `Does ${name}`, parameters },
    })),
    bos_token: '',
    eos_token: '',
    enable_thinking: true,
    thinking: true,
  };
  const question = { role: 'user', content: 'Q' };
  const { content, thought } = answer;
  const thoughts = thought === '' ? {} : { reasoning_content: thought, reasoning: thought, thinking: thought };
  const made = calls.slice(0, answer.calls).map((one, i) => ({
    id: `call0000${i}`,
    type: 'function',
    function: { ...one, arguments: asText ? JSON.stringify(one.arguments) : one.arguments },
  }));
  const said = { role: 'assistant', content, ...thoughts, ...(made.length > 0 ? { tool_calls: made } : {}) };
  const render = (messages: object[], add_generation_prompt: boolean) =>
    template.render({ ...variables, messages, add_generation_prompt }).text;
  const prompt = render([question], true);
  const whole = render([question, said], false);
  if (prompt === undefined || !whole?.startsWith(prompt)) return undefined;
  const plain = render([question, { role: 'assistant', content: 'ZZQ' }], false) ?? '';
  const end = plain.includes('ZZQ') ? plain.slice(plain.lastIndexOf('ZZQ') + 3) : '';
  const text = whole.slice(prompt.length);
  return { prompt, written: end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text };
}

let read = 0;
describe.each([...templates])('%s', (name, source) => {
  it('is found', () => {
    const found = part.detect(source);
    if (isWriting) golden[name] = found;
    expect(found).toEqual(golden[name]);
  });

  it.each(Object.entries(answers))('%s: what it writes is read back', (kind, answer) => {
    const known = unread.find(([names, kinds]) => names.test(name) && kinds.test(kind));
    part.detect(source);
    part.setTools(tools);
    template.compile(source);
    let said = written(answer, false);
    if (said?.written.includes('[object ')) said = written(answer, true);
    if (said === undefined) return;
    // A template may leave out thoughts, calls, or text beside calls; the answer then has none.
    const has = (text: string) => said.written.includes(text);
    const expected = {
      text: has(answer.content) ? answer.content : '',
      thinking: answer.thought !== '' && has(answer.thought) ? answer.thought : '',
      calls: calls.slice(0, answer.calls).filter((one) => has(one.name)),
    };
    const split = part.split([said.written], { prompt: said.prompt });
    const got = {
      // Tokens that end an answer do not reach a splitter.
      text: split.text.replace(/(<\|?[A-Za-z_]+\|?>)*\s*$/, ''),
      thinking: split.thinking,
      calls: split.calls.map((one) => ({ name: one.name, arguments: JSON.parse(one.arguments) as unknown })),
    };
    if (known !== undefined) {
      // An entry that is read back now has to be removed from the list.
      expect(got, `${known[2]}: it is read now`).not.toEqual(expected);
      return;
    }
    if (kind === 'text and a call' && expected.calls.length === 0) return;
    expect(got, said.written).toEqual(expected);
    read++;
  });
});

it('most of them are read', () => {
  expect(read).toBeGreaterThan(templates.size * 3);
  if (isWriting) writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
});
