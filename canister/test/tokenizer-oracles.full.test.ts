/** Real tokenizers against Hugging Face's implementation of them. The first run installs them (oracles/package.json). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { classOf } from '../scripts/unicode.mjs';
import { loadOracle, oracles } from './oracles/oracle.js';
import { type Sample, trimmed } from './oracles/trimmed.js';
import { writing } from './texts.js';
import { TokenizerPart } from './tokenizer-part.js';

/** The part of the oracles that `npm test` uses; a file that is removed is recorded anew. */
const folder = join(dirname(fileURLToPath(import.meta.url)), 'data/tokenizers');

let tokenizer: TokenizerPart;
beforeAll(async () => {
  tokenizer = await TokenizerPart.load();
});

/** Characters of all planes that existed in Unicode when llama.cpp's tables were made, and lone surrogates. */
const anyCharacter = fc
  .oneof(
    fc.integer({ min: 0, max: 0x2fff }),
    fc.integer({ min: 0, max: 0xffff }),
    fc.integer({ min: 0x10000, max: 0x3ffff }),
  )
  .filter((point) => classOf(point) !== 0 || !/[\p{L}\p{N}\p{P}\p{S}\p{M}]/u.test(String.fromCodePoint(point)))
  .map((point) => String.fromCodePoint(point));

const nasty = fc.oneof(
  { weight: 5, arbitrary: writing },
  { weight: 2, arbitrary: fc.array(anyCharacter, { maxLength: 40 }).map((characters) => characters.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom('👩', '\u200d', '👧', '🏽', '🇩', '🇪', '❤️', 'e\u0301', 'a\u0308\u0301', ' '), {
        maxLength: 30,
      })
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(' ', '\t', '\n', '\r', '\u00a0', '\u3000', '\u2003', 'x', '.'), { maxLength: 60 })
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...'0123456789٣७²Ⅳ.,-+ '), { maxLength: 60 }).map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(
        fc.constantFrom(
          'שלום',
          'مرحبا',
          'سلام ',
          '\u200f',
          '\u202e',
          'नमस्ते',
          'สวัสดี',
          '안녕하세요',
          '日本語',
          'カタカナ',
          '。',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('a', 'ab', 'Ab', '-', 'é', '漢', '🦙'), fc.integer({ min: 50, max: 400 }))
      .map(([part, times]) => part.repeat(times)),
  },
);

/** The number of texts in the sample for `npm test`. */
const sampled = [
  'Hello, world!',
  "I'm sure THEY'LL say it's naïve café — isn't it?",
  '  indented\n\n\tcode(); // x = 3.14159e-10\r\n',
  '1234567 890 ٣७² Ⅳ',
  'Здравствуй, мир! 你好世界 日本語カタカナ 안녕하세요',
  'مرحبا بالعالم שלום נमस्ते สวัสดี',
  '👩‍👩‍👧 🏽 🇩🇪 ❤️ e\u0301 a\u0308\u0301',
  '\u0000\u001f\u007f \u00a0\u3000\u2003x',
  'https://example.org/a_b?c=%20&d=[1,2]{}|~`',
  'camelCaseHTTPServer XMLHttpRequest ABCdef',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  '...!!!???---+++===   \n \n  \n',
];

describe.each(Object.keys(oracles))('the tokenizer of %s', (name) => {
  it('agrees on 5000 nasty texts, and restores them', async () => {
    const oracle = await loadOracle(name);
    expect(tokenizer.readFile(oracle.file)).toBe('');
    let compared = 0;
    const prefix = oracle.file.extra?.some(([key, of]) => key.endsWith('add_space_prefix') && 'value' in of && of.value)
      ? ' '
      : '';
    for (let seed = 1; compared < 5000; seed++) {
      for (const given of fc.sample(nasty, { numRuns: 500, seed })) {
        const text = oracle.comparable(given);
        if (text === undefined || text === '') continue;
        const ids = tokenizer.encode(text, { parseSpecial: true });
        expect([text, ids]).toEqual([text, oracle.encode(text)]);
        expect(Buffer.from(tokenizer.decode(ids)).toString()).toBe(prefix + text);
        compared++;
      }
    }
    const cases = sampled.flatMap((given) => {
      const text = oracle.comparable(given);
      return text === undefined ? [] : [{ text, ids: oracle.encode(text) }];
    });
    const sample = JSON.parse(JSON.stringify(trimmed(oracle.file, cases))) as Sample;
    const recorded = join(folder, `${name}.json`);
    if (!existsSync(recorded)) writeFileSync(recorded, `${JSON.stringify(sample)}\n`);
    expect(JSON.parse(readFileSync(recorded, 'utf8'))).toEqual(sample);
  }, 600_000);
});
