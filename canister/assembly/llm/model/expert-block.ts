/**
 * Routed experts (Fedus et al. 2021, arXiv 2101.03961; Qwen 2 and 3): a token is sent to the few experts that its router
 * rates highest, and gets the sum of what they say, weighted by the softmax of their ratings.
 *
 * Tokens of a batch go one by one, each to its own.
 */
import { TOKEN_STRIDE } from '../kernels/layout';
import { scale } from '../kernels/scale';
import { clear } from '../kernels/start';
import { multiply } from '../quant/multiply';
import { Description, Experts } from './description';
import { activate, feedForwardBlock } from './feed-forward';
import { project } from './linear';
import { Model } from './model';
import { RoutedExperts, Vector } from './weights';

/** out = what the experts of a layer say to `tokens` tokens whose normalised residual streams the activations hold. */
export function expertBlock(model: Model, experts: Experts, weights: RoutedExperts, tokens: i32, out: usize): void {
  const d = model.description;
  const w = model.workspace;
  project(w.activations, weights.router, w.router, tokens);
  for (let t = 0; t < tokens; ++t) {
    const at = <usize>t * TOKEN_STRIDE;
    choose(experts, w.router + at, w.chosen + at);
    const shared = weights.sharedGate;
    if (shared != null) store<f32>(w.chosen + at + (experts.used << 3), gateOf(d, shared, w.activations.values + at));
    clear(w.routed + at, (d.embedding + 3) & ~3);
    for (let i: usize = 0; i < experts.used; ++i) {
      const expert = load<u32>(w.chosen + at + (i << 3));
      say(model, experts, weights, t, expert, load<f32>(w.chosen + at + (i << 3), 4));
    }
  }
  const shared = weights.shared;
  if (shared != null) feedForwardBlock(model, shared, tokens, out);
  for (let t = 0; t < tokens; ++t) {
    const at = <usize>t * TOKEN_STRIDE;
    const factor: f32 = shared == null ? 0 : load<f32>(w.chosen + at + (experts.used << 3));
    for (let i: usize = 0; i < d.embedding << 2; i += 4) {
      const routed = load<f32>(w.routed + at + i);
      store<f32>(out + at + i, shared == null ? routed : routed + factor * load<f32>(out + at + i));
    }
  }
}

/** Chooses from f32[count] ratings: `chosen` gets [ expert: u32 | weight: f32 ] of each, the highest first, the lower one of equals. */
function choose(experts: Experts, ratings: usize, chosen: usize): void {
  const count = experts.count;
  let most: f32 = load<f32>(ratings);
  for (let i: usize = 1; i < count; ++i) most = max(most, load<f32>(ratings + (i << 2)));
  let total: f64 = 0;
  for (let i: usize = 0; i < count; ++i) total += Math.exp(<f64>(load<f32>(ratings + (i << 2)) - most));
  let sum: f64 = 0;
  for (let place: usize = 0; place < experts.used; ++place) {
    let best: usize = 0;
    let rating: f32 = -Infinity;
    for (let i: usize = 0; i < count; ++i) {
      if (load<f32>(ratings + (i << 2)) <= rating) continue;
      best = i;
      rating = load<f32>(ratings + (i << 2));
    }
    const weight = Math.exp(<f64>(rating - most)) / total;
    sum += weight;
    store<u32>(chosen + (place << 3), <u32>best);
    store<f32>(chosen + (place << 3), <f32>weight, 4);
    store<f32>(ratings + (best << 2), -Infinity);
  }
  const factor = <f32>(experts.normalized && sum > 0 ? 1 / sum : 1);
  for (let place: usize = 0; place < experts.used; ++place) {
    store<f32>(chosen + (place << 3), load<f32>(chosen + (place << 3), 4) * factor, 4);
  }
}

/** Adds to token t's `routed` what one expert says, times `weight`. */
function say(model: Model, experts: Experts, weights: RoutedExperts, t: i32, expert: i32, weight: f32): void {
  const w = model.workspace;
  const at = <usize>t * TOKEN_STRIDE;
  const gate = weights.gates[expert];
  const up = weights.ups[expert];
  const down = weights.downs[expert];
  const width = experts.feedForward;
  clear(w.expertGate + at, gate.groups() << 2);
  clear(w.expertUp + at, up.groups() << 2);
  multiply(gate, w.activations, 0, gate.groups(), w.expertGate, 1, t);
  multiply(up, w.activations, 0, up.groups(), w.expertUp, 1, t);
  const hidden = w.expert;
  activate(model.description.gate, w.expertGate + at, w.expertUp + at, width, hidden.values);
  scale(hidden.values, width, weight);
  hidden.begin(width, 1);
  multiply(down, hidden, 0, down.groups(), w.routed + at, 1);
}

/** The sigmoid of a vector's product with the shared expert's gate. */
function gateOf(d: Description, gate: Vector, x: usize): f32 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < d.embedding << 2; i += 4) sum += <f64>load<f32>(x + i) * <f64>load<f32>(gate.address + i);
  return <f32>(1 / (1 + Math.exp(-sum)));
}
