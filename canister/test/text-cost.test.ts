import { beforeAll, describe, expect, it } from 'vitest';
import { DirectCanister } from '../../packages/network/src/execution/direct.js';
import { ggufBytes } from '../../test/gguf/header.js';
import { compile } from './compile.js';
import { kinds, vocabularyFor } from './pre-tokenizers.js';
import { randomNumbers } from './reference/sampling.js';
import { byteAlphabet, type Token, type TokenizerFile, tokenizerGguf } from './reference/tokenizer.js';
import { sharedFile, sharedNames } from './shared-data.js';

const full = process.env.LLAMA_CANISTER_TEST === 'full';
/** Length of the texts that are made to be expensive, in bytes. */
const LONG = full ? 100_000 : 20_000;

let wasm: Uint8Array;
beforeAll(async () => {
  // A Candid method's name has a space, which no function of the language can have, so the export's name is changed in
  // the wasm.
  const bytes = Buffer.from(await compile('testing/costs.ts', '-O3', ['--use', 'abort=testing/costs/abort']));
  const prefix = 'canister_update';
  for (let at = bytes.indexOf(`${prefix}_`); at >= 0; at = bytes.indexOf(`${prefix}_`, at)) {
    bytes[at + prefix.length] = 0x20;
  }
  wasm = new Uint8Array(bytes);
});

function installed(): DirectCanister {
  const canister = new DirectCanister();
  expect(canister.install(wasm).result.kind).toBe('none');
  return canister;
}

/** The numbers in a method's reply; page charges are included in its instructions. */
function numbers(canister: DirectCanister, method: string, argument: Uint8Array): number[] {
  const { result } = canister.update(method, argument);
  if (result.kind !== 'reply') throw new Error(JSON.stringify(result));
  const reply = Object.values(result).find((value) => value instanceof Uint8Array)!;
  return new TextDecoder().decode(reply).trim().split(' ').map(Number);
}

let made: Uint8Array | undefined;

/** The file of a vocabulary of the size of Qwen's. */
function qwenSized(): Uint8Array {
  made ??= ggufBytes(tokenizerGguf(largeVocabulary(151_643))).bytes;
  return made;
}

/** A byte-level vocabulary of a large size, with random tokens made of two shorter ones each. */
function largeVocabulary(size: number): TokenizerFile {
  const random = randomNumbers(1n, 1n);
  const texts = [...byteAlphabet];
  const known = new Set(texts);
  const merges: [string, string][] = [];
  while (texts.length < size) {
    const [left, right] = [0, 0].map(() => texts[Math.floor(random.next().value! ** 2 * texts.length)]!);
    const text = left! + right!;
    if (text.length > 16 || known.has(text)) continue;
    merges.push([left!, right!]);
    texts.push(text);
    known.add(text);
  }
  const tokens: Token[] = texts.map((text) => ({ text }));
  return { model: 'gpt2', pre: 'qwen2', tokens: [...tokens, { text: '<|im_end|>', type: 'control' }], merges };
}

const prose = `The Internet Computer executes canisters, which are WebAssembly modules together with their memory. A message may
spend forty billion instructions; "tokenization" shouldn't be noticed among them. In 2026 it isn't: naïve café, 東京, 🦙!

    function encode(text: usize, bytes: u32): i32 { return tokenizer.encode(text, bytes, true, false); }
`;

describe('instructions, page charges included,', () => {
  it('to load a vocabulary of 150 k tokens and merges: less than 0.4 B', () => {
    const bytes = qwenSized();
    const [header, load] = numbers(installed(), 'load', bytes);
    expect(header).toBeLessThan(60e6);
    expect(load).toBeLessThan(340e6);
  });

  const families = sharedNames('vocab', '.gguf').filter((name) => !name.includes('bert'));
  it.each(full ? families : families.slice(0, 2))(
    'to tokenize with %s: less than 12 k a token, of a short text 6 M',
    (name) => {
      const canister = installed();
      numbers(canister, 'load', sharedFile(name));
      const [instructions, tokens] = numbers(canister, 'encode', Buffer.from(prose.repeat(20)));
      expect(tokens).toBeGreaterThan(1000);
      expect(instructions! / tokens!).toBeLessThan(12e3);
      expect(numbers(canister, 'encode', Buffer.from('Tell me a story.'))[0]).toBeLessThan(6e6);
      // The longer the word, the more a byte costs; tokenizer.ts promises 6000 up to 4 MiB.
      for (const text of [' ', 'a', 'ab', '\n', '🦙', "'s "]) {
        const long = Buffer.from(text.repeat(LONG / Buffer.byteLength(text)));
        expect(numbers(canister, 'encode', long)[0]! / long.length).toBeLessThan(4500);
      }
    },
  );

  // Pre-tokenizers whose expressions are not tested above, and both kinds of BPE over characters.
  const made = kinds.filter(({ pre }) =>
    /^(jais-2|youtu|kimi-k2|exaone-moe|viking|chameleon|granite-embed-multi-97m|tiny_aya|afmoe|spark2_5|laguna|sarvam-moe|gemma4)$/.test(
      pre,
    ),
  );
  const longest = [' ', 'a', 'ab', '\n', ' \n', '🦙', "'s ", 'A\u0301', '1', '<sentinel:', 'IMGIMGAB', '漢か'];
  it.each(full ? made : made.filter((_, i) => i % 4 === 0))(
    'to tokenize as $pre of "$model": less than 6000 a byte, whatever the text',
    (kind) => {
      const canister = installed();
      const file = vocabularyFor(kind, [prose, ...longest.map((text) => text.repeat(4))]);
      numbers(canister, 'load', ggufBytes(tokenizerGguf(file)).bytes);
      for (const text of longest) {
        const long = Buffer.from(text.repeat((LONG * 0.4) / Buffer.byteLength(text)));
        const cost = numbers(canister, 'encode', long)[0]! / long.length;
        if (process.env.COSTS) console.log(kind.pre, JSON.stringify(text), Math.round(cost));
        expect(cost).toBeLessThan(4500);
      }
    },
  );

  it('to tokenize a word of 100 kB: n log n', () => {
    const canister = installed();
    const merges = [...'abcdefg'].map((letter): [string, string] => [letter, letter]);
    const texts = [...byteAlphabet, ...merges.map((pair) => pair.join(''))];
    const file = { model: 'gpt2', pre: 'gpt-2', tokens: texts.map((text) => ({ text })), merges } as const;
    numbers(canister, 'load', ggufBytes(tokenizerGguf(file)).bytes);
    const cost = (length: number) => numbers(canister, 'encode', Buffer.from('aabbc'.repeat(length / 5)))[0]!;
    const [short, long] = [cost(10_000), cost(100_000)];
    expect(long).toBeLessThan(300e6);
    expect(long / short).toBeLessThan(14);
  });

  it('to sample from 151,936 tokens', () => {
    const canister = installed();
    const random = randomNumbers(5n, 5n);
    const size = 151_936;
    const logits = Float32Array.from({ length: size }, () => {
      let sum = -3;
      for (let i = 0; i < 6; ++i) sum += random.next().value!;
      return sum * 4;
    });
    const cost = (order: string) => {
      const names = Buffer.from(order.padEnd(256));
      return numbers(canister, 'sample_again', Buffer.concat([names, Buffer.from(logits.buffer)]))[0]!;
    };
    const everything = 'penalties;dry;top_n_sigma;top_k;typ_p;top_p;min_p;xtc;temperature';
    expect(cost(everything)).toBeLessThan(0.9e6);
    expect(cost('top_k')).toBeLessThan(0.9e6);
    expect(cost('temperature')).toBeLessThan(6e6);
    expect(cost('min_p;temperature')).toBeLessThan(6e6);
  });

  it('of a JSON grammar over 150 k tokens: less than 30 M a token in the worst case', () => {
    const bytes = qwenSized();
    const canister = installed();
    numbers(canister, 'load', bytes);
    const [index] = numbers(canister, 'index', new Uint8Array());
    expect(index).toBeLessThan(0.6e9);
    const person = {
      type: 'object',
      properties: {
        name: { type: 'string' },
        age: { type: 'integer' },
        tags: { type: 'array', items: { enum: ['red', 'green', 'blue'] } },
        note: { type: ['string', 'null'], maxLength: 200 },
      },
      required: ['name', 'age'],
    };
    const value = { name: 'naïve 東京 café', age: 42, tags: ['red', 'blue'], note: prose.slice(0, 150) };
    for (const [schema, text] of [
      [true, JSON.stringify(value)],
      [true, JSON.stringify([value, { nested: [1.5e3, true, null, value] }], null, 2)],
      [person, JSON.stringify(value)],
    ] as const) {
      const size = Buffer.alloc(4);
      size.writeUInt32LE(Buffer.byteLength(JSON.stringify(schema)));
      const argument = Buffer.concat([size, Buffer.from(JSON.stringify(schema)), Buffer.from(text)]);
      const [read, drawn, all, mean, tokens] = numbers(canister, 'constrain', argument);
      expect(tokens).toBeGreaterThan(10);
      expect(read).toBeLessThan(10e6);
      expect(drawn).toBeLessThan(1e6);
      expect(all).toBeLessThan(30e6);
      expect(mean).toBeLessThan(10e6);
    }
  });
});
