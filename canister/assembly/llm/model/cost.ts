/**
 * Upper bounds of a step's instructions on the Internet Computer, computed before it begins. A block's cost is in its
 * file; those of operators and pages are in operator-cost.ts.
 */
import { PART_EMBED, PART_FEED_FORWARD, Sequence } from '../cache/sequence';
import { TILE_POSITIONS } from '../cache/tiles';
import { BATCH } from '../kernels/layout';
import { Layer } from './layer';
import { Model } from './model';
import { countPages, imageCost, PAGE, READ_PAGE, runCost, WRITTEN_PAGE, writtenPages } from './operator-cost';

/** Pages of the working buffers that a batch writes. */
function bufferPages(model: Model, tokens: i32): u64 {
  return (model.workspace.tokenBytes / PAGE + 2) * tokens + 4;
}

/** Most instructions of a sequence's next step; `batch` is the batch in flight or the one to begin. */
export function stepCost(model: Model, sequence: Sequence, batch: i32): u64 {
  if (sequence.batch == 0 || sequence.part == PART_EMBED) return embedCost(model, batch);
  const layer = model.weights.layers[sequence.layer];
  const position = sequence.evaluated;
  if (sequence.part == PART_FEED_FORWARD) return feedForwardHalfCost(model, layer, position, batch);
  const cost = attentionHalfCost(model, layer, position, batch);
  return model.description.parallel ? cost + feedForwardHalfCost(model, layer, position, batch) : cost;
}

/** Most instructions to evaluate a single token at a position, and to make its logits. */
export function tokenCost(model: Model, position: i32): u64 {
  let cost = embedCost(model, 1) + logitsCost(model, model.vocabulary);
  const layers = model.weights.layers;
  for (let i = 0; i < layers.length; ++i) {
    cost += attentionHalfCost(model, layers[i], position, 1) + feedForwardHalfCost(model, layers[i], position, 1);
  }
  return cost;
}

/** The same, without pages. */
export function tokenOperators(model: Model, position: i32): u64 {
  countPages(false);
  const cost = tokenCost(model, position);
  countPages(true);
  return cost;
}

/** Instructions of a prompt's token in a whole batch from a position on, without pages. */
export function promptOperators(model: Model, position: i32): u64 {
  countPages(false);
  let cost = embedCost(model, BATCH);
  const layers = model.weights.layers;
  for (let i = 0; i < layers.length; ++i) {
    cost +=
      attentionHalfCost(model, layers[i], position, BATCH) + feedForwardHalfCost(model, layers[i], position, BATCH);
  }
  countPages(true);
  return cost / BATCH;
}

/** Instructions for the pages of a message that evaluates tokens up to a position. */
export function pagesCost(model: Model, weightBytes: u64, position: i32): u64 {
  const blocks = (<u64>position / TILE_POSITIONS + 1) * (model.blockBytes() / PAGE + 1);
  const written = bufferPages(model, BATCH) + (<u64>model.vocabulary * 4) / PAGE + 32;
  return (weightBytes / PAGE + blocks) * READ_PAGE + written * WRITTEN_PAGE;
}

function embedCost(model: Model, batch: i32): u64 {
  const tokens = <u64>batch;
  const blocks = model.blockBytes() / PAGE + 2;
  const rows: u64 = model.positions == null ? 1 : 2;
  const reading = rows * tokens * (model.description.embedding * 60 + 20000);
  return reading + writtenPages(3 * rows * tokens + blocks) + 2 * model.blockBytes();
}

/** The work of both halves of a layer besides their matrices. */
function vectorsCost(model: Model, batch: i32): u64 {
  return writtenPages(bufferPages(model, batch)) + <u64>batch * (model.description.embedding * 40 + 20000);
}

function attentionHalfCost(model: Model, layer: Layer, position: i32, batch: i32): u64 {
  return vectorsCost(model, batch) + layer.attention.cost(position, batch);
}

function feedForwardHalfCost(model: Model, layer: Layer, position: i32, batch: i32): u64 {
  return vectorsCost(model, batch) + layer.feedForward.cost(position, batch);
}

/** Most instructions to compute the logits of `rows` vocabulary entries. */
export function logitsCost(model: Model, rows: u64): u64 {
  const d = model.description;
  const cost =
    imageCost(model.weights.output.image, rows, 1) + rows * ((d.logitCap > 0 ? 15 : 0) + (d.logitScale != 1 ? 3 : 0));
  return cost + writtenPages(bufferPages(model, 1) + (rows * 4) / PAGE + 2) + d.embedding * 30;
}

/** Most instructions to compute the logits of `count` vocabulary entries, wherever they are. */
export function scatteredLogitsCost(model: Model, count: u64): u64 {
  return logitsCost(model, count << 2) + count * runCost(model.weights.output.image);
}
