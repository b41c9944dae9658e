import { expect, test, vi } from 'vitest';
import type { Delta } from '../answers/deltas.js';
import { LlamaCanister } from '../canister.js';
import { LlamaClient } from '../client.js';
import type { AskOptions } from '../client-options.js';
import { LlamaError } from '../errors.js';
import { EOG, FakeLlama, token } from '../fake-llama.test-support.js';

/** A canister that has llama_cpp_canister's methods and no others. */
function older(options: ConstructorParameters<typeof FakeLlama>[0] = {}) {
  const fake = new FakeLlama({ answer: () => [token(' fine'), token(' and'), token(' well'), EOG], ...options });
  return { fake, llama: new LlamaClient(new LlamaCanister(fake.service(), 'aaaaa-aa')) };
}

const hello = [{ role: 'user', content: 'How are you?' }];
const flagsOf = (fake: FakeLlama) => fake.calls.filter(({ method }) => method === 'run_update').map(({ args }) => args);

test('a canister without generations is called again and again, and the deltas are the same', async () => {
  const { fake, llama } = older({ maxTokens: 2 });
  const answer = llama.chat(hello);
  const deltas: Delta[] = [];
  for await (const delta of answer) deltas.push(delta);
  const texts = deltas.flatMap((delta) => (delta.type === 'text' ? [delta.text] : []));
  expect(texts.length).toBeGreaterThan(1);
  expect(texts.join('')).toBe(' fine and well');
  const states = deltas.flatMap((delta) => (delta.type === 'progress' ? [delta.state] : []));
  expect([...new Set(states)]).toEqual(['reading', 'generating']);
  expect(deltas.at(-1)).toEqual({
    ...{ type: 'end', reason: 'end' },
    usage: {
      ...{ promptTokens: 3, cachedTokens: 0, generatedTokens: 4, thinkingTokens: 0 },
      ...{ instructions: 0, cycles: 0n, price: 0n },
    },
  });
  expect(await answer.id).toBeUndefined();
  expect(await answer.result()).toMatchObject({ text: ' fine and well' });
  // It is known from now on, and a session of the answer's own goes with it.
  await llama.chat(hello).result();
  expect(new Set(flagsOf(fake).map((args) => args[1])).size).toBe(2);
});

test('one that refuses what it does not know is one of them, and one that lets nobody in is not', async () => {
  const { fake } = older();
  const denied = () =>
    Promise.reject(new LlamaError('refused', 'ACCESS_DENIED', 'denied', { next: 'Use another identity.' }));
  const service = { ...fake.service(), generation_start: denied } as never;
  const llama = new LlamaClient(new LlamaCanister(service, 'aaaaa-aa'));
  expect(await llama.chat(hello).result()).toMatchObject({ text: ' fine and well' });
  const closed = { ...(service as object), get_generation_limits: async () => ({}) } as never;
  const refused = new LlamaClient(new LlamaCanister(closed, 'aaaaa-aa'));
  await expect(refused.chat(hello).result()).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
});

test('what is asked for becomes flags', async () => {
  const { fake, llama } = older();
  const options: AskOptions = {
    ...{ session: 's', maxTokens: 2, seed: 3, sampling: ['--temp', '0'] },
    responseFormat: { jsonSchema: { type: 'object' } },
  };
  expect(await llama.complete('Say', options).result()).toMatchObject({ text: ' fine and', reason: 'max-tokens' });
  expect(flagsOf(fake)[0]).toEqual([
    ...['--prompt-cache', 's', '--prompt-cache-all', '--temp', '0', '--seed', '3'],
    ...['--json-schema', '{"type":"object"}', '-n', '2', '-p', 'Say'],
  ]);
  const stopped = await llama.complete('Say', { stop: [' and'] }).result();
  expect(stopped).toMatchObject({ text: ' fine', reason: 'stop' });
});

test('what it cannot do is an error before anything is done', async () => {
  const { fake, llama } = older();
  const asks: AskOptions[] = [
    { tools: [] },
    { toolChoice: 'none' },
    { thinking: { enabled: false } },
    { logprobs: 1 },
    { templateArguments: {} },
    { continueFinalMessage: true },
    { seed: 'beacon' },
  ];
  for (const options of asks) {
    await expect(llama.chat(hello, options).result()).rejects.toMatchObject({ kind: 'refused', code: 'NOT_SUPPORTED' });
  }
  const results = [...hello, { role: 'tool', content: '4' }];
  await expect(llama.chat(results).result()).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
  await expect(llama.quote(hello)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
  expect(fake.calls).toEqual([]);
});

test('it is cancelled between two calls, by who asked or by a signal', async () => {
  const { fake, llama } = older({ maxTokens: 1, answer: () => Array(50).fill(token(' a')) });
  const answer = llama.chat(hello);
  for await (const delta of answer) if (delta.type === 'text') await answer.cancel();
  expect(await answer.result()).toMatchObject({ reason: 'cancelled', text: expect.stringMatching(/^( a){1,3}$/) });
  const stop = new AbortController();
  const stopped = llama.chat(hello, { signal: stop.signal });
  const read = async () => {
    for await (const delta of stopped) if (delta.type === 'text') stop.abort();
  };
  await expect(read()).rejects.toMatchObject({ kind: 'aborted' });
  await expect(stopped.stopThinking()).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
  expect(flagsOf(fake).length).toBeLessThan(20);
});

test('who has to wait for room is told while he waits', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { fake, llama } = older();
    fake.busyCalls = 1;
    const answer = llama.chat(hello)[Symbol.asyncIterator]();
    const states: string[] = [];
    while (!states.includes('paused')) {
      const { value } = await answer.next();
      if (value?.type === 'progress') states.push(value.state);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await answer.next()).value).toMatchObject({ type: 'progress', state: 'generating' });
  } finally {
    vi.useRealTimers();
  }
});
