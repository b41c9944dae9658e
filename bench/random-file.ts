/**
 * A file of a case's shape with random weights, in pieces as a canister gets it, with a made-up vocabulary or a real
 * one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Token, type TokenizerFile, tokenizerGguf } from '../canister/test/reference/tokenizer.js';
import { type ModelShape, randomModel } from '../test/gguf/random-model.js';
import { type Value, writeGguf } from '../test/gguf/writer.js';
import { piecesOf } from './measure.js';

/** The metadata of a real vocabulary of at least `size` tokens, of which the last are unused. */
function vocabularyOf(file: TokenizerFile, size: number, end: string): Record<string, Value> {
  const rest = Math.max(0, size - file.tokens.length);
  const unused: Token[] = Array.from({ length: rest }, (_, i) => ({ text: `[rest${i}]`, type: 'unused' }));
  const ends = file.tokens.findIndex(({ text }) => text === end);
  const { metadata = [] } = tokenizerGguf({ ...file, tokens: [...file.tokens, ...unused] });
  return {
    ...Object.fromEntries(metadata.filter(([key]) => key.startsWith('tokenizer.'))),
    'tokenizer.ggml.eos_token_id': { type: 'u32', value: ends },
  } as Record<string, Value>;
}

/** Calls a function with the pieces of such a file, once or again; the file is removed afterwards. */
export async function withRandomFile<T>(
  shape: ModelShape,
  work: (pieces: Iterable<Uint8Array>, again: () => Iterable<Uint8Array>) => Promise<T>,
  real?: { file: TokenizerFile; end: string },
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'llama-canister-bench-'));
  try {
    const path = join(folder, 'model.gguf');
    const vocabulary = Math.max(shape.vocabulary, real?.file.tokens.length ?? 0);
    const { metadata, tensors } = randomModel({ ...shape, vocabulary });
    const made = Object.entries(metadata).filter(([key]) => !real || !key.startsWith('tokenizer.'));
    const given = real ? vocabularyOf(real.file, vocabulary, real.end) : {};
    writeGguf(path, { ...Object.fromEntries(made), ...given }, tensors);
    return await work(piecesOf(path), () => piecesOf(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
