import { Candidates } from './candidates';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

/** The probability that is aimed at; below 0 the sampler does nothing. */
const ADAPTIVE_TARGET = new Setting('--adaptive-target', -1);
/** How much of what was counts beside a new token. */
const ADAPTIVE_DECAY = new Setting('--adaptive-decay', 0.9);

/** Which of the samplers that keep a state it is (sampling-state.ts). */
const KIND: u8 = 3;
/** The logit of a token that is as probable as is aimed at, how fast logits fall, and the width of the hill. */
const PEAK: f32 = 5;
const SHARPNESS: f32 = 10;
const WIDTH: f32 = 0.3;

/**
 * Prefers tokens that are about as probable as is aimed at (llama.cpp #17927, 2025): logits become 5 - 10 d^2 / (1 + d),
 * d = |probability - aim| / 0.3. The aim is 2 target - the mean of the probabilities that tokens had which were taken
 * before, the last ones counting most. The state is the sum of these probabilities and of what they count.
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

  /** How probable it was is remembered, and without a grammar that may be anything. */
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

/** It comes last, wherever it is named: what it leaves is drawn from. */
export const ADAPTIVE_P_KIND = new SamplerKind('adaptive_p adaptive-p adaptivep', 'a', make, true);
