/**
 * Tokenizers as plainly as possible, to be compared with the engine's: they follow the definitions step by step,
 * however slow that is. Vocabularies are those of `TokenizerFile`.
 */
import type { Header, Value } from '../../../test/gguf/header.js';

/** Token types as "tokenizer.ggml.token_type" numbers them. */
export const tokenType = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

export interface Token {
  text: string;
  type?: keyof typeof tokenType;
  score?: number;
}

export interface TokenizerFile {
  model: 'llama' | 'gpt2' | 'gemma4' | 'whitespace';
  pre?: string;
  tokens: readonly Token[];
  /** Merges of byte-level BPE: two parts in the byte alphabet. */
  merges?: readonly (readonly [string, string])[];
  extra?: readonly (readonly [string, Value])[];
}

/** The metadata of a file with nothing but a tokenizer. */
export function tokenizerGguf({ model, pre, tokens, merges, extra = [] }: TokenizerFile): Header {
  return {
    metadata: [
      ['general.architecture', { type: 'string', value: 'llama' }],
      ['tokenizer.ggml.model', { type: 'string', value: model }],
      ...(pre === undefined ? [] : ([['tokenizer.ggml.pre', { type: 'string', value: pre }]] as const)),
      ['tokenizer.ggml.tokens', { array: 'string', values: tokens.map(({ text }) => text) }],
      ['tokenizer.ggml.scores', { array: 'f32', values: tokens.map(({ score = 0 }) => score) }],
      ['tokenizer.ggml.token_type', { array: 'i32', values: tokens.map(({ type = 'normal' }) => tokenType[type]) }],
      ...(merges
        ? ([['tokenizer.ggml.merges', { array: 'string', values: merges.map((pair) => pair.join(' ')) }]] as const)
        : []),
      ...extra,
    ],
  };
}

/** GPT-2's alphabet: the character that stands for each byte. */
export const byteAlphabet: readonly string[] = (() => {
  const visible = (byte: number) => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  let hidden = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(visible(byte) ? byte : 0x100 + hidden++));
})();

export const spell = (text: string) => [...Buffer.from(text)].map((byte) => byteAlphabet[byte]).join('');

const words = {
  gpt2: /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu,
  llama3:
    /'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\p{White_Space}\p{L}\p{N}]+[\r\n]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu,
  qwen2:
    /'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\p{White_Space}\p{L}\p{N}]+[\r\n]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu,
};

const punctuation = /[\p{P}$+<=>^~|]+/gu;

/** The passes of pre-tokenizers, as regular expressions. Each one cuts the pieces of the one before. */
export const passes: Readonly<Record<string, readonly RegExp[]>> = {
  'gpt-2': [words.gpt2],
  'llama-bpe': [words.llama3],
  qwen2: [words.qwen2],
  qwen35: [
    /'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\p{White_Space}\p{L}\p{M}\p{N}]+[\r\n]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu,
  ],
  minicpm5: [/\p{N}{1,3}/gu, new RegExp(words.llama3.source.replace('{1,3}', '+'), 'gu')],
  tekken: [
    /[^\r\n\p{L}\p{N}]?(?:(?=\p{L})[^a-z])*(?:(?=\p{L})[^A-Z])+|[^\r\n\p{L}\p{N}]?(?:(?=\p{L})[^a-z])+(?:(?=\p{L})[^A-Z])*|\p{N}| ?[^\p{White_Space}\p{L}\p{N}]+[\r\n/]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu,
  ],
  'gpt-4o': [
    /[^\r\n\p{L}\p{N}]?(?:(?=\p{L})[^a-z])*(?:(?=\p{L})[^A-Z])+(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|[^\r\n\p{L}\p{N}]?(?:(?=\p{L})[^a-z])+(?:(?=\p{L})[^A-Z])*(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|\p{N}{1,3}| ?[^\p{White_Space}\p{L}\p{N}]+[\r\n/]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu,
  ],
  superbpe: [/\p{N}+/gu, /(?=(?:[0-9]{3})+(?![0-9]))/gu],
  'deepseek-coder': [
    /[\r\n]/gu,
    /\p{White_Space}?\p{L}+/gu,
    /\p{White_Space}?\p{P}+/gu,
    /(?:(?!\p{White_Space})[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff])+/gu,
    /\p{N}/gu,
  ],
  'deepseek-v3': [
    /\p{N}{1,3}/gu,
    /[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+/gu,
    /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu,
  ],
  smollm: [/\p{N}/gu, words.gpt2],
  falcon: [/[\p{P}$+<=>^~|`]+/gu, words.gpt2, /[0-9][0-9][0-9]/gu],
  default: [punctuation, words.gpt2, /\p{N}+/gu, /[0-9][0-9][0-9]/gu],
};

/** Cuts a text the way llama.cpp does: each expression's matches and what lies between them become pieces. */
function pretokenize(text: string, pre: string): string[] {
  let pieces = text === '' ? [] : [text];
  for (const expression of passes[pre]!) {
    pieces = pieces.flatMap((piece) => {
      const cut: string[] = [];
      let at = 0;
      for (const match of piece.matchAll(expression)) {
        // An empty match is a cut.
        if (match.index > at) cut.push(piece.slice(at, match.index));
        if (match[0] !== '') cut.push(match[0]);
        at = match.index + match[0].length;
      }
      if (at < piece.length) cut.push(piece.slice(at));
      return cut;
    });
  }
  return pieces;
}

/** Merges the best pair again and again; `rank` is lower for a better pair, undefined for none. Ties: the leftmost. */
function mergeAll(symbols: string[], rank: (left: string, right: string) => number | undefined): string[] {
  for (;;) {
    let best = -1;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < symbols.length; ++i) {
      const found = rank(symbols[i]!, symbols[i + 1]!);
      if (found === undefined || found >= bestRank) continue;
      best = i;
      bestRank = found;
    }
    if (best < 0) return symbols;
    symbols = [...symbols.slice(0, best), symbols[best]! + symbols[best + 1]!, ...symbols.slice(best + 2)];
  }
}

export class ReferenceTokenizer {
  readonly #file: TokenizerFile;
  readonly #ids = new Map<string, number>();
  readonly #ranks = new Map<string, number>();

  constructor(file: TokenizerFile) {
    this.#file = file;
    file.tokens.forEach(({ text }, id) => {
      this.#ids.set(text, id);
    });
    file.merges?.forEach(([left, right], rank) => {
      const pair = `${left} ${right}`;
      if (!this.#ranks.has(pair)) this.#ranks.set(pair, rank);
    });
  }

  /** Tokens of a text, no BOS added. */
  encode(text: string, parseSpecial: boolean, spacePrefix = false): number[] {
    let afterSpecial = true;
    return this.partition(text, parseSpecial).flatMap((fragment) => {
      if (typeof fragment === 'number') {
        afterSpecial = true;
        return [fragment];
      }
      const prefix = spacePrefix && afterSpecial ? ' ' : '';
      afterSpecial = false;
      return this.#file.model === 'llama' ? this.#spm(prefix + fragment) : this.#bpe(fragment);
    });
  }

  /** As llama.cpp does: one special token after the other, the longest first, in what is still text. */
  partition(text: string, parseSpecial: boolean): (string | number)[] {
    const special = this.#file.tokens
      .map(({ text, type = 'normal' }, id) => ({ text, type, id, bytes: Buffer.byteLength(text) }))
      .filter(({ type }) => type === 'userDefined' || (parseSpecial && (type === 'control' || type === 'unknown')))
      .sort((a, b) => b.bytes - a.bytes);
    let fragments: (string | number)[] = text === '' ? [] : [text];
    for (const { text, id } of special) {
      fragments = fragments.flatMap((fragment) => {
        if (typeof fragment === 'number') return [fragment];
        const parts = fragment.split(text).flatMap((part, i) => (i === 0 ? [part] : [id, part]));
        return parts.filter((part) => part !== '');
      });
    }
    return fragments;
  }

  #bpe(text: string): number[] {
    return pretokenize(text, this.#file.pre ?? 'default').flatMap((word) => {
      const spelled = spell(word);
      const whole = this.#ids.get(spelled);
      if (['llama-bpe', 'tekken', 'minicpm5'].includes(this.#file.pre ?? '') && whole !== undefined) return [whole];
      return mergeAll([...spelled], (left, right) => this.#ranks.get(`${left} ${right}`)).flatMap((symbol) => {
        const id = this.#ids.get(symbol);
        return id !== undefined ? [id] : [...symbol].flatMap((byte) => this.#ids.get(byte) ?? []);
      });
    });
  }

  #spm(text: string): number[] {
    const rank = (left: string, right: string) => {
      const id = this.#ids.get(left + right);
      return id === undefined ? undefined : -(this.#file.tokens[id]!.score ?? 0);
    };
    return mergeAll([...text.replaceAll(' ', '▁')], rank).flatMap((symbol) => {
      const id = this.#ids.get(symbol);
      if (id !== undefined) return [id];
      return [...Buffer.from(symbol)].map((byte) => {
        const name = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
        return this.#ids.get(name) ?? this.#file.tokens.findIndex(({ type }) => type === 'unknown');
      });
    });
  }
}
