/** The repository's own trained model, and what llama.cpp computed for it (models/tiny-chat/reference/make.mjs). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lead, type Step } from './reference/step.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../models/tiny-chat');

/** One prompt, and its greedy answer by llama.cpp. */
export interface TinyChatCase {
  /** File it was computed for. */
  file: string;
  /** The prompt: a ChatML conversation, or plain text. */
  text: string;
  prompt: number[];
  /** Tokens of the answer; the last one ends it, if less than 120 were needed. */
  greedy: number[];
  answer: string;
  /** From the file as it is. */
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

/** Below this lead of a token (a difference of logits), what llama.cpp rounds may decide: 8-bit activations, an f16 cache. */
export const NOISE = 0.05;
/** The same where our caches are of 8 bits. */
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
