/**
 * The forward pass as a state that stops between any two steps and goes on in a later call. The state is in the session
 * (batch, part, layer, residual stream, cache); nothing of it is in the shared buffers between steps.
 *
 *     embed -> (attention half -> feed-forward half) * layers -> the batch is evaluated
 *
 * Where a layer's blocks are parallel, both halves are one step.
 */
import { PART_ATTENTION, PART_EMBED, PART_FEED_FORWARD, Session } from '../cache/session';
import { add } from '../kernels/add';
import { TOKEN_STRIDE } from '../kernels/layout';
import { ropeTable } from '../kernels/rope';
import { scale } from '../kernels/scale';
import { softcap } from '../kernels/softcap';
import { attentionHalf, feedForwardHalf, parallelLayer } from './layer';
import { linear } from './linear';
import { Model } from './model';
import { applyNorm } from './norms';

/** Does the next step of the batch in flight; true if the batch is evaluated. */
export function step(model: Model, session: Session): bool {
  if (session.part == PART_EMBED) {
    embed(model, session);
    session.part = PART_ATTENTION;
    session.layer = 0;
    return false;
  }
  if (session.part == PART_ATTENTION) {
    prepareRope(model, session);
    if (model.description.parallel) {
      parallelLayer(model, session, session.layer);
      return endLayer(model, session);
    }
    attentionHalf(model, session, session.layer);
    session.part = PART_FEED_FORWARD;
    return false;
  }
  feedForwardHalf(model, session, session.layer);
  return endLayer(model, session);
}

/** Goes on to the next layer; true if there is none. */
function endLayer(model: Model, session: Session): bool {
  session.part = PART_ATTENTION;
  if (++session.layer < model.description.layers) return false;
  session.part = PART_EMBED;
  session.evaluated += session.batch;
  session.hidden = session.residual(session.batch - 1);
  session.hiddenPosition = session.evaluated - 1;
  session.batch = 0;
  return true;
}

function embed(model: Model, session: Session): void {
  // The residual stream of the token before is about to be overwritten.
  session.hiddenPosition = -1;
  const d = model.description;
  const w = model.workspace;
  const positions = model.positions;
  for (let t = 0; t < session.batch; ++t) {
    const x = session.residual(t);
    const position = session.evaluated + t;
    model.embedding.read(session.token(position), x, w.row);
    if (d.embeddingScale != 1) scale(x, d.embedding, d.embeddingScale);
    if (positions == null) continue;
    positions.read(position, w.out, w.row);
    add(x, w.out, d.embedding);
  }
}

/** Cosines and sines for the positions of the batch: made once for all layers, and again where another batch was between. */
function prepareRope(model: Model, session: Session): void {
  const w = model.workspace;
  const d = model.description;
  const pairs = d.ropeDims >> 1;
  const scaling = d.ropeScaling;
  const magnitude = scaling.magnitude(scaling.factor);
  const localMagnitude = d.ropePlainLocal ? 1 : scaling.magnitude(d.localFactor());
  for (let t = 0; t < session.batch; ++t) {
    const position = session.evaluated + t;
    if (w.ropePosition(t) == position) continue;
    const at = <usize>t * TOKEN_STRIDE;
    ropeTable(position, w.frequencies, pairs, magnitude, w.rope + at);
    if (d.window > 0) ropeTable(position, w.localFrequencies, pairs, localMagnitude, w.localRope + at);
    w.setRopePosition(t, position);
  }
}

/** Prepares the output matrix's input from a session's final residual stream. */
export function beginLogits(model: Model, session: Session): void {
  const d = model.description;
  const a = model.workspace.activations;
  applyNorm(d, model.weights.outputNorm, session.hidden, a.values);
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
