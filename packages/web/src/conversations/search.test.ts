import { expect, it } from 'vitest';
import type { Conversation, Message } from './model.js';
import { matches } from './search.js';
import { titleOf } from './title.js';

it('finds words in titles and messages, without regard to accents and case', () => {
  const conversation = { title: 'Crème brûlée' } as Conversation;
  const messages = [{ content: 'Wie heiß?' }] as Message[];
  expect(matches('', conversation, messages)).toBe(true);
  expect(matches('creme HEISS', conversation, messages)).toBe(false);
  expect(matches('brulee wie', conversation, messages)).toBe(true);
});

it('names a conversation after its first question', () => {
  expect(titleOf('  What\n is  it? ')).toBe('What is it?');
  expect(titleOf(`${'word '.repeat(30)}`)).toBe(`${'word '.repeat(11)}word…`);
  expect([...titleOf('🦙'.repeat(100))].every((character) => character === '🦙' || character === '…')).toBe(true);
});
