import { beforeAll, describe, expect, it } from 'vitest';
import { BareCanister } from './metered.js';

let canister: BareCanister;
beforeAll(async () => {
  canister = await BareCanister.create('testing/costs.ts');
});

function ask(method: string, template: string, variables: unknown): string[] {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(Buffer.byteLength(template));
  const argument = Buffer.concat([size, Buffer.from(template), Buffer.from(JSON.stringify(variables))]);
  return new TextDecoder().decode(canister.update(method, argument)).split(' ');
}

/** What reading and rendering take, page charges included. */
function cost(template: string, variables: unknown) {
  const [read, render, steps, bytes, ...error] = ask('render', template, variables);
  return {
    read: Number(read),
    render: Number(render),
    steps: Number(steps),
    bytes: Number(bytes),
    error: error.join(' '),
  };
}

// What published templates do with each message: search for thinking, tools and earlier turns.
const template = `{{- bos_token }}{%- set ns = namespace(last=messages|length - 1, many=false) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if not ns.many and message.role == "user" and not (message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set ns.many = true %}
        {%- set ns.last = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}{% set content = message.content | trim %}{% else %}{% set content = '' %}{% endif %}
    {%- if message.role == "user" or message.role == "system" %}
        {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {%- set reasoning = '' %}
        {%- if '</think>' in content %}
            {%- set content = message.content.split('</think>')[-1].lstrip('\\n') %}
            {%- set reasoning = message.content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
        {%- endif %}
        {{- '<|im_start|>' + message.role + '\\n<think>\\n' + reasoning + '\\n</think>\\n\\n' + content }}
        {%- for call in message.tool_calls or [] %}
            {{- '<tool_call>\\n{"name": "' ~ call.function.name ~ '", "arguments": ' ~ (call.function.arguments | tojson) ~ '}\\n</tool_call>' }}
        {%- endfor %}
        {{- '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}`;

const words = 'The llama went to the market, bought “naïve” café au lait and came back; 東京 was far. ';
const conversation = (messages: number, bytes: number) => ({
  messages: Array.from({ length: messages }, (_, i) => {
    const content = words.repeat(Math.ceil(bytes / messages / Buffer.byteLength(words)));
    return i % 2
      ? { role: 'assistant', content: `<think>\n${content.slice(0, 40)}\n</think>\n\n${content}` }
      : { role: 'user', content };
  }),
  add_generation_prompt: true,
});

describe('instructions, page charges included,', () => {
  it.each([
    ['a conversation of 10 KB in 2 messages', 2],
    ['a conversation of 10 KB in 20 messages', 20],
    ['a conversation of 10 KB in 100 messages', 100],
  ])('to render %s: less than 30 M', (_, messages) => {
    const { render, bytes, error } = cost(template, conversation(messages, 10_000));
    expect(error).toBe('');
    expect(bytes).toBeGreaterThan(9_500);
    expect(render).toBeLessThan(15e6);
    // Rendered once with marks to see whether everything is shown, then as it is.
    const [prompt, length] = ask('prompt', template, conversation(messages, 10_000));
    expect(Number(length)).toBe(bytes);
    expect(Number(prompt)).toBeLessThan(30e6);
  });

  it('to read a template: less than 2 k a byte', () => {
    const { read } = cost(template, {});
    expect(read).toBeLessThan(3e6 + 2e3 * template.length);
  });

  it('of a step: less than 600, for any template', () => {
    for (const [hostile, variables] of [
      ['{% set l = range(2000) %}{% for i in l %}{% for k in l %}{{ k }}{% endfor %}{% endfor %}', {}],
      [
        '{% set ns = namespace(s="") %}{% for i in range(5000) %}{% set ns.s = ns.s + "0123456789" %}{{ ns.s | length }}{% endfor %}',
        {},
      ],
      [
        '{% for i in range(100000) %}{{ d.z }}{% endfor %}',
        { d: Object.fromEntries([...'abcdefghijklmnopqrstuvwxyz'].map((key) => [key, key])) },
      ],
      [
        '{% for i in range(3000) %}{% set x = t.split(" ") | join("-") | upper %}{% endfor %}',
        { t: 'ab '.repeat(200) },
      ],
      ['{% for i in range(20000) %}{% set x = t | trim | tojson %}{% endfor %}', { t: '\n\n"'.repeat(100) }],
      ['{% for i in range(3000) %}{% set x = "aaaaaaaaaaaaaaaaaaaaab" in t %}{% endfor %}', { t: 'a'.repeat(5000) }],
      ['{% for i in range(3000) %}{% set x = t.replace("a", "bc") %}{% endfor %}', { t: 'a'.repeat(500) }],
      [
        '{% for i in range(300) %}{% set x = l | sort | unique | map("string") | list %}{% endfor %}',
        { l: Array.from({ length: 200 }, (_, i) => `x${(i * 7919) % 200}`) },
      ],
      ['{% for i in range(20000) %}{% set x = (i / 7) | string %}{% endfor %}', {}],
      ['{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(17) }}', {}],
      ['{% for i in range(20000) %}{{ t[-1] }}{{ t[5:7] }}{{ t[::-1] | length }}{% endfor %}', { t: 'é'.repeat(100) }],
    ] as const) {
      const { render, steps, error } = cost(hostile, variables);
      expect(steps, hostile + error).toBeGreaterThan(10_000);
      expect(render / steps, hostile).toBeLessThan(600);
    }
  });
});
