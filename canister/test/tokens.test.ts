/** tokenize and detokenize: the model's tokenizer for clients. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Llama } from './llama.js';
import { tinyChatCases, tinyChatPath } from './tiny-chat.js';

type Tokens = { Ok: number[] } | { Err: { Other: string } };
type Said = { Ok: string } | { Err: { Other: string } };

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m.gguf', readFileSync(tinyChatPath('tiny-chat-q8_0')));
});

const tokenize = (text: string, options: { add_special?: boolean; parse_special?: boolean } = {}) => {
  const given = (value?: boolean) => (value === undefined ? [] : [value]);
  const input = { text, add_special: given(options.add_special), parse_special: given(options.parse_special) };
  return [...(llama.call('tokenize', input) as { Ok: number[] }).Ok];
};
const detokenize = (tokens: readonly number[]) => llama.call('detokenize', { tokens }) as Said;

describe('tokens of a text', () => {
  it('give the text again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(detokenize(tokenize(text))).toEqual({ Ok: text });
      }),
      { numRuns: 100 },
    );
  });

  it('are control tokens or the letters of their names, as requested', () => {
    const name = '<|im_start|>';
    expect(tokenize(name)).toHaveLength(1);
    const spelled = tokenize(name, { parse_special: false });
    expect(spelled.length).toBeGreaterThan(1);
    expect(detokenize(spelled)).toEqual({ Ok: name });
    expect(detokenize(tokenize(name))).toEqual({ Ok: name });
  });

  it.each([...tinyChatCases])('are llama.cpp’s: %s', (_, { text, prompt }) => {
    expect(tokenize(text, { add_special: true })).toEqual(prompt);
  });

  it('are none for an empty text', () => {
    expect(tokenize('')).toEqual([]);
    expect(detokenize([])).toEqual({ Ok: '' });
  });
});

it('are shown with a replacement character if their bytes are no character', () => {
  const half = tokenize('🦙').slice(0, 1);
  expect(detokenize(half)).toEqual({ Ok: '\ufffd' });
});

it('impossible requests are refused with a reason', async () => {
  expect(detokenize([1, 4_000_000_000])).toEqual({
    Err: { Other: expect.stringMatching(/^detokenize: token 4000000000 is none of the model's, which has \d+$/) },
  });
  expect(detokenize(new Array<number>(10_001).fill(1))).toEqual({
    Err: { Other: 'detokenize: the argument cannot be decoded: it has more than 10000 elements in vecs' },
  });
  const empty = await Llama.install();
  expect(empty.call('tokenize', { text: 'x', add_special: [], parse_special: [] }) as Tokens).toEqual({
    Err: { Other: expect.stringContaining('load_model') },
  });
  expect(empty.call('detokenize', { tokens: [1] })).toEqual({ Err: { Other: expect.stringContaining('load_model') } });
});

it('the longest text becomes tokens, and the most tokens become a text', () => {
  const text = 'ab c, '.repeat(10_000).slice(0, 60_000);
  const tokens = tokenize(text);
  expect(llama.spent.instructions).toBeLessThan(1e9);
  let made = '';
  for (let at = 0; at < tokens.length; at += 10_000) {
    const part = detokenize(tokens.slice(at, at + 10_000));
    if ('Ok' in part) made += part.Ok;
  }
  expect(made === text).toBe(true);
});
