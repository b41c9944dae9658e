import { expect, it } from 'vitest';
import { branchOff } from './copy.js';
import type { Conversation, Message } from './model.js';
import { Tree } from './tree.js';

let clock = 0;
const message = (id: string, parent: string | null, role: Message['role'] = 'user'): Message => ({
  ...{ id, conversation: 'c', parent, role, created: ++clock, content: id },
});
/** A question, two answers, and a question after each of them. */
const all = [
  message('q', null),
  message('a', 'q', 'assistant'),
  message('b', 'q', 'assistant'),
  message('a1', 'a'),
  message('b1', 'b'),
];
const tree = new Tree(all);
const ids = (messages: readonly Message[]) => messages.map(({ id }) => id).join(' ');

it('shows the path to a leaf, or the newest one', () => {
  expect(ids(tree.path('a1'))).toBe('q a a1');
  expect(ids(tree.path(null))).toBe('q b b1');
  expect(ids(tree.path('gone'))).toBe('q b b1');
});

it('knows what is beside a message, and what follows it', () => {
  expect(ids(tree.siblings(all[1]!))).toBe('a b');
  expect(tree.newestLeaf('a')).toBe('a1');
  expect(ids(tree.below('b')).split(' ').sort()).toEqual(['b', 'b1']);
});

it('keeps a message without its parent, and ends where messages form a cycle', () => {
  expect(ids(new Tree([message('x', 'gone')]).path(null))).toBe('x');
  expect(ids(new Tree([message('one', 'two'), message('two', 'one')]).path('one'))).toBe('two one');
});

it('branches off into a conversation of its own, in which no answer is coming', () => {
  const from: Conversation = {
    ...{ id: 'c', title: 'T', created: 1, updated: 2, canister: 'x', network: 'n', leaf: 'a1', draft: 'typed' },
    settings: { system: 'Be brief.' },
  };
  const path = [all[0]!, { ...all[1]!, state: { is: 'coming' as const, generation: '7', position: 3 } }];
  const { conversation, messages } = branchOff(from, path, 9);
  expect(conversation).toMatchObject({
    title: 'T',
    settings: { system: 'Be brief.' },
    leaf: messages[1]!.id,
    draft: '',
  });
  expect(messages[1]).toMatchObject({
    parent: messages[0]!.id,
    content: 'a',
    state: { is: 'ended', reason: 'cancelled' },
  });
  expect(new Set([...messages, ...path].map(({ id }) => id)).size).toBe(4);
});
