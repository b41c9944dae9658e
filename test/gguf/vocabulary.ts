/** A made-up byte-level BPE vocabulary of any size, in the form of GPT-2's: what a model file has to have. */
import { Random } from './random.js';
import type { Value } from './writer.js';

/** GPT-2's stand-ins for the 256 bytes: printable Latin-1 stands for itself, the rest is moved behind it. */
function byteAlphabet(): string[] {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
}

const CONTROL = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];

/** Metadata of a tokenizer with `size` (at least 300) tokens: bytes, what random merges make of them, control tokens. */
export function bpeVocabulary(size: number, seed = 1): Record<string, Value> {
  const random = new Random(seed);
  const tokens = byteAlphabet();
  const known = new Set(tokens);
  const merges: string[] = [];
  const space = tokens[32]!;
  while (tokens.length < size - CONTROL.length) {
    // Mostly lower-case letters, as in text, and now and then a word that begins with a space.
    const pick = () =>
      tokens.length > 300 && random.below(3)
        ? tokens[256 + random.below(tokens.length - 256)]!
        : String.fromCharCode(97 + random.below(26));
    const [left, right] = [random.below(8) ? pick() : space, pick()];
    if (left.length + right.length > 16 || right.includes(space) || known.has(left + right)) continue;
    known.add(left + right);
    tokens.push(left + right);
    merges.push(`${left} ${right}`);
  }
  tokens.push(...CONTROL);
  const normal = 1;
  const control = 3;
  return {
    'tokenizer.ggml.model': { type: 'string', value: 'gpt2' },
    'tokenizer.ggml.pre': { type: 'string', value: 'qwen2' },
    'tokenizer.ggml.tokens': { array: 'string', values: tokens },
    'tokenizer.ggml.token_type': {
      array: 'i32',
      values: tokens.map((_, i) => (i < size - CONTROL.length ? normal : control)),
    },
    'tokenizer.ggml.merges': { array: 'string', values: merges },
    'tokenizer.ggml.eos_token_id': { type: 'u32', value: size - 1 },
    'tokenizer.ggml.bos_token_id': { type: 'u32', value: size - 3 },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
  };
}
