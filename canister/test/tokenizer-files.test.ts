import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import type { Sample } from './oracles/trimmed.js';
import { readTokenizerFile } from './reference/gguf-tokenizer.js';
import { byteAlphabet, ReferenceTokenizer } from './reference/tokenizer.js';
import { hasShared } from './shared.js';
import { sharedFile, sharedNames, sharedText } from './shared-data.js';
import { writing } from './texts.js';
import { TokenizerPart } from './tokenizer-part.js';

const absence = hasShared ? '' : ' (skipped: ../shared is absent)';
let tokenizer: TokenizerPart;
beforeAll(async () => {
  tokenizer = await TokenizerPart.load();
});

interface Expectation {
  model: string;
  cases: { text: string; parse_special: boolean; ids: number[] }[];
}

describe('tokens are llama.cpp’s', () => {
  const vocabularies = sharedNames('vocab', '.gguf');
  it.skipIf(vocabularies.length === 0)('there are vocabularies', () => expect(vocabularies.length).toBeGreaterThan(3));

  it.each(vocabularies)('with %s', (name) => {
    expect(tokenizer.read(sharedFile(name))).toBe('');
    const texts = sharedText(`${name}.inp`).split('\n__ggml_vocab_test__\n');
    const lines = sharedText(`${name}.out`).split('\n');
    expect(texts.length).toBeGreaterThan(40);
    for (const [i, text] of texts.entries()) {
      expect(tokenizer.encode(text).join(' ')).toBe(lines[i]!.trim());
    }
  });

  it.each(sharedNames('minis', '.json').filter((name) => name.includes('tokenizer-')))(
    'and those of the record %s',
    (name) => {
      const { model, cases } = JSON.parse(sharedText(name)) as Expectation;
      expect(tokenizer.read(sharedFile(model))).toBe('');
      for (const { text, parse_special: parseSpecial, ids } of cases) {
        expect(tokenizer.encode(text, { parseSpecial })).toEqual(ids);
      }
    },
  );
});

describe.skipIf(!hasShared)(`the definition, on real vocabularies,${absence}`, () => {
  const names = [...sharedNames('vocab', '.gguf'), ...sharedNames('models', '.gguf')].filter(
    // DeepSeek's pre-tokenizer and WordPiece have no reference but llama.cpp's expectations.
    (name) => !/deepseek|bert/.test(name),
  );
  const minis = sharedNames('minis', '-q8_0.gguf');

  it.each([...names, ...minis])('gives the same tokens with %s, and the text is restored', (name) => {
    const bytes = sharedFile(name);
    expect(tokenizer.read(bytes)).toBe('');
    const file = readTokenizerFile(bytes);
    const reference = new ReferenceTokenizer(file);
    // Falcon's vocabulary lacks some control characters, and text without a token is lost, in llama.cpp too.
    const texts = new Set(file.tokens.map(({ text }) => text));
    const isComplete = file.model === 'llama' || byteAlphabet.every((character) => texts.has(character));
    fc.assert(
      fc.property(writing, (text) => {
        const ids = tokenizer.encode(text, { parseSpecial: true });
        expect(ids).toEqual(reference.encode(text, true, file.addSpacePrefix));
        const prefix = file.addSpacePrefix && text !== '' ? ' ' : '';
        if (isComplete) {
          expect(Buffer.from(tokenizer.decode(ids)).toString()).toBe(prefix + text);
        }
      }),
      { numRuns: isFull ? 5000 : 15 },
    );
  });
});

describe.skipIf(!hasShared)(`real vocabularies${absence}`, () => {
  const stories = sharedNames('models', 'stories260Ktok512.gguf');

  it.each(stories)('of %s keep the space that begins a word', (name) => {
    expect(tokenizer.read(sharedFile(name))).toBe('');
    const ids = tokenizer.encode('Joe loves writing stories', { addSpecial: true, parseSpecial: true });
    expect(ids[0]).toBe(1);
    const piece = (...ids: number[]) => Buffer.from(tokenizer.decode(ids, false)).toString();
    expect(piece(...ids.slice(0, 5))).toBe(' Joe');
    expect(piece(...ids.slice(0, 10))).toBe(' Joe loves wr');
    expect(piece(...ids)).toBe(' Joe loves writing stories');
  });

  it.each(sharedNames('minis', 'mini-qwen2-q8_0.gguf'))('of %s know the tokens that end a generation', (name) => {
    expect(tokenizer.read(sharedFile(name))).toBe('');
    const { ends, addBos } = tokenizer.summary();
    expect(ends.map((id) => Buffer.from(tokenizer.decode([id])).toString())).toEqual([
      '<|endoftext|>',
      '<|im_end|>',
      '<|fim_pad|>',
      '<|repo_name|>',
      '<|file_sep|>',
    ]);
    expect(addBos).toBe(false);
  });
});

describe('real tokenizers, with recorded oracles', () => {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'data/tokenizers');

  it.each(readdirSync(folder))('%s', (name) => {
    const { file, cases } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Sample;
    expect(tokenizer.readFile(file)).toBe('');
    expect(cases.length).toBeGreaterThan(5);
    for (const { text, ids } of cases) {
      expect([text, tokenizer.encode(text, { parseSpecial: true })]).toEqual([text, ids]);
    }
  });
});
