import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { kinds, type Recorded, vocabularyFor } from './pre-tokenizers.js';
import { TokenizerPart } from './tokenizer-part.js';

const path = join(dirname(fileURLToPath(import.meta.url)), 'data/pre-tokenizers.json');
const recorded = JSON.parse(readFileSync(path, 'utf8')) as Recorded;
const texts = recorded.cases.map(({ text }) => text);

let tokenizer: TokenizerPart;
beforeAll(async () => {
  tokenizer = await TokenizerPart.load();
});

describe('every pre-tokenizer of llama.cpp’s list cuts texts as llama.cpp does', () => {
  it('and the record has all of them', () => {
    expect(recorded.kinds).toEqual(kinds.map(({ model, pre }) => `${model} ${pre}`));
    expect(texts.length).toBeGreaterThan(200);
    for (const text of [' ~', '~/bin']) expect(texts).toContain(text);
  });

  it.each(kinds.map((kind, i) => [kind.pre, kind.model, i] as const))('%s of "%s"', (_, model, i) => {
    const kind = kinds[i]!;
    expect(tokenizer.readFile(vocabularyFor(kind, texts))).toBe('');
    for (const { text, ids, of } of recorded.cases) {
      const own = tokenizer.encode(text);
      expect([text, own.join(' ')]).toEqual([text, ids[of[i]!]]);
      // That one drops white space.
      if (model === 'whitespace') continue;
      expect(Buffer.from(tokenizer.decode(own)).toString()).toBe(text);
    }
    expect(tokenizer.summary().addBos).toBe(Boolean(recorded.bos[i]));
  });
});

describe('cases that the record does not cover', () => {
  const kindOf = (pre: string) => kinds.find((kind) => kind.pre === pre)!;

  it('Kimi’s files may lack merges, others may not', () => {
    const { merges: _, ...file } = vocabularyFor(kindOf('kimi-k2'), ['abc']);
    expect(tokenizer.readFile(file)).toBe('');
    expect(Buffer.from(tokenizer.decode(tokenizer.encode('abc'))).toString()).toBe('abc');
    expect(tokenizer.encode('abc').length).toBe(3);
    expect(tokenizer.readFile({ ...file, pre: 'qwen2' })).toContain('"tokenizer.ggml.merges" is missing');
  });

  it('the family "whitespace" lowers letters if the file says so', () => {
    const file = vocabularyFor(kindOf('whitespace'), ['abc über']);
    expect(tokenizer.readFile(file)).toBe('');
    const small = tokenizer.encode('abc über');
    expect(tokenizer.encode('ABC Über')).not.toEqual(small);
    const extra = [...file.extra!, ['tokenizer.ggml.normalizer.lowercase', { type: 'bool', value: true }]] as const;
    expect(tokenizer.readFile({ ...file, extra })).toBe('');
    expect(tokenizer.encode('ABC\n Über ')).toEqual(small);
  });

  it('Gemma 4 begins with BOS even if the file says otherwise', () => {
    for (const pre of ['gemma4', 'sarvam-moe', 'llama-bpe']) {
      const file = vocabularyFor(kindOf(pre), ['abc']);
      const extra = [...file.extra!, ['tokenizer.ggml.add_bos_token', { type: 'bool', value: false }]] as const;
      expect(tokenizer.readFile({ ...file, extra })).toBe('');
      expect(tokenizer.summary().addBos).toBe(pre === 'gemma4');
    }
  });

  it('long lines are one word of BPE over characters, and their memory is freed', () => {
    const kind = kindOf('gemma4');
    expect(tokenizer.readFile(vocabularyFor(kind, ['abab', 'é 漢']))).toBe('');
    const before = tokenizer.part.exports.taken();
    const long = 'ab é漢\u{10ffff}'.repeat(40_000);
    expect(Buffer.from(tokenizer.decode(tokenizer.encode(long))).toString()).toBe(long);
    expect(tokenizer.part.exports.taken() - before).toBeLessThan(8 << 20);
    tokenizer.part.exports.tokenizer_dispose();
    expect(tokenizer.part.exports.taken()).toBeLessThan(1000);
  });
});

describe('an unknown pre-tokenizer', () => {
  it('is refused with its name', () => {
    const file = vocabularyFor(kinds[0]!, ['a']);
    for (const pre of ['qwen9', 'Llama3', 'gemma4 ', 'hybriddna']) {
      expect(tokenizer.readFile({ ...file, pre })).toContain(`the pre-tokenizer "${pre}" is not supported`);
    }
  });
});
