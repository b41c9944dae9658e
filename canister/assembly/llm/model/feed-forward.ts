/** The feed-forward block of a batch. */
import { GATE_GELU, gelus, geluGate, siluGate } from '../kernels/activation';
import { TOKEN_STRIDE } from '../kernels/layout';
import { project } from './linear';
import { Model } from './model';
import { FeedForward } from './weights';

/** y[n] = activation(gate[n]) * up[n] */
export function activate(kind: i32, gate: usize, up: usize, n: usize, y: usize): void {
  if (kind == GATE_GELU) geluGate(gate, up, n, y);
  else siluGate(gate, up, n, y);
}

/** out = the block for `tokens` tokens whose normalised residual streams the activations hold. */
export function feedForwardBlock(model: Model, weights: FeedForward, tokens: i32, out: usize): void {
  const d = model.description;
  const w = model.workspace;
  const a = w.activations;
  const gate = weights.gate;
  if (gate != null) project(a, gate, w.gate, tokens);
  project(a, weights.up, w.up, tokens);
  for (let t: usize = 0; t < <usize>tokens * TOKEN_STRIDE; t += TOKEN_STRIDE) {
    if (gate == null) gelus(w.up + t, d.feedForward, a.values + t);
    else activate(d.gate, w.gate + t, w.up + t, d.feedForward, a.values + t);
  }
  a.begin(d.feedForward, tokens);
  project(a, weights.down, out, tokens);
}
