import { existsSync } from 'node:fs';
import { LlamaError } from '@llama-canister/client';

/** Names of the parts that gguf-split makes. */
const PART = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/s;

/**
 * The files of a model by the path of its first: NAME-00001-of-00003.gguf and the others beside it, or the file alone.
 * Errors: `NOT_FIRST_PART`, `PART_MISSING`.
 */
export function modelFiles(path: string): string[] {
  const [, stem, number, count] = PART.exec(path) ?? [];
  if (stem === undefined || Number(count) < 2) return [path];
  const name = (part: number) => `${stem}-${String(part).padStart(5, '0')}-of-${count}.gguf`;
  if (Number(number) !== 1) {
    throw new LlamaError('input', 'NOT_FIRST_PART', `${path} is a part of a split model; the first is ${name(1)}`, {
      value: path,
    });
  }
  const paths = Array.from({ length: Number(count) }, (_, i) => name(i + 1));
  const missing = paths.find((each) => !existsSync(each));
  if (missing === undefined) return paths;
  throw new LlamaError('input', 'PART_MISSING', `${missing}, a part of the model, is not there`, { value: missing });
}
