// Chat completions as OpenAI's own client has them, and what it does not look at.
import OpenAI, { type APIError } from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Ask } from '../../backend.js';
import { Refusal } from '../../refusal.js';
import {
  call,
  end,
  type Line,
  type Running,
  running,
  ScriptedBackend,
  text,
  thinking,
  token,
  until,
} from '../../scripted-backend.test-support.js';

const backend = new ScriptedBackend();
let gateway: Running;
let openai: OpenAI;
beforeAll(async () => {
  gateway = await running({ backend, pingMs: 40, patienceMs: 150 });
  openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(() => gateway.listening.close(0));
beforeEach(() => {
  backend.asked.length = 0;
  backend.refusal = undefined;
  backend.cancelled = 0;
});

const says = (...lines: Line[]): void => {
  backend.scripts = [lines];
};
const asked = (): Ask => backend.asked.at(-1)!;
const messages = [{ role: 'user' as const, content: 'Hi' }];
const model = 'tiny-chat';

const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

// biome-ignore lint/suspicious/noExplicitAny: looked at piece by piece
function chunksOf(stream: string): any[] {
  const data = stream.split('\n').filter((line) => line.startsWith('data: '));
  expect(data.at(-1)).toBe('data: [DONE]');
  return data.slice(0, -1).map((line) => JSON.parse(line.slice(6)));
}

describe('an answer in one piece', () => {
  test('text, why it ended, what it took', async () => {
    says(text('Hello'), text(' there'), end());
    const answer = await openai.chat.completions.create({ model, messages });
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 11,
        completion_tokens: 5,
        total_tokens: 16,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 2 },
        cost: { instructions: 123_000_000, cycles: 456_000, price: 789 },
      },
    });
    expect(answer.id).toMatch(/^chatcmpl-/);
  });

  test('thoughts by both names', async () => {
    says(thinking('Hm'), text('Yes'), end());
    const { choices } = await openai.chat.completions.create({ model, messages });
    expect(choices[0]!.message).toMatchObject({ content: 'Yes', reasoning: 'Hm', reasoning_content: 'Hm' });
  });

  test('several choices, each with its seed', async () => {
    backend.scripts = [
      [text('one'), end()],
      [text('two'), end('max-tokens')],
    ];
    const { choices, usage } = await openai.chat.completions.create({ model, messages, n: 2, seed: 7 });
    expect(choices.map(({ message, finish_reason }) => [message.content, finish_reason])).toEqual([
      ['one', 'stop'],
      ['two', 'length'],
    ]);
    expect(backend.asked.map(({ seed }) => seed)).toEqual([7, 8]);
    expect(usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 10 });
  });

  test('probabilities of tokens', async () => {
    says(text('Hi'), token('Hi', -0.1, ['Hi', -0.1], ['Yo', -2]), end());
    const { choices } = await openai.chat.completions.create({ model, messages, logprobs: true, top_logprobs: 2 });
    expect(asked().logprobs).toBe(2);
    expect(choices[0]!.logprobs!.content).toEqual([
      {
        token: 'Hi',
        logprob: -0.1,
        bytes: [72, 105],
        top_logprobs: [
          { token: 'Hi', logprob: -0.1, bytes: [72, 105] },
          { token: 'Yo', logprob: -2, bytes: [89, 111] },
        ],
      },
    ]);
  });

  test('one that takes long begins with blanks, and is JSON all the same', async () => {
    says(300, text('late'), end());
    const raw = await (await post({ model, messages })).text();
    expect(raw).toMatch(/^ +\{/);
    expect(JSON.parse(raw).choices[0].message.content).toBe('late');
  });

  test('one that fails late breaks off: it is never taken for an answer', async () => {
    vi.spyOn(console, 'error').mockImplementationOnce(() => {});
    says(300, new Refusal('failed', 'no'));
    await expect(openai.chat.completions.create({ model, messages })).rejects.toThrow();
  });
});

describe('a stream', () => {
  test('each chunk has a finish_reason, and the last one has what it took, if it is asked for', async () => {
    says(text('a'), text('b'), end());
    const plain = chunksOf(await (await post({ model, messages, stream: true })).text());
    expect(plain.map(({ choices }) => choices[0].finish_reason)).toEqual([null, null, null, 'stop']);
    expect(plain.every((chunk) => !('usage' in chunk))).toBe(true);
    const body = { model, messages, stream: true, stream_options: { include_usage: true } };
    const chunks = chunksOf(await (await post(body)).text());
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 16 } });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  test('the client puts it together', async () => {
    says(thinking('Hm'), text('Hel'), text('lo'), ...call(0, 'look', '{"a"', ':1}'), end('tool-calls'));
    const stream = openai.chat.completions.stream({ model, messages });
    const { choices } = await stream.finalChatCompletion();
    expect(choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: 'Hello',
        tool_calls: [{ id: 'call_0', function: { name: 'look', arguments: '{"a":1}' } }],
      },
    });
  });

  test('the name of a tool comes once', async () => {
    says(...call(0, 'look', '{"a"', ':1}'), ...call(1, 'see', '{}'), end('tool-calls'));
    const chunks = chunksOf(await (await post({ model, messages, stream: true })).text());
    const calls = chunks.flatMap(({ choices }) => choices[0].delta.tool_calls ?? []);
    expect(calls.flatMap((each) => each.function.name ?? [])).toEqual(['look', 'see']);
    expect(calls.every((each) => typeof each.function.arguments === 'string')).toBe(true);
    expect(calls.filter((each) => each.id !== undefined).map(({ id }) => id)).toEqual(['call_0', 'call_1']);
  });

  test('several choices at once', async () => {
    backend.scripts = [
      [text('a'), 20, text('b'), end()],
      [text('c'), end('max-tokens')],
    ];
    const chunks = chunksOf(await (await post({ model, messages, stream: true, n: 2 })).text());
    const said = [0, 1].map((index) =>
      chunks
        .flatMap(({ choices }) => choices)
        .filter((choice) => choice.index === index)
        .map(({ delta }) => delta.content ?? '')
        .join(''),
    );
    expect(said).toEqual(['ab', 'c']);
  });

  test('probabilities come with their text', async () => {
    says(
      thinking('Hm'),
      token('Hm', -3),
      text('Hi'),
      token('Hi', -0.5, ['Hi', -0.5]),
      // A part of a character has no text of its own, and what ends the answer has none at all.
      token('\ufffd', -2),
      text(' you'),
      token(' you', -1),
      token('<|im_end|>', -4),
      end(),
    );
    const stream = openai.chat.completions.stream({ model, messages, logprobs: true });
    const { choices } = await stream.finalChatCompletion();
    expect(choices[0]!.message.content).toBe('Hi you');
    expect(choices[0]!.logprobs!.content!.map((each) => [each.token, each.logprob])).toEqual([
      ['Hi', -0.5],
      ['\ufffd', -2],
      [' you', -1],
    ]);
  });

  test('says in comments that it is alive, and how far', async () => {
    says({ type: 'progress', state: 'reading', place: 2, messagesLeft: 3 }, 150, text('x'), end());
    const stream = await (await post({ model, messages, stream: true })).text();
    expect(stream).toContain(': reading, 2 before it, 3 messages left\n\n');
    says(text('x'), 130, text('y'), end());
    const answer = await openai.chat.completions.stream({ model, messages }).finalContent();
    expect(answer).toBe('xy');
  });

  test('what goes wrong in the middle is an error for the client', async () => {
    says(text('x'), new Refusal('failed', 'the model went away'));
    const stream = await openai.chat.completions.create({ model, messages, stream: true });
    await expect(
      (async () => {
        for await (const _ of stream);
      })(),
    ).rejects.toThrow('the model went away');
  });

  test('who goes away cancels it, unless he asked to keep it', async () => {
    for (const kept of [false, true]) {
      says(text('x'), 200, text('y'), end());
      backend.cancelled = 0;
      const abort = new AbortController();
      const stream = await openai.chat.completions.create(
        { model, messages, stream: true },
        { signal: abort.signal, ...(kept ? { headers: { 'llama-keep': '1' } } : {}) },
      );
      let id = '';
      for await (const chunk of stream) {
        id = chunk.id;
        if (chunk.choices[0]!.delta.content === 'x') break;
      }
      abort.abort();
      if (kept) {
        const rest = await (await fetch(`${gateway.url}/v1/streams/${id}?starting_after=1`)).text();
        const chunks = chunksOf(rest);
        expect(chunks[0].choices[0].delta.content).toBe('y');
        expect(rest).toMatch(/^(?:: .*\n\n)*id: 2\n/);
        const again = await fetch(`${gateway.url}/v1/streams/${id}`, { headers: { 'last-event-id': '2' } });
        expect(chunksOf(await again.text())[0].choices[0].finish_reason).toBe('stop');
        expect(backend.cancelled).toBe(0);
      } else await until(() => backend.cancelled === 1);
    }
  });

  test('a stream that nobody has is not found', async () => {
    const response = await fetch(`${gateway.url}/v1/streams/chatcmpl-nothing`);
    expect([response.status, (await response.json()).error.type]).toEqual([404, 'invalid_request_error']);
  });
});

describe('what is asked', () => {
  test('settings of samplers become flags', async () => {
    says(end());
    await openai.chat.completions.create({
      model,
      messages,
      temperature: 0,
      top_p: 0.5,
      presence_penalty: -1,
      logit_bias: { 5: -100, 7: 2.5 },
      stop: ['\n', ''],
      seed: -2,
      max_tokens: null,
      max_completion_tokens: 9,
      ...({ top_k: 3, min_p: 1e-7 } as object),
    });
    expect(asked()).toMatchObject({ stop: ['\n'], seed: 4_294_967_294, maxTokens: 9, logprobs: undefined });
    expect(asked().sampling).toEqual(
      [
        ['--temp', '0'],
        ['--top-p', '0.5'],
        ['--top-k', '3'],
        ['--min-p', '0.0000001'],
        ['--presence-penalty', '-1'],
        ['--logit-bias', '5-100'],
        ['--logit-bias', '7+2.5'],
      ].flat(),
    );
  });

  test('null is as if it were not there', async () => {
    says(end());
    const fields = ['max_tokens', 'max_completion_tokens', 'temperature', 'stop', 'n', 'seed', 'tools', 'tool_choice'];
    const others = ['response_format', 'logprobs', 'top_logprobs', 'stream', 'stream_options', 'reasoning_effort'];
    const nothing = Object.fromEntries([...fields, ...others].map((field) => [field, null]));
    expect((await post({ model, messages, ...nothing })).status).toBe(200);
    expect(asked()).toMatchObject({ maxTokens: undefined, sampling: [], stop: [], tools: [] });
  });

  test('developer is system, system messages are one, roles take turns', async () => {
    says(end());
    await openai.chat.completions.create({
      model,
      messages: [
        { role: 'developer', content: 'A' },
        { role: 'system', content: [{ type: 'text', text: 'B' }] },
        { role: 'user', content: 'c' },
        { role: 'user', content: 'd' },
        { role: 'assistant', content: 'e' },
        { role: 'system', content: 'F' },
        { role: 'user', content: 'g' },
      ],
    });
    expect(asked().prompt).toEqual({
      messages: [
        { role: 'system', content: 'A\n\nB' },
        { role: 'user', content: 'c\n\nd' },
        { role: 'assistant', content: 'e' },
        { role: 'user', content: 'F\n\ng' },
      ],
    });
  });

  test('calls of tools and their results', async () => {
    says(end());
    const tool = { id: 'c1', type: 'function' as const, function: { name: 'look', arguments: '{}' } };
    await openai.chat.completions.create({
      model,
      messages: [
        ...messages,
        { role: 'assistant', content: null, tool_calls: [tool], ...({ reasoning_content: 'Hm' } as object) },
        { role: 'tool', tool_call_id: 'c1', content: 'seen' },
      ],
    });
    expect(asked().prompt).toEqual({
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: '',
          reasoning: 'Hm',
          toolCalls: [{ id: 'c1', name: 'look', arguments: '{}' }],
        },
        { role: 'tool', content: 'seen', toolCallId: 'c1', name: 'look' },
      ],
    });
  });

  test('tools of types that the model cannot use are left out, namespaces are flattened', async () => {
    says(end());
    const parameters = { type: 'object', properties: { q: { type: 'string' } } };
    const response = await post({
      model,
      messages,
      tools: [
        { type: 'function', function: { name: 'look', parameters } },
        { type: 'web_search' },
        { type: 'namespace', name: 'mcp__files', tools: [{ type: 'function', name: 'read', parameters }] },
      ],
      tool_choice: { type: 'function', function: { name: 'look' } },
      parallel_tool_calls: false,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('llama-ignored')).toContain('web_search');
    expect(asked().tools.map(({ name }) => name)).toEqual(['look', 'mcp__files__read']);
    expect(asked()).toMatchObject({ toolChoice: { name: 'look' }, parallelToolCalls: false });
  });

  test('a schema for the answer', async () => {
    says(text('{"name":"Ada"}'), end());
    const answer = await openai.chat.completions.parse({
      model,
      messages,
      response_format: zodResponseFormat(z.object({ name: z.string() }), 'person'),
    });
    expect(answer.choices[0]!.message.parsed).toEqual({ name: 'Ada' });
    const format = asked().responseFormat;
    expect(format.type === 'json_schema' && JSON.parse(format.schema).required).toEqual(['name']);
    await openai.chat.completions.create({ model, messages, response_format: { type: 'json_object' } });
    expect(asked().responseFormat).toEqual({ type: 'json' });
  });

  test('how it thinks', async () => {
    says(end());
    await openai.chat.completions.create({
      model,
      messages,
      reasoning_effort: 'low',
      ...({ chat_template_kwargs: { enable_thinking: false } } as object),
    });
    expect(asked()).toMatchObject({
      thinking: { enabled: true, effort: 'low' },
      templateArguments: { enable_thinking: false },
    });
    await openai.chat.completions.create({ model, messages, reasoning_effort: 'none' });
    expect(asked().thinking).toEqual({ enabled: false });
  });

  test('the tools runner goes on until there is nothing to call', async () => {
    backend.scripts = [
      [...call(0, 'add', '{"a":1,"b":2}'), end('tool-calls')],
      [text('It is 3'), end()],
    ];
    const runner = openai.chat.completions.runTools({
      model,
      messages,
      tools: [
        {
          type: 'function',
          function: {
            name: 'add',
            description: 'adds',
            parameters: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } },
            parse: JSON.parse,
            function: ({ a, b }: { a: number; b: number }) => String(a + b),
          },
        },
      ],
    });
    expect(await runner.finalContent()).toBe('It is 3');
    expect(asked().prompt).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant' }, { role: 'tool', content: '3', name: 'add' }],
    });
  });
});

describe('what is refused', () => {
  test.each([
    ['messages', { model }],
    ['messages', { model, messages: [] }],
    ['messages[0].role', { model, messages: [{ role: 'wizard', content: 'x' }] }],
    ['messages[0].content', { model, messages: [{ role: 'user', content: 5 }] }],
    [
      'messages[0].content[1]',
      { model, messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }, { type: 'image_url' }] }] },
    ],
    ['temperature', { model, messages, temperature: 'hot' }],
    ['temperature', { model, messages, temperature: -1 }],
    ['n', { model, messages, n: 100 }],
    ['top_logprobs', { model, messages, top_logprobs: 3 }],
    ['tool_choice', { model, messages, tool_choice: 'required' }],
    ['tool_choice', { model, messages, tool_choice: 'perhaps' }],
    ['tools[0].function.name', { model, messages, tools: [{ type: 'function', function: { name: '' } }] }],
    ['logit_bias.hello', { model, messages, logit_bias: { hello: 1 } }],
    ['response_format.type', { model, messages, response_format: { type: 'xml' } }],
    ['stop[1]', { model, messages, stop: ['a', 1] }],
    [
      'a.__proto__',
      `{"model":"tiny-chat","messages":[{"role":"user","content":"x"}],"a":{"__proto__":{"admin":true}}}`,
    ],
  ])('%s', async (param, body) => {
    const response = await post(body);
    const { error } = await response.json();
    expect([response.status, error.type, error.param]).toEqual([400, 'invalid_request_error', param]);
    expect(error.message.startsWith(`${param}: `)).toBe(true);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('a model that is not there, as the client has errors', async () => {
    const failure = await openai.chat.completions.create({ model: 'gpt', messages }).catch((error: APIError) => error);
    expect(failure).toBeInstanceOf(OpenAI.NotFoundError);
    expect(failure).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    expect((failure as APIError).message).toContain('tiny-chat');
    expect((failure as APIError).requestID).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('what the canister refuses', async () => {
    backend.refusal = new Refusal('unavailable', 'busy', { retryAfter: 3 });
    const response = await post({ model, messages, stream: true });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '3']);
    expect(await response.json()).toMatchObject({ error: { message: 'busy', type: 'server_error' } });
  });
});
