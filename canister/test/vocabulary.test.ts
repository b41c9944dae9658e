import { beforeAll, describe, expect, it } from 'vitest';
import { byteAlphabet, spell, type Token, type TokenizerFile } from './reference/tokenizer.js';
import { TokenizerPart } from './tokenizer-part.js';

let tokenizer: TokenizerPart;
beforeAll(async () => {
  tokenizer = await TokenizerPart.load();
});

describe('special tokens', () => {
  const base = byteAlphabet.map((text) => ({ text }));
  const withTokens = (tokens: Token[], extra: TokenizerFile['extra'] = []) => {
    expect(tokenizer.readFile({ model: 'gpt2', pre: 'gpt-2', tokens: [...base, ...tokens], merges: [], extra })).toBe(
      '',
    );
    return tokenizer.summary();
  };
  const control = (...texts: string[]): Token[] => texts.map((text) => ({ text, type: 'control' }));

  it('that end a generation are found by name, and made control tokens', () => {
    const ends = ['<|im_end|>', '<|eot_id|>', '<|endoftext|>', '<end_of_turn>', '</s>', '<|end_of_text|>', '[EOS]'];
    const found = withTokens(ends.map((text) => ({ text })));
    expect(found.ends).toEqual([11, ...ends.map((_, i) => 256 + i)]);
    expect(found.eot).toBe(257);
    expect(Buffer.from(tokenizer.decode([256], false)).toString()).toBe('');
  });

  it('are taken from the file rather than guessed', () => {
    const found = withTokens(control('<|im_end|>', '<|endoftext|>', '<x>'), [
      ['tokenizer.ggml.eos_token_id', { type: 'u32', value: 256 }],
      ['tokenizer.ggml.eot_token_id', { type: 'u32', value: 258 }],
      ['tokenizer.ggml.padding_token_id', { type: 'u32', value: 4294967295 }],
      ['tokenizer.ggml.bos_token_id', { type: 'u32', value: 257 }],
    ]);
    expect(found).toMatchObject({ bos: 257, eos: 256, eot: 258, padding: -1, ends: [256, 257, 258] });
  });

  it('for fill-in-the-middle end a generation, too', () => {
    expect(withTokens(control('<|fim_pad|>', '<|repo_name|>', '<|file_sep|>', '<|fim_prefix|>')).ends).toEqual([
      11, 256, 257, 258,
    ]);
  });

  it('that end only a part of the answer do not end a generation', () => {
    expect(withTokens(control('<|return|>', '<|call|>', '<|end|>')).ends).toEqual([11, 256, 257]);
    expect(Buffer.from(tokenizer.decode([258], false)).toString()).toBe('<|end|>');
    expect(withTokens(control('</s>', '<|tool_response>')).ends).toEqual([11, 257]);
    expect(withTokens(control('<|channel|>')).ends).toEqual([11]);
    expect(Buffer.from(tokenizer.decode([256], false)).toString()).toBe('<|channel|>');
  });

  it('of Phi-3 include the white space after them', () => {
    const extra = [['general.name', { type: 'string', value: 'My Phi-3 mini' }]] as const;
    withTokens([...control('<|user|>', '<s>')], extra);
    const [newline, space] = ['\n', ' '].map((text) => byteAlphabet.indexOf(spell(text)));
    const a = byteAlphabet.indexOf('a');
    expect(tokenizer.encode('<|user|> \na <s> a', { parseSpecial: true })).toEqual([256, a, space, 257, space, a]);
    withTokens(control('<|user|>'));
    expect(tokenizer.encode('<|user|>\na', { parseSpecial: true })).toEqual([256, newline, a]);
  });
});

describe('vocabularies that cannot be used', () => {
  const sound: TokenizerFile = {
    model: 'gpt2',
    pre: 'gpt-2',
    tokens: byteAlphabet.map((text) => ({ text })),
    merges: [],
  };
  const refuse = (file: Partial<TokenizerFile>) => {
    const before = tokenizer.part.exports.taken();
    const reason = tokenizer.readFile({ ...sound, ...file });
    expect(reason).not.toBe('');
    expect(tokenizer.part.exports.taken()).toBeLessThanOrEqual(before);
    expect(() => tokenizer.encode('a')).toThrow();
    return reason;
  };

  it('are refused with their name', () => {
    expect(tokenizer.readFile(sound)).toBe('');
    expect(refuse({ model: 't5' as 'llama' })).toMatch(/tokenizer "t5" is not supported; "llama" .* and "bert"/);
    expect(refuse({ pre: 'bloom2' })).toBe('the pre-tokenizer "bloom2" is not supported');
    expect(refuse({ pre: 'gpt-2 phi-2' })).toBe('the pre-tokenizer "gpt-2 phi-2" is not supported');
    expect(refuse({ tokens: [] })).toMatch(/has 0 tokens/);
    const { merges, ...without } = sound;
    expect(tokenizer.readFile(without)).toBe('"tokenizer.ggml.merges" is missing');
    expect(refuse({ tokens: [{ text: 'x'.repeat(2000), type: 'control' }] })).toMatch(/special token 0 has 2000 bytes/);
    expect(refuse({ extra: [['tokenizer.ggml.add_bos_token', { type: 'string', value: 'yes' }]] })).toMatch(
      /not a bool/,
    );
    expect(merges).toEqual([]);
  });

  it('are refused if their entries are chosen to collide', () => {
    const gamma = 0x9e3779b97f4a7c15n;
    const low64 = (n: bigint) => BigInt.asUintN(64, n);
    // Both hashes, as in text-table.ts and merges.ts; tables have 2048 slots for 1024 entries.
    const textSlot = (text: string) => {
      const bytes = Buffer.from(text);
      const both = (BigInt(bytes.readUInt32LE(0)) << 32n) | BigInt(bytes.readUInt32LE(bytes.length - 4));
      const mixed = low64((BigInt(text.length) ^ both) * gamma);
      return Number(low64((mixed ^ (mixed >> 29n)) * 0xbf58476d1ce4e5b9n) & 2047n);
    };
    const pairSlot = (left: number, right: number) => {
      const key = (BigInt(right) << 32n) | BigInt(left);
      return Number((low64((key ^ (key >> 29n)) * gamma) >> 32n) & 2047n);
    };
    const texts: string[] = [];
    for (let i = 0; texts.length < 768; ++i) {
      const text = (0x10000 + i).toString(36).padStart(5, 'x');
      if (textSlot(text) < 200) texts.push(text);
    }
    const tokens = [...sound.tokens, ...texts.map((text) => ({ text }))];
    expect(refuse({ tokens })).toMatch(/its tokens are chosen to collide/);
    const merges: [string, string][] = [];
    for (let left = 0; left < 256; ++left) {
      for (let right = 0; right < 256 && merges.length < 1024; ++right) {
        if (pairSlot(left, right) < 200) merges.push([byteAlphabet[left]!, byteAlphabet[right]!]);
      }
    }
    expect(refuse({ merges })).toMatch(/its merges are chosen to collide/);
  });

  it('with malformed merges keep the ranks of the others', () => {
    const merges = [
      ['', 'a'],
      ['a', ''],
      ['aa', 'b'],
      ['a', 'b'],
    ] as const;
    const file = { ...sound, merges, tokens: [...sound.tokens, { text: 'ab' }] };
    expect(tokenizer.readFile(file)).toBe('');
    expect(tokenizer.encode('ab')).toEqual([256]);
  });

  it('with equal or empty tokens can be used', () => {
    const file = { ...sound, tokens: [...sound.tokens, { text: '' }, { text: 'a' }] };
    expect(tokenizer.readFile(file)).toBe('');
    expect(tokenizer.encode('a')).toEqual([257]);
    expect(tokenizer.decode([256, -1, 99999]).length).toBe(0);
  });
});
