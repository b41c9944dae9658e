import { expect, it } from 'vitest';
import type { Message, Usage } from '../conversations/model.js';
import { money, short, time, usdOf } from './amounts.js';
import { contextUsed, spent, together, tokensASecond } from './spent.js';

it('writes amounts as people read them', () => {
  expect([0, 999, 1000, 70_234_000, 1.5e12].map(short)).toEqual(['0', '999', '1 k', '70.2 M', '1.5 T']);
  expect([0, 0.000105, 0.0123, 3.4].map(money)).toEqual(['$0', '$0.00011', '$0.012', '$3.40']);
  expect(usdOf(1e12)).toBe(1.4);
  expect([0.2, 59, 600, 7200].map(time)).toEqual(['1 s', '59 s', '10 min', '2 h']);
});

const usage = (generatedTokens: number, duration: number): Usage => ({
  ...{ promptTokens: 10, cachedTokens: 4, generatedTokens, thinkingTokens: 0 },
  ...{ instructions: 100, cycles: 1000, price: 1, duration },
});

it('adds up the usage of a conversation, and of the parts of an answer that was continued', () => {
  const messages = [{ usage: usage(5, 1000) }, {}, { usage: usage(7, 0) }] as Message[];
  expect(spent(messages)).toEqual({ answers: 2, tokens: 12, instructions: 200, cycles: 2000, price: 2 });
  expect(contextUsed(messages)).toBe(17);
  expect(together(usage(5, 1000), { ...usage(7, 500), promptTokens: 15 })).toMatchObject({
    ...{ promptTokens: 10, generatedTokens: 12, instructions: 200, duration: 1500 },
  });
  expect([tokensASecond(usage(11, 1000)), tokensASecond(usage(11, 0))]).toEqual([10, undefined]);
});
