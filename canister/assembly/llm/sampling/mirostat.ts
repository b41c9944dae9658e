/**
 * Mirostat (Basu et al.: Mirostat: a neural text decoding algorithm that directly controls perplexity, 2021): keeps the
 * tokens whose surprise is at most mu bits, and after each token adjusts mu so that the mean surprise approaches tau.
 * mu is the state in the sequence (sampling-state.ts); it begins with 2 tau.
 */
import { logitOf } from './candidate-key';
import { Candidates } from './candidates';
import { SamplingParameters } from './parameters';
import { Sampler, Step } from './sampler';
import { Setting } from './setting';

/** The version: 0 (none), 1 or 2. It replaces all other samplers except the temperature. */
const MIROSTAT = new Setting('--mirostat', 0, true, 0).upTo(2);
/** How fast mu changes: the paper's eta. */
const MIROSTAT_RATE = new Setting('--mirostat-lr', 0.1);
/** The target surprise, in bits: the paper's tau. */
const MIROSTAT_TARGET = new Setting('--mirostat-ent', 5);

/** Number of most probable tokens that determine the steepness of the probabilities. */
const LOOKED_AT: u32 = 100;

abstract class Mirostat extends Sampler {
  constructor(
    private readonly kind: u8,
    private readonly target: f32,
    private readonly rate: f32,
  ) {
    super();
  }

  /** The most bits of surprise. */
  protected mu(step: Step): f32 {
    step.state.claim(this.kind, this.target, this.rate, 2 * this.target, 0);
    return step.state.first;
  }

  get passes(): u64 {
    return 2;
  }

  /** The token's probability changes the state, and without a grammar it may be anything. */
  passesOne(count: u32): bool {
    return false;
  }

  taken(id: i32, candidates: Candidates, step: Step): void {
    const state = step.state;
    const error = -Mathf.log2(candidates.shareOf(id)) - this.target;
    state.first = state.first - this.rate * error;
  }
}

/** The exponent of Zipf's law that fits the logits of the most probable candidates, sorted; NaN for a single one. */
function steepnessOf(keys: usize, count: u32): f32 {
  let products: f32 = 0;
  let squares: f32 = 0;
  for (let i: usize = 0; i + 1 < <usize>count; ++i) {
    const t = Mathf.log(<f32>(i + 2) / <f32>(i + 1));
    const b = logitOf(load<u64>(keys + (i << 3))) - logitOf(load<u64>(keys + (i << 3), 8));
    products += t * b;
    squares += t * t;
  }
  return products / squares;
}

/** The first version: assumes that probabilities fall by Zipf's law, and keeps the k most probable. */
@final
class MirostatByRank extends Mirostat {
  apply(candidates: Candidates, step: Step): void {
    const mu = this.mu(step);
    // In Zipf's law, all candidates are the words.
    const words = <f32>candidates.logits.size;
    candidates.toList();
    if (!step.space.reserve(LOOKED_AT << 3)) {
      candidates.isBroken = true;
      return;
    }
    const keys = step.space.ptr;
    const count = candidates.copyBest(LOOKED_AT, keys);
    const steepness = steepnessOf(keys, count);
    const excess = steepness - 1;
    const k = Mathf.pow((excess * Mathf.pow(2, mu)) / (1 - Mathf.pow(words, -excess)), 1 / steepness);
    // NaN if there is nothing to measure: then the most probable one is kept.
    candidates.keepBest(k >= 1 ? <u32>min<f32>(k, 2147483648.0) : 1);
  }
}

/** The second version: drops the tokens that surprise by more than mu. */
@final
class MirostatBySurprise extends Mirostat {
  apply(candidates: Candidates, step: Step): void {
    const mu = this.mu(step);
    candidates.toList();
    candidates.keepShares(mu);
  }
}

/** The sampler for `--mirostat`, or null. */
export function mirostat(p: SamplingParameters): Sampler | null {
  const version = p.whole(MIROSTAT);
  const target = p.real(MIROSTAT_TARGET);
  const rate = p.real(MIROSTAT_RATE);
  if (version == 1) return new MirostatByRank(1, target, rate);
  return version == 2 ? new MirostatBySurprise(2, target, rate) : null;
}
