/** Which samplers a chain has and in which order, the way llama.cpp's command line writes it. */

export const PENALTIES: u8 = 0;
export const DRY: u8 = 1;
export const TOP_N_SIGMA: u8 = 2;
export const TOP_K: u8 = 3;
export const TYPICAL_P: u8 = 4;
export const TOP_P: u8 = 5;
export const MIN_P: u8 = 6;
export const XTC: u8 = 7;
export const TEMPERATURE: u8 = 8;

/** Samplers in one chain. Stops a list of a million of them. */
const MAX_SAMPLERS: i32 = 64;

/** Names by number, llama.cpp's own first. */
const NAMES: StaticArray<string> = [
  'penalties',
  'dry',
  'top_n_sigma top-n-sigma',
  'top_k top-k',
  'typ_p typical-p typical typ-p typ',
  'top_p top-p nucleus',
  'min_p min-p',
  'xtc',
  'temperature temp',
];

/** Letters of `--sampler-seq` by number. */
const LETTERS = 'edskypmxt';

/** llama.cpp's chain where nothing else is asked for. */
export const DEFAULT_ORDER: StaticArray<u8> = [
  PENALTIES,
  DRY,
  TOP_N_SIGMA,
  TOP_K,
  TYPICAL_P,
  TOP_P,
  MIN_P,
  XTC,
  TEMPERATURE,
];

/** An order, or why there is none. */
export class SamplerOrder {
  constructor(
    readonly samplers: StaticArray<u8>,
    readonly error: string,
  ) {}
}

function refusal(error: string): SamplerOrder {
  return new SamplerOrder(new StaticArray<u8>(0), error);
}

/** Reads `--samplers`: names, separated by semicolons. Nothing at all is a chain without samplers. */
export function orderFromNames(text: string): SamplerOrder {
  const order: u8[] = [];
  const names = text.split(';');
  if (names.length > MAX_SAMPLERS) return refusal(`${names.length} samplers; at most ${MAX_SAMPLERS} are accepted`);
  for (let i = 0; i < names.length; ++i) {
    const name = names[i].trim();
    if (name.length == 0) continue;
    const sampler = byName(name);
    if (sampler < 0) return refusal(`the sampler "${name}" is not supported`);
    order.push(<u8>sampler);
  }
  return new SamplerOrder(StaticArray.fromArray(order), '');
}

/** Reads `--sampler-seq`: one letter a sampler. */
export function orderFromLetters(text: string): SamplerOrder {
  if (text.length > MAX_SAMPLERS) return refusal(`${text.length} samplers; at most ${MAX_SAMPLERS} are accepted`);
  const order = new StaticArray<u8>(text.length);
  for (let i = 0; i < text.length; ++i) {
    const sampler = LETTERS.indexOf(text.charAt(i));
    if (sampler < 0) return refusal(`the sampler "${text.charAt(i)}" is not supported`);
    order[i] = <u8>sampler;
  }
  return new SamplerOrder(order, '');
}

function byName(name: string): i32 {
  for (let sampler = 0; sampler < NAMES.length; ++sampler) {
    if (NAMES[sampler].split(' ').includes(name)) return sampler;
  }
  return -1;
}
