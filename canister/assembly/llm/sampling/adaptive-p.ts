import { Candidates } from './candidates';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

/** The target probability; below 0 the sampler does nothing. */
const ADAPTIVE_TARGET = new Setting('--adaptive-target', -1);
/** The weight of earlier tokens relative to a new one. */
const ADAPTIVE_DECAY = new Setting('--adaptive-decay', 0.9);

/** This sampler's kind of state (sampling-state.ts). */
const KIND: u8 = 3;
/** The logit of a token with exactly the target probability, the slope of the logits, and the width of the hill. */
const PEAK: f32 = 5;
const SHARPNESS: f32 = 10;
const WIDTH: f32 = 0.3;

/**
 * Prefers tokens whose probability is close to a target (llama.cpp #17927, 2025): logits become 5 - 10 d^2 / (1 + d), d
 * = |probability - aim| / 0.3. The aim is 2 target - the mean of the probabilities of the tokens drawn before, weighted
 * towards the latest. The state is the weighted sum of these probabilities and the sum of the weights.
 */
@final
class AdaptiveP extends Sampler {
  constructor(
    private readonly target: f32,
    private readonly decay: f32,
  ) {
    super();
  }

  get passes(): u64 {
    return 2;
  }

  apply(candidates: Candidates, step: Step): void {
    candidates.toList();
    const count = candidates.count;
    if (!step.space.reserve((<usize>max<u32>(count, 1)) << 2)) {
      candidates.isBroken = true;
      return;
    }
    const state = step.state;
    const weight: f32 = 1 / (1 - this.decay);
    state.claim(KIND, this.target, this.decay, this.target * weight, weight);
    const aim = max<f32>(0, min<f32>(1, 2 * min<f32>(1, this.target) - state.first / state.second));
    const sum = candidates.weigh();
    const shares = step.space.ptr;
    for (let i: u32 = 0; i < count; ++i) {
      const share = <f32>(<f64>candidates.weight(i) / sum);
      store<f32>(shares + ((<usize>i) << 2), share);
      const distance = abs((share - aim) / WIDTH);
      candidates.setLogit(i, PEAK - (SHARPNESS * distance * distance) / (1 + distance));
    }
    candidates.isSorted = false;
  }

  /** The token's probability changes the state, and without a grammar it may be anything. */
  passesOne(count: u32): bool {
    return false;
  }

  taken(id: i32, candidates: Candidates, step: Step): void {
    const state = step.state;
    for (let i: u32 = 0; i < candidates.count; ++i) {
      if (candidates.id(i) != id) continue;
      state.first = load<f32>(step.space.ptr + ((<usize>i) << 2)) + this.decay * state.first;
      state.second = 1 + this.decay * state.second;
      return;
    }
  }
}

function make(p: SamplingParameters): Sampler | null {
  const target = p.real(ADAPTIVE_TARGET);
  if (target < 0) return null;
  return new AdaptiveP(target, max<f32>(0, min<f32>(0.99, p.real(ADAPTIVE_DECAY))));
}

/** It comes last, wherever it is named: the token is drawn from its result. */
export const ADAPTIVE_P_KIND = new SamplerKind('adaptive_p adaptive-p adaptivep', 'a', make, true);
