/** Caches and attention as exports, for canister/test/attention.test.ts. */
import { attend, attentionScratch, AttentionShape } from '../llm/cache/attention';
import {
  BLOCK_HEADER,
  BYTE,
  clearTile,
  HeadTile,
  storeKey,
  storeValue,
  TILE_POSITIONS,
  WIDE,
} from '../llm/cache/tiles';
import { allocate, release } from '../memory/heap';
import { softmax } from '../llm/kernels/softmax';
export { allocate, release, attentionScratch, softmax };

let shape: AttentionShape = new AttentionShape(1, 1, new HeadTile(1, 1, WIDE, WIDE), 1);

export function setShape(
  heads: usize,
  keyValueHeads: usize,
  keyDim: usize,
  valueDim: usize,
  scale: f32,
  bytes: bool,
): usize {
  const entry = bytes ? BYTE : WIDE;
  shape = new AttentionShape(heads, keyValueHeads, new HeadTile(keyDim, valueDim, entry, entry), scale);
  return BLOCK_HEADER + keyValueHeads * shape.tile.bytes();
}

/** Stores one position's keys[heads][keyDim] and values[heads][valueDim]. */
export function remember(blocks: usize, position: usize, keys: usize, values: usize): void {
  const block = <usize>load<u32>(blocks + ((position / TILE_POSITIONS) << 2)) + BLOCK_HEADER;
  const slot = position % TILE_POSITIONS;
  for (let head: usize = 0; head < shape.keyValueHeads; ++head) {
    const tile = block + head * shape.tile.bytes();
    if (slot == 0) clearTile(tile, shape.tile);
    storeKey(tile, shape.tile, slot, keys + ((head * shape.tile.keyDim) << 2));
    storeValue(tile, shape.tile, slot, values + ((head * shape.tile.valueDim) << 2));
  }
}

export function attention(
  queries: usize,
  first: usize,
  tokens: i32,
  window: usize,
  blocks: usize,
  scratch: usize,
  out: usize,
  sinks: usize,
): void {
  attend(shape, queries, first, tokens, window, blocks, BLOCK_HEADER, scratch, out, sinks);
}
