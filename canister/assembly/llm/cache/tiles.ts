/**
 * Keys and values of 32 positions, as the attention kernels read them. A block holds all layers' tiles together, so that
 * a new token dirties the few pages of one block, not a page of every layer's cache.
 *
 *     block   [ header: 64 bytes, stored-block.ts ][ layer 0 ][ layer 1 ] ...
 *     layer   [ head 0 ][ head 1 ] ...                              one for each key/value head
 *     head    [ keys: chunk 0 ][ chunk 1 ] ... [ values ][ value scales ]
 *
 *     chunk   32 dimensions of the keys: [ group: 4 positions ] * 8
 *     group   [ f32 scale of position 0, 1, 2, 3 ][ quad: 2 dimensions ] * 16
 *     quad    [ p0d0 p0d1 p1d0 p1d1 p2d0 p2d1 p3d0 p3d1 ]                             8 int16 or int8
 *
 *     values  [ group: 4 dimensions ] * dimensions / 4
 *     group   [ quad: 2 positions ] * 16
 *     quad    [ d0p0 d0p1 d1p0 d1p1 d2p0 d2p1 d3p0 d3p1 ]                             8 int16 or int8
 *     value scales   [ f32 ] * 32
 *
 * Keys: |k| <= 32767 (127) with a scale per position and chunk. Values: |v| <= 32767 (127) with a scale per position.
 * Dimensions that a head lacks are zeros. Queries and weights of positions are such that sums of 32 products fit 32 bits.
 * int16 is what other programs need a cache of f16 or f32 for, int8 stands for q8_0.
 */
import { quantizeGroup } from '../kernels/quantize';

export const TILE_POSITIONS: usize = 32;
export const BLOCK_HEADER: usize = 64;
/** Most dimensions of a head. */
export const MAX_HEAD_DIM: usize = 512;

/** Bytes of an entry: int16 or int8. */
export const WIDE: usize = 2;
export const BYTE: usize = 1;

/** One head's vector padded with zeros, and its fixed-point form. */
const padded: usize = memory.data(2048, 16);
const fixed: usize = memory.data(1024, 16);

/** The layout of one head's tile, for heads of given dimensions. */
export class HeadTile {
  constructor(
    readonly keyDim: usize,
    readonly valueDim: usize,
    /** WIDE or BYTE. */
    readonly keyEntry: usize,
    readonly valueEntry: usize,
  ) {}

  /** Bytes of four positions of one chunk of the keys. */
  keyGroup(): usize {
    return 16 + 128 * this.keyEntry;
  }

  /** Bytes of 32 positions of one chunk of the keys. */
  chunkBytes(): usize {
    return 8 * this.keyGroup();
  }

  /** Bytes of four dimensions of the values. */
  valueGroup(): usize {
    return 128 * this.valueEntry;
  }

  /** Chunks of 32 dimensions of the keys. */
  chunks(): usize {
    return (this.keyDim + 31) >> 5;
  }

  /** Groups of four dimensions of the values, a multiple of four, so that the kernels do as many at a time. */
  valueGroups(): usize {
    return ((this.valueDim + 15) >> 4) << 2;
  }

  /** Offset of the values in a head's tile. */
  values(): usize {
    return this.chunks() * this.chunkBytes();
  }

  /** Offset of the value scales in a head's tile. */
  valueScales(): usize {
    return this.values() + this.valueGroups() * this.valueGroup();
  }

  bytes(): usize {
    return this.valueScales() + 4 * TILE_POSITIONS;
  }
}

/**
 * vector[dim], padded with zeros up to `length`: the vector itself if it is long enough, else a copy that lasts until
 * the next call.
 */
export function pad(vector: usize, dim: usize, length: usize): usize {
  if (dim == length) return vector;
  memory.copy(padded, vector, dim << 2);
  memory.fill(padded + (dim << 2), 0, (length - dim) << 2);
  return padded;
}

/** Writes the key (f32[keyDim]) of position `slot` (0 .. 31) into a head's tile. */
export function storeKey(tile: usize, shape: HeadTile, slot: usize, key: usize): void {
  const chunks = shape.chunks();
  const source = pad(key, shape.keyDim, chunks << 5);
  const isWide = shape.keyEntry == WIDE;
  const lane = slot & 3;
  let group = tile + (slot >> 2) * shape.keyGroup();
  for (let chunk: usize = 0; chunk < chunks; ++chunk) {
    store<f32>(group + (lane << 2), quantizeGroup(source + (chunk << 7), 32, fixed, isWide ? 32767 : 127));
    if (isWide) storeWidePairs(group + 16 + (lane << 2));
    else storeBytePairs(group + 16 + (lane << 1));
    group += shape.chunkBytes();
  }
}

/** Writes the 16 pairs of `fixed` to 16 quads. */
function storeWidePairs(quads: usize): void {
  for (let j: usize = 0; j < 16; ++j) store<u32>(quads + (j << 4), load<u32>(fixed + (j << 2)));
}

function storeBytePairs(quads: usize): void {
  for (let j: usize = 0; j < 16; ++j) {
    store<u8>(quads + (j << 3), load<u8>(fixed + (j << 2)));
    store<u8>(quads + (j << 3), load<u8>(fixed + (j << 2), 2), 1);
  }
}

/** Writes the value (f32[valueDim]) of position `slot` (0 .. 31) into a head's tile. */
export function storeValue(tile: usize, shape: HeadTile, slot: usize, value: usize): void {
  const dims = shape.valueGroups() << 2;
  const source = pad(value, shape.valueDim, dims);
  const isWide = shape.valueEntry == WIDE;
  store<f32>(tile + shape.valueScales() + (slot << 2), quantizeGroup(source, dims, fixed, isWide ? 32767 : 127));
  const pair = 8 * (slot >> 1) + (slot & 1);
  if (isWide) storeWideLanes(tile + shape.values() + (pair << 1), dims);
  else storeByteLanes(tile + shape.values() + pair, dims);
}

/** Writes `dims` numbers of `fixed` to the lanes of `dims` groups. */
function storeWideLanes(at: usize, dims: usize): void {
  for (let i: usize = 0; i < dims << 1; i += 8) {
    store<u16>(at, load<u16>(fixed + i));
    store<u16>(at, load<u16>(fixed + i, 2), 4);
    store<u16>(at, load<u16>(fixed + i, 4), 8);
    store<u16>(at, load<u16>(fixed + i, 6), 12);
    at += 256;
  }
}

function storeByteLanes(at: usize, dims: usize): void {
  for (let i: usize = 0; i < dims << 1; i += 8) {
    store<u8>(at, load<u8>(fixed + i));
    store<u8>(at, load<u8>(fixed + i, 2), 2);
    store<u8>(at, load<u8>(fixed + i, 4), 4);
    store<u8>(at, load<u8>(fixed + i, 6), 6);
    at += 128;
  }
}

/** Makes the key and the value of a slot zeros, as in a fresh tile. */
export function clearSlot(tile: usize, shape: HeadTile, slot: usize): void {
  const dims = shape.valueGroups() << 2;
  memory.fill(fixed, 0, 1024);
  const lane = slot & 3;
  let group = tile + (slot >> 2) * shape.keyGroup();
  for (let chunk = shape.chunks(); chunk > 0; --chunk) {
    store<f32>(group + (lane << 2), 0);
    if (shape.keyEntry == WIDE) storeWidePairs(group + 16 + (lane << 2));
    else storeBytePairs(group + 16 + (lane << 1));
    group += shape.chunkBytes();
  }
  store<f32>(tile + shape.valueScales() + (slot << 2), 0);
  const pair = 8 * (slot >> 1) + (slot & 1);
  if (shape.valueEntry == WIDE) storeWideLanes(tile + shape.values() + (pair << 1), dims);
  else storeByteLanes(tile + shape.values() + pair, dims);
}

/**
 * Makes a head's fresh tile zeros: unwritten positions then weigh nothing and stay finite, and the block's next owner
 * cannot read the memory's earlier content.
 */
export function clearTile(tile: usize, shape: HeadTile): void {
  memory.fill(tile, 0, shape.bytes());
}
