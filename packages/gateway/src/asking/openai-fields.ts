// Fields that chat completions, completions and responses have in common, as OpenAI's reference defines them.
import { z } from 'zod';
import { openAiSampling, stopField } from './sampling.js';

const metadata = z
  .record(z.string().max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, 'at most 16 pairs')
  .nullish();

export const openAiFields = {
  model: z.string(),
  ...openAiSampling,
  seed: z.number().int().nullish(),
  stop: stopField,
  stream: z.boolean().nullish(),
  user: z.string().nullish(),
  /** Not OpenAI's: the name of a session in the canister. */
  session: z.string().nullish(),
};

/** Fields that only chat completions and responses have in common. */
export const openAiAnswerFields = {
  ...openAiFields,
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
  /** vLLM's fields: whether the answer continues the last message, or a new one begins after it. */
  continue_final_message: z.boolean().nullish(),
  add_generation_prompt: z.boolean().nullish(),
  prompt_cache_key: z.string().nullish(),
  metadata,
  store: z.boolean().nullish(),
  service_tier: z.enum(['auto', 'default', 'flex', 'scale', 'priority']).nullish(),
  safety_identifier: z.string().max(64).nullish(),
  prompt_cache_options: z.looseObject({}).nullish(),
  prompt_cache_retention: z.enum(['in_memory', '24h']).nullish(),
  moderation: z.looseObject({}).nullish(),
};

/** Those of these fields that change neither the answer nor where it is kept. */
export const WITHOUT_EFFECT = [
  'service_tier',
  'safety_identifier',
  'prompt_cache_options',
  'prompt_cache_retention',
  'moderation',
] as const;

/** All efforts that any interface knows; the chat template decides what they mean. */
export const effortField = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish();

export const verbosityField = z.enum(['low', 'medium', 'high']).nullish();

/** The name of a JSON schema for the answer. */
export const schemaNameField = z.string().regex(/^[\w-]{1,64}$/, 'a name has 1 to 64 letters, digits, _ and -');

export const tokenCount = (least: number) => z.number().int().min(least).max(1_000_000_000).nullish();
