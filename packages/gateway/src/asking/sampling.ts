// Parameters of the faces as flags of llama.cpp's command line, which are what the canister takes.
import { z } from 'zod';
import { invalid } from '../refusal.js';

const number = z.number().nullish();
const whole = z.number().int().nullish();

/** The names of OpenAI, llama.cpp's server, vLLM and Ollama for samplers' settings. */
export const samplingFields = {
  temperature: z.number().min(0).max(100).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: whole,
  min_p: z.number().min(0).max(1).nullish(),
  typical_p: number,
  top_n_sigma: number,
  xtc_probability: number,
  xtc_threshold: number,
  presence_penalty: number,
  frequency_penalty: number,
  repeat_penalty: number,
  repetition_penalty: number,
  repeat_last_n: whole,
  dry_multiplier: number,
  dry_base: number,
  dry_allowed_length: whole,
  dry_penalty_last_n: whole,
  mirostat: whole,
  mirostat_tau: number,
  mirostat_eta: number,
  dynatemp_range: number,
  dynatemp_exponent: number,
  /** Goes on where the model would end its answer. */
  ignore_eos: z.boolean().nullish(),
};

const FLAGS: Readonly<Record<Exclude<keyof typeof samplingFields, 'ignore_eos'>, string>> = {
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

/** Without an exponent, which not every parser of flags takes. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** OpenAI's map from a token's number to what is added to its logit. */
export function logitBiasFlags(bias: Record<string, number> | null | undefined): string[] {
  return Object.entries(bias ?? {}).flatMap(([token, value]) => {
    if (!/^\d{1,9}$/.test(token)) throw invalid(`logit_bias.${token.slice(0, 40)}`, 'a token is given by its number');
    return ['--logit-bias', `${token}${value < 0 ? '-' : '+'}${plain(Math.abs(value))}`];
  });
}

/** 32 bits of whatever number a client chose; -1 has one drawn. */
export function seedOf(seed: number | null | undefined): number | undefined {
  if (seed === undefined || seed === null || seed === -1) return undefined;
  return Number(BigInt.asUintN(32, BigInt(seed)));
}

/** Texts to stop at, from one text, several or none. */
export function stopsOf(stop: string | readonly string[] | null | undefined): string[] {
  const all = typeof stop === 'string' ? [stop] : [...(stop ?? [])];
  return [...new Set(all)].filter((text) => text !== '');
}
