/**
 * One transformer block for a batch of up to 8 tokens, in two halves:
 *
 *     x += attention(norm(x))         x += feedForward(norm(x))
 *
 * or, where an architecture has them in parallel, as one: x += attention(norm(x)) + feedForward(norm(x)).
 * x is the residual stream, f32[embedding] of every token, in the session's own memory. In the place of attention may be
 * a short convolution, in that of the feed-forward block routed experts.
 */
import { Session } from '../cache/session';
import { add } from '../kernels/add';
import { TOKEN_STRIDE } from '../kernels/layout';
import { scale } from '../kernels/scale';
import { attentionBlock } from './attention-block';
import { convolutionBlock } from './convolution-block';
import { expertBlock } from './expert-block';
import { feedForwardBlock } from './feed-forward';
import { Model } from './model';
import { applyNorm } from './norms';
import { Layer, Norm } from './weights';

/** activations = norm(x). */
function normalize(model: Model, session: Session, norm: Norm | null): void {
  const a = model.workspace.activations;
  for (let t = 0; t < session.batch; ++t) {
    applyNorm(model.description, norm, session.residual(t), a.values + <usize>t * TOKEN_STRIDE);
  }
  a.begin(model.description.embedding, session.batch);
}

/** x += scale * norm(out), without the norm where there is none. */
function addOut(model: Model, session: Session, norm: Norm | null, out: usize): void {
  const d = model.description;
  for (let t = 0; t < session.batch; ++t) {
    const at = out + <usize>t * TOKEN_STRIDE;
    if (norm != null) applyNorm(d, norm, at, at);
    if (d.residualScale != 1) scale(at, d.embedding, d.residualScale);
    add(session.residual(t), at, d.embedding);
  }
}

/** out = what attention, or the convolution in its place, makes of the residual stream. */
function attentionOf(model: Model, session: Session, index: i32, layer: Layer, out: usize): void {
  normalize(model, session, layer.attentionNorm);
  const attention = layer.attention;
  const convolution = layer.convolution;
  if (attention != null) attentionBlock(model, session, index, attention, out);
  else if (convolution != null) convolutionBlock(model, session, index, convolution, out);
}

/** out = what the feed-forward block, or the experts in its place, make of it. */
function feedForwardOf(model: Model, session: Session, layer: Layer, out: usize): void {
  normalize(model, session, layer.feedForwardNorm);
  const feedForward = layer.feedForward;
  const routed = layer.experts;
  const experts = model.description.experts;
  if (feedForward != null) feedForwardBlock(model, feedForward, session.batch, out);
  else if (routed != null && experts != null) expertBlock(model, experts, routed, session.batch, out);
}

/** The first half of block `index`. */
export function attentionHalf(model: Model, session: Session, index: i32): void {
  const layer = model.weights.layers[index];
  const out = model.workspace.out;
  attentionOf(model, session, index, layer, out);
  addOut(model, session, layer.postAttentionNorm, out);
}

/** The second half. */
export function feedForwardHalf(model: Model, session: Session, index: i32): void {
  const layer = model.weights.layers[index];
  const out = model.workspace.out;
  feedForwardOf(model, session, layer, out);
  addOut(model, session, layer.postFeedForwardNorm, out);
}

/** Both halves where they read the same residual stream. */
export function parallelLayer(model: Model, session: Session, index: i32): void {
  const layer = model.weights.layers[index];
  const w = model.workspace;
  attentionOf(model, session, index, layer, w.attended);
  feedForwardOf(model, session, layer, w.out);
  addOut(model, session, layer.postAttentionNorm, w.attended);
  addOut(model, session, layer.postFeedForwardNorm, w.out);
}
