import 'fake-indexeddb/auto';
import { LlamaError } from '@llama-canister/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Message } from '../conversations/model.js';
import { Store } from '../store/store.js';
import { Answers } from './answers.js';
import type { Connections } from './connections.js';

const usage = {
  ...{ promptTokens: 3, cachedTokens: 1, generatedTokens: 2, thinkingTokens: 0 },
  ...{ instructions: 10, cycles: 20n, price: 0n },
};
const words = [
  { type: 'text', text: 'Hello' },
  { type: 'text', text: ' there' },
  { type: 'end', reason: 'end', usage },
];

/**
 * An answer of a canister that has generated all of it, from a position on. `fails` is thrown once, before some
 * position.
 */
function answer(id: bigint, from: number, fails?: { at: number; error: Error }) {
  return {
    id: Promise.resolve(id),
    position: from,
    cancel: async () => {},
    async *[Symbol.asyncIterator]() {
      for (; this.position < words.length; ) {
        if (fails?.at === this.position) throw fails.error;
        this.position += 1;
        yield words[this.position - 1];
      }
    },
  };
}

/** Locks as browsers have them: one holder of a name after the other. */
function locks() {
  const held = new Map<string, Promise<unknown>>();
  return {
    request(name: string, work: () => Promise<void>) {
      const mine = (held.get(name) ?? Promise.resolve()).then(work);
      held.set(
        name,
        mine.catch(() => {}),
      );
      return mine;
    },
  };
}

let store: Store;
let count = 0;
const llama = {
  ...{ chat: vi.fn(), attach: vi.fn(), generations: { list: vi.fn(), cancel: vi.fn() } },
  canister: { modelInfo: async () => ({ suggested_sampling: ['--temp 0.6'] }) },
};
const connections = { canister: async () => ({ llama }) } as unknown as Connections;
const answers = () => new Answers(store, connections, () => {});

const kept: Message = {
  ...{ id: 'a', conversation: 'c', parent: null, role: 'assistant', created: 1, content: '', seed: 7 },
  state: { is: 'asking', since: Date.now() },
};
async function keep(state: Message['state'], content = ''): Promise<Message> {
  const message = { ...kept, state: state!, content };
  await store.add(
    {
      ...{ id: 'c', title: 'T', created: 1, updated: 1, canister: 'x', network: 'n', leaf: 'a', draft: '' },
      settings: {},
    },
    [message],
  );
  return message;
}
const found = () => store.message('a');

beforeEach(async () => {
  vi.stubGlobal('navigator', { locks: locks() });
  const target = new EventTarget();
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const) {
    vi.stubGlobal(name, target[name].bind(target));
  }
  count += 1;
  store = await Store.open(`answers ${count}`);
});
afterEach(() => {
  store.close();
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

it("stores the generation's number before the answer is read", async () => {
  await keep(kept.state);
  let atFirst: Message | undefined;
  llama.chat.mockImplementation(() => {
    const whole = answer(9n, 0);
    const read = whole[Symbol.asyncIterator].bind(whole);
    return Object.assign(whole, {
      async *[Symbol.asyncIterator]() {
        atFirst = await found();
        yield* read();
      },
    });
  });
  await answers().ask('a', Promise.resolve({ path: [], settings: {}, isContinued: false }));
  expect(atFirst?.state).toEqual({ is: 'coming', generation: '9', position: 0 });
  expect(await found()).toMatchObject({
    ...{ content: 'Hello there', state: { is: 'ended', reason: 'end' } },
    usage: { generatedTokens: 2, cycles: 20 },
  });
  expect(llama.chat.mock.calls[0]![1]).toMatchObject({ sampling: ['--temp', '0.6'] });
});

it('resumes at the position where it was', async () => {
  const message = await keep({ is: 'coming', generation: '9', position: 1 }, 'Hello');
  llama.attach.mockImplementation((id, { from }) => answer(BigInt(id), from));
  await answers().resume(message);
  expect(llama.attach).toHaveBeenCalledWith('9', { from: 1 });
  expect((await found())!.content).toBe('Hello there');
});

it('finds an answer by its seed if its number was lost', async () => {
  const message = await keep(kept.state);
  const started = new Date();
  llama.generations.list.mockResolvedValue([
    { id: 5n, seed: 8, started },
    { id: 4n, seed: 7, started },
    { id: 3n, seed: 7, started: new Date(0) },
  ]);
  llama.attach.mockImplementation((id) => answer(id, 0));
  await answers().resume(message);
  expect(llama.attach).toHaveBeenCalledWith(4n);
  expect((await found())!.content).toBe('Hello there');
});

it('says that a question was not sent, if there is no such answer', async () => {
  const message = await keep(kept.state);
  llama.generations.list.mockResolvedValue([]);
  await answers().resume(message);
  expect(await found()).toMatchObject({ content: '', state: { is: 'failed', code: 'NOT_SENT' } });
});

it('is read by one of two tabs', async () => {
  const message = await keep({ is: 'coming', generation: '9', position: 0 });
  llama.attach.mockImplementation((id, { from }) => answer(BigInt(id), from));
  await Promise.all([answers().resume(message), answers().resume(message)]);
  expect(llama.attach).toHaveBeenCalledTimes(1);
  expect((await found())!.content).toBe('Hello there');
});

it('goes on when the network is back', async () => {
  const message = await keep({ is: 'coming', generation: '9', position: 0 });
  const error = new LlamaError('transport', 'UNREACHABLE', 'away');
  llama.attach.mockImplementationOnce((_, { from }) => answer(9n, from, { at: 1, error }));
  llama.attach.mockImplementation((id, { from }) => answer(BigInt(id), from));
  const reading = answers().resume(message);
  await vi.waitFor(() => expect(llama.attach).toHaveBeenCalledTimes(1));
  const again = setInterval(() => dispatchEvent(new Event('online')), 10);
  await reading;
  clearInterval(again);
  expect(llama.attach).toHaveBeenLastCalledWith('9', { from: 1 });
  expect((await found())!.content).toBe('Hello there');
});

it('keeps the text of an answer that the canister has forgotten, and reports a refusal', async () => {
  const message = await keep({ is: 'coming', generation: '9', position: 1 }, 'Hello');
  llama.attach.mockImplementation((_, { from }) => {
    return answer(9n, from, { at: from, error: new LlamaError('refused', 'NO_SUCH_GENERATION', 'gone') });
  });
  await answers().resume(message);
  expect(await found()).toMatchObject({ content: 'Hello', state: { is: 'ended', reason: 'forgotten' } });
  await keep(kept.state);
  llama.chat.mockImplementation(() => {
    throw new LlamaError('refused', 'ACCESS_DENIED', 'no', { next: 'Ask.' });
  });
  await answers().ask('a', Promise.resolve({ path: [], settings: {}, isContinued: false }));
  expect((await found())!.state).toMatchObject({ is: 'failed', code: 'ACCESS_DENIED', message: 'no' });
});

it.each([
  ['OUT_OF_CYCLES', { generation: '9', position: 1 }],
  ['GENERATION_FAILED', {}],
])('knows after %s what can still be read on', async (code, rest) => {
  const message = await keep({ is: 'coming', generation: '9', position: 1 }, 'Hello');
  const error = new LlamaError('refused', code, 'no');
  llama.attach.mockImplementation((_, { from }) => answer(9n, from, { at: from, error }));
  await answers().resume(message);
  const { state } = (await found())!;
  expect(state).toMatchObject({ is: 'failed', code, ...rest });
  expect('generation' in state!).toBe('generation' in rest);
});

it('waits while the browser has no room for the answer, and stores all of it when there is some', async () => {
  const message = await keep({ is: 'coming', generation: '9', position: 0 });
  llama.attach.mockImplementation((id, { from }) => answer(BigInt(id), from));
  const waits = vi.fn();
  const full = vi.spyOn(store, 'changeMessage').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
  const reading = new Answers(store, connections, (_, live) => live?.waiting && waits(live.waiting.code)).resume(
    message,
  );
  await vi.waitFor(() => expect(waits).toHaveBeenCalledWith('NO_ROOM'));
  full.mockRestore();
  const again = setInterval(() => dispatchEvent(new Event('online')), 10);
  await reading;
  clearInterval(again);
  expect(await found()).toMatchObject({ content: 'Hello there', state: { is: 'ended' } });
});
