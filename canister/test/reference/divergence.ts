/** How different two next-token distributions are. */

/** Log-probabilities of all tokens. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) most = Math.max(most, logits[i]!);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - most);
  const total = most + Math.log(sum);
  return Float64Array.from({ length: logits.length }, (_, i) => logits[i]! - total);
}

/** Kullback-Leibler divergence of q from p in nats, both as log-probabilities of all tokens. */
export function divergence(p: Float64Array, q: Float64Array): number {
  return p.reduce((sum, value, i) => sum + Math.exp(value) * (value - q[i]!), 0);
}

/** The same over the tokens that both sides know, with all others taken together. */
export function partialDivergence(p: ReadonlyMap<number, number>, q: ReadonlyMap<number, number>): number {
  let [sum, restP, restQ] = [0, 1, 1];
  for (const [token, logP] of p) {
    const logQ = q.get(token);
    if (logQ === undefined) continue;
    sum += Math.exp(logP) * (logP - logQ);
    restP -= Math.exp(logP);
    restQ -= Math.exp(logQ);
  }
  return restP > 1e-9 && restQ > 1e-9 ? sum + restP * Math.log(restP / restQ) : sum;
}
