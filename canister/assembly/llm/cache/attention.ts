/**
 * Attention of a batch of tokens over a session's blocks, one key/value head at a time.
 *
 * The queries that share a key/value head (its group of heads, times the tokens of the batch) are columns, up to 8 at
 * once: they share every load of keys and values. A column's result does not depend on the others.
 */
import {
  addScores1,
  addScores2,
  addScores3,
  addScores4,
  addScores5,
  addScores6,
  addScores7,
  addScores8,
  addValues1,
  addValues2,
  addValues3,
  addValues4,
  addValues5,
  addValues6,
  addValues7,
  addValues8,
  setScores1,
  setScores2,
  setScores3,
  setScores4,
  setScores5,
  setScores6,
  setScores7,
  setScores8,
} from '../kernels/attention.generated';
import { LOG2E } from '../kernels/exp2';
import { BATCH, TOKEN_STRIDE } from '../kernels/layout';
import { quantizeGroup } from '../kernels/quantize';
import { SCORE_TILE, softmax, WEIGHT_TILE } from '../kernels/softmax';
import { CHUNK_BYTES, HeadTile, pad, TILE_POSITIONS } from './tiles';

const COLUMNS: usize = <usize>BATCH;
/** Queries of one pass for MAX_HEAD_DIM dimensions: i16[chunk][8][32] and f32[chunk][8]. */
const queries: usize = memory.data(8192, 16);
const queryScales: usize = memory.data(512, 16);
/** Sums of weighted values, f32[dim / 4][8][4], and of the weights, f32[8]. */
const sums: usize = memory.data(16384, 16);
const weightSums: usize = memory.data(32, 16);

/** Bytes of scratch for scores and weights of `positions` positions. */
export function attentionScratch(positions: usize): usize {
  return ((positions + TILE_POSITIONS - 1) / TILE_POSITIONS) * (SCORE_TILE + WEIGHT_TILE);
}

/** The shape of a layer's attention. */
export class AttentionShape {
  constructor(
    readonly heads: usize,
    readonly keyValueHeads: usize,
    readonly tile: HeadTile,
    /** What scores are multiplied with, usually 1 / sqrt(keyDim). */
    readonly scale: f32,
  ) {}
}

/**
 * out[token][head][valueDim] = attention of `tokens` tokens at positions first, first + 1 ... (all f32, tokens
 * TOKEN_STRIDE apart), each over itself and the `window` - 1 positions before it, or all where there are fewer.
 * queryVectors: [token][head][keyDim]; blocks: u32 addresses of the session's blocks; layer: offset of the layer in a block.
 */
export function attend(
  shape: AttentionShape,
  queryVectors: usize,
  first: usize,
  tokens: i32,
  window: usize,
  blocks: usize,
  layer: usize,
  scratch: usize,
  out: usize,
): void {
  const group = shape.heads / shape.keyValueHeads;
  const columns = group * <usize>tokens;
  for (let head: usize = 0; head < shape.keyValueHeads; ++head) {
    const tile = layer + head * shape.tile.bytes();
    for (let from: usize = 0; from < columns; from += COLUMNS) {
      attendColumns(
        shape,
        queryVectors,
        first,
        window,
        blocks,
        tile,
        head * group,
        from,
        min(COLUMNS, columns - from),
        scratch,
        out,
      );
    }
  }
}

/** Columns from .. from + count - 1 of one key/value head; column = token * group + head within the group. */
function attendColumns(
  shape: AttentionShape,
  queryVectors: usize,
  first: usize,
  window: usize,
  blocks: usize,
  tile: usize,
  firstHead: usize,
  from: usize,
  count: usize,
  scratch: usize,
  out: usize,
): void {
  const group = shape.heads / shape.keyValueHeads;
  const chunks = shape.tile.chunks();
  for (let c: usize = 0; c < count; ++c) {
    const token = (from + c) / group;
    const head = firstHead + ((from + c) % group);
    loadQuery(shape, queryVectors + token * TOKEN_STRIDE + ((head * shape.tile.keyDim) << 2), c);
  }
  // Tiles that the first of these tokens does not look at, none of the others does either.
  const skipped = windowStart(first + from / group, window) / TILE_POSITIONS;
  const tiles = (first + (from + count - 1) / group) / TILE_POSITIONS + 1 - skipped;
  blocks += skipped << 2;
  const end = blocks + (tiles << 2);
  const weights = scratch + tiles * SCORE_TILE;
  for (let chunk: usize = 0; chunk < chunks; ++chunk) {
    const q = queries + ((chunk * COLUMNS) << 6);
    scores(
      <i32>count,
      chunk > 0,
      q,
      queryScales + ((chunk * COLUMNS) << 2),
      blocks,
      end,
      tile + chunk * CHUNK_BYTES,
      scratch,
    );
  }
  const groups = shape.tile.valueGroups();
  memory.fill(sums, 0, groups << 7);
  for (let c: usize = 0; c < count; ++c) {
    const position = first + (from + c) / group;
    const sum = softmax(
      scratch + (c << 4),
      windowStart(position, window) - skipped * TILE_POSITIONS,
      position + 1 - skipped * TILE_POSITIONS,
      tiles,
      blocks,
      tile + shape.tile.valueScales(),
      weights + (c << 6),
      weights + (COLUMNS << 6) + (c << 2),
    );
    store<f32>(weightSums + (c << 2), sum);
  }
  values(<i32>count, weights, blocks, end, tile + shape.tile.values(), sums, sums + (groups << 7));
  for (let c: usize = 0; c < count; ++c) {
    const token = (from + c) / group;
    const head = firstHead + ((from + c) % group);
    storeResult(
      shape,
      c,
      <f32>1 / load<f32>(weightSums + (c << 2)),
      out + token * TOKEN_STRIDE + ((head * shape.tile.valueDim) << 2),
    );
  }
}

/** The first position that a token at `position` looks at. */
function windowStart(position: usize, window: usize): usize {
  return position < window ? 0 : position + 1 - window;
}

/** Brings a query to fixed point in column c; the score's scale and log2(e) go into its units. */
function loadQuery(shape: AttentionShape, query: usize, c: usize): void {
  const chunks = shape.tile.chunks();
  const source = pad(query, shape.tile.keyDim, chunks << 5);
  const factor = shape.scale * <f32>LOG2E;
  for (let chunk: usize = 0; chunk < chunks; ++chunk) {
    const at = chunk * COLUMNS + c;
    const unit = quantizeGroup(source + (chunk << 7), 32, queries + (at << 6), 8191);
    store<f32>(queryScales + (at << 2), unit * factor);
  }
}

/** Writes column c of the sums, times `factor`, to out[valueDim]. */
function storeResult(shape: AttentionShape, c: usize, factor: f32, out: usize): void {
  const from = sums + (c << 4);
  const dim = shape.tile.valueDim;
  const factors = f32x4.splat(factor);
  let d: usize = 0;
  for (; d + 4 <= dim; d += 4) v128.store(out + (d << 2), f32x4.mul(factors, v128.load(from + (d << 5))));
  for (; d < dim; ++d) store<f32>(out + (d << 2), factor * load<f32>(from + ((d & ~3) << 5) + ((d & 3) << 2)));
}

function scores(
  columns: i32,
  more: bool,
  q: usize,
  sq: usize,
  blocks: usize,
  end: usize,
  offset: usize,
  out: usize,
): void {
  if (more) {
    switch (columns) {
      case 1:
        return addScores1(q, sq, blocks, end, offset, out);
      case 2:
        return addScores2(q, sq, blocks, end, offset, out);
      case 3:
        return addScores3(q, sq, blocks, end, offset, out);
      case 4:
        return addScores4(q, sq, blocks, end, offset, out);
      case 5:
        return addScores5(q, sq, blocks, end, offset, out);
      case 6:
        return addScores6(q, sq, blocks, end, offset, out);
      case 7:
        return addScores7(q, sq, blocks, end, offset, out);
      default:
        return addScores8(q, sq, blocks, end, offset, out);
    }
  }
  switch (columns) {
    case 1:
      return setScores1(q, sq, blocks, end, offset, out);
    case 2:
      return setScores2(q, sq, blocks, end, offset, out);
    case 3:
      return setScores3(q, sq, blocks, end, offset, out);
    case 4:
      return setScores4(q, sq, blocks, end, offset, out);
    case 5:
      return setScores5(q, sq, blocks, end, offset, out);
    case 6:
      return setScores6(q, sq, blocks, end, offset, out);
    case 7:
      return setScores7(q, sq, blocks, end, offset, out);
    default:
      return setScores8(q, sq, blocks, end, offset, out);
  }
}

function values(columns: i32, p: usize, blocks: usize, end: usize, offset: usize, out: usize, outEnd: usize): void {
  switch (columns) {
    case 1:
      return addValues1(p, blocks, end, offset, out, outEnd);
    case 2:
      return addValues2(p, blocks, end, offset, out, outEnd);
    case 3:
      return addValues3(p, blocks, end, offset, out, outEnd);
    case 4:
      return addValues4(p, blocks, end, offset, out, outEnd);
    case 5:
      return addValues5(p, blocks, end, offset, out, outEnd);
    case 6:
      return addValues6(p, blocks, end, offset, out, outEnd);
    case 7:
      return addValues7(p, blocks, end, offset, out, outEnd);
    default:
      return addValues8(p, blocks, end, offset, out, outEnd);
  }
}
