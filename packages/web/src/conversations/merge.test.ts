import { expect, it } from 'vitest';
import { merged, type Whole } from './merge.js';
import type { Message } from './model.js';
import { packed, textOf, unpacked } from './packed.js';

const message = (id: string, content = id): Message => ({
  ...{ id, conversation: 'c', parent: null, role: 'user', created: 1, content },
});
const whole = (updated: number, draft: string, ...messages: Message[]): Whole => ({
  conversation: {
    ...{ id: 'c', title: `at ${updated}`, created: 1, updated, canister: 'x', network: 'n', leaf: null, draft },
    settings: {},
  },
  messages,
});

it('has all messages of both, in the version that was changed last, and the draft of this device', () => {
  const here = whole(2, 'typed', message('a', 'old'), message('b'));
  const there = whole(3, 'elsewhere', message('a', 'new'), message('d'));
  const both = merged(here, there);
  expect(both.conversation).toMatchObject({ title: 'at 3', draft: 'typed' });
  expect(both.messages.map(({ content }) => content).sort()).toEqual(['b', 'd', 'new']);
  expect(merged(there, here).messages.find(({ id }) => id === 'a')!.content).toBe('new');
});

it('is the same in any order of its messages, and is restored from its bytes', async () => {
  const one = whole(2, 'not sent', message('a'), message('b', 'ü'.repeat(10_000)));
  const text = textOf(one);
  expect(textOf({ ...one, messages: [...one.messages].reverse() })).toBe(text);
  expect(text).not.toContain('not sent');
  const bytes = await packed(text);
  expect(bytes.length).toBeLessThan(1_000);
  const back = await unpacked(bytes);
  expect(back.messages).toEqual(one.messages);
  expect(textOf(await unpacked(await packed(textOf(back))))).toBe(textOf(back));
  await expect(unpacked(new Uint8Array(1))).rejects.toThrow();
  await expect(unpacked(await packed('{}'))).rejects.toThrow('no file of conversations');
});
