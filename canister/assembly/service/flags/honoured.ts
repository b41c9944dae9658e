/** The flags that change what a method does, but for the numbers of samplers, which samplers have (llm/sampling/setting.ts). */
import { Flag, NOTHING, REAL, TEXT, WHOLE } from './flag';

export const MODEL: u8 = 16;
export const CONTEXT: u8 = 17;
export const ROPE_BASE: u8 = 18;
export const ROPE_SCALE: u8 = 19;
export const ROPE_FREQUENCY_SCALE: u8 = 20;
export const ROPE_SCALING: u8 = 21;
export const CACHE_TYPE_K: u8 = 22;
export const PROMPT: u8 = 23;
export const ESCAPE: u8 = 24;
export const NO_ESCAPE: u8 = 25;
export const PREDICT: u8 = 26;
export const PROMPT_CACHE: u8 = 27;
export const READ_ONLY: u8 = 28;
export const SPECIAL: u8 = 29;
export const REVERSE_PROMPT: u8 = 30;
export const LOG_FILE: u8 = 31;
export const SAMPLERS: u8 = 32;
export const SAMPLER_LETTERS: u8 = 33;
export const SEED: u8 = 34;
export const LOGIT_BIAS: u8 = 35;
export const IGNORE_EOS: u8 = 36;
export const GRAMMAR: u8 = 37;
export const JSON_SCHEMA: u8 = 38;
export const CACHE_TYPE_V: u8 = 39;
export const SEQUENCE_BREAKER: u8 = 40;
export const PROMPT_FILE: u8 = 41;
export const BINARY_FILE: u8 = 42;
export const GRAMMAR_FILE: u8 = 43;
export const SCHEMA_FILE: u8 = 44;
export const YARN_CONTEXT: u8 = 46;
export const YARN_EXTRAPOLATION: u8 = 47;
export const YARN_ATTENTION: u8 = 48;
export const YARN_SLOW: u8 = 49;
export const YARN_FAST: u8 = 50;
export const CHECK_TENSORS: u8 = 45;
export const OVERRIDE: u8 = 51;

/** Numbers of samplers' settings begin here. */
export const FIRST_SETTING: u8 = 128;

export const HONOURED: StaticArray<Flag> = [
  new Flag('-m --model', TEXT, MODEL),
  new Flag('-c --ctx-size', WHOLE, CONTEXT),
  new Flag('--rope-freq-base', REAL, ROPE_BASE),
  new Flag('--rope-scale', REAL, ROPE_SCALE),
  new Flag('--rope-freq-scale', REAL, ROPE_FREQUENCY_SCALE),
  new Flag('--rope-scaling', TEXT, ROPE_SCALING),
  new Flag('--yarn-orig-ctx', WHOLE, YARN_CONTEXT),
  new Flag('--yarn-ext-factor', REAL, YARN_EXTRAPOLATION),
  new Flag('--yarn-attn-factor', REAL, YARN_ATTENTION),
  new Flag('--yarn-beta-slow', REAL, YARN_SLOW),
  new Flag('--yarn-beta-fast', REAL, YARN_FAST),
  new Flag('-ctk --cache-type-k', TEXT, CACHE_TYPE_K),
  new Flag('-ctv --cache-type-v', TEXT, CACHE_TYPE_V),
  new Flag('--check-tensors', NOTHING, CHECK_TENSORS),
  new Flag('--override-kv', TEXT, OVERRIDE),
  new Flag('-p --prompt', TEXT, PROMPT),
  new Flag('-f --file', TEXT, PROMPT_FILE),
  new Flag('-bf --binary-file', TEXT, BINARY_FILE),
  new Flag('-e --escape', NOTHING, ESCAPE),
  new Flag('--no-escape', NOTHING, NO_ESCAPE),
  new Flag('-n --predict --n-predict', WHOLE, PREDICT),
  new Flag('--prompt-cache', TEXT, PROMPT_CACHE),
  new Flag('--prompt-cache-ro', NOTHING, READ_ONLY),
  new Flag('-sp --special', NOTHING, SPECIAL),
  new Flag('-r --reverse-prompt', TEXT, REVERSE_PROMPT),
  new Flag('--log-file', TEXT, LOG_FILE),
  new Flag('--samplers', TEXT, SAMPLERS),
  new Flag('--sampler-seq --sampling-seq', TEXT, SAMPLER_LETTERS),
  new Flag('-s --seed', WHOLE, SEED),
  new Flag('--dry-sequence-breaker', TEXT, SEQUENCE_BREAKER),
  new Flag('-l --logit-bias', TEXT, LOGIT_BIAS),
  new Flag('--ignore-eos', NOTHING, IGNORE_EOS),
  new Flag('--grammar', TEXT, GRAMMAR),
  new Flag('--grammar-file', TEXT, GRAMMAR_FILE),
  new Flag('-j --json-schema', TEXT, JSON_SCHEMA),
  new Flag('-jf --json-schema-file', TEXT, SCHEMA_FILE),
];
