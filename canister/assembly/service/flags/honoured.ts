/** The flags that change what a method does. */
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
export const TEMPERATURE: u8 = 35;
export const TOP_K: u8 = 36;
export const TOP_P: u8 = 37;
export const MIN_P: u8 = 38;
export const TYPICAL_P: u8 = 39;
export const TOP_N_SIGMA: u8 = 40;
export const XTC_PROBABILITY: u8 = 41;
export const XTC_THRESHOLD: u8 = 42;
export const REPEAT_LAST_N: u8 = 43;
export const REPEAT_PENALTY: u8 = 44;
export const PRESENCE_PENALTY: u8 = 45;
export const FREQUENCY_PENALTY: u8 = 46;
export const LOGIT_BIAS: u8 = 47;
export const IGNORE_EOS: u8 = 48;
export const DYNAMIC_RANGE: u8 = 49;
export const DYNAMIC_EXPONENT: u8 = 50;
export const GRAMMAR: u8 = 51;
export const JSON_SCHEMA: u8 = 52;
export const CACHE_TYPE_V: u8 = 53;

export const HONOURED: StaticArray<Flag> = [
  new Flag('-m --model', TEXT, MODEL),
  new Flag('-c --ctx-size', WHOLE, CONTEXT),
  new Flag('--rope-freq-base', REAL, ROPE_BASE),
  new Flag('--rope-scale', REAL, ROPE_SCALE),
  new Flag('--rope-freq-scale', REAL, ROPE_FREQUENCY_SCALE),
  new Flag('--rope-scaling', TEXT, ROPE_SCALING),
  new Flag('-ctk --cache-type-k', TEXT, CACHE_TYPE_K),
  new Flag('-ctv --cache-type-v', TEXT, CACHE_TYPE_V),
  new Flag('-p --prompt', TEXT, PROMPT),
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
  new Flag('--temp --temperature', REAL, TEMPERATURE),
  new Flag('--top-k', WHOLE, TOP_K),
  new Flag('--top-p', REAL, TOP_P),
  new Flag('--min-p', REAL, MIN_P),
  new Flag('--typical --typical-p', REAL, TYPICAL_P),
  new Flag('--top-nsigma --top-n-sigma', REAL, TOP_N_SIGMA),
  new Flag('--xtc-probability', REAL, XTC_PROBABILITY),
  new Flag('--xtc-threshold', REAL, XTC_THRESHOLD),
  new Flag('--repeat-last-n', WHOLE, REPEAT_LAST_N),
  new Flag('--repeat-penalty', REAL, REPEAT_PENALTY),
  new Flag('--presence-penalty', REAL, PRESENCE_PENALTY),
  new Flag('--frequency-penalty', REAL, FREQUENCY_PENALTY),
  new Flag('-l --logit-bias', TEXT, LOGIT_BIAS),
  new Flag('--ignore-eos', NOTHING, IGNORE_EOS),
  new Flag('--dynatemp-range', REAL, DYNAMIC_RANGE),
  new Flag('--dynatemp-exp', REAL, DYNAMIC_EXPONENT),
  new Flag('--grammar', TEXT, GRAMMAR),
  new Flag('-j --json-schema', TEXT, JSON_SCHEMA),
];
