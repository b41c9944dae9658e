import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LlamaCanister } from '../canister.js';
import type { CertifiedCalls } from '../certified.js';
import { LlamaClient } from '../client.js';
import type { EventContent, GenerationState } from '../generated/llama.did.js';
import type { Answer } from './answer.js';
import type { Delta } from './deltas.js';
import { FakeGenerations, type Fault } from './fake-generations.test-support.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Signs nothing, and sends on: what a node does not have is asked of all of them. */
function certified(fake: FakeGenerations): CertifiedCalls {
  const calls = {
    isQuery: (method: string) => method === 'generation_poll',
    call: async (method: 'generation_poll', args: [never]) => {
      const { faults } = fake;
      const kept = faults.splice(0);
      const result = await fake.service()[method](...args);
      faults.push(...kept);
      return { result, certificate: { method } };
    },
  };
  return calls as unknown as CertifiedCalls;
}

function clientOf(fake: FakeGenerations, patience?: number): LlamaClient {
  const canister = new LlamaCanister(fake.service(), 'aaaaa-aa', certified(fake));
  return new LlamaClient(canister, patience === undefined ? {} : { patience });
}

/** The outcome of a promise while the clock runs as fast as it can. */
async function soon<T>(promise: Promise<T>): Promise<T> {
  let over = false;
  const noted = promise.finally(() => {
    over = true;
  });
  noted.catch(() => {});
  while (!over) await vi.advanceTimersByTimeAsync(1_000);
  return noted;
}

async function collect(answer: Answer): Promise<Exclude<Delta, { type: 'progress' }>[]> {
  const deltas: Exclude<Delta, { type: 'progress' }>[] = [];
  for await (const delta of answer) if (delta.type !== 'progress') deltas.push(delta);
  return deltas;
}

const say = (...texts: string[]): EventContent[] => texts.map((text) => ({ text }));
const hello = [{ role: 'user', content: 'Hello' }];

test('all kinds of events become deltas, and a result', async () => {
  const bytes = new TextEncoder().encode('é').subarray(0, 1);
  const contents: EventContent[] = [
    { thinking: 'Hm.' },
    { text: 'Let me ' },
    { text: 'look.' },
    { tool_call: { call: 0, id: 'a1', name: 'look' } },
    { tool_arguments: { call: 0, text: '{"at":' } },
    { tool_arguments: { call: 0, text: '1}' } },
    { tool_call_end: 0 },
    { tool_call: { call: 1, id: 'a2', name: 'cut off' } },
    { token: { bytes, logprob: -0.5, alternatives: [{ bytes: [32], logprob: -1 } as never] } },
  ];
  const fake = new FakeGenerations({ contents, pace: 3, end: { done: { tool_calls: null } } });
  const answer = clientOf(fake).chat(hello, { usdPerTrillionCycles: 2e12 });
  expect(await soon(collect(answer))).toEqual([
    { type: 'thinking', text: 'Hm.' },
    { type: 'text', text: 'Let me ' },
    { type: 'text', text: 'look.' },
    { type: 'tool-call', index: 0, id: 'a1', name: 'look' },
    { type: 'tool-arguments', index: 0, text: '{"at":' },
    { type: 'tool-arguments', index: 0, text: '1}' },
    { type: 'tool-call-end', index: 0 },
    { type: 'tool-call', index: 1, id: 'a2', name: 'cut off' },
    {
      ...{ type: 'token', bytes, text: '\ufffd', logprob: -0.5 },
      alternatives: [{ bytes: Uint8Array.of(32), text: ' ', logprob: -1 }],
    },
    { type: 'end', reason: 'tool-calls', usage: expect.objectContaining({ cycles: 18n, price: 5n, usd: 36 }) },
  ]);
  expect(await answer.result()).toMatchObject({
    ...{ text: 'Let me look.', thinking: 'Hm.', reason: 'tool-calls' },
    toolCalls: [{ id: 'a1', name: 'look', arguments: '{"at":1}' }],
  });
});

test('whatever goes wrong between the polls, every event comes once and in order', async () => {
  const faults = fc.array(
    fc.option(fc.constantFrom<Fault>('unreachable', 'stopped', 'busy', 'behind', 'unheard'), { nil: undefined }),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(faults, fc.integer({ min: 1, max: 4 }), fc.nat(12), async (faults, pace, length) => {
      const texts = Array.from({ length }, (_, n) => ` ${n}`);
      const fake = new FakeGenerations({ contents: say(...texts), pace }, [...faults]);
      const answer = clientOf(fake).chat(hello);
      const deltas = await soon(collect(answer));
      expect(deltas.map((delta) => (delta.type === 'text' ? delta.text : delta.type))).toEqual([...texts, 'end']);
      expect(fake.calls).toEqual(['start']);
      // From any position the rest comes.
      const from = Math.floor(length / 2);
      const { text } = await soon(clientOf(fake).attach(7n, { from }).result());
      expect(text).toBe(texts.slice(from).join(''));
    }),
    { numRuns: 200 },
  );
});

test('polls follow the pace of the canister, and do not hammer', async () => {
  const quiet = new FakeGenerations({ contents: say('a'), quietMs: 60_000 });
  await soon(clientOf(quiet).chat(hello).result());
  expect(quiet.polls).toBeGreaterThan(25);
  expect(quiet.polls).toBeLessThan(45);
  // Something new every second, from a canister whose answer takes a minute.
  const steady = new FakeGenerations({ contents: say(...'a'.repeat(60)), everyMs: 1_000 });
  await soon(clientOf(steady).chat(hello).result());
  expect(steady.polls).toBeGreaterThan(100);
  expect(steady.polls).toBeLessThan(260);
});

test('a network that stays away is an error when the patience has ended, and nothing is cancelled', async () => {
  const fake = new FakeGenerations({ contents: say('a', 'b', 'c') }, [undefined, ...Array(1000).fill('unreachable')]);
  const answer = clientOf(fake, 5_000).chat(hello);
  await expect(soon(answer.result())).rejects.toMatchObject({ kind: 'transport', code: 'UNREACHABLE' });
  expect([answer.position, fake.calls]).toEqual([1, ['start']]);
});

test('a canister that was put back to an earlier state is an error that says so', async () => {
  const faults: (Fault | undefined)[] = [...Array(4).fill(undefined), ...Array(1_000).fill('put back')];
  const fake = new FakeGenerations({ contents: say(...'abcdefgh') }, faults);
  const answer = clientOf(fake).chat(hello);
  await expect(soon(answer.result())).rejects.toMatchObject({ kind: 'trust', code: 'ROLLED_BACK' });
  expect(answer.position).toBe(4);
});

test.each<[GenerationState, object]>([
  [{ done: { stop: 'x' } }, { reason: 'stop', stop: 'x' }],
  [{ done: { max_tokens: null } }, { reason: 'max-tokens' }],
  [{ done: { context_full: null } }, { reason: 'context-full' }],
  [{ cancelled: null }, { reason: 'cancelled' }],
])('%o is said at the end', async (end, said) => {
  const fake = new FakeGenerations({ contents: say('a'), end });
  expect(await soon(clientOf(fake).chat(hello).result())).toMatchObject({ text: 'a', ...said });
});

test('what a canister could not finish is an error behind what there is of it', async () => {
  const fake = new FakeGenerations({ contents: say('a', 'b'), end: { failed: 'the model was changed' } });
  const answer = clientOf(fake).chat(hello);
  let text = '';
  const reading = async () => {
    for await (const delta of answer) if (delta.type === 'text') text += delta.text;
  };
  const failed = {
    kind: 'refused',
    code: 'GENERATION_FAILED',
    message: expect.stringContaining('the model was changed'),
  };
  await expect(soon(reading())).rejects.toMatchObject(failed);
  await expect(answer.result()).rejects.toMatchObject(failed);
  expect([text, fake.calls]).toEqual(['ab', ['start']]);
});

test('a signed answer that is another one is not believed', async () => {
  const fake = new FakeGenerations({ contents: say('a', 'b') });
  const liar = new FakeGenerations({ contents: say('a', 'x'), pace: 2 });
  const canister = new LlamaCanister(fake.service(), 'aaaaa-aa', certified(liar));
  const answer = new LlamaClient(canister).chat(hello, { certified: true });
  await expect(soon(answer.result())).rejects.toMatchObject({ kind: 'trust', code: 'ANSWER_DIFFERS' });
});

test('thoughts are ended early where the canister can', async () => {
  const fake = new FakeGenerations({ contents: [{ thinking: 'Hm' }, { text: 'ok' }] });
  const answer = clientOf(fake).chat(hello, { thinking: { enabled: true, effort: 'low', maxTokens: 9 } });
  await answer.stopThinking();
  await soon(answer.result());
  expect(fake.calls).toEqual(['start', 'stop thinking']);
  expect(fake.started[0]!.thinking).toEqual([{ enabled: [true], effort: ['low'], max_tokens: [9] }]);
});

test('who asks says how long the network may be away, whatever the client says', async () => {
  const gone = () => new FakeGenerations({ contents: [] }, Array(1000).fill('unreachable'));
  const patient = new LlamaClient(new LlamaCanister(gone().service(), 'aaaaa-aa'), { patience: 3_600_000 });
  for (const answer of [patient.chat(hello, { patience: 0 }), patient.attach(7n, { patience: 0 })]) {
    await expect(soon(answer.result())).rejects.toMatchObject({ kind: 'transport' });
  }
  const asked: number[] = [];
  const canister = new LlamaCanister(new FakeGenerations({ contents: [] }).service(), 'aaaaa-aa');
  const llama = new LlamaClient(canister, { patience: 9 }, (patience) => {
    asked.push(patience);
    return canister;
  });
  await soon(llama.chat(hello, { patience: 5 }).result());
  await soon(llama.chat(hello).result());
  expect(asked).toEqual([5, 9]);
});

test('everything that is asked for is told', async () => {
  const fake = new FakeGenerations({ contents: [] });
  const call = { id: 'a', name: 'f', arguments: '{}' };
  const messages = [
    ...hello,
    { role: 'assistant', content: '', thinking: 'Hm', toolCalls: [call] },
    { role: 'tool', content: '4', toolCallId: 'a', name: 'f' },
  ];
  const tools = [{ type: 'function' as const, function: { name: 'f', parameters: { type: 'object' } } }];
  const answer = clientOf(fake).chat(messages, {
    ...{ session: 's', maxTokens: 5, seed: 'beacon', sampling: ['--temp', '0'], stop: ['x'], logprobs: 2 },
    ...{ responseFormat: 'json', templateArguments: { a: 1 }, tools, parallelToolCalls: false },
    toolChoice: { function: 'f' },
    continueFinalMessage: true,
  });
  await soon(answer.result());
  expect(fake.started).toEqual([
    {
      prompt: {
        messages: [
          { role: 'user', content: 'Hello', reasoning: [], tool_calls: [], tool_call_id: [], name: [] },
          { role: 'assistant', content: '', reasoning: ['Hm'], tool_calls: [[call]], tool_call_id: [], name: [] },
          { role: 'tool', content: '4', reasoning: [], tool_calls: [], tool_call_id: ['a'], name: ['f'] },
        ],
      },
      ...{ session: ['s'], max_tokens: [5], seed: [{ beacon: null }], sampling: [['--temp', '0']], stop: [['x']] },
      ...{ response_format: [{ json: null }], template_arguments: ['{"a":1}'], tools: [JSON.stringify(tools)] },
      ...{ tool_choice: [{ function: 'f' }], parallel_tool_calls: [false], thinking: [], logprobs: [2] },
      continue_final_message: [true],
    },
  ]);
});
