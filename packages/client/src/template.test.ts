import { expect, test } from 'vitest';
import type { Message } from './messages.js';
import type { ModelCard } from './model-card.js';
import { chatFormat } from './template.js';

const base: ModelCard = {
  name: 'test',
  architecture: 'llama',
  parameters: 0,
  contextLength: 0,
  chatTemplate: null,
  bosToken: '<s>',
  eosToken: '</s>',
  addsBos: true,
  markers: [],
};
const user = (content: string): Message => ({ role: 'user', content });
const system = (content: string): Message => ({ role: 'system', content });
const assistant = (content: string): Message => ({ role: 'assistant', content });

// Qwen2.5's way of writing a template, shortened to what it does without tools.
const QWEN = `{%- if messages[0]['role'] == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
{%- else %}
    {{- '<|im_start|>system\\nDefault.<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant") %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}`;

// Gemma's: no system role, answers trimmed, roles must alternate.
const GEMMA = `{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\\n'}}{% endif %}`;

test("the file's own template is used", () => {
  const format = chatFormat({ ...base, chatTemplate: QWEN, addsBos: false });
  expect(format.origin).toBe('model');
  expect(format.prompt([user('Hi')])).toBe(
    '<|im_start|>system\nDefault.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n',
  );
  expect(format.continuation([user('Hi'), assistant('Hello'), user('Bye')])).toBe(
    '<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n<|im_start|>assistant\n',
  );
});

test('the beginning token is not given twice where the tokenizer adds it', () => {
  const gemma = { ...base, bosToken: '<bos>', chatTemplate: GEMMA };
  const text = '<start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\n';
  expect(chatFormat({ ...gemma, addsBos: true }).prompt([user('Hi')])).toBe(text);
  expect(chatFormat({ ...gemma, addsBos: false }).prompt([user('Hi')])).toBe(`<bos>${text}`);
});

test('a template that refuses a system message gets it in the first user message', () => {
  const format = chatFormat({ ...base, chatTemplate: GEMMA });
  const messages = [system('Be brief.'), user('Hi')];
  expect(format.prompt(messages)).toContain('<start_of_turn>user\nBe brief.\nHi<end_of_turn>');
  expect(format.continuation([...messages, assistant(' Hello '), user('Bye')])).toBe(
    '<end_of_turn>\n<start_of_turn>user\nBye<end_of_turn>\n<start_of_turn>model\n',
  );
});

/** A format with this template and no tokens added by the tokenizer. */
const formatOf = (chatTemplate: string) => chatFormat({ ...base, chatTemplate, addsBos: false });

test('what a template leaves out is not lost: the system message goes in front of the first user message', () => {
  const silent =
    "{% for m in messages %}{% if m.role == 'user' %}<|im_start|>user\n{{ m.content }}<|im_end|>\n<|im_start|>assistant\n{% elif m.role == 'assistant' %}{{ m.content }}<|im_end|>\n{% endif %}{% endfor %}";
  const format = formatOf(silent);
  expect(format.prompt([system('Be brief.'), user('Hi')])).toBe(
    '<|im_start|>user\nBe brief.\nHi<|im_end|>\n<|im_start|>assistant\n',
  );
  expect(format.continuation([system('Be brief.'), user('Hi'), assistant('Yes?'), user('Bye')])).toBe(
    '<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n<|im_start|>assistant\n',
  );
  // Of several system messages it would show the first only.
  const firstOnly = formatOf(
    "{% if messages[0].role == 'system' %}S:{{ messages[0].content }}\n{% endif %}{% for m in messages %}{% if m.role != 'system' %}{{ m.role }}:{{ m.content }}\n{% endif %}{% endfor %}",
  );
  expect(firstOnly.prompt([system('a'), system('b'), user('c')])).toBe('S:a\n\nb\nuser:c\n');
  expect(firstOnly.prompt([system('a'), user('b'), assistant('c'), system('d'), user('e')])).toBe(
    'S:a\nuser:b\nassistant:c\nuser:d\n\ne\n',
  );
  expect(() => formatOf('{{ messages | length }}').prompt([user('Hi')])).toThrow('it leaves out what the user says');
});

test('messages in a row of one role are one where roles have to take turns', () => {
  const format = chatFormat({ ...base, chatTemplate: GEMMA });
  expect(format.prompt([system('s'), user('a'), user('b')])).toBe(
    '<s><start_of_turn>user\ns\na\n\nb<end_of_turn>\n<start_of_turn>model\n'.slice(3),
  );
});

test('a developer is a system, but in the format that has developers', () => {
  const roles = '{% for m in messages %}{{ m.role }}={{ m.content }} {% endfor %}';
  const messages: Message[] = [{ role: 'developer', content: 'd' }, user('u')];
  expect(formatOf(roles).prompt(messages)).toBe('system=d user=u ');
  expect(formatOf(`<|channel|>${roles}`).prompt(messages)).toBe('<|channel|>developer=d user=u ');
});

// Constructs of published templates that took more than the others to be rendered.
test.each([
  ['tools that are none (most)', '{% if tools is not defined %}none {% endif %}', 'none '],
  ['tools that it goes through unasked (Hermes, Command-R+)', '[{% for tool in tools %}{{ tool }}{% endfor %}]', '[]'],
  [
    'tools that it picks from unasked (functionary)',
    '{% if not tools is defined %}{% set tools = none %}{% endif %}{{ tools | selectattr("type", "equalto", "x") | list | length }} ',
    '0 ',
  ],
  [
    'tools that it counts unasked (Apriel)',
    '{% if tools is not none and tools|length > 0 %}T{% else %}none{% endif %}',
    'none',
  ],
  [
    'texts of its own interface (firefunction)',
    '{% set suffix %}List:{% endset %}{% set s = suffix + "\n" + functions + "\nToday is " + datetime %}{{ s[:10] }} ',
    'List:\n[]\nT ',
  ],
  [
    'a dictionary of whole numbers (Seed-OSS)',
    '{% set d = { 512: 128, 0: 64, 1024: 256 } %}{% set ns = namespace(v = None) %}{% for k, v in d | dictsort %}{% if ns.v is none and 1 <= k %}{% set ns.v = v %}{% endif %}{% endfor %}{{ ns.v }} {{ d[1024] }} ',
    '128 256 ',
  ],
  [
    'format (Hy3)',
    "{% set k = ':open' %}{{ '<|user{}|>'.format(k) }}{{ '{0}{1}{0}{{}}'.format('a', 1) }} ",
    '<|user:open|>a1a{} ',
  ],
])('%s', (_, head, rendered) => {
  const loop = '{% for m in messages %}{{ m.role }}:{{ m.content }}\n{% endfor %}';
  expect(formatOf(head + loop).prompt([system('s'), user('u')])).toBe(`${rendered}system:s\nuser:u\n`);
});

test('a template that takes texts in parts only is given parts', () => {
  const parts =
    "{% for m in messages %}{{ m.role }}:{% for p in m.content %}{% if p.type == 'text' %}{{ p.text }}{% endif %}{% endfor %} {% endfor %}";
  expect(formatOf(parts).prompt([system('s'), user('u')])).toBe('system:s user:u ');
});

test.each([
  ['<|im_start|>', '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n'],
  [
    '<|start_header_id|>',
    '<|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nU<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
  ],
  ['<start_of_turn>', '<start_of_turn>user\nS\n\nU<end_of_turn>\n<start_of_turn>model\n'],
  ['[INST]', '[INST] S\n\nU [/INST]'],
  ['<|user|>', '<|system|>\nS</s>\n<|user|>\nU</s>\n<|assistant|>\n'],
])('without a template, %s in the vocabulary tells the format', (marker, expected) => {
  const format = chatFormat({ ...base, markers: [marker] });
  expect(format.origin).toBe('fallback');
  expect(format.prompt([system('S'), user('U')])).toBe(expected);
  const next = format.continuation([system('S'), user('U'), assistant('A'), user('V')]);
  expect(next).toContain('V');
  expect(next).not.toContain('U');
  expect(next).not.toContain('A');
});

test('without a template and a known marker the text is continued as it is', () => {
  const format = chatFormat(base);
  expect(format.origin).toBe('plain');
  expect(format.prompt([user('Once upon a time')])).toBe('Once upon a time');
});

test.each([
  ['does not parse', '{% for %}'],
  ['fails when it runs', '{{ raise_exception("no") }}'],
  ['is absurdly long', 'x'.repeat(300_000)],
])('a template that %s is an error that says what to do', (_, chatTemplate) => {
  expect(() => chatFormat({ ...base, chatTemplate }).prompt([user('Hi')])).toThrow(
    expect.objectContaining({ code: 'BAD_TEMPLATE', next: expect.stringContaining('--raw') }),
  );
});

test('a template that drops earlier answers cannot be continued', () => {
  const format = chatFormat({ ...base, chatTemplate: '{{ messages[-1].content }}' });
  expect(() => format.continuation([user('a'), assistant('b'), user('c')])).toThrow(
    expect.objectContaining({ code: 'BAD_TEMPLATE' }),
  );
});

test('calls of tools and their results are shown as the template has them, and tools where they are given', () => {
  const format = formatOf(
    '{% for t in tools %}[{{ t.function.name }}]{% endfor %}{% for m in messages %}<{{ m.role }}>{% if m.tool_calls %}{% for c in m.tool_calls %}{{ c.id }}:{{ c.function.name }}({% for k, v in c.function.arguments|items %}{{ k }}={{ v }}{% endfor %}){% endfor %}{% else %}{{ m.tool_call_id }}{{ m.name }}{{ m.content }}{% endif %}{% endfor %}',
  );
  const call = { id: 'c1', name: 'look', arguments: '{"at":"Bern"}' };
  const messages = [
    user('Sun?'),
    { ...assistant(''), toolCalls: [call, { ...call, id: 'c2' }] },
    { role: 'tool' as const, content: 'sun', toolCallId: 'c1', name: 'look' },
    { role: 'tool' as const, content: 'rain', toolCallId: 'c2', name: 'look' },
  ];
  const tools = [{ type: 'function', function: { name: 'look' } }];
  expect(format.prompt(messages, { tools })).toBe(
    '[look]<user>Sun?<assistant>c1:look(at=Bern)c2:look(at=Bern)<tool>c1looksun<tool>c2lookrain',
  );
  const wrong = { ...assistant(''), toolCalls: [{ ...call, arguments: '[1]' }] };
  expect(() => format.prompt([user('Sun?'), wrong])).toThrow(
    'messages: the arguments of a call of look are not the JSON of an object',
  );
});

test('a template that leaves out the results of tools says so', () => {
  const messages = [user('Sun?'), assistant('Hm'), { role: 'tool' as const, content: 'sun', toolCallId: 'c1' }];
  expect(() => formatOf(QWEN).prompt(messages)).toThrow('it leaves out what the tool says');
});
