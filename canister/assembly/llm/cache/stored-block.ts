/**
 * The form of a block (tiles.ts) outside of the heap. Its header describes the content, so that a reader needs no other
 * information, and can check that it is complete:
 *
 *     header     [ version: u32 | positions: u32 | bytes of the block: u32 | 1 = the residual is there: u32 ]
 *                [ history: u64 | sum of the block: u64 | sum of the residual: u64 | unused: u64 | home: u64 | filled: u64 ]
 *     block      the bytes after the header in tiles.ts
 *     residual   f32[width]: the final residual stream of the last position, all that its logits need
 *
 * The history is a number for the tokens up to the last position, and for the other inputs of keys and values: the
 * model and its load options. `home` and `filled` are used in the heap only: the store that has the block, as it was
 * then, and the slots from the first on that were ever written; the others are zeros.
 */
import { BLOCK_HEADER } from './tiles';

/** Goes up whenever the layout of a block, or a model's computation, changes: older blocks are then computed again. */
const STORED_VERSION: u32 = 0x4b56_0001;

const POSITIONS: usize = 4;
const BYTES: usize = 8;
const HAS_RESIDUAL: usize = 12;
const HISTORY: usize = 16;
const SUM: usize = 24;
const RESIDUAL_SUM: usize = 32;
const HOME: usize = 48;
const FILLED: usize = 56;
/** Bytes of the header that are the same in every store. */
export const KEPT_HEADER: usize = HOME;

const PRIME: u64 = 0x100000001b3;

/** Mixes a number into another: a step of a history. */
// @ts-ignore: decorator
@inline
export function mixed(hash: u64, value: u64): u64 {
  hash = (hash ^ value) * PRIME;
  return hash ^ (hash >> 29);
}

/** The history after `count` more tokens (i32 at `tokens`). */
export function historyOf(history: u64, tokens: usize, count: i32): u64 {
  const end = tokens + ((<usize>count) << 2);
  for (; tokens < end; tokens += 4) history = mixed(history, <u64>load<u32>(tokens));
  return history;
}

/** A checksum of `size` bytes that depends on their order, in 0.6 instructions a byte. */
function sumOf(from: usize, size: usize): u64 {
  let sum = i64x2.splat(0);
  let sums = i64x2.splat(0);
  const end = from + (size & ~15);
  const most = from + (size & ~127);
  for (; from < most; from += 128) {
    sum = i64x2.add(sum, v128.load(from));
    sums = i64x2.add(sums, sum);
    sum = i64x2.add(sum, v128.load(from, 16));
    sums = i64x2.add(sums, sum);
    sum = i64x2.add(sum, v128.load(from, 32));
    sums = i64x2.add(sums, sum);
    sum = i64x2.add(sum, v128.load(from, 48));
    sums = i64x2.add(sums, sum);
    sum = i64x2.add(sum, v128.load(from, 64));
    sums = i64x2.add(sums, sum);
    sum = i64x2.add(sum, v128.load(from, 80));
    sums = i64x2.add(sums, sum);
    sum = i64x2.add(sum, v128.load(from, 96));
    sums = i64x2.add(sums, sum);
    sum = i64x2.add(sum, v128.load(from, 112));
    sums = i64x2.add(sums, sum);
  }
  for (; from < end; from += 16) {
    sum = i64x2.add(sum, v128.load(from));
    sums = i64x2.add(sums, sum);
  }
  let hash: u64 = size;
  for (const last = from + (size & 15); from < last; ++from) hash = mixed(hash, <u64>load<u8>(from));
  hash = mixed(mixed(hash, i64x2.extract_lane(sum, 0)), i64x2.extract_lane(sum, 1));
  return mixed(mixed(hash, i64x2.extract_lane(sums, 0)), i64x2.extract_lane(sums, 1));
}

/** The header of a block, at its beginning. */
@unmanaged
export class StoredBlock {
  static at(block: usize): StoredBlock {
    return changetype<StoredBlock>(block);
  }

  private get ptr(): usize {
    return changetype<usize>(this);
  }

  /** Whether it has the present layout, for blocks of `blockBytes` bytes. */
  isOf(blockBytes: usize): bool {
    return load<u32>(this.ptr) == STORED_VERSION && load<u32>(this.ptr, BYTES) == <u32>blockBytes;
  }

  get positions(): i32 {
    return load<i32>(this.ptr, POSITIONS);
  }

  get history(): u64 {
    return load<u64>(this.ptr, HISTORY);
  }

  get hasResidual(): bool {
    return load<u32>(this.ptr, HAS_RESIDUAL) == 1;
  }

  get home(): u64 {
    return load<u64>(this.ptr, HOME);
  }

  set home(id: u64) {
    store<u64>(this.ptr, id, HOME);
  }

  get filled(): i32 {
    return load<i32>(this.ptr, FILLED);
  }

  set filled(slots: i32) {
    store<i32>(this.ptr, slots, FILLED);
  }

  /** A new block: in no store, and nothing is written. */
  begin(): void {
    this.home = 0;
    store<u64>(this.ptr, 0, FILLED);
  }

  /** Describes a block in the heap, which is in no store then. `residual`: address of the last position's, 0 = none. */
  describe(blockBytes: usize, positions: i32, history: u64, residual: usize, residualBytes: usize): void {
    const at = this.ptr;
    memory.fill(at, 0, BLOCK_HEADER);
    store<u32>(at, STORED_VERSION);
    store<i32>(at, positions, POSITIONS);
    store<u32>(at, <u32>blockBytes, BYTES);
    store<u32>(at, u32(residual != 0), HAS_RESIDUAL);
    store<u64>(at, history, HISTORY);
    store<u64>(at, this.summed(blockBytes), SUM);
    if (residual != 0) store<u64>(at, sumOf(residual, residualBytes), RESIDUAL_SUM);
  }

  /** The sum of the bytes after the header, and of the header's description. */
  private summed(blockBytes: usize): u64 {
    const said = mixed(this.history, <u64>this.positions);
    return mixed(said, sumOf(this.ptr + BLOCK_HEADER, blockBytes - BLOCK_HEADER));
  }

  /** Whether a block in the heap matches its description. */
  isWhole(blockBytes: usize): bool {
    return load<u64>(this.ptr, SUM) == this.summed(blockBytes);
  }

  isResidualWhole(residual: usize, residualBytes: usize): bool {
    return this.hasResidual && load<u64>(this.ptr, RESIDUAL_SUM) == sumOf(residual, residualBytes);
  }
}
