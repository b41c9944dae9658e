/** The repository's own trained model, and what llama.cpp computed for it (models/tiny-chat/reference/make.mjs). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lead, type Step } from './reference/step.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../models/tiny-chat');

/** One prompt with llama.cpp's greedy answer. */
export interface TinyChatCase {
  /** The model file that llama.cpp used. */
  file: string;
  /** The prompt: a ChatML conversation, or plain text. */
  text: string;
  prompt: number[];
  /** The tokens of the answer. If there are fewer than 120, the last one ends it. */
  greedy: number[];
  answer: string;
  /** The logits from the file as it is. */
  steps: Step[];
  /** The same weights in f32, with an f32 cache. */
  f32_steps: Step[];
  f32_first_step_logits: number[];
}

export type TinyChatFile = 'tiny-chat-q8_0' | 'tiny-chat-f16';

export const tinyChatPath = (name: TinyChatFile) => join(folder, `${name}.gguf`);

/** By name: "tiny-chat-q8_0-canister". */
export const tinyChatCases: ReadonlyMap<string, TinyChatCase> = new Map(
  readdirSync(join(folder, 'reference'))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(folder, 'reference', file), 'utf8'))]),
);

/**
 * If a token's lead (a difference of logits) is smaller than this, llama.cpp's rounding may decide: 8-bit activations,
 * an f16 cache.
 */
export const NOISE = 0.05;
/** The same if our caches have 8 bits. */
export const BYTE_CACHE_NOISE = 0.2;

/**
 * Tokens of the greedy answer before the first whose lead over the second is within `noise`, in either of llama.cpp's
 * runs.
 */
export function certainTokens({ greedy, steps, f32_steps }: TinyChatCase, noise = NOISE): number {
  const doubtful = greedy.findIndex(
    (token, i) =>
      lead(steps[i]!) < noise ||
      lead(f32_steps[i]!) < noise ||
      f32_steps[i]!.argmax !== token ||
      steps[i]!.argmax !== token,
  );
  return doubtful < 0 ? greedy.length : doubtful;
}
