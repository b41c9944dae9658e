import fc from 'fast-check';

/** Characters of every kind that pre-tokenizers tell apart, and a few that they should not. */
const character = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'abcdestrlvmABSTR') },
  { weight: 3, arbitrary: fc.constantFrom(...' \t\n\r\v\f') },
  { weight: 2, arbitrary: fc.constantFrom(...'0123456789') },
  { weight: 2, arbitrary: fc.constantFrom(...`'"!?.,;:-_()[]{}<>+=$^~|\`/\\@#%&*`) },
  { weight: 2, arbitrary: fc.constantFrom(...'éßñжёאبतिกาកា你好日本語한국어ÅﬁǅⅣ²½٣७〇') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\u00a0',
      '\u2003',
      '\u3000',
      '\u0085',
      '\u2028',
      '\ufeff',
      '\u200d',
      '\u0301',
      '\ufffd',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('🦙', '👩‍👩‍👧', '🇺🇳', '𝔘', '𐍈', '\u0000', '\u001f', '\u007f', '€', '™') },
);

/** Well-formed texts of nasty characters. */
export const text = fc.array(character, { maxLength: 60 }).map((characters) => characters.join(''));

const word = fc.constantFrom(
  ...[
    'the',
    'The',
    "I'm",
    "WE'LL",
    'tokenizer',
    '2024',
    'naïve',
    'https://',
    'function()',
    'Здравствуй',
    '东京',
    '...',
    '\n\n',
  ],
);

/** Texts that look more like writing. */
export const writing = fc
  .array(fc.tuple(fc.constantFrom('', ' ', '  ', '\n', '\t'), fc.oneof(word, text)), { maxLength: 12 })
  .map((parts) => parts.flat().join(''));
