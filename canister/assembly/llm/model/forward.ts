/**
 * The forward pass as a state that can stop between any two steps and continue in a later call. The state is in the
 * sequence (batch, part, layer, residual stream, cache); between steps, the shared buffers hold none of it.
 *
 *     embed -> (attention half -> feed-forward half) * layers -> the batch is evaluated
 *
 * If a layer's blocks are parallel, both halves are one step.
 */
import { PART_ATTENTION, PART_EMBED, PART_FEED_FORWARD, Sequence } from '../cache/sequence';
import { add } from '../kernels/add';
import { TOKEN_STRIDE } from '../kernels/layout';
import { ropeTable } from '../kernels/rope';
import { scale } from '../kernels/scale';
import { softcap } from '../kernels/softcap';
import { linear } from './linear';
import { Model } from './model';
import { applyNorm } from './norms';

/** Does the next step of the batch in flight; true if the batch is evaluated. */
export function step(model: Model, sequence: Sequence): bool {
  if (sequence.part == PART_EMBED) {
    embed(model, sequence);
    sequence.part = PART_ATTENTION;
    sequence.layer = 0;
    return false;
  }
  const layer = model.weights.layers[sequence.layer];
  const place = model.layerOffset(sequence.layer);
  if (sequence.part == PART_ATTENTION) {
    prepareRope(model, sequence);
    if (model.description.parallel) {
      layer.parallelHalves(model.workspace, sequence, place);
      return endLayer(model, sequence);
    }
    layer.attentionHalf(model.workspace, sequence, place);
    sequence.part = PART_FEED_FORWARD;
    return false;
  }
  layer.feedForwardHalf(model.workspace, sequence, place);
  return endLayer(model, sequence);
}

/** Moves on to the next layer; true if there is none. */
function endLayer(model: Model, sequence: Sequence): bool {
  sequence.part = PART_ATTENTION;
  if (++sequence.layer < model.description.layers) return false;
  sequence.part = PART_EMBED;
  sequence.evaluated += sequence.batch;
  sequence.hidden = sequence.residual(sequence.batch - 1);
  sequence.hiddenPosition = sequence.evaluated - 1;
  sequence.batch = 0;
  return true;
}

function embed(model: Model, sequence: Sequence): void {
  // The previous token's residual stream is about to be overwritten.
  sequence.hiddenPosition = -1;
  const d = model.description;
  const w = model.workspace;
  const positions = model.positions;
  for (let t = 0; t < sequence.batch; ++t) {
    const x = sequence.residual(t);
    const position = sequence.evaluated + t;
    model.embedding.read(sequence.token(position), x, w.row);
    if (d.embeddingScale != 1) scale(x, d.embedding, d.embeddingScale);
    if (positions == null) continue;
    positions.read(position, w.out, w.row);
    add(x, w.out, d.embedding);
  }
}

/**
 * Cosines and sines for the positions of the batch: made once for all layers, and again after another batch used the
 * buffers.
 */
function prepareRope(model: Model, sequence: Sequence): void {
  const w = model.workspace;
  const d = model.description;
  const pairs = d.ropeDims >> 1;
  const scaling = d.ropeScaling;
  const magnitude = scaling.magnitude(scaling.factor);
  const localMagnitude = d.ropePlainLocal ? 1 : scaling.magnitude(d.localFactor());
  for (let t = 0; t < sequence.batch; ++t) {
    const position = sequence.evaluated + t;
    if (w.ropePosition(t) == position) continue;
    const at = <usize>t * TOKEN_STRIDE;
    ropeTable(position, w.frequencies, pairs, magnitude, w.rope + at);
    if (d.window > 0) ropeTable(position, w.localFrequencies, pairs, localMagnitude, w.localRope + at);
    w.setRopePosition(t, position);
  }
}

/** Prepares the output matrix's input from a sequence's final residual stream. */
export function beginLogits(model: Model, sequence: Sequence): void {
  const d = model.description;
  const a = model.workspace.activations;
  applyNorm(d, model.weights.outputNorm, sequence.hidden, a.values);
  a.begin(d.embedding, 1);
}

/** Computes the logits of groups from .. to - 1 (four rows each). The vector of `beginLogits` must be in place. */
export function logitsOf(model: Model, from: usize, to: usize): void {
  const d = model.description;
  const output = model.weights.output;
  linear(model.workspace.activations, output, from, to, model.workspace.logits, 1);
  const first = model.workspace.logits + (from << 4);
  const rows = min(to << 2, output.image.rows) - (from << 2);
  if (d.logitScale != 1) scale(first, rows, d.logitScale);
  if (d.logitCap > 0) softcap(first, rows, d.logitCap);
}
