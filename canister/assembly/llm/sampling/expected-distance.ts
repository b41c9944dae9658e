import { Candidates } from './candidates';

/**
 * The mean distance of a list's logits from the greatest, weighted by probability: at most 0. Surprise is a constant
 * less the logit, so the entropy is ln(sum) less this.
 *
 * @param sum   of the weights that `weigh` made
 */
export function expectedDistance(candidates: Candidates, sum: f64): f64 {
  const greatest = candidates.greatest();
  let mean: f64 = 0;
  for (let i: u32 = 0; i < candidates.count; ++i) {
    const weight = candidates.weight(i);
    const logit = candidates.logit(i);
    // An infinite greatest logit has no distance from itself, and a candidate without weight may be infinitely far.
    if (weight > 0 && logit < greatest) mean += <f64>weight * (<f64>logit - <f64>greatest);
  }
  return mean / sum;
}
