// Ollama's own client.
import { Ollama } from 'ollama';
import { beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../refusal.js';
import { call, end, scripted, text, thinking, token, until } from '../../scripted-backend.test-support.js';

const { backend, url, says, asked } = scripted();
let ollama: Ollama;
beforeAll(() => {
  ollama = new Ollama({ host: url() });
});
const model = 'tiny-chat';
const messages = [{ role: 'user', content: 'Hi' }];

test('a whole answer', async () => {
  says(thinking('Hm'), text('Hello'), token('Hello', -1), ...call(0, 'look', '{"a"', ':1}'), end('tool-calls'));
  const answer = await ollama.chat({ model, messages, logprobs: true });
  expect(answer).toMatchObject({
    model,
    message: {
      role: 'assistant',
      content: 'Hello',
      thinking: 'Hm',
      tool_calls: [{ function: { name: 'look', arguments: { a: 1 } } }],
    },
    logprobs: [{ token: 'Hello', logprob: -1 }],
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 11,
    eval_count: 5,
  });
});

test('a stream that is silent for a while', async () => {
  says(thinking('Hm'), 150, text('Hel'), 60, text('lo'), ...call(0, 'look', '{}'), end('max-tokens'));
  const pieces = [];
  for await (const piece of await ollama.chat({ model, messages, stream: true })) pieces.push(piece);
  expect(pieces.map(({ message }) => message.content).join('')).toBe('Hello');
  expect(pieces.map(({ message }) => message.thinking ?? '').join('')).toBe('Hm');
  expect(pieces.flatMap(({ message }) => message.tool_calls ?? [])).toMatchObject([
    { function: { name: 'look', arguments: {} } },
  ]);
  expect(pieces.map(({ done }) => done)).toEqual([...pieces.slice(1).map(() => false), true]);
  expect(pieces.at(-1)).toMatchObject({ done_reason: 'length', eval_count: 5 });
});

test('generates a text', async () => {
  says(text('Hello'), end());
  const { response } = await ollama.generate({ model, prompt: 'Hi', system: 'Be short' });
  expect(response).toBe('Hello');
  expect(asked().prompt).toEqual({
    messages: [
      { role: 'system', content: 'Be short' },
      { role: 'user', content: 'Hi' },
    ],
  });
  await ollama.generate({ model, prompt: 'Hi', raw: true });
  expect(asked().prompt).toEqual({ text: 'Hi' });
  let said = '';
  for await (const piece of await ollama.generate({ model, prompt: 'Hi', stream: true })) said += piece.response;
  expect(said).toBe('Hello');
});

test('generates nothing if the request only asks to load the model', async () => {
  expect(await ollama.generate({ model, prompt: '' })).toMatchObject({ done: true, done_reason: 'load' });
  expect(await ollama.chat({ model, messages: [] })).toMatchObject({ done: true, done_reason: 'load' });
  expect(backend.asked).toEqual([]);
});

test('what the backend is asked', async () => {
  says(end());
  await ollama.chat({
    model: 'tiny-chat:latest',
    messages: [
      ...messages,
      { role: 'assistant', content: '', tool_calls: [{ function: { name: 'look', arguments: { a: 1 } } }] },
      { role: 'tool', content: 'seen', tool_name: 'look' },
    ],
    format: { type: 'object' },
    think: 'high',
    tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
    options: { temperature: 0, num_predict: 7, stop: ['\n'], seed: 3, num_ctx: 4096, repeat_penalty: 1.5 },
  });
  expect(asked()).toMatchObject({
    model,
    maxTokens: 7,
    seed: 3,
    stop: ['\n'],
    sampling: ['--temp', '0', '--repeat-penalty', '1.5'],
    thinking: { enabled: true, effort: 'high' },
    responseFormat: { type: 'json_schema', schema: '{"type":"object"}' },
    tools: [{ name: 'look' }],
    prompt: {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', toolCalls: [{ id: 'call_0', name: 'look', arguments: '{"a":1}' }] },
        { role: 'tool', content: 'seen', toolCallId: 'call_0', name: 'look' },
      ],
    },
  });
  await ollama.chat({ model, messages, format: 'json', options: { num_predict: -1 } });
  expect(asked()).toMatchObject({ responseFormat: { type: 'json' }, maxTokens: undefined });
});

describe('models', () => {
  test('are listed and described', async () => {
    expect((await ollama.list()).models).toMatchObject([
      {
        name: model,
        size: 1_600_000,
        details: { family: 'llama', parameter_size: '1.5M', quantization_level: 'Q8_0' },
      },
    ]);
    expect((await ollama.ps()).models).toMatchObject([{ name: model, context_length: 512 }]);
    expect(await ollama.show({ model })).toMatchObject({
      template: '{{ messages }}',
      model_info: { 'general.architecture': 'llama', 'llama.context_length': 512 },
      capabilities: ['completion'],
    });
    expect(await ollama.version()).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });

  test('need no pull if they are there, and cannot be pulled if they are not', async () => {
    expect(await ollama.pull({ model })).toEqual({ status: 'success' });
    await expect(ollama.pull({ model: 'gemma' })).rejects.toThrow('there is no model "gemma"');
    await expect(ollama.delete({ model })).rejects.toThrow('for controllers of the canister');
    await expect(ollama.embed({ model, input: 'x' })).rejects.toThrow('the canister has no method for embeddings');
  });
});

test('accepts what curl sends, whose content type is that of a form', async () => {
  says(text('Hello'), end());
  const response = await fetch(`${url()}/api/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '{"model":"tiny-chat","prompt":"Hi","stream":false}',
  });
  expect((await response.json()).response).toBe('Hello');
});

test('errors, at the beginning and in the middle', async () => {
  await expect(ollama.chat({ model, messages: [{ role: 'wizard', content: 'x' }] })).rejects.toThrow(
    /^messages\[0\]\.role: /,
  );
  await expect(ollama.chat({ model, messages: [{ ...messages[0]!, images: ['abc'] }] })).rejects.toThrow(
    'messages[0].images: the model takes text only',
  );
  says(text('x'), new Refusal('failed', 'the model went away'));
  await expect(
    (async () => {
      for await (const _ of await ollama.chat({ model, messages, stream: true }));
    })(),
  ).rejects.toThrow('the model went away');
});

test('an answer is cancelled when its client goes away', async () => {
  says(text('x'), 2_000, text('y'), end());
  const stream = await ollama.chat({ model, messages, stream: true });
  for await (const _ of stream) break;
  stream.abort();
  await until(() => backend.cancelled === 1);
});
