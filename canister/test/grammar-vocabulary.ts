/**
 * A vocabulary for tests of grammars: words that span several parts of a grammar, pieces of characters, and tokens
 * without text.
 */
import { byteAlphabet, spell, type Token, type TokenizerFile } from './reference/tokenizer.js';

const words = [
  'ab',
  'aab',
  'ba',
  'abc',
  'ca',
  'b1',
  '12',
  '  ',
  'é',
  'aé',
  '日',
  '日本',
  '🦙',
  '"',
  '":',
  'x"y',
  'ab',
  'a\0',
];
const pieces = [
  [0xe6],
  [0xe6, 0x97],
  [0x97, 0xa5],
  [0xf0, 0x9f],
  [0xa6, 0x99, 0x61],
  [0x61, 0xf0],
  [0xc3],
  [0xed, 0xa0],
  [0xe0, 0x80],
];
const spelled = (bytes: readonly number[]) => bytes.map((byte) => byteAlphabet[byte]!).join('');
export const tokens: Token[] = [
  ...byteAlphabet.map((text) => ({ text })),
  ...[...new Set(words)].map((text) => ({ text: spell(text) })),
  ...pieces.map((bytes) => ({ text: spelled(bytes) })),
  { text: '<|im_start|>', type: 'control' },
  { text: '<|im_end|>', type: 'control' },
  { text: '<think>', type: 'userDefined' },
  { text: '</think>', type: 'userDefined' },
  { text: '<unk>', type: 'unknown' },
];
export const vocabulary: TokenizerFile = {
  model: 'gpt2',
  pre: 'gpt-2',
  tokens,
  merges: [],
  extra: [
    ['tokenizer.ggml.eos_token_id', { type: 'u32', value: tokens.findIndex(({ text }) => text === '<|im_end|>') }],
  ],
};
