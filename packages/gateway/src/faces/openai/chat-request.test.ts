// What OpenAI's own client asks of chat completions, and what is refused.
import OpenAI, { type APIError } from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Refusal } from '../../refusal.js';
import { call, end, scripted, text } from '../../scripted-backend.test-support.js';

const { backend, url, says, asked, postJson } = scripted();
let openai: OpenAI;
beforeAll(() => {
  openai = new OpenAI({ baseURL: `${url()}/v1`, apiKey: 'none', maxRetries: 0 });
});
const messages = [{ role: 'user' as const, content: 'Hi' }];
const model = 'tiny-chat';

const post = (body: unknown, headers: Record<string, string> = {}) => postJson('/v1/chat/completions', body, headers);

describe('what the backend is asked', () => {
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

  test('null counts as a missing field', async () => {
    says(end());
    const fields = ['max_tokens', 'max_completion_tokens', 'temperature', 'stop', 'n', 'seed', 'tools', 'tool_choice'];
    const others = ['response_format', 'logprobs', 'top_logprobs', 'stream', 'stream_options', 'reasoning_effort'];
    const nothing = Object.fromEntries([...fields, ...others].map((field) => [field, null]));
    expect((await post({ model, messages, ...nothing })).status).toBe(200);
    expect(asked()).toMatchObject({ maxTokens: undefined, sampling: [], stop: [], tools: [] });
  });

  test('developer counts as system, system messages become one, roles take turns', async () => {
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

  test('how much the model thinks', async () => {
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

  test("a model that is not there is an error of the client's own class", async () => {
    const failure = await openai.chat.completions.create({ model: 'gpt', messages }).catch((error: APIError) => error);
    expect(failure).toBeInstanceOf(OpenAI.NotFoundError);
    expect(failure).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    expect((failure as APIError).message).toContain('tiny-chat');
    expect((failure as APIError).requestID).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('refusals of the canister', async () => {
    backend.refusal = new Refusal('unavailable', 'busy', { retryAfter: 3 });
    const response = await post({ model, messages, stream: true });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '3']);
    expect(await response.json()).toMatchObject({ error: { message: 'busy', type: 'server_error' } });
  });
});
