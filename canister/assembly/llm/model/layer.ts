/**
 * One transformer block for a batch of up to 8 tokens, in two halves:
 *
 *     x += attention(norm(x))         x += feedForward(norm(x))
 *
 * x is the residual stream, f32[embedding] of every token, in the session's own memory.
 */
import { attend } from '../cache/attention';
import { Session } from '../cache/session';
import { clearScales, storeKey, storeValue, TILE_POSITIONS } from '../cache/tiles';
import { GATE_GELU, geluGate, siluGate } from '../kernels/activation';
import { add } from '../kernels/add';
import { TOKEN_STRIDE } from '../kernels/layout';
import { rmsnorm } from '../kernels/rmsnorm';
import { rope } from '../kernels/rope';
import { clear, copy } from '../kernels/start';
import { multiply } from '../quant/multiply';
import { Model } from './model';
import { Layer, Linear, Vector } from './weights';

/** y[tokens] = W a + bias, for rows 4 * from .. 4 * to - 1. */
export function linear(model: Model, weights: Linear, from: usize, to: usize, y: usize, tokens: i32): void {
  const bias = weights.bias;
  // Vectors have room for whole groups of four rows, biases too (Part.heapBytes).
  const first = from << 4;
  const rows = (to - from) << 2;
  for (let t = y; t < y + <usize>tokens * TOKEN_STRIDE; t += TOKEN_STRIDE) {
    if (bias == null) clear(t + first, rows);
    else copy(t + first, bias.address + first, rows);
  }
  multiply(weights.image, model.workspace.activations, from, to, y, tokens);
}

function project(model: Model, weights: Linear, y: usize, tokens: i32): void {
  linear(model, weights, 0, weights.image.groups(), y, tokens);
}

/** activations = norm(x). */
function normalize(model: Model, session: Session, norm: Vector, tokens: i32): void {
  const d = model.description;
  const a = model.workspace.activations;
  for (let t = 0; t < tokens; ++t) {
    rmsnorm(session.residual(t), norm.address, d.embedding, d.epsilon, a.values + <usize>t * TOKEN_STRIDE);
  }
  a.begin(d.embedding, tokens);
}

/** x += out, or x += norm(out). */
function addOut(model: Model, session: Session, norm: Vector | null, tokens: i32): void {
  const d = model.description;
  for (let t = 0; t < tokens; ++t) {
    const out = model.workspace.out + <usize>t * TOKEN_STRIDE;
    if (norm != null) rmsnorm(out, norm.address, d.embedding, d.epsilon, out);
    add(session.residual(t), out, d.embedding);
  }
}

/** Normalises each head of `vectors` (f32[heads][dim]) by itself. */
function normalizeHeads(vectors: usize, heads: usize, dim: usize, norm: Vector | null, epsilon: f32): void {
  if (norm == null) return;
  for (let head: usize = 0; head < heads; ++head) {
    const at = vectors + ((head * dim) << 2);
    rmsnorm(at, norm.address, dim, epsilon, at);
  }
}

/** The first half of block `index`: fills the cache at the batch's positions and attends over all before and itself. */
export function attentionHalf(model: Model, session: Session, index: i32): void {
  const d = model.description;
  const w = model.workspace;
  const layer = model.weights.layers[index];
  const tokens = session.batch;
  normalize(model, session, layer.attentionNorm, tokens);
  project(model, layer.query, w.query, tokens);
  project(model, layer.key, w.key, tokens);
  project(model, layer.value, w.value, tokens);
  for (let t = 0; t < tokens; ++t) positionToken(model, layer, index, session, t);
  attend(
    model.attention,
    w.query,
    session.evaluated,
    tokens,
    d.isLocal(index) ? d.window : u32.MAX_VALUE,
    session.blocks(),
    model.layerOffset(index),
    w.attention,
    w.activations.values,
  );
  w.activations.begin(d.heads * d.valueDim, tokens);
  project(model, layer.attentionOutput, w.out, tokens);
  addOut(model, session, layer.postAttentionNorm, tokens);
}

/** Gives token t's queries and keys their position, and stores its keys and values in the cache. */
function positionToken(model: Model, layer: Layer, index: i32, session: Session, t: i32): void {
  const d = model.description;
  const w = model.workspace;
  const at = <usize>t * TOKEN_STRIDE;
  normalizeHeads(w.query + at, d.heads, d.keyDim, layer.queryNorm, d.epsilon);
  normalizeHeads(w.key + at, d.keyValueHeads, d.keyDim, layer.keyNorm, d.epsilon);
  const angles = (d.isLocal(index) ? w.localRope : w.rope) + at;
  rope(w.query + at, d.heads, d.keyDim, d.ropeKind, d.ropeDims >> 1, angles);
  rope(w.key + at, d.keyValueHeads, d.keyDim, d.ropeKind, d.ropeDims >> 1, angles);
  const position = <usize>(session.evaluated + t);
  const slot = position % TILE_POSITIONS;
  const shape = model.attention.tile;
  let tile = session.block(<i32>(position / TILE_POSITIONS)) + model.layerOffset(index);
  for (let head: usize = 0; head < d.keyValueHeads; ++head) {
    if (slot == 0) clearScales(tile, shape);
    storeKey(tile, shape, slot, w.key + at + ((head * d.keyDim) << 2));
    storeValue(tile, shape, slot, w.value + at + ((head * d.valueDim) << 2));
    tile += shape.bytes();
  }
}

/** The second half of block `index`. */
export function feedForwardHalf(model: Model, session: Session, index: i32): void {
  const d = model.description;
  const w = model.workspace;
  const layer = model.weights.layers[index];
  const tokens = session.batch;
  normalize(model, session, layer.feedForwardNorm, tokens);
  project(model, layer.gate, w.gate, tokens);
  project(model, layer.up, w.up, tokens);
  for (let t: usize = 0; t < <usize>tokens * TOKEN_STRIDE; t += TOKEN_STRIDE) {
    if (d.gate == GATE_GELU) geluGate(w.gate + t, w.up + t, d.feedForward, w.activations.values + t);
    else siluGate(w.gate + t, w.up + t, d.feedForward, w.activations.values + t);
  }
  w.activations.begin(d.feedForward, tokens);
  project(model, layer.down, w.out, tokens);
  addOut(model, session, layer.postFeedForwardNorm, tokens);
}
