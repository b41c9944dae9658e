// Messages as Anthropic's own client and Claude Code send them.
import Anthropic from '@anthropic-ai/sdk';
import { beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../refusal.js';
import { call, end, scripted, text, thinking, until } from '../../scripted-backend.test-support.js';

const { backend, url, says, asked } = scripted();
let anthropic: Anthropic;
beforeAll(() => {
  anthropic = new Anthropic({ baseURL: url(), apiKey: 'none', maxRetries: 0 });
});
const model = 'tiny-chat';
const user = { role: 'user' as const, content: 'Hi' };
const tool = { name: 'look', input_schema: { type: 'object' as const } };

test('a whole answer', async () => {
  says(thinking('Hm'), text('Hello'), ...call(0, 'look', '{"a"', ':1}'), end('tool-calls'));
  const message = await anthropic.messages.create({ model, max_tokens: 9, messages: [user], tools: [tool] });
  expect(message).toMatchObject({
    type: 'message',
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'Hm' },
      { type: 'text', text: 'Hello' },
      { type: 'tool_use', id: 'call_0', name: 'look', input: { a: 1 } },
    ],
    stop_reason: 'tool_use',
    usage: { input_tokens: 7, cache_read_input_tokens: 4, output_tokens: 5 },
  });
});

test('the client assembles a stream', async () => {
  says(
    thinking('H'),
    thinking('m'),
    100,
    text('Hel'),
    text('lo'),
    ...call(0, 'look', '{"a"', ':1}'),
    end('tool-calls'),
  );
  const stream = anthropic.messages.stream({ model, max_tokens: 9, messages: [user], tools: [tool] });
  let said = '';
  stream.on('text', (piece) => {
    said += piece;
  });
  const message = await stream.finalMessage();
  expect(said).toBe('Hello');
  expect(message).toMatchObject({
    content: [
      { type: 'thinking', thinking: 'Hm' },
      { type: 'text', text: 'Hello' },
      { type: 'tool_use', name: 'look', input: { a: 1 } },
    ],
    stop_reason: 'tool_use',
    usage: { output_tokens: 5 },
  });
});

test.each([
  ['end_turn', end()],
  ['stop_sequence', end('stop', '\n')],
  ['max_tokens', end('max-tokens')],
  ['model_context_window_exceeded', end('context-full')],
])('the answer ended because of %s', async (reason, line) => {
  says(text('x'), line);
  const { stop_reason, stop_sequence } = await anthropic.messages.create({ model, max_tokens: 9, messages: [user] });
  expect([stop_reason, stop_sequence]).toEqual([reason, reason === 'stop_sequence' ? '\n' : null]);
});

describe('what the backend is asked', () => {
  test('calls, results, thoughts and several texts in one message', async () => {
    says(end());
    await anthropic.messages.create({
      model,
      max_tokens: 2000,
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: cc_version=2.1; cch=9f3;' },
        { type: 'text', text: 'You are Claude Code', cache_control: { type: 'ephemeral' } },
        { type: 'text', text: 'Be short' },
      ],
      messages: [
        user,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm', signature: 'x' },
            { type: 'text', text: 'I look' },
            { type: 'tool_use', id: 't1', name: 'look', input: { a: 1 } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'seen' }] },
            { type: 'text', text: 'go on' },
          ],
        },
      ],
      tools: [tool, { type: 'web_search_20250305', name: 'web_search' }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      stop_sequences: ['END'],
      // The client's types lack fields that the newest models no longer accept.
      ...({ temperature: 0, top_k: 4 } as object),
      thinking: { type: 'enabled', budget_tokens: 1024 },
      metadata: { user_id: 'u1' },
    });
    expect(asked()).toMatchObject({
      maxTokens: 2000,
      stop: ['END'],
      sampling: ['--temp', '0', '--top-k', '4'],
      thinking: { enabled: true, maxTokens: 1024 },
      toolChoice: 'required',
      parallelToolCalls: false,
      affinity: 'u1',
    });
    expect(asked().tools).toEqual([{ name: 'look', description: undefined, parameters: { type: 'object' } }]);
    expect(asked().prompt).toEqual({
      messages: [
        { role: 'system', content: 'You are Claude Code\nBe short' },
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: 'I look',
          reasoning: 'Hm',
          toolCalls: [{ id: 't1', name: 'look', arguments: '{"a":1}' }],
        },
        { role: 'tool', content: 'seen', toolCallId: 't1', name: 'look' },
        { role: 'user', content: 'go on' },
      ],
    });
  });

  test('the tools runner goes on until there is nothing to call', async () => {
    backend.scripts = [
      [...call(0, 'add', '{"a":1,"b":2}'), end('tool-calls')],
      [text('It is 3'), end()],
    ];
    const runner = anthropic.beta.messages.toolRunner({
      model,
      max_tokens: 9,
      system: 'Be brief',
      messages: [user],
      tools: [
        {
          name: 'add',
          input_schema: { type: 'object' },
          run: async (given: unknown) => {
            const { a, b } = given as { a: number; b: number };
            return String(a + b);
          },
          parse: (given: unknown) => given,
        },
      ],
    });
    const { content } = await runner;
    expect(content).toMatchObject([{ type: 'text', text: 'It is 3' }]);
    // The client expects the server to keep the conversation; after the refusal it sends the whole conversation again.
    expect(backend.asked).toHaveLength(2);
    expect(asked().tools).toMatchObject([{ name: 'add' }]);
    expect(asked().prompt).toEqual({
      messages: [
        { role: 'system', content: 'Be brief' },
        user,
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'call_0', name: 'add', arguments: '{"a":1,"b":2}' }],
        },
        { role: 'tool', content: '3', toolCallId: 'call_0', name: 'add' },
      ],
    });
  });

  test('counts the tokens of a prompt', async () => {
    expect(await anthropic.messages.countTokens({ model, messages: [user] })).toEqual({ input_tokens: 11 });
  });

  test('lists the models', async () => {
    const { data } = await anthropic.models.list();
    expect(data).toMatchObject([{ type: 'model', id: model, display_name: 'Tiny Chat' }]);
  });
});

describe('errors', () => {
  test('have the shape and the class that the client expects', async () => {
    const failure = await anthropic.messages
      .create({ model, max_tokens: 9, messages: [{ role: 'user', content: [{ type: 'image' } as never] }] })
      .catch((error) => error);
    expect(failure).toBeInstanceOf(Anthropic.BadRequestError);
    expect(failure.error).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
    expect(failure.error.error.message).toMatch(/^messages\[0\]\.content\[0\]: /);
    expect(failure.requestID).toBe(failure.error.request_id);
    await expect(anthropic.messages.create({ model: 'x', max_tokens: 9, messages: [user] })).rejects.toBeInstanceOf(
      Anthropic.NotFoundError,
    );
  });

  test('refuse a conversation that the server is supposed to have kept', async () => {
    const thread = anthropic.beta.messages.thread({ model, max_tokens: 9 });
    const failure = await thread.send(user).catch((error) => error);
    expect(failure).toBeInstanceOf(Anthropic.BadRequestError);
    expect(failure.error.error).toMatchObject({
      type: 'invalid_request_error',
      details: { error_code: 'thread_unsupported_request', unsupported: ['thread'] },
    });
    expect(backend.asked).toEqual([]);
  });

  test('make the client send the whole conversation, so that nothing is forgotten', async () => {
    says(text('Hello'), end());
    const thread = anthropic.beta.messages.thread({
      model,
      max_tokens: 9,
      system: 'Be brief',
      unsupportedRequestBehavior: 'continue_unthreaded',
    });
    await thread.send(user);
    await thread.send({ role: 'user', content: 'And now?' });
    expect(asked().prompt).toEqual({
      messages: [
        { role: 'system', content: 'Be brief' },
        user,
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'And now?' },
      ],
    });
  });

  test('in the middle of a stream reach the client', async () => {
    says(text('x'), new Refusal('unavailable', 'the canister is being upgraded'));
    await expect(anthropic.messages.stream({ model, max_tokens: 9, messages: [user] }).finalMessage()).rejects.toThrow(
      /overloaded_error.*being upgraded/,
    );
  });

  test('an answer is cancelled when its client goes away', async () => {
    says(text('x'), 2_000, text('y'), end());
    const stream = anthropic.messages.stream({ model, max_tokens: 9, messages: [user] });
    for await (const event of stream) if (event.type === 'content_block_delta') break;
    stream.abort();
    await until(() => backend.cancelled === 1);
  });
});
