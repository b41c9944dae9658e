/**
 * Blocks hold the keys and values of 32 positions of a sequence, all layers together.
 *
 * Several sequences may use a block: a copy of a sequence shares all of its blocks, and a shared block is copied before
 * it is written to. A table beside the blocks counts their users, so that copying or dropping a sequence touches no
 * block.
 */
import { allocate, release } from '../../memory/heap';
import { Sequence } from './sequence';
import { StoredBlock } from './stored-block';
import { TILE_POSITIONS } from './tiles';

const POSITIONS: i32 = <i32>TILE_POSITIONS;
/** Bytes of one memory.copy: the Internet Computer's slices cannot cut it in two. */
const COPY_BYTES: usize = 1 << 20;

/** u16 for each 64 KiB page of memory: how many sequences use the block that begins there. */
const users: usize = memory.data(131072, 8);

// @ts-ignore: decorator
@inline
function usersOf(block: usize): u32 {
  return <u32>load<u16>(users + ((block >> 16) << 1));
}

// @ts-ignore: decorator
@inline
function setUsers(block: usize, count: u32): void {
  store<u16>(users + ((block >> 16) << 1), <u16>count);
}

// @ts-ignore: decorator
@inline
function pageBytes(bytes: usize): u64 {
  return (<u64>bytes + 0xffff) & ~0xffff;
}


@final
export class Blocks {
  /** Bytes of all sequences: their blocks and their extents. */
  bytes: u64 = 0;

  constructor(
    /** Bytes of a block. */
    readonly blockBytes: usize,
  ) {}

  take(bytes: usize): usize {
    const address = allocate(bytes);
    if (address != 0) this.bytes += pageBytes(bytes);
    return address;
  }

  giveBack(address: usize, bytes: usize): void {
    release(address);
    this.bytes -= pageBytes(bytes);
  }

  /** Lets a sequence without blocks share another's blocks, as many as its evaluated tokens need. */
  share(sequence: Sequence, other: Sequence): void {
    sequence.held = sequence.usedBlocks();
    for (let i = 0; i < sequence.held; ++i) {
      const block = other.block(i);
      setUsers(block, usersOf(block) + 1);
      sequence.setBlock(i, block);
    }
  }

  /**
   * Makes sure that the sequence has blocks of its own for the positions from the evaluated ones up to `end`, so that
   * evaluating them takes no more memory. False if the heap has no room for all; the sequence keeps the blocks it got.
   */
  prepare(sequence: Sequence, end: i32): bool {
    const last = (end - 1) / POSITIONS;
    for (let i = sequence.evaluated / POSITIONS; i <= last; ++i) {
      const shared = i < sequence.held && usersOf(sequence.block(i)) > 1;
      if (i < sequence.held && !shared) continue;
      const block = this.take(this.blockBytes);
      if (block == 0) return false;
      if (shared) {
        this.separate(sequence.block(i), block);
      } else {
        StoredBlock.at(block).begin();
        ++sequence.held;
      }
      setUsers(block, 1);
      sequence.setBlock(i, block);
    }
    return true;
  }

  /** Notes that the positions from the evaluated ones up to `end` are about to be written. Their blocks are its own. */
  fill(sequence: Sequence, end: i32): void {
    for (let at = sequence.evaluated; at < end;) {
      const block = StoredBlock.at(sequence.block(at / POSITIONS));
      const slot = at % POSITIONS;
      const filled = min(POSITIONS, slot + end - at);
      // The layers clear a block before they write to its first slot.
      block.filled = slot == 0 ? filled : max(block.filled, filled);
      at += POSITIONS - slot;
    }
  }

  /** Makes sure that no other sequence uses a block of the sequence; false if the heap has no room for a copy. */
  own(sequence: Sequence, index: i32): bool {
    const shared = sequence.block(index);
    if (usersOf(shared) == 1) return true;
    const block = this.take(this.blockBytes);
    if (block == 0) return false;
    this.separate(shared, block);
    setUsers(block, 1);
    sequence.setBlock(index, block);
    return true;
  }

  /** Copies a block that other sequences share. */
  private separate(old: usize, block: usize): void {
    for (let at: usize = 0; at < this.blockBytes; at += COPY_BYTES) {
      memory.copy(block + at, old + at, min(COPY_BYTES, this.blockBytes - at));
    }
    setUsers(old, usersOf(old) - 1);
  }

  /** A block without a sequence, to be read into; 0 if the heap has no room. */
  takeBlock(): usize {
    return this.take(this.blockBytes);
  }

  giveBackBlock(block: usize): void {
    this.giveBack(block, this.blockBytes);
  }

  /** Gives a sequence a block of `takeBlock` in place of its `index`-th, or after its last. */
  replace(sequence: Sequence, index: i32, block: usize): void {
    if (index < sequence.held) this.drop(sequence.block(index));
    else ++sequence.held;
    setUsers(block, 1);
    sequence.setBlock(index, block);
  }

  /** Blocks that `prepare` would take. */
  missing(sequence: Sequence, end: i32): i32 {
    const first = sequence.evaluated / POSITIONS;
    const shared = first < sequence.held && usersOf(sequence.block(first)) > 1;
    return max(0, (end - 1) / POSITIONS + 1 - sequence.held) + i32(shared);
  }

  /** Gives up the blocks of a sequence from the `from`-th on. */
  release(sequence: Sequence, from: i32): void {
    for (let i = from; i < sequence.held; ++i) this.drop(sequence.block(i));
    sequence.held = min(sequence.held, from);
  }

  /** One sequence less uses a block. */
  private drop(block: usize): void {
    const left = usersOf(block) - 1;
    setUsers(block, left);
    if (left == 0) this.giveBackBlock(block);
  }
}
