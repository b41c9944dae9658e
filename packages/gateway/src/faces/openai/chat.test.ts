// Answers of chat completions as OpenAI's own client reads them, and fields that this client does not look at.
import OpenAI from 'openai';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Refusal } from '../../refusal.js';
import { call, end, scripted, text, thinking, token, until } from '../../scripted-backend.test-support.js';

const { backend, url, says, asked, postJson } = scripted();
let openai: OpenAI;
beforeAll(() => {
  openai = new OpenAI({ baseURL: `${url()}/v1`, apiKey: 'none', maxRetries: 0 });
});
const messages = [{ role: 'user' as const, content: 'Hi' }];
const model = 'tiny-chat';

const post = (body: unknown, headers: Record<string, string> = {}) => postJson('/v1/chat/completions', body, headers);

// biome-ignore lint/suspicious/noExplicitAny: looked at piece by piece
function chunksOf(stream: string): any[] {
  const data = stream.split('\n').filter((line) => line.startsWith('data: '));
  expect(data.at(-1)).toBe('data: [DONE]');
  return data.slice(0, -1).map((line) => JSON.parse(line.slice(6)));
}

describe('an answer in one piece', () => {
  test('has text, finish_reason and usage', async () => {
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

  test('has thoughts under both names', async () => {
    says(thinking('Hm'), text('Yes'), end());
    const { choices } = await openai.chat.completions.create({ model, messages });
    expect(choices[0]!.message).toMatchObject({ content: 'Yes', reasoning: 'Hm', reasoning_content: 'Hm' });
  });

  test('has several choices, each with its own seed', async () => {
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

  test('has probabilities of tokens', async () => {
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

  test('that takes long begins with blanks, and is JSON all the same', async () => {
    says(300, text('late'), end());
    const raw = await (await post({ model, messages })).text();
    expect(raw).toMatch(/^ +\{/);
    expect(JSON.parse(raw).choices[0].message.content).toBe('late');
  });

  test('that fails late is cut off, so that it is never taken for an answer', async () => {
    vi.spyOn(console, 'error').mockImplementationOnce(() => {});
    says(300, new Refusal('failed', 'no'));
    await expect(openai.chat.completions.create({ model, messages })).rejects.toThrow();
  });
});

describe('a stream', () => {
  test('has finish_reason in each chunk, and the usage in the last one if the request asks for it', async () => {
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

  test('is assembled by the client', async () => {
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

  test('has the name of a tool once', async () => {
    says(...call(0, 'look', '{"a"', ':1}'), ...call(1, 'see', '{}'), end('tool-calls'));
    const chunks = chunksOf(await (await post({ model, messages, stream: true })).text());
    const calls = chunks.flatMap(({ choices }) => choices[0].delta.tool_calls ?? []);
    expect(calls.flatMap((each) => each.function.name ?? [])).toEqual(['look', 'see']);
    expect(calls.every((each) => typeof each.function.arguments === 'string')).toBe(true);
    expect(calls.filter((each) => each.id !== undefined).map(({ id }) => id)).toEqual(['call_0', 'call_1']);
  });

  test('has several choices at once', async () => {
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

  test('has probabilities beside the text that they belong to', async () => {
    says(
      thinking('Hm'),
      token('Hm', -3),
      text('Hi'),
      token('Hi', -0.5, ['Hi', -0.5]),
      // A part of a character has no text of its own, and neither has the token that ends the answer.
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

  test('says in comments that it is alive, and how far the answer is', async () => {
    says({ type: 'progress', state: 'reading', place: 2, messagesLeft: 3 }, 150, text('x'), end());
    const stream = await (await post({ model, messages, stream: true })).text();
    expect(stream).toContain(': reading, 2 before it, 3 messages left\n\n');
    says(text('x'), 130, text('y'), end());
    const answer = await openai.chat.completions.stream({ model, messages }).finalContent();
    expect(answer).toBe('xy');
  });

  test('reports a failure in the middle as an error to the client', async () => {
    says(text('x'), new Refusal('failed', 'the model went away'));
    const stream = await openai.chat.completions.create({ model, messages, stream: true });
    await expect(
      (async () => {
        for await (const _ of stream);
      })(),
    ).rejects.toThrow('the model went away');
  });

  test('is cancelled when the client goes away, unless the client asked to keep it', async () => {
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
        const rest = await (await fetch(`${url()}/v1/streams/${id}?starting_after=1`)).text();
        const chunks = chunksOf(rest);
        expect(chunks[0].choices[0].delta.content).toBe('y');
        expect(rest).toMatch(/^(?:: .*\n\n)*id: 2\n/);
        const again = await fetch(`${url()}/v1/streams/${id}`, { headers: { 'last-event-id': '2' } });
        expect(chunksOf(await again.text())[0].choices[0].finish_reason).toBe('stop');
        expect(backend.cancelled).toBe(0);
      } else await until(() => backend.cancelled === 1);
    }
  });

  test('is not found if its id is unknown', async () => {
    const response = await fetch(`${url()}/v1/streams/chatcmpl-nothing`);
    expect([response.status, (await response.json()).error.type]).toEqual([404, 'invalid_request_error']);
  });
});
