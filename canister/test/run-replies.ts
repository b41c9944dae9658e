/** What the tests of runs ask for, and what they read in the replies. */
import type { Output } from './llama.js';

/** The five counts: prompt tokens, cached, decoded, remaining; generated. */
export const counts = (output: Output) => [
  output.n_prompt_tokens[0],
  output.n_prompt_tokens_cached[0],
  output.n_prompt_tokens_decoded[0],
  output.n_prompt_tokens_remaining[0],
  output.n_tokens_generated[0],
];
/** Tokens that a call has generated. */
export const generated = (output: Output) => Number(output.n_tokens_generated[0]);
/** Flags for the most probable token, always. */
export const greedy = ['--samplers', 'temperature', '--temp', '0'];

/** Words that the small model's vocabulary knows. */
export const PROMPT = 'the cat sat on the mat and looked at the moon';
