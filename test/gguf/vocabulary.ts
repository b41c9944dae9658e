/**
 * Made-up vocabularies of any size, with the metadata that a model file needs: byte-level BPE like GPT-2's, and
 * SentencePiece.
 */
import { Random } from './random.js';
import type { Value } from './writer.js';

/** GPT-2's characters for the 256 bytes: printable Latin-1 stands for itself, the others get code points from 256. */
function byteAlphabet(): string[] {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
}

const CONTROL = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];

/** Metadata of a tokenizer with `size` (at least 300) tokens: the bytes, random merges of them, and control tokens. */
export function bpeVocabulary(size: number, seed = 1): Record<string, Value> {
  const random = new Random(seed);
  const tokens = byteAlphabet();
  const known = new Set(tokens);
  const merges: string[] = [];
  const space = tokens[32]!;
  while (tokens.length < size - CONTROL.length) {
    // Mostly lower-case letters, as in text, and sometimes a word that begins with a space.
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

/**
 * Metadata of a SentencePiece tokenizer with `size` (at least 600) tokens: control tokens, the 256 bytes, single
 * letters and longer pieces of lower-case letters.
 */
export function spmVocabulary(size: number, seed = 1): Record<string, Value> {
  const random = new Random(seed);
  const bytes = Array.from({ length: 256 }, (_, i) => `<0x${i.toString(16).toUpperCase().padStart(2, '0')}>`);
  const tokens = ['<pad>', '<eos>', '<bos>', '<unk>', ...bytes];
  const single = [...'\u2581abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,!?'];
  tokens.push(...single);
  const known = new Set(tokens);
  const letters = single.slice(0, 27);
  while (tokens.length < size) {
    let piece = letters[random.below(27)]!;
    for (let more = 1 + random.below(5); more > 0; more--) piece += letters[1 + random.below(26)]!;
    if (known.has(piece)) continue;
    known.add(piece);
    tokens.push(piece);
  }
  const [normal, unknown, control, byte] = [1, 2, 3, 6];
  const type = (i: number) => (i < 3 ? control : i === 3 ? unknown : i < 260 ? byte : normal);
  return {
    'tokenizer.ggml.model': { type: 'string', value: 'llama' },
    'tokenizer.ggml.pre': { type: 'string', value: 'default' },
    'tokenizer.ggml.tokens': { array: 'string', values: tokens },
    'tokenizer.ggml.scores': { array: 'f32', values: tokens.map((_, i) => (i < 260 ? -1e4 : -i)) },
    'tokenizer.ggml.token_type': { array: 'i32', values: tokens.map((_, i) => type(i)) },
    'tokenizer.ggml.padding_token_id': { type: 'u32', value: 0 },
    'tokenizer.ggml.eos_token_id': { type: 'u32', value: 1 },
    'tokenizer.ggml.bos_token_id': { type: 'u32', value: 2 },
    'tokenizer.ggml.unknown_token_id': { type: 'u32', value: 3 },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: true },
    'tokenizer.ggml.add_space_prefix': { type: 'bool', value: false },
  };
}
