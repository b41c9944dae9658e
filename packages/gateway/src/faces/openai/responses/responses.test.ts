// Responses as OpenAI's own client reads them, and as Codex asks for them.
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Refusal } from '../../../refusal.js';
import { call, end, scripted, text, thinking, token, until } from '../../../scripted-backend.test-support.js';

const { backend, url, says, asked } = scripted();
let openai: OpenAI;
beforeAll(() => {
  openai = new OpenAI({ baseURL: `${url()}/v1`, apiKey: 'none', maxRetries: 0 });
});
const model = 'tiny-chat';

test('a whole answer', async () => {
  says(thinking('Hm'), text('Hello'), token('Hello', -1), end());
  const response = await openai.responses.create({
    model,
    input: 'Hi',
    instructions: 'Be short',
    include: ['message.output_text.logprobs'],
  });
  expect(response).toMatchObject({
    object: 'response',
    status: 'completed',
    output_text: 'Hello',
    output: [
      { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hm' }] },
      { type: 'message', role: 'assistant', content: [{ text: 'Hello', logprobs: [{ token: 'Hello' }] }] },
    ],
    usage: { input_tokens: 11, input_tokens_details: { cached_tokens: 4 }, output_tokens: 5, total_tokens: 16 },
  });
  expect(asked().prompt).toEqual({
    messages: [
      { role: 'system', content: 'Be short' },
      { role: 'user', content: 'Hi' },
    ],
  });
});

test('the client assembles a stream, which has every event in its order', async () => {
  says(thinking('Hm'), text('Hel'), text('lo'), ...call(0, 'look', '{"a"', ':1}'), end('tool-calls'));
  const types: string[] = [];
  const stream = openai.responses.stream({
    model,
    input: 'Hi',
    tools: [{ type: 'function', name: 'look', parameters: { type: 'object' }, strict: false }],
  });
  const numbers: number[] = [];
  for await (const event of stream) {
    types.push(event.type);
    numbers.push(event.sequence_number);
  }
  const final = await stream.finalResponse();
  expect(numbers).toEqual(numbers.map((_, i) => i));
  expect(types.map((type) => type.replace('response.', ''))).toEqual([
    'created',
    'in_progress',
    'output_item.added',
    'content_part.added',
    'reasoning_text.delta',
    'reasoning_text.done',
    'content_part.done',
    'output_item.done',
    'output_item.added',
    'content_part.added',
    'output_text.delta',
    'output_text.delta',
    'output_text.done',
    'content_part.done',
    'output_item.done',
    'output_item.added',
    'function_call_arguments.delta',
    'function_call_arguments.delta',
    'function_call_arguments.done',
    'output_item.done',
    'completed',
  ]);
  expect(final.output_text).toBe('Hello');
  expect(final.output[2]).toMatchObject({
    type: 'function_call',
    name: 'look',
    arguments: '{"a":1}',
    call_id: 'call_0',
  });
});

test('thoughts as a summary, for clients that show only that', async () => {
  says(thinking('Hm'), text('x'), end());
  const stream = openai.responses.stream({ model, input: 'Hi', reasoning: { effort: 'high', summary: 'auto' } });
  let summary = '';
  stream.on('response.reasoning_summary_text.delta', ({ delta }) => {
    summary += delta;
  });
  const { output } = await stream.finalResponse();
  expect([summary, output[0]]).toMatchObject(['Hm', { summary: [{ type: 'summary_text', text: 'Hm' }] }]);
  expect(asked().thinking).toEqual({ enabled: true, effort: 'high' });
});

describe('a conversation', () => {
  test('goes on from a response', async () => {
    says(text('Ada'), end());
    const first = await openai.responses.create({ model, input: 'Who?', instructions: 'A' });
    says(text('1815'), end());
    const second = await openai.responses.create({ model, input: 'When?', previous_response_id: first.id });
    expect(asked().prompt).toEqual({
      messages: [
        { role: 'user', content: 'Who?' },
        { role: 'assistant', content: 'Ada' },
        { role: 'user', content: 'When?' },
      ],
    });
    const again = await openai.responses.retrieve(second.id);
    expect([again.output_text, again.previous_response_id]).toEqual(['1815', first.id]);
    expect((await openai.responses.inputItems.list(second.id)).data).toMatchObject([{ content: 'When?' }]);
    await openai.responses.delete(first.id);
    await expect(
      openai.responses.create({ model, input: 'And?', previous_response_id: first.id }),
    ).rejects.toMatchObject({
      status: 400,
      param: 'previous_response_id',
      code: 'previous_response_not_found',
    });
  });

  test('can refer to earlier items, but not to those of another key', async () => {
    says(...call(0, 'look', '{}'), end('tool-calls'));
    const tools = [{ type: 'function' as const, name: 'look', parameters: { type: 'object' }, strict: false }];
    const { output } = await openai.responses.create({ model, input: 'Look', tools });
    const items = [
      { role: 'user' as const, content: 'Look' },
      ...output.map(({ id }) => ({ type: 'item_reference' as const, id: id! })),
      { type: 'function_call_output' as const, call_id: 'call_0', output: 'a cat' },
    ];
    says(text('A cat'), end());
    await openai.responses.create({ model, input: items, tools });
    expect(asked().prompt).toEqual({
      messages: [
        { role: 'user', content: 'Look' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'call_0', name: 'look', arguments: '{}' }] },
        { role: 'tool', content: 'a cat', toolCallId: 'call_0', name: 'look' },
      ],
    });
  });

  test('lists its input in pages, the newest first', async () => {
    says(text('x'), end());
    const input = ['a', 'b', 'c'].map((content) => ({ role: 'user' as const, content }));
    const { id } = await openai.responses.create({ model, input });
    const contents = async (query: object) =>
      (await openai.responses.inputItems.list(id, query)).data.map((item) => (item as { content: unknown }).content);
    expect(await contents({ limit: 2 })).toEqual(['c', 'b']);
    expect(await contents({ order: 'asc', after: 'item_0' })).toEqual(['b', 'c']);
    await expect(contents({ limit: 101 })).rejects.toMatchObject({ status: 400, param: 'limit' });
    await expect(contents({ order: 'up' })).rejects.toMatchObject({ status: 400, param: 'order' });
  });

  test('has calls of tools, whose results come with the next request', async () => {
    says(...call(0, 'look', '{}'), end('tool-calls'));
    const tools = [{ type: 'function' as const, name: 'look', parameters: { type: 'object' }, strict: false }];
    const first = await openai.responses.create({ model, input: 'Look', tools });
    says(text('seen'), end());
    await openai.responses.create({
      model,
      tools,
      previous_response_id: first.id,
      input: [{ type: 'function_call_output', call_id: 'call_0', output: 'a cat' }],
    });
    expect(asked().prompt).toEqual({
      messages: [
        { role: 'user', content: 'Look' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'call_0', name: 'look', arguments: '{}' }] },
        { role: 'tool', content: 'a cat', toolCallId: 'call_0', name: 'look' },
      ],
    });
  });

  test('cannot go on from a response that was not stored', async () => {
    says(text('x'), end());
    const { id } = await openai.responses.create({ model, input: 'Hi', store: false });
    await expect(openai.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });
});

test("Codex's request: tools in namespaces, hosted tools, items of all kinds", async () => {
  says(...call(0, 'mcp__files__read', '{"path":"x"}'), end('tool-calls'));
  const body = {
    model,
    stream: false,
    store: false,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: 'thread-1',
    client_metadata: { a: 'b' },
    instructions: 'You are Codex',
    input: [
      { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'rules' }] },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'read x' }] },
      { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'Hm' }], encrypted_content: null },
      { type: 'function_call', call_id: 'c', name: 'read', namespace: 'mcp__files__', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c', output: 'no' },
      { type: 'web_search_call', id: 'w', status: 'completed' },
    ],
    tools: [
      { type: 'web_search' },
      {
        type: 'namespace',
        name: 'mcp__files__',
        description: 'files',
        tools: [{ type: 'function', name: 'read', parameters: { type: 'object' }, strict: false }],
      },
    ],
    tool_choice: 'auto',
    parallel_tool_calls: false,
  };
  const answer = await fetch(`${url()}/v1/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([answer.status, answer.headers.get('llama-ignored')]).toEqual([
    200,
    'input items of type web_search_call, tools of type web_search, client_metadata',
  ]);
  expect((await answer.json()).output).toMatchObject([
    { type: 'function_call', name: 'read', namespace: 'mcp__files__', arguments: '{"path":"x"}' },
  ]);
  expect(asked()).toMatchObject({ affinity: 'thread-1', parallelToolCalls: false });
  expect(asked().tools.map(({ name }) => name)).toEqual(['mcp__files__read']);
  expect(asked().prompt).toEqual({
    messages: [
      { role: 'system', content: 'You are Codex\n\nrules' },
      { role: 'user', content: 'read x' },
      {
        role: 'assistant',
        content: '',
        reasoning: 'Hm',
        toolCalls: [{ id: 'c', name: 'mcp__files__read', arguments: '{}' }],
      },
      { role: 'tool', content: 'no', toolCallId: 'c', name: 'mcp__files__read' },
    ],
  });
});

test('a schema for the answer', async () => {
  says(text('{"n":1}'), end());
  const answer = await openai.responses.parse({
    model,
    input: 'Hi',
    text: { format: zodTextFormat(z.object({ n: z.number() }), 'number') },
  });
  expect(answer.output_parsed).toEqual({ n: 1 });
  expect(asked().responseFormat.type).toBe('json_schema');
});

describe('an answer that does not end well', () => {
  test('is incomplete if it is too long', async () => {
    says(text('x'), end('max-tokens'));
    const { status, incomplete_details } = await openai.responses.create({ model, input: 'Hi', max_output_tokens: 1 });
    expect([status, incomplete_details]).toEqual(['incomplete', { reason: 'max_output_tokens' }]);
  });

  test('has its failure as the last event', async () => {
    says(text('x'), new Refusal('failed', 'the model went away'));
    const stream = await openai.responses.create({ model, input: 'Hi', stream: true });
    const events = [];
    for await (const event of stream) events.push(event);
    expect(events.at(-1)).toMatchObject({
      type: 'response.failed',
      response: { status: 'failed', error: { message: 'the model went away' }, output: [{ status: 'incomplete' }] },
    });
  });

  test('is cancelled when the client goes away', async () => {
    says(text('x'), 2_000, text('y'), end());
    const abort = new AbortController();
    const answer = openai.responses.create({ model, input: 'Hi' }, { signal: abort.signal });
    await until(() => backend.asked.length === 1);
    abort.abort();
    await expect(answer).rejects.toThrow();
    await until(() => backend.cancelled === 1);
  });
});

describe('in the background', () => {
  test('an answer goes on by itself, and can be read later', async () => {
    says(text('a'), 100, text('b'), end());
    const first = await openai.responses.create({ model, input: 'Hi', background: true });
    expect(first.status).toBe('in_progress');
    let response = first;
    while (response.status === 'in_progress') response = await openai.responses.retrieve(first.id);
    expect([response.status, response.output_text]).toEqual(['completed', 'ab']);
  });

  test('a stream is resumed after a given event', async () => {
    says(text('a'), 100, text('b'), end());
    const stream = await openai.responses.create({ model, input: 'Hi', background: true, stream: true });
    let id = '';
    for await (const event of stream) {
      if (event.type === 'response.created') id = event.response.id;
      if (event.type === 'response.output_text.delta') break;
    }
    const rest = await openai.responses.retrieve(id, { stream: true, starting_after: 4 });
    const numbers: number[] = [];
    let said = '';
    for await (const event of rest) {
      numbers.push(event.sequence_number);
      if (event.type === 'response.output_text.delta') said += event.delta;
    }
    expect([numbers[0], said]).toEqual([5, 'b']);
  });

  test('an answer can be cancelled', async () => {
    says(text('a'), 5_000, text('b'), end());
    const { id } = await openai.responses.create({ model, input: 'Hi', background: true });
    await until(() => backend.asked.length === 1);
    expect((await openai.responses.cancel(id)).status).toBe('cancelled');
    expect(backend.cancelled).toBe(1);
  });
});
