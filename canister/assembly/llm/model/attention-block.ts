/** Attention: queries, keys and values of a batch, the cache, and the projection of what was attended to. */
import { attend } from '../cache/attention';
import { Sequence } from '../cache/sequence';
import { clearScales, storeKey, storeValue, TILE_POSITIONS } from '../cache/tiles';
import { TOKEN_STRIDE } from '../kernels/layout';
import { rope } from '../kernels/rope';
import { project } from './linear';
import { Model } from './model';
import { normalizeHeads } from './norms';
import { Attention } from './weights';

/**
 * out = attention of layer `index` for the batch whose normalised residual streams the activations hold. Fills the cache
 * at the batch's positions and attends over all before and itself.
 */
export function attentionBlock(model: Model, sequence: Sequence, index: i32, weights: Attention, out: usize): void {
  const d = model.description;
  const w = model.workspace;
  const tokens = sequence.batch;
  project(w.activations, weights.query, w.query, tokens);
  project(w.activations, weights.key, w.key, tokens);
  project(w.activations, weights.value, w.value, tokens);
  for (let t = 0; t < tokens; ++t) positionToken(model, weights, index, sequence, t);
  attend(
    model.attention,
    w.query,
    sequence.evaluated,
    tokens,
    d.isLocal(index) ? d.window : u32.MAX_VALUE,
    sequence.blocks(),
    model.layerOffset(index),
    w.attention,
    w.activations.values,
  );
  w.activations.begin(d.heads * d.valueDim, tokens);
  project(w.activations, weights.output, out, tokens);
}

/** Gives token t's queries and keys their position, and stores its keys and values in the cache. */
function positionToken(model: Model, weights: Attention, index: i32, sequence: Sequence, t: i32): void {
  const d = model.description;
  const w = model.workspace;
  const at = <usize>t * TOKEN_STRIDE;
  normalizeHeads(d, w.query + at, d.heads, weights.queryNorm);
  normalizeHeads(d, w.key + at, d.keyValueHeads, weights.keyNorm);
  if (d.turns(index)) {
    const angles = (d.isLocal(index) ? w.localRope : w.rope) + at;
    rope(w.query + at, d.heads, d.keyDim, d.ropeKind, d.ropeDims >> 1, angles);
    rope(w.key + at, d.keyValueHeads, d.keyDim, d.ropeKind, d.ropeDims >> 1, angles);
  }
  const position = <usize>(sequence.evaluated + t);
  const slot = position % TILE_POSITIONS;
  const shape = model.attention.tile;
  let tile = sequence.block(<i32>(position / TILE_POSITIONS)) + model.layerOffset(index);
  for (let head: usize = 0; head < d.keyValueHeads; ++head) {
    if (slot == 0) clearScales(tile, shape);
    storeKey(tile, shape, slot, w.key + at + ((head * d.keyDim) << 2));
    storeValue(tile, shape, slot, w.value + at + ((head * d.valueDim) << 2));
    tile += shape.bytes();
  }
}
