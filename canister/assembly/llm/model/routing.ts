/** The router of a block of experts: which experts a token goes to, and the weight of each one's result. */
import { Experts, GATING_CHOSEN, GATING_SIGMOID } from './description';

/** The least sum by which weights are divided, as in llama.cpp. */
const LEAST_SUM: f64 = 6.103515625e-5;

/**
 * weights[count] = the weights of the experts for one token, f32; 0 for those that it does not go to.
 *
 * The token goes to the experts with the highest scores (softmax or sigmoid of the rating), a bias of each expert added
 * where there is one; ties go to the lower one.
 *
 * @param ratings f32[count], the router's product
 * @param bias    f32[count], or 0
 * @param scores  f64[count] of scratch, and as many for `choice`
 */
export function route(
  experts: Experts,
  ratings: usize,
  bias: usize,
  scores: usize,
  choice: usize,
  weights: usize,
): void {
  const count = experts.count;
  scoreAll(experts, ratings, scores);
  for (let i: usize = 0; i < count; ++i) {
    const score = load<f64>(scores + (i << 3));
    store<f64>(choice + (i << 3), bias == 0 ? score : score + <f64>load<f32>(bias + (i << 2)));
    store<f32>(weights + (i << 2), 0);
  }
  // The softmax of GATING_CHOSEN is over the chosen ones; the first of them may not be the highest.
  let most: f64 = -Infinity;
  let sum: f64 = 0;
  for (let place: usize = 0; place < experts.used; ++place) {
    const best = highest(choice, count);
    store<f64>(choice + (best << 3), -Infinity);
    const score = load<f64>(scores + (best << 3));
    most = max(most, score);
    sum += score;
    // Marks it as chosen.
    store<f32>(weights + (best << 2), 1);
  }
  const isLate = experts.gating == GATING_CHOSEN;
  if (isLate) sum = 0;
  for (let i: usize = 0; i < count; ++i) {
    if (load<f32>(weights + (i << 2)) == 0) continue;
    if (isLate) {
      const score = Math.exp(load<f64>(scores + (i << 3)) - most);
      store<f64>(scores + (i << 3), score);
      sum += score;
    }
  }
  const factor: f64 = isLate ? 1 / sum : experts.normalized ? 1 / max(sum, LEAST_SUM) : 1;
  for (let i: usize = 0; i < count; ++i) {
    if (load<f32>(weights + (i << 2)) == 0) continue;
    store<f32>(weights + (i << 2), <f32>(load<f64>(scores + (i << 3)) * factor));
  }
}

/** f64[count] scores of ratings; ratings themselves where the softmax comes after the choice. */
function scoreAll(experts: Experts, ratings: usize, scores: usize): void {
  const count = experts.count;
  if (experts.gating == GATING_CHOSEN || experts.gating == GATING_SIGMOID) {
    const isSigmoid = experts.gating == GATING_SIGMOID;
    for (let i: usize = 0; i < count; ++i) {
      const rating = <f64>load<f32>(ratings + (i << 2));
      store<f64>(scores + (i << 3), isSigmoid ? 1 / (1 + Math.exp(-rating)) : rating);
    }
    return;
  }
  let most: f32 = load<f32>(ratings);
  for (let i: usize = 1; i < count; ++i) most = max(most, load<f32>(ratings + (i << 2)));
  let total: f64 = 0;
  for (let i: usize = 0; i < count; ++i) {
    const score = Math.exp(<f64>(load<f32>(ratings + (i << 2)) - most));
    total += score;
    store<f64>(scores + (i << 3), score);
  }
  for (let i: usize = 0; i < count; ++i) store<f64>(scores + (i << 3), load<f64>(scores + (i << 3)) / total);
}

/** The index of the highest number. */
function highest(numbers: usize, count: usize): usize {
  let best: usize = 0;
  let most: f64 = -Infinity;
  for (let i: usize = 0; i < count; ++i) {
    const number = load<f64>(numbers + (i << 3));
    if (number <= most) continue;
    best = i;
    most = number;
  }
  return best;
}
