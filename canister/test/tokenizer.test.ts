import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  byteAlphabet,
  passes,
  ReferenceTokenizer,
  spell,
  type Token,
  type TokenizerFile,
} from './reference/tokenizer.js';
import { text } from './texts.js';
import { TokenizerPart } from './tokenizer-part.js';

let tokenizer: TokenizerPart;
beforeAll(async () => {
  tokenizer = await TokenizerPart.load();
});

const special = ['<a>', '<ab>', '<a><b>', '<b', '\n\n', '\n\n\n', '  ', 'xxx'];
const textWithSpecial = fc
  .array(fc.oneof(text, fc.constantFrom(...special, 'x', '<', '<a', '\n')), { maxLength: 10 })
  .map((parts) => parts.join(''));

const specialTokens: Token[] = [
  { text: '<a>', type: 'control' },
  { text: '<ab>', type: 'control' },
  { text: '<a><b>', type: 'control' },
  { text: '<b', type: 'userDefined' },
  { text: '\n\n', type: 'userDefined' },
  { text: '\n\n\n', type: 'userDefined' },
  { text: '  ', type: 'userDefined' },
  { text: 'xxx', type: 'control' },
];

/** A byte-level vocabulary with random merges of what exists already. */
function randomBpe(pre: string, choices: readonly [number, number][], extra: readonly Token[] = []): TokenizerFile {
  const symbols = byteAlphabet.map((text) => text);
  // Bytes that are frequent in texts, so that merges apply to the texts above.
  const frequent = [...spell('abcdestrlvmAB0123 \n!?.é你')];
  const merges: [string, string][] = [];
  for (const [i, j] of choices) {
    const pool = [...frequent, ...symbols.slice(256)];
    const [left, right] = [pool[i % pool.length]!, pool[j % pool.length]!];
    merges.push([left, right]);
    if (!symbols.includes(left + right)) symbols.push(left + right);
  }
  return { model: 'gpt2', pre, merges, tokens: [...symbols.map((text) => ({ text })), ...extra] };
}

const choices = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 5, maxLength: 80 });

describe('byte-level BPE', () => {
  it.each(Object.keys(passes))('merges by the definition, with words cut by "%s"', (pre) => {
    fc.assert(
      fc.property(choices, fc.array(text, { minLength: 20, maxLength: 20 }), (choices, texts) => {
        const file = randomBpe(pre, choices);
        expect(tokenizer.readFile(file)).toBe('');
        const reference = new ReferenceTokenizer(file);
        for (const text of texts) {
          const ids = tokenizer.encode(text);
          expect(ids).toEqual(reference.encode(text, false));
          expect(Buffer.from(tokenizer.decode(ids)).toString()).toBe(text);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('finds special tokens, the longest first, but not in text that must not be parsed', () => {
    fc.assert(
      fc.property(choices, fc.array(textWithSpecial, { minLength: 20, maxLength: 20 }), (choices, texts) => {
        const file = randomBpe('llama-bpe', choices, specialTokens);
        expect(tokenizer.readFile(file)).toBe('');
        const reference = new ReferenceTokenizer(file);
        for (const text of texts) {
          for (const parseSpecial of [false, true]) {
            const ids = tokenizer.encode(text, { parseSpecial });
            expect(ids).toEqual(reference.encode(text, parseSpecial));
            expect(Buffer.from(tokenizer.decode(ids)).toString()).toBe(text);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('prefers the first of equal merges, and ignores merges without a token', () => {
    const merges = [
      ['a', 'b'],
      ['b', 'c'],
      ['ab', 'c'],
      ['a', 'b'],
      ['bc', 'd'],
    ] as const;
    const tokens = [...byteAlphabet.map((text) => ({ text })), { text: 'abc' }, { text: 'bcd' }];
    const file: TokenizerFile = { model: 'gpt2', pre: 'gpt-2', merges, tokens };
    expect(tokenizer.readFile(file)).toBe('');
    // "ab" and "bc" are no tokens, but steps to "abc" and "bcd".
    expect(tokenizer.encode('abc')).toEqual([256]);
    expect(tokenizer.encode('bcd')).toEqual([257]);
    expect(tokenizer.encode('abcd')).toEqual([256, byteAlphabet.indexOf('d')]);
    // A symbol that is no token is replaced by its bytes.
    expect(tokenizer.encode('ab')).toEqual([byteAlphabet.indexOf('a'), byteAlphabet.indexOf('b')]);
  });

  it('reads ill-formed UTF-8 as llama.cpp does: a replacement character for every byte that begins no character', () => {
    const file = randomBpe('gpt-2', []);
    expect(tokenizer.readFile(file)).toBe('');
    const decoded = (...bytes: number[]) => Buffer.from(tokenizer.decode(tokenizer.encode(Uint8Array.from(bytes))));
    expect(decoded(0x61, 0xff, 0x62).toString()).toBe('a\ufffdb');
    expect(decoded(0xe4, 0xbd).toString()).toBe('\ufffd\ufffd');
    expect(decoded(0x80, 0x80).toString()).toBe('\ufffd\ufffd');
    // Overlong forms and surrogates are the code points that they spell.
    expect([...decoded(0xc1, 0xa1)]).toEqual([0x61]);
    expect([...decoded(0xed, 0xa0, 0x80)]).toEqual([0xed, 0xa0, 0x80]);
    expect(decoded(0xf7, 0xbf, 0xbf, 0xbf).toString()).toBe('\ufffd\ufffd\ufffd\ufffd');
  });

  it('adds BOS and EOS if the file asks for it', () => {
    const tokens = [...byteAlphabet.map((text) => ({ text })), { text: '<s>', type: 'control' as const }];
    const file = (pre: string, ...extra: NonNullable<TokenizerFile['extra']>): TokenizerFile => ({
      model: 'gpt2',
      pre,
      tokens,
      merges: [],
      extra: [
        ['tokenizer.ggml.bos_token_id', { type: 'u32', value: 256 }],
        ['tokenizer.ggml.eos_token_id', { type: 'u32', value: 256 }],
        ...extra,
      ],
    });
    const a = byteAlphabet.indexOf('a');
    expect(tokenizer.readFile(file('gpt-2'))).toBe('');
    expect(tokenizer.encode('a', { addSpecial: true })).toEqual([a]);
    expect(tokenizer.readFile(file('llama-bpe'))).toBe('');
    expect(tokenizer.encode('a', { addSpecial: true })).toEqual([256, a]);
    expect(tokenizer.encode('', { addSpecial: true })).toEqual([256]);
    expect(tokenizer.encode('a')).toEqual([a]);
    const both = file(
      'gpt-2',
      ['tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
      ['tokenizer.ggml.add_eos_token', { type: 'bool', value: true }],
    );
    expect(tokenizer.readFile(both)).toBe('');
    expect(tokenizer.encode('a', { addSpecial: true })).toEqual([256, a, 256]);
  });
});

/** A SentencePiece vocabulary: control tokens, the bytes, and words with scores. */
function spmFile(words: readonly (readonly [string, number])[], extra: readonly Token[] = []): TokenizerFile {
  const bytes = Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    type: 'byte' as const,
  }));
  return {
    model: 'llama',
    tokens: [
      { text: '<unk>', type: 'unknown' },
      { text: '<s>', type: 'control' },
      { text: '</s>', type: 'control' },
      ...bytes,
      ...words.map(([text, score]) => ({ text, score })),
      ...extra,
    ],
  };
}

const spmWords = fc
  .uniqueArray(
    fc.tuple(
      fc
        .array(fc.constantFrom(...'▁abcdest0 1.é你🦙'.replace(' ', '')), { minLength: 1, maxLength: 4 })
        .map((c) => c.join('')),
      fc.integer({ min: -40, max: 0 }),
    ),
    { selector: ([word]) => word, minLength: 10, maxLength: 120 },
  )
  .map((words) => [...words, ['▁', -50] as const]);

describe('SentencePiece', () => {
  it('merges the most probable pairs, the leftmost of equal ones, and falls back to bytes', () => {
    fc.assert(
      fc.property(spmWords, fc.array(text, { minLength: 20, maxLength: 20 }), (words, texts) => {
        const file = spmFile(words);
        expect(tokenizer.readFile(file)).toBe('');
        const reference = new ReferenceTokenizer(file);
        for (const text of texts) {
          const ids = tokenizer.encode(text);
          expect(ids).toEqual(reference.encode(text, false, true));
          if (text !== '') expect(Buffer.from(tokenizer.decode(ids)).toString()).toBe(` ${text}`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('puts a space before text at the beginning or after a special token, unless the file says not to', () => {
    fc.assert(
      fc.property(
        spmWords,
        fc.boolean(),
        fc.array(textWithSpecial, { minLength: 10, maxLength: 10 }),
        (words, prefix, texts) => {
          const file = {
            ...spmFile(words, specialTokens),
            extra: [['tokenizer.ggml.add_space_prefix', { type: 'bool', value: prefix }]],
          } as const;
          expect(tokenizer.readFile(file)).toBe('');
          const reference = new ReferenceTokenizer(file);
          for (const text of texts) {
            expect(tokenizer.encode(text, { parseSpecial: true })).toEqual(reference.encode(text, true, prefix));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('begins with BOS, which is shown only on request', () => {
    expect(tokenizer.readFile(spmFile([['▁a', -1]]))).toBe('');
    const ids = tokenizer.encode('a', { addSpecial: true });
    expect(ids).toEqual([1, 259]);
    expect(Buffer.from(tokenizer.decode(ids)).toString()).toBe('<s> a');
    expect(Buffer.from(tokenizer.decode(ids, false)).toString()).toBe(' a');
    expect(tokenizer.encode('', { addSpecial: true })).toEqual([1]);
  });

  it('uses the unknown token for a byte that has none', () => {
    const file: TokenizerFile = {
      model: 'llama',
      tokens: [{ text: '<unk>', type: 'unknown' }, { text: '<s>', type: 'control' }, { text: 'b' }],
      extra: [['tokenizer.ggml.add_space_prefix', { type: 'bool', value: false }]],
    };
    expect(tokenizer.readFile(file)).toBe('');
    expect(tokenizer.encode('abc')).toEqual([0, 2, 0]);
  });
});

describe('texts of any kind', () => {
  const bpe = () =>
    randomBpe(
      'llama-bpe',
      [
        [0, 1],
        [2, 3],
        [4, 5],
        [258, 6],
      ],
      specialTokens,
    );
  const spm = () =>
    spmFile(
      [
        ['▁', -9],
        ['▁a', -1],
        ['ab', -2],
        ['▁▁', -3],
      ],
      specialTokens,
    );

  it('never trap, whatever their bytes', () => {
    for (const file of [bpe(), spm()]) {
      expect(tokenizer.readFile(file)).toBe('');
      const { size } = tokenizer.summary();
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, parseSpecial) => {
          const ids = tokenizer.encode(bytes, { addSpecial: true, parseSpecial });
          expect(ids.every((id) => id >= 0 && id < size)).toBe(true);
          tokenizer.decode(ids);
        }),
        { numRuns: 1000 },
      );
    }
  });

  it('are tokenized in one go if they are long words, and refused if they are too long', () => {
    for (const file of [bpe(), spm()]) {
      expect(tokenizer.readFile(file)).toBe('');
      const before = tokenizer.part.exports.taken();
      const long = 'ab'.repeat(200_000);
      const ids = tokenizer.encode(long);
      expect(Buffer.from(tokenizer.decode(ids)).toString().trimStart()).toBe(long);
      expect(() => tokenizer.encode(new Uint8Array((4 << 20) + 1))).toThrow(
        'the text has 4194305 bytes; at most 4194304 are accepted',
      );
      // Only the list of tokens stays.
      expect(tokenizer.part.exports.taken() - before).toBeLessThan(8 << 20);
    }
  });

  it('of special tokens only have a cost in proportion to their length', () => {
    expect(tokenizer.readFile(bpe())).toBe('');
    const ids = tokenizer.encode('\n'.repeat(100_001));
    expect(ids.length).toBe(33_334);
    expect(tokenizer.encode(`${'<a'.repeat(1000)}>`, { parseSpecial: true }).at(-1)).toBe(
      tokenizer.encode('<a>', { parseSpecial: true })[0],
    );
  });
});
