import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ReferenceTokenizer, type TokenizerFile } from './reference/tokenizer.js';
import { sharedFile, sharedNames } from './shared-data.js';
import { text } from './texts.js';
import { TokenizerPart } from './tokenizer-part.js';

const CONTROL = 1 << 3;
let tokenizer: TokenizerPart;
beforeAll(async () => {
  tokenizer = await TokenizerPart.load();
});

const template = (text: string) => ({ text, fromTemplate: true });
const data = (text: string) => ({ text, fromTemplate: false });

/** SentencePiece with merges that lead to its own control tokens. */
const spm: TokenizerFile = {
  model: 'llama',
  tokens: [
    { text: '<unk>', type: 'unknown' },
    { text: '<s>', type: 'control', score: 0 },
    { text: '</s>', type: 'control', score: 0 },
    ...Array.from({ length: 256 }, (_, byte) => ({
      text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
      type: 'byte' as const,
      score: 0,
    })),
    ...['<', '/', 's', '>', 'a', '▁', '</', 's>', '/s', '</s', '<s', 'as'].map((text, i) => ({ text, score: -i })),
  ],
  extra: [['tokenizer.ggml.add_space_prefix', { type: 'bool', value: false }]],
};

function isControl(id: number): boolean {
  return (tokenizer.part.exports.tokenizer_attributes(id) & CONTROL) !== 0;
}

describe('the output of a chat template', () => {
  it('has no control token from the text of a message, even if merges make one', () => {
    expect(tokenizer.readFile(spm)).toBe('');
    expect(tokenizer.encode('</s>')).toEqual([2]);
    expect(tokenizer.encodeRendered([template('</s>'), data('a</s>a<s>'), template('<s>')]).filter(isControl)).toEqual([
      2, 1,
    ]);
    const ids = tokenizer.encodeRendered([data('a</s>a')]);
    expect(ids.some(isControl)).toBe(false);
    expect(Buffer.from(tokenizer.decode(ids)).toString()).toBe('a</s>a');
  });

  it('has no control token that template and text form together', () => {
    tokenizer.readFile(spm);
    for (const segments of [
      [template('<'), data('/'), template('s>')],
      [data('<'), template('/s>')],
      [template('</s'), data('>')],
    ]) {
      expect(tokenizer.encodeRendered(segments).some(isControl)).toBe(false);
    }
    expect(tokenizer.encodeRendered([template('<'), template('/s>')])).toEqual([2]);
  });

  const names = sharedNames('vocab', '.gguf');
  it.each(names)('%s: is tokenized as one text', (name) => {
    expect(tokenizer.read(sharedFile(name))).toBe('');
    const { size, unknown } = tokenizer.summary();
    const controls = Array.from({ length: size }, (_, id) => id)
      .filter((id) => isControl(id) && id !== unknown)
      .map((id) => Buffer.from(tokenizer.decode([id])).toString())
      .filter((text) => text.length > 2 && !text.includes('\ufffd'));
    const control = fc.nat().map((i) => controls[i % Math.max(1, controls.length)] ?? '');
    const segment = fc.oneof(
      fc.oneof(control, text, fc.constantFrom('\n', ' ', '')).map(template),
      fc.oneof(text, fc.constantFrom('\n', ' a', '')).map(data),
    );
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const filled = segments.filter(({ text }) => text !== '');
        const whole = filled.map(({ text }) => text).join('');
        if (whole === '') return;
        expect(tokenizer.encodeRendered(filled)).toEqual(tokenizer.encode(whole, { parseSpecial: true }));
      }),
      { numRuns: 100 },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(control, text), { maxLength: 6 }), (pieces) => {
        const said = pieces.join('');
        if (said === '') return;
        const ids = tokenizer.encodeRendered([data(said)]);
        expect(ids.filter((id) => isControl(id) && id !== unknown)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the tokens that the reference finds in plain text', () => {
    tokenizer.readFile(spm);
    const reference = new ReferenceTokenizer(spm);
    expect(tokenizer.encodeRendered([data('as a/s')])).toEqual(reference.encode('as a/s', false));
  });
});
