/** Writes the vocabularies of pre-tokenizers.ts as files for llama.cpp, and reads its results. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ggufBytes } from '../../test/gguf/header.js';
import { kinds, type Recorded, texts, vocabularyFor } from './pre-tokenizers.js';
import { tokenizerGguf } from './reference/tokenizer.js';

/** Keys of a model that llama.cpp requires even if it reads only the vocabulary. */
const MODEL = [
  ['llama.context_length', { type: 'u32', value: 512 }],
  ['llama.embedding_length', { type: 'u32', value: 32 }],
  ['llama.block_count', { type: 'u32', value: 1 }],
  ['llama.feed_forward_length', { type: 'u32', value: 32 }],
  ['llama.attention.head_count', { type: 'u32', value: 1 }],
  ['llama.attention.layer_norm_rms_epsilon', { type: 'f32', value: 1e-5 }],
] as const;

const fileOf = (index: number) => String(index).padStart(3, '0');

/** Writes texts.json, and NNN.gguf for each kind. */
export function writeVocabularies(folder: string): void {
  const all = texts();
  writeFileSync(join(folder, 'texts.json'), JSON.stringify(all));
  kinds.forEach((kind, i) => {
    const { metadata = [] } = tokenizerGguf(vocabularyFor(kind, all));
    writeFileSync(join(folder, `${fileOf(i)}.gguf`), ggufBytes({ metadata: [...metadata, ...MODEL] }).bytes);
  });
}

/** Saves llama.cpp's results, one line for each text. */
export function saveTokens(folder: string): void {
  const said = kinds.map(
    (_, i) => JSON.parse(readFileSync(join(folder, `${fileOf(i)}.json`), 'utf8')) as { bos: boolean; ids: number[][] },
  );
  const recorded: Recorded = {
    kinds: kinds.map(({ model, pre }) => `${model} ${pre}`),
    bos: said.map(({ bos }) => Number(bos)),
    cases: texts().map((text, t) => {
      const own = said.map(({ ids }) => ids[t]!.join(' '));
      const ids = [...new Set(own)];
      return { text, ids, of: own.map((one) => ids.indexOf(one)) };
    }),
  };
  const lines = recorded.cases.map((one) => JSON.stringify(one)).join(',\n');
  const head = JSON.stringify({ kinds: recorded.kinds, bos: recorded.bos }).slice(0, -1);
  const path = join(dirname(fileURLToPath(import.meta.url)), 'data/pre-tokenizers.json');
  writeFileSync(path, `${head},"cases":[\n${lines}\n]}\n`);
}
