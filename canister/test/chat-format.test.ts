// Templates show how answers are written, and answers are split accordingly.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ChatFormatPart, type Split } from './chat-format-part.js';
import { formats } from './chat-format-templates.js';
import { splitHermes } from './reference/chat-format.js';
import { TemplatePart } from './template-part.js';

let part: ChatFormatPart;
let templates: TemplatePart;
beforeAll(async () => {
  part = await ChatFormatPart.load();
  templates = new TemplatePart(part.part);
});

const tools = {
  get_weather: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer' }, opts: { type: 'object' } },
  },
  'search-2': { type: 'object', properties: { q: { enum: ['1', 'true', 'null', '{}', 'x'] }, n: { type: 'number' } } },
};

/** Texts of messages that contain nothing that a format could mistake for its marks. */
const words = fc
  .array(fc.constantFrom('a', 'é', '🦙', '<', '>', '"', '\\', '{', '}', '[', ' ', '\n', 'thin', '/', '`'), {
    maxLength: 12,
  })
  .map((all) => all.join('').trim());
const someWords = words.filter((text) => text !== '');
const cities = someWords.filter((text) => text === text.trim());
const call = fc.oneof(
  fc.record({
    name: fc.constant('get_weather'),
    arguments: fc.record(
      { city: cities, days: fc.integer(), opts: fc.object({ maxDepth: 1 }) },
      { requiredKeys: ['city'] },
    ),
  }),
  fc.record({
    name: fc.constant('search-2'),
    arguments: fc.record({ q: fc.constantFrom('1', 'true', 'null', '{}', 'x'), n: fc.integer() }),
  }),
);
const message = fc.record({
  content: words,
  reasoning_content: someWords,
  calls: fc.array(call, { maxLength: 3 }),
});

const byHand = (text: string, sizes: readonly number[]) => {
  const bytes = new TextEncoder().encode(text);
  const pieces: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[i % sizes.length] ?? 1);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
};
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe.each(Object.entries(formats))('%s', (_, { template, thinking, calls }) => {
  it('is found', () => {
    const found = part.detect(template);
    expect(found.calls).toBe(calls);
    expect(found.thinking).toBe(thinking);
  });

  it('what the template writes is split into the message again, however it comes', () => {
    part.detect(template);
    part.setTools(tools);
    templates.compile(template);
    const text = (variables: object) => {
      const rendered = templates.render(variables);
      if (rendered.text === undefined) throw new Error(rendered.error);
      return rendered.text;
    };
    fc.assert(
      fc.property(message, sizes, fc.boolean(), (said, cut, streams) => {
        const question = { role: 'user', content: 'Q' };
        const tool_calls = said.calls.map((one, i) => ({
          id: `call0000${i}`,
          type: 'function',
          function: { name: one.name, arguments: one.arguments },
        }));
        const answer = {
          role: 'assistant',
          content: said.content,
          ...(thinking === undefined ? {} : { reasoning_content: said.reasoning_content }),
          ...(tool_calls.length > 0 ? { tool_calls } : {}),
        };
        const prompt = text({ messages: [question], add_generation_prompt: true });
        const whole = text({ messages: [question, answer] });
        expect(whole.startsWith(prompt)).toBe(true);
        const written = whole.slice(prompt.length).replace(/<\|im_end\|>\n$/, '');
        const split = part.split(byHand(written, cut), { prompt, streams });
        expect(split.text).toBe(said.content);
        if (thinking !== undefined) expect(split.thinking).toBe(said.reasoning_content);
        expect(split.calls.map((one) => [one.name, one.state])).toEqual(said.calls.map((one) => [one.name, 'whole']));
        split.calls.forEach((one, i) => {
          expect(JSON.parse(one.arguments)).toEqual(JSON.parse(JSON.stringify(said.calls[i]?.arguments)));
          expect(one.id).toMatch(/^[0-9A-Za-z]+$/);
        });
        expect(new Set(split.calls.map((one) => one.id)).size).toBe(split.calls.length);
      }),
      { numRuns: 60 },
    );
  });
});

/** The events without those that only report how a call grows. */
const settled = ({ text, thinking, calls }: Split) => ({
  text,
  thinking,
  calls: calls.filter(({ state }) => state !== 'dropped').map(({ name, arguments: given }) => [name, given]),
});

const soup = fc
  .array(
    fc.constantFrom(
      '<think>',
      '</think>',
      '<tool_call>',
      '</tool_call>',
      '{"name": "get_weather", "arguments": {"city": "x"}}',
      '{"arguments":{"a":[1,{"b":"}</tool_call>"}]}, "name":"search-2"}',
      '{"name": "unknown", "arguments": {}}',
      '{"name": "get_weather"',
      ', "arguments": {}}',
      '<',
      '<tool',
      '<thin',
      '}',
      'word',
      'é🦙',
      ' ',
      '\n',
    ),
    { maxLength: 14 },
  )
  .map((all) => all.join(''));

it('anything is split as the reference has it, and nothing is lost', () => {
  part.detect(formats.hermes?.template ?? '');
  part.setTools(tools);
  fc.assert(
    fc.property(soup, sizes, fc.boolean(), (text, cut, streams) => {
      const split = part.split(byHand(text, cut), { streams });
      expect(settled(split)).toEqual(splitHermes(text, Object.keys(tools)));
      if (!streams) expect(split.calls.every(({ state }) => state === 'whole')).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('text that is not UTF-8 becomes valid', () => {
  part.detect(formats.hermes?.template ?? '');
  part.setTools(undefined);
  const bytes = Uint8Array.of(0x61, 0xf0, 0x9f, 0x62, 0xff, 0xc3);
  const expected = new TextDecoder().decode(bytes);
  for (const cut of [[1], [2], [6]]) {
    const pieces = [0, 1, 2, 3, 4, 5]
      .filter((at) => at % (cut[0] ?? 1) === 0)
      .map((at) => bytes.subarray(at, at + (cut[0] ?? 1)));
    expect(part.split(pieces).text).toBe(expected);
  }
});

it('control tokens that are no marks are not shown, and do not divide a text', () => {
  part.detect(formats.hermes?.template ?? '');
  part.setTools(undefined);
  const split = part.split([
    'a<thi',
    { control: '<|fim_pad|>' },
    'nk>b ',
    { control: '<think>' },
    ' c',
    { control: '</think>' },
    'd',
  ]);
  expect(split).toEqual({ text: 'a<think>bd', thinking: 'c', calls: [] });
});

it('tools are refused with the reason', () => {
  expect(
    part.setTools({
      'a b': {},
      f: '[]',
      g: '{"type": "string"}',
      h: '{',
    }),
  ).toEqual([
    'tool "a b": a name has 1 to 64 letters, digits, "_", "-" and "."',
    'tool "f": its parameters are no JSON schema of an object: it is no object',
    'tool "g": its parameters are no JSON schema of an object: its type is not "object"',
    'tool "h": its parameters are no JSON schema of an object: it is no JSON: the name of a member is missing, at byte 1',
  ]);
});

it('parts with heads', () => {
  part.detect("{{ '<|start|>' }}{{ '<|channel|>' }}{{ '<|message|>' }}");
  part.setTools(tools);
  const answer =
    '<|channel|>analysis<|message|>Let me <see>.<|end|><|start|>assistant<|channel|>commentary<|message|>I look.<|end|>' +
    '<|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{"city": "é"}';
  for (const cut of [[], [1], [3, 5]]) {
    expect(part.split(byHand(answer, cut), { prompt: '<|start|>assistant' })).toEqual({
      text: 'I look.',
      thinking: 'Let me <see>.',
      calls: [{ name: 'get_weather', id: expect.any(String), arguments: '{"city": "é"}', state: 'whole' }],
    });
  }
  const none = ' to=functions.nobody<|channel|>commentary json<|message|>{"a": 1}';
  expect(part.split([none], { prompt: '<|start|>assistant' }).text).toBe(none);
});

it('names in lines', () => {
  const template = '{% for m in messages %}{{ m.content }}{% endfor %}{% if add_generation_prompt %}>>>{% endif %}';
  expect(part.detect(template)).toEqual({ parts: 'names in lines' });
  part.setTools(tools);
  for (const cut of [[], [1], [2, 3]]) {
    expect(part.split(byHand('all\nHi\nyou>>>get_weather\n{"city": "x"}', cut), { prompt: '>>>' })).toEqual({
      text: 'Hi\nyou',
      thinking: '',
      calls: [{ name: 'get_weather', id: expect.any(String), arguments: '{"city": "x"}', state: 'whole' }],
    });
  }
});

it('arguments in Python’s form become JSON, and an invalid value makes no call', () => {
  part.detect(formats['arguments of Python']?.template ?? '');
  part.setTools(tools);
  const split = (args: string, cut: readonly number[] = []) =>
    part.split(byHand(`<|tool_call_start|>[get_weather(${args})]<|tool_call_end|>`, cut));
  const written =
    'city = \'it\\\'s \\x41\\u00e9\\q "x", (y)\', days=-2, opts={\'a\': [1.5, None, True,], b: "\\ud83e\\udd99\\n", "c": {}}';
  for (const cut of [[], [1], [7, 2]]) {
    const { text, calls } = split(written, cut);
    expect(text).toBe('');
    expect(calls.map((call) => [call.state, JSON.parse(call.arguments)])).toEqual([
      ['whole', { city: 'it\'s A\u00e9\\q "x", (y)', days: -2, opts: { a: [1.5, null, true], b: '🦙\n', c: {} } }],
    ]);
  }
  for (const none of ['city=', "city='x", 'city=x', "'x'", "city='x' days=1", 'days=1, days=2', 'opts={1: 2]', '=1']) {
    expect(split(none)).toMatchObject({
      text: `<|tool_call_start|>[get_weather(${none})]<|tool_call_end|>`,
      calls: [],
    });
  }
});

it('values of Python between marks are JSON behind it', () => {
  part.detect(formats['functions and parameters']?.template ?? '');
  part.setTools(tools);
  const value = (text: string) =>
    part.split([
      `<tool_call>\n<function=get_weather>\n<parameter=opts>\n${text}\n</parameter>\n</function>\n</tool_call>`,
    ]).calls[0]?.arguments;
  expect(value("{'a': [1, None, 'x']}")).toBe('{"opts": {"a": [1, null, "x"]}}');
  expect(value('True')).toBe('{"opts": true}');
  expect(value("{'a': [1}")).toBe('{"opts": "{\'a\': [1}"}');
});

it('a call without a mark is one at the beginning of an answer only', () => {
  const template =
    "{% for m in messages %}{% if m.tool_calls %}{% if m.tool_calls | length > 1 %}{{ raise_exception('one') }}{% endif %}<a>" +
    '{"name": "{{ m.tool_calls[0].function.name }}", "parameters": {{ m.tool_calls[0].function.arguments | tojson }}}' +
    '{% else %}<{{ m.role[0] }}>{{ m.content }}{% endif %}<|end|>{% endfor %}{% if add_generation_prompt %}<a>{% endif %}{# <|python_tag|> #}';
  expect(part.detect(template)).toEqual({ calls: '{"name": F, "parameters": {}} or <|python_tag|>, one' });
  part.setTools(tools);
  const written = '{"name": "get_weather", "parameters": {"city": "x"}}';
  const whole = [{ name: 'get_weather', id: expect.any(String), arguments: '{"city": "x"}', state: 'whole' }];
  expect(part.split([` ${written}`])).toEqual({ text: '', thinking: '', calls: whole });
  expect(part.split([{ control: '<|python_tag|>' }, written])).toEqual({ text: '', thinking: '', calls: whole });
  expect(part.split([`So: ${written}`])).toEqual({ text: `So: ${written}`, thinking: '', calls: [] });
  expect(part.split(['{"name": "nobody", "parameters": {}}']).text).toBe('{"name": "nobody", "parameters": {}}');
  expect(part.split(['{"name": "get_w']).text).toBe('{"name": "get_w');
});

describe('thoughts', () => {
  const template =
    '{% if reasoning_effort is defined %}Effort {{ reasoning_effort }}\n{% endif %}{% for m in messages %}<{{ m.role }}>' +
    '{% if m.reasoning_content %}<think>\n{{ m.reasoning_content }}\n</think>\n\n{% endif %}{{ m.content }}\n{% endfor %}' +
    '{% if add_generation_prompt %}<assistant>{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n{% else %}<think>\n{% endif %}{% endif %}';

  it('are turned on and off as the template takes it', () => {
    expect(part.detect(template).controls).toBe('enable_thinking (on), reasoning_effort');
    expect(part.variables(0, 'low', 5)).toBe(',"enable_thinking":false,"reasoning_effort":"low"');
    expect(part.variables(1)).toBe(',"enable_thinking":true');
    expect(part.variables(-1)).toBe('');
    part.detect(formats.hermes?.template ?? '');
    expect(part.variables(0, 'low', 5)).toBe('');
  });

  it('end when they are used up, or when it is asked for', () => {
    part.detect(template);
    part.setTools(undefined);
    const answer = ['a', 'b', 'c', '</think>', '\n\n', 'd'];
    expect(part.due(answer, '<assistant><think>\n', 2)).toEqual([2, 3]);
    expect(part.due(answer, '<assistant><think>\n', 9)).toEqual([]);
    expect(part.due(answer, '<assistant><think>\n', -1)).toEqual([]);
    expect(part.due(answer, '<assistant><think>\n', -1, true)).toEqual([0, 1, 2, 3]);
    expect(part.due(answer, '<assistant><think>\n\n</think>\n\n', 0)).toEqual([]);
    expect(part.due(['<think>', 'a', '</think>', 'b'], '<assistant>', 0)).toEqual([1, 2]);
  });
});
