/** Two stores stand for two devices, with one canister between them. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Conversation, Message } from '../conversations/model.js';
import { Store } from '../store/store.js';
import type { Connections } from './connections.js';
import { Keeping } from './keeping.js';

/** Does what document_put and its siblings do: versions increase, and a stale one is refused. */
class Documents {
  readonly all = new Map<string, { content: Uint8Array; version: bigint }>();
  #last = 0n;
  puts = 0;

  async ok(method: string, [input]: [{ name: string; content: Uint8Array; replaces: [bigint] }]): Promise<unknown> {
    if (method === 'document_list')
      return [...this.all].map(([name, { content, version }]) => ({ name, version, size: BigInt(content.length) }));
    const known = this.all.get(input.name);
    if (method === 'document_get') return known;
    if (method === 'document_remove') return this.all.delete(input.name);
    if (input.replaces[0] !== (known?.version ?? 0n)) throw new Error('conflict');
    this.puts += 1;
    this.all.set(input.name, { content: input.content, version: ++this.#last });
    return { version: this.#last };
  }
}

const place = { network: 'n', id: 'x' };
const message = (id: string, content = id): Message => ({
  ...{ id, conversation: 'c', parent: null, role: 'user', created: 1, content },
});
const conversation = (id = 'c', canister = 'x'): Conversation => ({
  ...{ id, title: 'T', created: 1, updated: 1, canister, network: 'n', leaf: null, draft: 'typed', settings: {} },
});

let documents: Documents;
let stores: Store[];
let keepings: Keeping[];
let count = 0;
async function device(): Promise<{ store: Store; keeping: Keeping }> {
  const store = await Store.open(`keeping ${++count}`);
  stores.push(store);
  const keeping = new Keeping(store, {
    canister: async () => ({ llama: { canister: documents } }),
  } as unknown as Connections);
  keepings.push(keeping);
  await keeping.at(place, 'me');
  await keeping.set(true);
  await keeping.round();
  return { store, keeping };
}
const textsOf = async (store: Store) => (await store.messages('c')).map(({ content }) => content).sort();

beforeEach(() => {
  documents = new Documents();
  stores = [];
  keepings = [];
  let last: Promise<unknown> = Promise.resolve();
  vi.stubGlobal('document', { visibilityState: 'hidden' });
  vi.stubGlobal('navigator', {
    locks: {
      request(_: string, work: () => Promise<void>) {
        const mine = last.then(work);
        last = mine.catch(() => {});
        return mine;
      },
    },
  });
});
afterEach(async () => {
  // What it would do soon is nothing then.
  for (const keeping of keepings) await keeping.at(undefined, '');
  for (const store of stores) store.close();
  vi.unstubAllGlobals();
});

it('brings a conversation to another device, but none of another canister', async () => {
  const one = await device();
  await one.store.add(conversation(), [message('a')]);
  await one.store.add(conversation('d', 'y'));
  await one.keeping.round();
  expect([...documents.all.keys()]).toEqual(['c']);
  const other = await device();
  expect(await other.store.conversation('c')).toMatchObject({ title: 'T', draft: '' });
  expect(await textsOf(other.store)).toEqual(['a']);
  // Nothing has changed since, so nothing is written.
  await one.keeping.round();
  await other.keeping.round();
  expect(documents.puts).toBe(1);
});

it('merges what two devices have added, and deletes what one has deleted', async () => {
  const one = await device();
  await one.store.add(conversation(), [message('a'), message('b')]);
  await one.keeping.round();
  const other = await device();
  await one.store.say('c', [message('here')], () => {});
  await other.store.say('c', [message('there')], () => {});
  await one.keeping.round();
  await other.keeping.round();
  await one.keeping.round();
  for (const { store } of [one, other]) expect(await textsOf(store)).toEqual(['a', 'b', 'here', 'there']);
  await one.store.removeMessages('c', ['b'], null);
  await one.keeping.round();
  await other.keeping.round();
  expect(await textsOf(other.store)).toEqual(['a', 'here', 'there']);
  await other.store.remove('c');
  await other.keeping.round();
  await one.keeping.round();
  expect(await one.store.conversation('c')).toBeUndefined();
});

it('waits for an answer that is coming, and writes again what a cleanup has removed', async () => {
  const one = await device();
  const coming: Message = { ...message('a'), role: 'assistant', state: { is: 'coming', generation: '1', position: 0 } };
  await one.store.add(conversation(), [coming]);
  await one.keeping.round();
  expect(documents.puts).toBe(0);
  await one.store.changeMessage('a', (kept) => {
    kept.state = { is: 'ended', reason: 'end' };
  });
  await one.keeping.round();
  expect(documents.puts).toBe(1);
  documents.all.clear();
  await one.keeping.round();
  expect(documents.all.has('c')).toBe(true);
  expect(await textsOf(one.store)).toEqual(['a']);
});

it('deletes documents in the canister only, and says why a conversation is not kept', async () => {
  const one = await device();
  await one.store.add(conversation(), [message('a')]);
  await one.keeping.round();
  await one.keeping.removeThere();
  expect([documents.all.size, await textsOf(one.store), one.keeping.isOn.value]).toEqual([0, ['a'], false]);
  documents.ok = () => Promise.reject(new Error('no room'));
  await one.keeping.set(true);
  await one.keeping.round();
  expect(one.keeping.failure.value?.message).toBe('no room');
});
