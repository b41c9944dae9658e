/**
 * Attention of a batch of tokens over a sequence's blocks, one key/value head at a time.
 *
 * The queries that share a key/value head (its group of heads, times the tokens of the batch) are columns, up to 8 at
 * once: they share every load of keys and values. A column's result does not depend on the others.
 */
import {
  add4Scores,
  addByte4Scores,
  addByteScores,
  addByteValues,
  addScores,
  addValues,
  set2Scores,
  set4Scores,
  setByte2Scores,
  setByte4Scores,
  setByteScores,
  setScores,
} from '../kernels/attention.generated';
import { LOG2E } from '../kernels/exp2';
import { BATCH, TOKEN_STRIDE } from '../kernels/layout';
import { quantizeWithinSum } from '../kernels/quantize';
import { clear } from '../kernels/start';
import { softcap } from '../kernels/softcap';
import { NOT_SEEN, SCORE_TILE, softmax, WEIGHT_TILE } from '../kernels/softmax';
import { BYTE, HeadTile, pad, TILE_POSITIONS } from './tiles';

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
    /** The factor of the scores, usually 1 / sqrt(keyDim). */
    readonly scale: f32,
    /** Soft cap of the scores; 0: none. */
    readonly cap: f32 = 0,
  ) {}
}

/**
 * out[token][head][valueDim] = attention of `tokens` tokens at positions first, first + 1 ... (all f32, tokens
 * TOKEN_STRIDE apart). Each token attends to itself and to the `window` - 1 positions before it, or to all if there are
 * fewer. queryVectors: [token][head][keyDim]; blocks: u32 addresses of the sequence's blocks; layer: offset of the
 * layer in a block; sinks: f32[heads], a further score of each head that has no value (arXiv 2309.17453), or 0.
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
  sinks: usize,
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
        sinks,
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
  sinks: usize,
): void {
  const group = shape.heads / shape.keyValueHeads;
  const chunks = shape.tile.chunks();
  for (let c: usize = 0; c < count; ++c) {
    const token = (from + c) / group;
    const head = firstHead + ((from + c) % group);
    loadQuery(shape, queryVectors + token * TOKEN_STRIDE + ((head * shape.tile.keyDim) << 2), c);
  }
  // Tiles before the window of the first token; the later tokens do not look at them either.
  const skipped = windowStart(first + from / group, window) / TILE_POSITIONS;
  const tiles = (first + (from + count - 1) / group) / TILE_POSITIONS + 1 - skipped;
  blocks += skipped << 2;
  const end = blocks + (tiles << 2);
  const weights = scratch + tiles * SCORE_TILE;
  for (let chunk: usize = 0; chunk < chunks;) {
    const together = chunksTogether(count, chunk, chunks);
    scores(shape.tile, count, chunk, together, blocks, end, tile, scratch);
    chunk += together;
  }
  if (shape.cap > 0) capScores(scratch, tiles, count, shape.cap * <f32>LOG2E);
  const groups = shape.tile.valueGroups();
  clear(sums, groups << 5);
  for (let c: usize = 0; c < count; ++c) {
    const position = first + (from + c) / group;
    const head = firstHead + ((from + c) % group);
    const sum = softmax(
      scratch + (c << 4),
      windowStart(position, window) - skipped * TILE_POSITIONS,
      position + 1 - skipped * TILE_POSITIONS,
      tiles,
      blocks,
      tile + shape.tile.valueScales(),
      weights + (c << 6),
      weights + (COLUMNS << 6) + (c << 2),
      sinks == 0 ? NOT_SEEN : load<f32>(sinks + (head << 2)) * <f32>LOG2E,
    );
    store<f32>(weightSums + (c << 2), sum);
  }
  const values = tile + shape.tile.values();
  if (shape.tile.valueEntry == BYTE) addByteValues(count, weights, blocks, end, values, sums, sums + (groups << 7));
  else addValues(count, weights, blocks, end, values, sums, sums + (groups << 7));
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

/** Soft caps the scores of `count` columns; they are in units of log2, and so is `cap`. */
function capScores(scores: usize, tiles: usize, count: usize, cap: f32): void {
  for (const end = scores + tiles * SCORE_TILE; scores < end; scores += COLUMNS << 4) {
    softcap(scores, count << 2, cap);
  }
}

/**
 * Largest sum of a query's 32 values in units, before rounding adds at most 16: with keys up to 32767 the products sum
 * to less than 2^31. With int8 keys no sum comes near that, and the values keep all of their 16 bits.
 */
const MAX_SUM: f32 = 65500;
const NO_SUM: f32 = 32 * 32767;

/** Brings a query to fixed point in column c; the score's scale and log2(e) go into its units. */
function loadQuery(shape: AttentionShape, query: usize, c: usize): void {
  const chunks = shape.tile.chunks();
  const source = pad(query, shape.tile.keyDim, chunks << 5);
  const factor = shape.scale * <f32>LOG2E;
  const most = shape.tile.keyEntry == BYTE ? NO_SUM : MAX_SUM;
  for (let chunk: usize = 0; chunk < chunks; ++chunk) {
    const at = chunk * COLUMNS + c;
    const unit = quantizeWithinSum(source + (chunk << 7), 32, queries + (at << 6), most);
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

/** Columns up to which there are kernels of several chunks. */
const FEW: usize = 4;

/** How many chunks, from `chunk` on, are processed together. */
function chunksTogether(columns: usize, chunk: usize, chunks: usize): usize {
  if (columns > FEW) return 1;
  if (chunk + 4 <= chunks) return 4;
  return chunk == 0 && chunks > 1 ? 2 : 1;
}

/**
 * Adds `together` chunks of the keys to the scores; the first chunks initialize them. Sums are added in the order of
 * the chunks.
 */
function scores(
  tile: HeadTile,
  columns: usize,
  chunk: usize,
  together: usize,
  blocks: usize,
  end: usize,
  keys: usize,
  out: usize,
): void {
  const q = queries + ((chunk * COLUMNS) << 6);
  const sq = queryScales + ((chunk * COLUMNS) << 2);
  const offset = keys + chunk * tile.chunkBytes();
  const areBytes = tile.keyEntry == BYTE;
  if (together == 4) {
    if (chunk > 0) {
      if (areBytes) addByte4Scores(columns, q, sq, blocks, end, offset, out);
      else add4Scores(columns, q, sq, blocks, end, offset, out);
    } else if (areBytes) setByte4Scores(columns, q, sq, blocks, end, offset, out);
    else set4Scores(columns, q, sq, blocks, end, offset, out);
  } else if (together == 2) {
    if (areBytes) setByte2Scores(columns, q, sq, blocks, end, offset, out);
    else set2Scores(columns, q, sq, blocks, end, offset, out);
  } else if (chunk > 0) {
    if (areBytes) addByteScores(columns, q, sq, blocks, end, offset, out);
    else addScores(columns, q, sq, blocks, end, offset, out);
  } else if (areBytes) setByteScores(columns, q, sq, blocks, end, offset, out);
  else setScores(columns, q, sq, blocks, end, offset, out);
}
