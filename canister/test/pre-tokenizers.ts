/**
 * Vocabularies that show how a text was cut into words, for every pre-tokenizer of llama.cpp's list, and texts to cut.
 * `data/pre-tokenizers.json` has llama.cpp's results (node scripts/references.mjs --tokens).
 */
import fc from 'fast-check';
import { byteAlphabet, spell, type Token, type TokenizerFile } from './reference/tokenizer.js';
import { text, writing } from './texts.js';

/** The values of "tokenizer.ggml.pre" that byte-level BPE knows. */
const BYTE_LEVEL = (
  'default minicpm5 llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano deepseek-llm ' +
  'deepseek-coder deepseek-v3 spark2_5 youtu falcon mpt starcoder gpt-2 phi-2 jina-es jina-de gigachat jina-v2-es ' +
  'jina-v2-de a.x-4.0 mellum modern-bert jais-2 jina-v1-en jina-v2-code roberta-bpe refact command-r qwen2 ' +
  'deepseek-r1-qwen kormo f2llmv2 qwen35 stablelm2 olmo dbrx smaug-bpe poro-chat glm4 chatglm-bpe viking jais tekken ' +
  'smollm codeshell bloom gpt3-finnish exaone exaone4 exaone-moe chameleon minerva-7b megrez gpt-4o llama4 kanana2 ' +
  'talkie granite-embed-multi-97m tiny_aya cohere2moe superbpe trillion granite-docling bailingmoe bailingmoe2 ' +
  'llada-moe seed-coder hunyuan hunyuan-dense hy_v4 joyai-llm kimi-k2 ufakzeka grok-2 afmoe laguna minimax-m2 ' +
  'solar-open mellum2'
).split(' ');

/** The values for BPE over characters, with the family to which each belongs. */
const RAW = [
  ['gpt2', 'gemma4'],
  ['gemma4', 'gemma4'],
  ['gpt2', 'granite-embed-multi-311m'],
  ['gpt2', 'sarvam-moe'],
  ['whitespace', 'whitespace'],
] as const;

export interface Kind {
  model: NonNullable<TokenizerFile['model']>;
  pre: string;
  raw: boolean;
}

export const kinds: readonly Kind[] = [
  ...BYTE_LEVEL.map((pre) => ({ model: 'gpt2' as const, pre, raw: false })),
  ...RAW.map(([model, pre]) => ({ model, pre, raw: true })),
];

/** The results of llama.cpp. */
export interface Recorded {
  /** "MODEL PRE" of each kind of vocabulary. */
  kinds: string[];
  /** For each kind, whether a text begins with BOS. */
  bos: number[];
  /** For each text, its different results, and for each kind the number of its result. */
  cases: { text: string; ids: string[]; of: number[] }[];
}

/** A fixed permutation of 0 .. n - 1. */
function shuffled(n: number): number[] {
  let state = 12345;
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; --i) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const j = (state >>> 8) % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/**
 * Merges of any two symbols that are neighbours in one of the texts, and of some of these pairs with the next symbol.
 */
function mergesOf(texts: readonly (readonly string[])[]): [string, string][] {
  const pairs = new Map<string, [string, string]>();
  const triples = new Map<string, [string, string]>();
  for (const symbols of texts) {
    for (let i = 1; i < symbols.length; ++i) {
      const [left, right, next] = [symbols[i - 1]!, symbols[i]!, symbols[i + 1]];
      pairs.set(`${left} ${right}`, [left, right]);
      if (next !== undefined && (left.charCodeAt(0) * 7 + right.charCodeAt(0) * 3 + next.charCodeAt(0)) % 3 === 0) {
        triples.set(`${left} ${right} ${next}`, [left + right, next]);
      }
    }
  }
  const order = <T>(all: T[]) => shuffled(all.length).map((i) => all[i]!);
  return [...order([...pairs.values()]), ...order([...triples.values()])];
}

/** Words that no merges make; they become tokens only if a word that is a token is not split further. */
const WHOLE = [' world', 'Hello', "'s", '日本語', ' the', '2024', '\n\n\n\n', '...', 'é'];

/** The symbols of a text in BPE over characters. */
const rawSymbols = (text: string) => [...text.replaceAll(' ', '▁')];

/** The vocabulary that goes with these texts. */
export function vocabularyFor(kind: Kind, texts: readonly string[]): TokenizerFile {
  const split = (text: string) => (kind.raw ? rawSymbols(text) : [...spell(text)]);
  // llama.cpp reads the text of a token only up to a zero.
  const merges = mergesOf(texts.map(split)).filter((pair) => !pair.join('').includes('\u0000'));
  const single = kind.raw
    ? // Some characters are no tokens, and are written in bytes.
      [...new Set(texts.flatMap(rawSymbols))].filter(
        (c) => c !== '\u0000' && (c.codePointAt(0)! < 0x80 || c.codePointAt(0)! % 3 !== 0),
      )
    : byteAlphabet;
  const bytes: Token[] = Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    type: 'byte',
  }));
  const words = new Set([...single, ...merges.map((pair) => pair.join('')), ...WHOLE.map((w) => split(w).join(''))]);
  const tokens: Token[] = [
    { text: '<|bos|>', type: 'control' },
    { text: '<|eos|>', type: 'control' },
    ...(kind.raw ? bytes : []),
    ...[...words].map((text) => ({ text })),
  ];
  const extra = [
    ['tokenizer.ggml.bos_token_id', { type: 'u32', value: 0 }],
    ['tokenizer.ggml.eos_token_id', { type: 'u32', value: 1 }],
  ] as const;
  return { model: kind.model, pre: kind.pre, tokens, merges, extra };
}

/** Texts of every kind of writing that an expression treats in its own way. */
const WRITTEN = [
  'Hello, world!',
  ' ~',
  '~/bin',
  'ls ~/bin ~ ~~ a~b',
  "I'm sure THEY'LL say it's naïve; isn't it? we've we'RE 'Tis rock'n'roll d'accord l'été",
  "Ankara'da İstanbul'un 5'te O'nun ışık",
  '  indented\n\n\tcode(); // x = 3.14159e-10\r\n',
  'def f(x):\n    return x**2\n\n\n    # end\n',
  'a\n b\n  c\n   d\n\n \n  \n',
  'x \n\n y\r\n\r\nz \r\n \n\t\n ',
  'a  b   c    d     e      f       g        h         i          j',
  `${' '.repeat(16)}x${' '.repeat(17)}y${' '.repeat(33)}z${' '.repeat(64)}`,
  '\t\tif\t\t\tthen \t x',
  '1 12 123 1234 12345 123456 1234567 1,234,567.89 0x1F 3e8',
  'a1 b12 c123 d1234 e12345f 1a 12b x  1 y   12  345',
  '٣٧٢١٩ ²³¹ ½ Ⅳ 〇 ೨೦೨೪ 1٢3',
  'Здравствуй, мир! Ёжик В СНЕГУ',
  '你好世界，日本語カタカナひらがな。안녕하세요 한국어',
  '東京2024年 3月 abc漢字def ABC漢字 漢字abc 漢 字',
  'ㄅㄆㄇ ㄱㄴㄷ 、。「引用」…“中文”‘引’——：；',
  '！？（全角）ＡＢＣ１２３ﾊﾝｶｸ',
  'مرحبا بالعالم، كيف؟ שלום עולם',
  'नमस्ते दुनिया। हिन्दी में १२३',
  'สวัสดีชาวโลก ภาษาไทย ລາວ ខ្មែរ မြန်မာ',
  'বাংলা తెలుగు தமிழ் ಕನ್ನಡ മലയാളം',
  'e\u0301te\u0301 a\u0308\u0301b \u0301x \u0301 A\u0301B\u0301C \u0301ABC \u0301Abc !\u0301! 1\u03012',
  '👩‍👩‍👧 🏽 🇩🇪 ❤️ 🦙🦙 x👍🏽y 🤷‍♂️',
  '\u0000\u001f\u007f \u00a0\u3000\u2003x\u0085y\u2028z\ufeff\u200b',
  'https://example.org/a_b?c=%20&d=[1,2]{}|~`#frag',
  'C:\\Users\\me\\file.txt "quoted" \'single\' `code`',
  'camelCaseHTTPServer XMLHttpRequest ABCdef iPhone IPv6 ABC abC ÀÉÎ Àbc ßtraße ǅ',
  '...!!!???---+++===***///\\\\\\|||___   \n \n  \n',
  '///\n//\r\n/a /\n/ \n!/\n!!\n\n.\n/ x',
  '$100 €5 £3 #tag @user 50% a&b <b>bold</b> x^2 y=z+1',
  "''s 'S'T're'VE 'll'D 'x ''' 's",
  'a.b,c!d?e…f。g，h、i।j۔k،l(m)n|o',
  'hello (world) foo | bar , baz . qux ( ) | ! ?',
  '<sentinel:12> <sentinel:> IMGIMGABCZ IMGIMGABCDEZ IMGIMGZ xIMGIMGIZy <sentinel:3>>',
  'one two three four five',
  'one  two\u00a0three four. five 6 seven',
  '\ua000\ua001 \ua720\ua722 \uaa61 \ua9e7 \uf900\uf901 a\uf902b \u8c48 \u2f00\u2f01 \u3400\u3401 \ue000',
  '1\u0301ABC \n\u0301ABC\n\u0301\u0302Abc\n\u0301A\n\u0301\u0302',
  '𐍈𐌰 𝔘𝔫𝔦 𠀀𠀁 𪜀 🀄',
  'ﬀﬁ ﷺ ｡｢｣ ～ ㈱ ㍿ № ™ ℃',
  'word\u00adsoft co\u2010op a\u2014b \u2018q\u2019 \u00abx\u00bb',
  'Don’t can’t l’été ’s',
  '2024-11-30T12:34:56.789Z +49 (0)30 123-456',
  '{"a": [1, 2.5, null, true], "b": "c\\n"}',
  '#include <stdio.h>\nint main(void) { return 0; }\n',
  '<|im_start|>user\nhi<|im_end|>',
  '\n\n\n\n',
  '\n',
  ' ',
  '    ',
  '   \n',
  '\r\r\n\n\r',
  'x\n\n\n\ny\n\nz',
  '1',
  '.',
  'é',
  'zzzzzzzzzzzzzzzzzzzzzzzzz',
];

/** The texts whose results are recorded. */
export function texts(): string[] {
  const drawn = [
    ...fc.sample(text, { numRuns: 130, seed: 1 }),
    ...fc.sample(writing, { numRuns: 50, seed: 2 }).map((one) => [...one].slice(0, 80).join('')),
  ];
  return [...new Set([...WRITTEN, ...drawn])].filter((one) => one !== '');
}
