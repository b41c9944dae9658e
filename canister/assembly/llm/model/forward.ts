/**
 * The forward pass as a state that stops between any two steps and goes on in a later call. The state is in the session
 * (batch, part, layer, residual stream, cache); nothing of it is in the shared buffers between steps.
 *
 *     embed -> (attention half -> feed-forward half) * layers -> the batch is evaluated
 */
import { PART_ATTENTION, PART_EMBED, PART_FEED_FORWARD, Session } from '../cache/session';
import { TOKEN_STRIDE } from '../kernels/layout';
import { rmsnorm } from '../kernels/rmsnorm';
import { scale } from '../kernels/scale';
import { ropeTable } from '../kernels/rope';
import { attentionHalf, feedForwardHalf, linear } from './layer';
import { Model } from './model';

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
    attentionHalf(model, session, session.layer);
    session.part = PART_FEED_FORWARD;
    return false;
  }
  feedForwardHalf(model, session, session.layer);
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
  for (let t = 0; t < session.batch; ++t) {
    const x = session.residual(t);
    model.embedding.read(session.token(session.evaluated + t), x, model.workspace.row);
    const d = model.description;
    if (d.embeddingScale != 1) scale(x, d.embedding, d.embeddingScale);
  }
}

/** Cosines and sines for the positions of the batch: made once for all layers, and again where another batch was between. */
function prepareRope(model: Model, session: Session): void {
  const w = model.workspace;
  const pairs = model.description.ropeDims >> 1;
  for (let t = 0; t < session.batch; ++t) {
    const position = session.evaluated + t;
    if (w.ropePosition(t) == position) continue;
    const at = <usize>t * TOKEN_STRIDE;
    ropeTable(position, w.frequencies, pairs, w.rope + at);
    if (model.description.window > 0) ropeTable(position, w.localFrequencies, pairs, w.localRope + at);
    w.setRopePosition(t, position);
  }
}

/** Prepares the output matrix's input from a session's final residual stream. */
export function beginLogits(model: Model, session: Session): void {
  const d = model.description;
  const a = model.workspace.activations;
  rmsnorm(session.hidden, model.weights.outputNorm.address, d.embedding, d.epsilon, a.values);
  a.begin(d.embedding, 1);
}

/** Computes the logits of groups from .. to - 1 (four rows each). The vector of `beginLogits` must be in place. */
export function logitsOf(model: Model, from: usize, to: usize): void {
  linear(model, model.weights.output, from, to, model.workspace.logits, 1);
}
