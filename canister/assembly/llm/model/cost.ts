/**
 * What a step costs at most, in instructions of the Internet Computer, computed before it is begun: operators by the
 * price of the kernels (canister/test/prices.test.ts has them), and a charge for every page that the message may not have touched yet.
 */
import { PART_EMBED, PART_FEED_FORWARD, Sequence } from '../cache/sequence';
import { TILE_POSITIONS } from '../cache/tiles';
import { BATCH } from '../kernels/layout';
import { F32, I8X16, I8X8, Image, isPacked, panelInputs } from '../quant/image';
import { Model } from './model';
import { FeedForward, Layer, Linear, RoutedExperts } from './weights';

const PAGE: u64 = 65536;
/** First access of a page in a message, and first access with a write (16 * 5000 each, rounded up). */
const READ_PAGE: u64 = 81000;
const WRITTEN_PAGE: u64 = 162000;

/** While operators alone are counted: pages are paid for once a message, however many tokens it has. */
let arePagesFree: bool = false;

function readPages(count: u64): u64 {
  return arePagesFree ? 0 : count * READ_PAGE;
}

function writtenPages(count: u64): u64 {
  return arePagesFree ? 0 : count * WRITTEN_PAGE;
}

/** Thousandths of an instruction for a weight that meets 1, 4 or 8 tokens, by kind of image. */
const F32_PRICE: StaticArray<u64> = [1950, 6900, 13200];
const I8X8_PRICE: StaticArray<u64> = [1050, 3600, 6800];
const I8X16_PRICE: StaticArray<u64> = [800, 2800, 5250];
const PACKED_PRICE: StaticArray<u64> = [985, 2950, 5250];
const I8X32_PRICE: StaticArray<u64> = [755, 2630, 4930];

function weightPrice(kind: i32, n: i32): u64 {
  const power = n == 8 ? 2 : n == 4 ? 1 : 0;
  if (kind == F32) return F32_PRICE[power];
  if (kind == I8X8) return I8X8_PRICE[power];
  if (isPacked(kind)) return PACKED_PRICE[power];
  if (kind == I8X16) return I8X16_PRICE[power];
  return I8X32_PRICE[power];
}

function matrixCost(kind: i32, rows: u64, inputs: u64, tokens: i32): u64 {
  const weights = ((rows + 3) & ~3) * ((inputs + 127) & ~127);
  const panels = inputs / panelInputs(kind) + 2;
  let thousandths: u64 = 0;
  for (let t = 0; t < tokens;) {
    const rest = tokens - t;
    const n = rest >= BATCH ? BATCH : rest >= 4 ? 4 : 1;
    thousandths += weights * weightPrice(kind, n) + panels * 500000 * <u64>n;
    t += n;
  }
  return thousandths / 1000;
}

/** A product of some rows of a matrix with the vectors of a batch. */
function imageCost(image: Image, rows: u64, tokens: i32): u64 {
  let cost = matrixCost(image.kind, rows, image.inputs, tokens);
  if (image.minimumBlock) cost += matrixCost(image.minimumKind, rows, image.sums(), tokens);
  // Making the fixed-point vector, and the results' start values.
  cost += (<u64>image.inputs * 10 + rows * 4 + 3000) * tokens;
  const panels = image.inputs / panelInputs(image.kind) + 1;
  const pages = ((image.bytes() / max<u64>(1, image.rows)) * rows) / PAGE + 1;
  return cost + readPages(min(pages + panels, image.bytes() / PAGE + 1));
}

function linearCost(weights: Linear, tokens: i32): u64 {
  return imageCost(weights.image, weights.image.rows, tokens);
}

/** Pages of the working buffers that a batch writes. */
function bufferPages(model: Model, tokens: i32): u64 {
  return (model.workspace.tokenBytes / PAGE + 2) * tokens + 4;
}

/** Instructions that the next step of a sequence takes at most; `batch` is the batch in flight or the one to begin. */
export function stepCost(model: Model, sequence: Sequence, batch: i32): u64 {
  if (sequence.batch == 0 || sequence.part == PART_EMBED) return embedCost(model, batch);
  const layer = model.weights.layers[sequence.layer];
  if (sequence.part == PART_FEED_FORWARD) return feedForwardHalfCost(model, layer, batch);
  const cost = attentionHalfCost(model, sequence.layer, sequence.evaluated, batch);
  return model.description.parallel ? cost + feedForwardHalfCost(model, layer, batch) : cost;
}

/** Instructions that it takes at most to evaluate the token at a position alone, and to make its logits. */
export function tokenCost(model: Model, position: i32): u64 {
  let cost = embedCost(model, 1) + logitsCost(model, model.vocabulary);
  const layers = model.weights.layers;
  for (let i = 0; i < layers.length; ++i) {
    cost += attentionHalfCost(model, i, position, 1) + feedForwardHalfCost(model, layers[i], 1);
  }
  return cost;
}

/** The same for its operators alone. */
export function tokenOperators(model: Model, position: i32): u64 {
  arePagesFree = true;
  const cost = tokenCost(model, position);
  arePagesFree = false;
  return cost;
}

/** Operators of a token of a prompt, one of a whole batch from a position on. */
export function promptOperators(model: Model, position: i32): u64 {
  arePagesFree = true;
  let cost = embedCost(model, BATCH);
  const layers = model.weights.layers;
  for (let i = 0; i < layers.length; ++i) {
    cost += attentionHalfCost(model, i, position, BATCH) + feedForwardHalfCost(model, layers[i], BATCH);
  }
  arePagesFree = false;
  return cost / BATCH;
}

/** Instructions for the pages that a message touches that evaluates tokens up to a position. */
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

/** What both halves of a layer have beside their matrices. */
function vectorsCost(model: Model, batch: i32): u64 {
  return writtenPages(bufferPages(model, batch)) + <u64>batch * (model.description.embedding * 40 + 20000);
}

function attentionHalfCost(model: Model, index: i32, position: i32, batch: i32): u64 {
  const layer = model.weights.layers[index];
  const attention = layer.attention;
  const convolution = layer.convolution;
  const cost = vectorsCost(model, batch);
  if (attention != null) {
    const inputs = linearCost(attention.query, batch) + linearCost(attention.key, batch);
    const others = linearCost(attention.value, batch) + linearCost(attention.output, batch);
    return cost + inputs + others + attentionCost(model, index, position, batch);
  }
  if (convolution == null) return cost;
  const matrices = linearCost(convolution.input, batch) + linearCost(convolution.output, batch);
  const taps = <u64>model.description.taps;
  const state = (taps * model.description.embedding * 8) / PAGE + 4;
  return cost + matrices + <u64>batch * model.description.embedding * (40 + 25 * taps) + writtenPages(state);
}

function feedForwardHalfCost(model: Model, layer: Layer, batch: i32): u64 {
  const feedForward = layer.feedForward;
  const experts = layer.experts;
  const cost = vectorsCost(model, batch);
  if (feedForward != null) return cost + feedForwardCost(model, feedForward, batch);
  return experts == null ? cost : cost + expertsCost(model, experts, batch);
}

function feedForwardCost(model: Model, weights: FeedForward, batch: i32): u64 {
  const gate = weights.gate;
  const inputs = linearCost(weights.up, batch) + (gate == null ? 0 : linearCost(gate, batch));
  return inputs + linearCost(weights.down, batch) + <u64>batch * model.description.feedForward * 30;
}

/** Each token may meet experts of its own. */
function expertsCost(model: Model, weights: RoutedExperts, batch: i32): u64 {
  const experts = model.description.experts!;
  const matrices =
    imageCost(weights.gates[0], experts.feedForward, 1) + imageCost(weights.ups[0], experts.feedForward, 1);
  const each = matrices + imageCost(weights.downs[0], model.description.embedding, 1) + <u64>experts.feedForward * 60;
  const choosing = <u64>experts.count * (200 + 20 * <u64>experts.used) + <u64>model.description.embedding * 60;
  const shared = weights.shared;
  const cost = linearCost(weights.router, batch) + <u64>batch * (<u64>experts.used * each + choosing);
  return shared == null ? cost : cost + feedForwardCost(model, shared, batch);
}

function attentionCost(model: Model, layer: i32, position: i32, batch: i32): u64 {
  const d = model.description;
  const tokens = <u64>batch;
  const seen: u64 = d.isLocal(layer) ? d.window : u32.MAX_VALUE;
  const tiles = (min(<u64>position, seen) + tokens) / TILE_POSITIONS + 2;
  const tile = model.attention.tile;
  const dims: usize = 32 * tile.chunks() + 4 * tile.valueGroups();
  // Scores and values at most 0.76 each, the softmax 25 for a position, a soft cap 15.
  const perPosition = (<u64>dims * 76) / 100 + (d.scoreCap > 0 ? 40 : 25);
  let cost = tokens * d.heads * (tiles * (TILE_POSITIONS * perPosition + 60) + dims * 30 + 4000);
  cost += tokens * d.ropeDims * 400 + tokens * (d.heads + d.keyValueHeads) * (d.keyDim + d.valueDim) * 25;
  const pagesOfLayer = model.layerBytes(layer) / PAGE + 2;
  return cost + readPages(tiles * pagesOfLayer) + writtenPages((tiles * 1600) / PAGE + 2 * pagesOfLayer + 4);
}

/** Instructions that the logits of `rows` vocabulary entries take at most. */
export function logitsCost(model: Model, rows: u64): u64 {
  const d = model.description;
  const cost =
    imageCost(model.weights.output.image, rows, 1) + rows * ((d.logitCap > 0 ? 15 : 0) + (d.logitScale != 1 ? 3 : 0));
  return cost + writtenPages(bufferPages(model, 1) + (rows * 4) / PAGE + 2) + d.embedding * 30;
}
