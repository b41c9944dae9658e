/** A model's reference results, in the format of the maintainers' minis and of `references/`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Step } from '../../canister/test/reference/step.js';
import { hasShared, shared } from '../../canister/test/shared.js';
import { gguf } from '../gguf/writer.js';
import type { Mini } from './mini.js';
import { miniModel, minis } from './minis.js';

interface Reference {
  prompt: number[];
  /** The tokens that follow; each distribution is the one before one of them. */
  greedy: number[];
  /** Most tokens of the session that it was made in (rope scalings depend on it). */
  context?: number;
  /** llama.cpp's own path for the file; missing if it has none. */
  steps?: Step[];
  /** The same weights in f32, with an f32 cache. */
  f32_steps: Step[];
  /** The first of them over the whole vocabulary, up to a constant. */
  f32_first_step_logits: number[];
}

/** A model with its reference. */
export interface Case {
  name: string;
  /** Path of its file, or its bytes. */
  source: string | (() => Uint8Array);
  reference: Reference;
}

const committed = join(dirname(fileURLToPath(import.meta.url)), 'references');

const read = (path: string): Reference => JSON.parse(readFileSync(path, 'utf8'));

/** The models of a folder: every NAME.gguf that has a NAME.json beside it. */
export function casesIn(folder: string): Case[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.gguf') && existsSync(join(folder, `${file.slice(0, -5)}.json`)))
    .sort()
    .map((file) => {
      const name = file.slice(0, -5);
      return { name, source: join(folder, file), reference: read(join(folder, `${name}.json`)) };
    });
}

/** Generated models with what is stored about them. */
export function casesOf(models: readonly Mini[]): Case[] {
  return models.map((mini) => ({
    name: mini.name,
    source: () => {
      const { metadata, tensors } = miniModel(mini);
      return gguf(metadata, tensors);
    },
    reference: read(join(committed, `${mini.name}.json`)),
  }));
}

/** The mini models of the repository. */
export function ownCases(): Case[] {
  return casesOf(minis);
}

/** The mini models of the maintainers' folder; none if the folder is absent. */
export function sharedCases(): Case[] {
  return hasShared ? casesIn(shared('minis')) : [];
}
