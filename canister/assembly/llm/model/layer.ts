/**
 * One transformer block for a batch of up to 8 tokens, in two halves:
 *
 *     x += attention(norm(x))         x += feedForward(norm(x))
 *
 * or, where an architecture has them in parallel, as one: x += attention(norm(x)) + feedForward(norm(x)).
 * x is the residual stream, f32[embedding] of every token, in the sequence's own memory. In the place of attention may be
 * a short convolution, in that of the feed-forward block routed experts.
 */
import { Sequence } from '../cache/sequence';
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
function normalize(model: Model, sequence: Sequence, norm: Norm | null): void {
  const a = model.workspace.activations;
  for (let t = 0; t < sequence.batch; ++t) {
    applyNorm(model.description, norm, sequence.residual(t), a.values + <usize>t * TOKEN_STRIDE);
  }
  a.begin(model.description.embedding, sequence.batch);
}

/** x += scale * norm(out), without the norm where there is none. */
function addOut(model: Model, sequence: Sequence, norm: Norm | null, out: usize): void {
  const d = model.description;
  for (let t = 0; t < sequence.batch; ++t) {
    const at = out + <usize>t * TOKEN_STRIDE;
    if (norm != null) applyNorm(d, norm, at, at);
    if (d.residualScale != 1) scale(at, d.embedding, d.residualScale);
    add(sequence.residual(t), at, d.embedding);
  }
}

/** out = what attention, or the convolution in its place, makes of the residual stream. */
function attentionOf(model: Model, sequence: Sequence, index: i32, layer: Layer, out: usize): void {
  normalize(model, sequence, layer.attentionNorm);
  const attention = layer.attention;
  const convolution = layer.convolution;
  if (attention != null) attentionBlock(model, sequence, index, attention, out);
  else if (convolution != null) convolutionBlock(model, sequence, index, convolution, out);
}

/** out = what the feed-forward block, or the experts in its place, make of it. */
function feedForwardOf(model: Model, sequence: Sequence, layer: Layer, out: usize): void {
  normalize(model, sequence, layer.feedForwardNorm);
  const feedForward = layer.feedForward;
  const routed = layer.experts;
  const experts = model.description.experts;
  if (feedForward != null) feedForwardBlock(model, feedForward, sequence.batch, out);
  else if (routed != null && experts != null) expertBlock(model, experts, routed, sequence.batch, out);
}

/** The first half of block `index`. */
export function attentionHalf(model: Model, sequence: Sequence, index: i32): void {
  const layer = model.weights.layers[index];
  const out = model.workspace.out;
  attentionOf(model, sequence, index, layer, out);
  addOut(model, sequence, layer.postAttentionNorm, out);
}

/** The second half. */
export function feedForwardHalf(model: Model, sequence: Sequence, index: i32): void {
  const layer = model.weights.layers[index];
  const out = model.workspace.out;
  feedForwardOf(model, sequence, layer, out);
  addOut(model, sequence, layer.postFeedForwardNorm, out);
}

/** Both halves where they read the same residual stream. */
export function parallelLayer(model: Model, sequence: Sequence, index: i32): void {
  const layer = model.weights.layers[index];
  const w = model.workspace;
  attentionOf(model, sequence, index, layer, w.attended);
  feedForwardOf(model, sequence, layer, w.out);
  addOut(model, sequence, layer.postAttentionNorm, w.attended);
  addOut(model, sequence, layer.postFeedForwardNorm, w.out);
}
