// Turns parameters of requests into flags of llama.cpp's command line, which the canister accepts.
import { z } from 'zod';
import { invalid } from '../refusal.js';

const number = z.number().nullish();
const least = (from: number) => z.number().min(from).nullish();
const between = (from: number, to: number) => z.number().min(from).max(to).nullish();
const whole = (from: number, to = 2_147_483_647) => z.number().int().min(from).max(to).nullish();

/**
 * Sampler settings under the names of llama.cpp's server, vLLM and Ollama, with the ranges in which they mean
 * something.
 */
const samplerFields = {
  temperature: between(0, 100),
  top_p: between(0, 1),
  /** -1 is vLLM's word for no limit, and means the same as 0. */
  top_k: whole(-1),
  min_p: between(0, 1),
  typical_p: between(0, 1),
  top_n_sigma: number,
  xtc_probability: between(0, 1),
  xtc_threshold: between(0, 1),
  presence_penalty: number,
  frequency_penalty: number,
  repeat_penalty: least(0),
  repetition_penalty: least(0),
  repeat_last_n: whole(-1),
  dry_multiplier: least(0),
  dry_base: least(0),
  dry_allowed_length: whole(0),
  dry_penalty_last_n: whole(-1),
  mirostat: whole(0, 2),
  mirostat_tau: least(0),
  mirostat_eta: least(0),
  dynatemp_range: least(0),
  dynatemp_exponent: least(0),
  /** Whether to go on where the model would end its answer. */
  ignore_eos: z.boolean().nullish(),
};

/** With the ranges of Ollama. */
export const ollamaSampling = samplerFields;

/** With the ranges of OpenAI's reference. */
export const openAiSampling = {
  ...samplerFields,
  temperature: between(0, 2),
  presence_penalty: between(-2, 2),
  frequency_penalty: between(-2, 2),
};

/** With the ranges of Anthropic's reference. */
export const anthropicSampling = { ...samplerFields, temperature: between(0, 1), top_k: whole(0) };

/** OpenAI's map from tokens to what is added to their logits. */
export const logitBiasField = z.record(z.string(), z.number().min(-100).max(100)).nullish();

/** Texts to stop at: OpenAI accepts up to four. */
export const stopField = z.union([z.string(), z.array(z.string()).max(4, 'at most 4 texts')]).nullish();

const FLAGS: Readonly<Record<Exclude<keyof typeof samplerFields, 'ignore_eos'>, string>> = {
  temperature: '--temp',
  top_p: '--top-p',
  top_k: '--top-k',
  min_p: '--min-p',
  typical_p: '--typical',
  top_n_sigma: '--top-nsigma',
  xtc_probability: '--xtc-probability',
  xtc_threshold: '--xtc-threshold',
  presence_penalty: '--presence-penalty',
  frequency_penalty: '--frequency-penalty',
  repeat_penalty: '--repeat-penalty',
  repetition_penalty: '--repeat-penalty',
  repeat_last_n: '--repeat-last-n',
  dry_multiplier: '--dry-multiplier',
  dry_base: '--dry-base',
  dry_allowed_length: '--dry-allowed-length',
  dry_penalty_last_n: '--dry-penalty-last-n',
  mirostat: '--mirostat',
  mirostat_tau: '--mirostat-ent',
  mirostat_eta: '--mirostat-lr',
  dynatemp_range: '--dynatemp-range',
  dynatemp_exponent: '--dynatemp-exp',
};

type SamplingFields = { [Name in keyof typeof FLAGS]?: number | null | undefined } & {
  ignore_eos?: boolean | null | undefined;
};

export function samplingFlags(fields: SamplingFields): string[] {
  const flags = Object.entries(FLAGS).flatMap(([name, flag]) => {
    const value = fields[name as keyof typeof FLAGS];
    return value === undefined || value === null ? [] : [flag, plain(value)];
  });
  return fields.ignore_eos ? [...flags, '--ignore-eos'] : flags;
}

/** A number without an exponent, because not every parser of flags accepts one. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** OpenAI's map from token ids to numbers that are added to their logits. */
export function logitBiasFlags(bias: Record<string, number> | null | undefined): string[] {
  return Object.entries(bias ?? {}).flatMap(([token, value]) => {
    if (!/^\d{1,9}$/.test(token)) throw invalid(`logit_bias.${token.slice(0, 40)}`, 'a token is given by its number');
    return ['--logit-bias', `${token}${value < 0 ? '-' : '+'}${plain(Math.abs(value))}`];
  });
}

/** 32 bits of any number that a client chose; -1 asks for a random seed. */
export function seedOf(seed: number | null | undefined): number | undefined {
  if (seed === undefined || seed === null || seed === -1) return undefined;
  return Number(BigInt.asUintN(32, BigInt(seed)));
}

/** Stop texts, given as one text, several or none. */
export function stopsOf(stop: string | readonly string[] | null | undefined): string[] {
  const all = typeof stop === 'string' ? [stop] : [...(stop ?? [])];
  return [...new Set(all)].filter((text) => text !== '');
}
