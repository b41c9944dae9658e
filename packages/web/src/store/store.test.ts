/** Two stores stand for two tabs. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Conversation, Message } from '../conversations/model.js';
import { type Change, Store } from './store.js';

const conversation = (id: string, updated = 1): Conversation => ({
  ...{ id, title: id, created: 1, updated, canister: 'x', network: 'n', leaf: null, draft: '', settings: {} },
});
const message = (id: string, of = 'c'): Message => ({
  ...{ id, conversation: of, parent: null, role: 'user', created: 1, content: id },
});

let one: Store;
let other: Store;
let name = 0;
beforeEach(async () => {
  name += 1;
  one = await Store.open(`test ${name}`);
  other = await Store.open(`test ${name}`);
  await one.add(conversation('c'), [message('m')]);
});
afterEach(() => {
  one.close();
  other.close();
});

it('loses nothing if two tabs write at once', async () => {
  const writes = Array.from({ length: 50 }, (_, i) =>
    (i % 2 ? one : other).changeMessage('m', (kept) => {
      kept.content += '.';
    }),
  );
  const said = [one, other].map((store, i) => store.say('c', [message(`s${i}`)], () => {}));
  await Promise.all([
    ...writes,
    ...said,
    one.change('c', (kept) => {
      kept.draft = 'typed';
    }),
  ]);
  expect((await other.message('m'))!.content).toBe(`m${'.'.repeat(50)}`);
  expect((await one.messages('c')).map(({ id }) => id).sort()).toEqual(['m', 's0', 's1']);
  expect(await one.conversation('c')).toMatchObject({ draft: 'typed' });
});

it('tells every tab what has changed', async () => {
  const heard = new Promise<Change>((resolve) => other.listen((change) => change.of === 'message' && resolve(change)));
  await one.changeMessage('m', (kept) => {
    kept.content = 'new';
  });
  expect(await heard).toEqual({ of: 'message', conversation: 'c', message: 'm' });
});

it('restores nothing that was deleted', async () => {
  await other.remove('c');
  await one.change('c', (kept) => {
    kept.title = 'back';
  });
  await one.say('c', [message('late')], () => {});
  expect(await one.changeMessage('m', () => {})).toBeUndefined();
  expect([await one.conversations(), await one.messages('c')]).toEqual([[], []]);
});

it('imports all of a file or nothing', async () => {
  const bad = { ...message('bad'), content: (() => {}) as unknown as string };
  await expect(
    one.import({ conversations: [conversation('d')], messages: [message('d1', 'd'), bad] }),
  ).rejects.toThrow();
  expect(await one.conversation('d')).toBeUndefined();
});

it('lists five hundred conversations at once, the newest first', async () => {
  const many = Array.from({ length: 500 }, (_, i) => conversation(`c${i}`, i));
  await one.import({ conversations: many, messages: [] });
  const found = await other.conversations();
  expect([found.length, found[0]!.id]).toEqual([501, 'c499']);
});

it('sets a value once if both tabs try', async () => {
  const both = await Promise.all([one.setOnce('key', 'first'), other.setOnce('key', 'second')]);
  expect(both).toEqual(['first', 'first']);
});
