/**
 * llama.cpp's samplers as plainly as possible, in f64 unless a comment says otherwise, to be compared with the
 * engine's. A list of candidates has no particular order.
 */
export interface Candidate {
  id: number;
  logit: number;
}

export interface Parameters {
  temperature: number;
  topK: number;
  topP: number;
  minP: number;
  typicalP: number;
  topNSigma: number;
  repeatLastN: number;
  repeatPenalty: number;
  frequencyPenalty: number;
  presencePenalty: number;
  dynamicRange: number;
  dynamicExponent: number;
  dryMultiplier: number;
  dryBase: number;
  dryAllowedLength: number;
  dryLastN: number;
}

/** How close a decision of the reference was; below about 1e-4 a rounding error may decide it. */
class Doubt {
  margin = Number.POSITIVE_INFINITY;

  at(a: number, b: number): void {
    this.margin = Math.min(this.margin, Math.abs(a - b));
  }
}

const best = (a: Candidate, b: Candidate) => b.logit - a.logit || a.id - b.id;

export function probabilities(candidates: readonly Candidate[]): number[] {
  const greatest = Math.max(...candidates.map(({ logit }) => logit));
  const weights = candidates.map(({ logit }) => Math.exp(logit - greatest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * What don't-repeat-yourself takes from the logits of tokens: for each place of the window, how many tokens before it are
 * the last ones of the window, as far as these are behind the last breaker.
 *
 * @param breaks   whether a token is a breaker
 * @param behind   how many tokens of a window are behind the last breaker, if that is not the last token that is one
 */
export function dryPenalties(
  p: Pick<Parameters, 'dryMultiplier' | 'dryBase' | 'dryAllowedLength' | 'dryLastN'>,
  tokens: readonly number[],
  breaks: (token: number) => boolean,
  behind = (window: readonly number[]) => window.length - 1 - window.findLastIndex(breaks),
): Map<number, number> {
  const window = p.dryLastN < 0 ? tokens : tokens.slice(Math.max(0, tokens.length - p.dryLastN));
  const limit = behind(window);
  const longest = new Map<number, number>();
  if (window.length <= p.dryAllowedLength || limit < p.dryAllowedLength) return longest;
  for (let at = 1; at < window.length; ++at) {
    let length = 0;
    while (length < at && window[at - 1 - length] === window[window.length - 1 - length]) ++length;
    const repeated = Math.min(length, limit);
    if (repeated < p.dryAllowedLength || breaks(window[at]!)) continue;
    longest.set(window[at]!, Math.max(longest.get(window[at]!) ?? 0, repeated));
  }
  const most =
    p.dryBase > 1.000001 ? Math.trunc(88.7228391 / Math.log(Math.fround(p.dryBase))) : Number.POSITIVE_INFINITY;
  return new Map(
    [...longest].map(([id, repeated]) => {
      const exponent = Math.min(repeated - p.dryAllowedLength, most);
      return [id, p.dryMultiplier * Math.fround(p.dryBase) ** exponent];
    }),
  );
}

/** The candidates that mirostat keeps, the most probable first, of a vocabulary of `words`. */
export function mirostatKept(version: number, sorted: readonly number[], mu: number, words: number): number {
  const ps = probabilities(sorted.map((logit, id) => ({ id, logit })));
  if (version === 2) return Math.max(1, ps.filter((p) => -Math.log2(p) <= mu).length);
  const k = mirostatRank(ps, mu, words);
  return k >= 1 ? Math.min(sorted.length, Math.trunc(k)) : 1;
}

/** The k of the first mirostat, for probabilities in falling order. */
export function mirostatRank(ps: readonly number[], mu: number, words: number): number {
  let products = 0;
  let squares = 0;
  for (let i = 0; i < Math.min(99, ps.length - 1); ++i) {
    const t = Math.log((i + 2) / (i + 1));
    products += t * Math.log(ps[i]! / ps[i + 1]!);
    squares += t * t;
  }
  const steepness = products / squares;
  const excess = steepness - 1;
  return ((excess * 2 ** mu) / (1 - words ** -excess)) ** (1 / steepness);
}

type Sampler = (c: Candidate[], p: Parameters, tokens: readonly number[], doubt: Doubt) => Candidate[];

/**
 * By their numbers in canister/assembly/llm/sampling/order.ts; samplers that draw random numbers are not among them.
 */
export const samplers: Readonly<Record<string, Sampler>> = {
  penalties: (candidates, p, tokens) => {
    const window = p.repeatLastN < 0 ? tokens : tokens.slice(Math.max(0, tokens.length - p.repeatLastN));
    return candidates.map(({ id, logit }) => {
      const count = window.filter((token) => token === id).length;
      if (count === 0) return { id, logit };
      const scaled = Math.fround(logit <= 0 ? logit * p.repeatPenalty : logit / p.repeatPenalty);
      // In f32 like the logits: tokens that are equal there are ordered by their ids, even if they differ in f64.
      return { id, logit: Math.fround(scaled - Math.fround(count * p.frequencyPenalty + p.presencePenalty)) };
    });
  },
  dry: (candidates, p, tokens) => {
    if (p.dryMultiplier === 0) return candidates;
    const penalties = dryPenalties(p, tokens, () => false);
    return candidates.map(({ id, logit }) => ({ id, logit: logit - (penalties.get(id) ?? 0) }));
  },
  top_k: (candidates, { topK }, _, doubt) => {
    if (topK <= 0) return candidates;
    const sorted = candidates.toSorted(best);
    if (topK < sorted.length) doubt.at(sorted[topK - 1]!.logit, sorted[topK]!.logit);
    return sorted.slice(0, topK);
  },
  top_p: (candidates, { topP }, _, doubt) => {
    if (topP >= 1) return candidates;
    const sorted = candidates.toSorted(best);
    const ps = probabilities(sorted);
    let sum = 0;
    for (const [i, probability] of ps.entries()) {
      sum += probability;
      doubt.at(sum, topP);
      if (sum >= topP) return sorted.slice(0, i + 1);
    }
    return sorted;
  },
  min_p: (candidates, { minP }, _, doubt) => {
    if (minP <= 0) return candidates;
    const limit = Math.max(...candidates.map(({ logit }) => logit)) + Math.log(minP);
    return candidates.filter(({ logit }) => {
      doubt.at(logit, limit);
      return logit >= limit;
    });
  },
  typ_p: (candidates, { typicalP }, _, doubt) => {
    if (typicalP >= 1) return candidates;
    const ps = probabilities(candidates);
    const entropy = ps.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
    const order = candidates
      .map((candidate, i) => ({ candidate, p: ps[i]!, distance: Math.abs(-Math.log(ps[i]!) - entropy) }))
      .sort((a, b) => a.distance - b.distance || best(a.candidate, b.candidate));
    let sum = 0;
    for (const [i, { p, distance }] of order.entries()) {
      if (i > 0) doubt.at(distance, order[i - 1]!.distance);
      sum += p;
      doubt.at(sum, typicalP);
      if (sum > typicalP) {
        if (i + 1 < order.length) doubt.at(distance, order[i + 1]!.distance);
        return order.slice(0, i + 1).map(({ candidate }) => candidate);
      }
    }
    return candidates;
  },
  top_n_sigma: (candidates, { topNSigma }, _, doubt) => {
    if (topNSigma <= 0 || candidates.length < 2) return candidates;
    const logits = candidates.map(({ logit }) => logit);
    const mean = logits.reduce((a, b) => a + b, 0) / logits.length;
    const variance = logits.reduce((sum, logit) => sum + (logit - mean) ** 2, 0) / logits.length;
    const limit = Math.max(...logits) - topNSigma * Math.sqrt(variance);
    return candidates.filter(({ logit }) => {
      doubt.at(logit, limit);
      return logit >= limit;
    });
  },
  temperature: (candidates, { temperature, dynamicRange, dynamicExponent }, _, doubt) => {
    if (dynamicRange > 0) {
      if (candidates.length <= 1) return candidates;
      const entropy = probabilities(candidates).reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
      const low = Math.max(0, temperature - dynamicRange);
      const share = (entropy / Math.log(candidates.length)) ** dynamicExponent;
      const chosen = low + (temperature + dynamicRange - low) * share;
      // Dividing by so small a number makes rounding errors of its own.
      if (chosen < 0.25) doubt.at(0, 0);
      if (chosen <= 0) return candidates.toSorted(best).slice(0, 1);
      return candidates.map(({ id, logit }) => ({ id, logit: logit / chosen }));
    }
    if (temperature <= 0) return candidates.toSorted(best).slice(0, 1);
    return candidates.map(({ id, logit }) => ({ id, logit: logit / temperature }));
  },
};

/** The candidates of the vocabulary that a chain leaves, with their probabilities, the most probable first. */
export function survivors(
  logits: readonly number[],
  order: readonly string[],
  parameters: Parameters,
  tokens: readonly number[],
): { candidates: (Candidate & { probability: number })[]; doubt: number } {
  const doubt = new Doubt();
  let candidates: Candidate[] = logits.map((logit, id) => ({ id, logit })).filter(({ logit }) => logit > -Infinity);
  for (const name of order) candidates = samplers[name]!(candidates, parameters, tokens, doubt);
  const ps = probabilities(candidates);
  const paired = candidates.map((candidate, i) => ({ ...candidate, probability: ps[i]! }));
  return { candidates: paired.sort(best), doubt: doubt.margin };
}

/** The numbers in [0, 1) of canister/assembly/llm/sampling/random.ts. */
export function* randomNumbers(seed: bigint, position: bigint): Generator<number> {
  const mask = (1n << 64n) - 1n;
  const gamma = 0x9e3779b97f4a7c15n;
  const mix = (value: bigint) => {
    let z = value & mask;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    return z ^ (z >> 31n);
  };
  let state = mix(mix(seed + gamma) ^ position);
  for (;;) {
    state = (state + gamma) & mask;
    yield Number(mix(state) >> 11n) / 2 ** 53;
  }
}

/** The bound that canister/assembly/llm/sampling/envelope.ts has for the weight e^((logit - greatest) / temperature). */
function bound(logit: number, greatest: number, temperature: number): number {
  const factor = Math.fround(Math.fround(Math.LOG2E / temperature) * 2 ** 23);
  const top = Math.fround(greatest * factor);
  const isNear = top > -120 * 2 ** 23 && top < 240 * 2 ** 23;
  const offset = 127 * 2 ** 23 + 1024 - (isNear ? Math.trunc(top) : 0);
  const bits = Math.fround(Math.fround(isNear ? logit : Math.fround(logit - greatest)) * factor);
  const low = Math.fround(2 ** 23 - offset);
  return new Float32Array(Int32Array.of(Math.trunc(Math.max(bits, low)) + offset).buffer)[0]!;
}

/** The token that canister/assembly/llm/sampling/rejection.ts draws from a small vocabulary without other samplers. */
export function drawn(logits: readonly number[], temperature: number, numbers: Iterator<number>): number {
  const greatest = Math.max(...logits);
  const bounds = logits.map((logit) => bound(logit, greatest, temperature));
  const sum = bounds.reduce((a, b) => a + b, 0);
  for (;;) {
    const target = numbers.next().value * sum;
    let running = 0;
    const id = bounds.findIndex((bound) => {
      running += bound;
      return running > target;
    });
    if (numbers.next().value * bounds[id]! < Math.exp((logits[id]! - greatest) / temperature)) return id;
  }
}
