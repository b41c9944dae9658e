/** Writes the mini models and their variants as files for llama.cpp, and saves its results for the variants. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dequantize } from '../../canister/test/reference/dequantize.js';
import { TENSOR_TYPES } from '../gguf/layout.js';
import { type Tensor, writeGguf } from '../gguf/writer.js';
import { miniModel, minis } from './minis.js';
import { architectures, type Verdict, type Verdicts, variantsOf } from './variants.js';
import { wideModels } from './wide.js';

/** The same weights as F32. */
function exact(tensor: Tensor): Tensor {
  return {
    ...tensor,
    type: 'F32',
    *data() {
      const bytes = new Uint8Array(Buffer.concat([...tensor.data()]));
      const count = tensor.shape.reduce((a, b) => a * b);
      yield new Uint8Array(dequantize(TENSOR_TYPES[tensor.type].id, bytes, count).buffer);
    },
  };
}

/**
 * Writes NAME.gguf, and NAME.f32 with the same weights in F32, for all mini models or those with the given names.
 * Returns the names of those whose type llama.cpp cannot multiply.
 */
export function writeMinis(folder: string, names: readonly string[]): string[] {
  const chosen = [...minis, ...wideModels].filter(({ name }) => names.length === 0 || names.includes(name));
  for (const mini of chosen) {
    const { metadata, tensors } = miniModel(mini);
    writeGguf(join(folder, `${mini.name}.gguf`), metadata, tensors);
    writeGguf(join(folder, `${mini.name}.f32`), metadata, tensors.map(exact));
  }
  return chosen.filter(({ exactOnly }) => exactOnly).map(({ name }) => name);
}

const fileOf = (architecture: string, index: number) => `${architecture}-${String(index).padStart(3, '0')}.gguf`;

const chosen = (names: readonly string[]) =>
  architectures.filter((architecture) => names.length === 0 || names.includes(architecture));

/** Writes every variant of every architecture, or of those with the given names. */
export function writeVariants(folder: string, names: readonly string[]): void {
  for (const architecture of chosen(names)) {
    variantsOf(architecture).forEach(({ metadata, tensors }, i) => {
      writeGguf(join(folder, fileOf(architecture, i)), metadata, tensors);
    });
  }
}

const isSame = (a: Verdict, b: Verdict) => JSON.stringify(a) === JSON.stringify(b);

const saved = join(dirname(fileURLToPath(import.meta.url)), 'variants.json');

/** Saves llama.cpp's results, one line each; those of other architectures stay. */
export function saveVerdicts(folder: string, names: readonly string[]): void {
  const lines = readFileSync(join(folder, 'verdicts.jsonl'), 'utf8').split('\n').filter(Boolean);
  const said = new Map(
    lines.map((line) => {
      const { name, top } = JSON.parse(line);
      return [name as string, (top ?? null) as Verdict];
    }),
  );
  const before: Verdicts = existsSync(saved) ? JSON.parse(readFileSync(saved, 'utf8')) : {};
  const asked = chosen(names);
  const verdicts: Verdicts = {};
  for (const architecture of architectures) {
    const kept = before[architecture];
    if (kept && !asked.includes(architecture)) verdicts[architecture] = kept;
    if (!asked.includes(architecture)) continue;
    const own: Verdicts[string] = {};
    verdicts[architecture] = own;
    const plain = said.get(fileOf(architecture, 0))!;
    variantsOf(architecture).forEach(({ change }, i) => {
      const verdict = said.get(fileOf(architecture, i))!;
      own[change] = i > 0 && isSame(verdict, plain) ? 'same' : verdict;
    });
  }
  const text = JSON.stringify(verdicts).replace(/(?<=[}{]|\]\],|null,|"same",)"/g, '\n"');
  writeFileSync(saved, `${text}\n`);
}
