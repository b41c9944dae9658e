/**
 * Copies the blocks of a sequence to a store that outlives the heap (block-store.ts), and back: the very same bytes, so
 * that everything that follows is the same. stored-block.ts has their layout.
 *
 * If the sequence shares a block with another one whose store already has it, the block is not written again.
 */
import { BATCH } from '../kernels/layout';
import { BlockLayout } from './block-layout';
import { BlockStore } from './block-store';
import { Blocks } from './blocks';
import { Sequence } from './sequence';
import { KEPT_HEADER, StoredBlock, historyOf } from './stored-block';
import { BLOCK_HEADER, TILE_POSITIONS } from './tiles';

const POSITIONS: i32 = <i32>TILE_POSITIONS;
/** The header of a block in a store. */
const there: usize = memory.data(64, 16);

/** Says whether a message's work may go on. */
export abstract class Allowance {
  abstract mayMove(bytes: usize): bool;
}

/** Writes blocks of one pool to stores, and reads them back. */
@final
export class KeptBlocks {
  constructor(
    private readonly blocks: Blocks,
    /** Bytes of a final residual stream. */
    private readonly residualBytes: usize,
    private readonly isStateful: bool,
    /** A number for everything that keys and values depend on beside the tokens. */
    private readonly identity: u64,
    private readonly layout: BlockLayout | null,
  ) {}

  private isOurs(header: usize): bool {
    const positions = StoredBlock.at(header).positions;
    return StoredBlock.at(header).isOf(this.blocks.blockBytes) && positions > 0 && positions <= POSITIONS;
  }

  /**
   * Writes the evaluated ones of a sequence's first `length` tokens to the store, which has the first `kept` already.
   * Returns how many it has then: fewer if it has no room, or if no more bytes may be moved.
   */
  keep(sequence: Sequence, length: i32, kept: i32, store: BlockStore, allowance: Allowance): i32 {
    const end = this.lasting(sequence, length);
    let index = kept / POSITIONS;
    let done = index * POSITIONS;
    let history = historyOf(this.identity, sequence.tokens, done);
    for (; done < end; ++index) {
      const positions = min(POSITIONS, end - done);
      const wanted = historyOf(history, sequence.tokens + ((<usize>done) << 2), positions);
      if (!this.has(store, index, sequence, length, end, history)) {
        if (!allowance.mayMove(this.blocks.blockBytes)) return done;
        const isWritten = this.borrow(store, index, sequence, positions, wanted);
        if (!isWritten && !this.write(store, index, sequence, done + positions, positions, wanted)) return done;
      }
      history = wanted;
      done += positions;
    }
    return end;
  }

  /** How many of a sequence's first `length` tokens have keys, values and states that will not change. */
  private lasting(sequence: Sequence, length: i32): i32 {
    if (sequence.evaluated > length || (this.isStateful && sequence.batch > 0)) {
      const whole = min(length, sequence.evaluated);
      return this.isStateful ? whole - (whole % POSITIONS) : whole;
    }
    return sequence.evaluated;
  }

  /** Whether the store already has the evaluated part of the sequence's block, or more of the same history. */
  private has(store: BlockStore, index: i32, sequence: Sequence, length: i32, end: i32, history: u64): bool {
    if (!store.read(index, there, KEPT_HEADER) || !this.isOurs(there)) return false;
    const header = StoredBlock.at(there);
    const from = index * POSITIONS;
    const positions = header.positions;
    if (from + positions > length || from + positions < min(from + POSITIONS, end)) return false;
    if (from + positions == sequence.evaluated && !header.hasResidual && this.residualOf(sequence) != 0) return false;
    return header.history == historyOf(history, sequence.tokens + ((<usize>from) << 2), positions);
  }

  /** Shares the block from another store that has it. */
  private borrow(store: BlockStore, index: i32, sequence: Sequence, positions: i32, history: u64): bool {
    const header = StoredBlock.at(sequence.block(index));
    if (header.home == 0 || header.home == store.id || !this.isOurs(sequence.block(index))) return false;
    if (header.positions != positions || header.history != history) return false;
    if (this.residualOf(sequence) != 0 && positions + index * POSITIONS == sequence.evaluated && !header.hasResidual) {
      return false;
    }
    return store.share(index, header.home, sequence.block(index), KEPT_HEADER);
  }

  private write(store: BlockStore, index: i32, sequence: Sequence, end: i32, positions: i32, history: u64): bool {
    if (!this.clearRest(sequence, index)) return false;
    const block = sequence.block(index);
    const residual = end == sequence.evaluated ? this.residualOf(sequence) : 0;
    const header = StoredBlock.at(block);
    const filled = header.filled;
    header.describe(this.blocks.blockBytes, positions, history, residual, this.residualBytes);
    const rest = residual == 0 ? 0 : this.residualBytes;
    const isWritten = store.write(index, block, this.blocks.blockBytes, residual, rest);
    header.filled = filled;
    if (isWritten) header.home = store.id;
    return isWritten;
  }

  /**
   * Clears what a block has of tokens that the sequence does not have: those that it was cut from, or those of another sequence that
   * it shared the block with. Whoever gets the kept block must not see them. False if there is no room to do so.
   */
  private clearRest(sequence: Sequence, index: i32): bool {
    const used = min(POSITIONS, sequence.evaluated + sequence.batch - index * POSITIONS);
    const filled = StoredBlock.at(sequence.block(index)).filled;
    const layout = this.layout;
    if (filled <= used) return true;
    if (layout === null || !this.blocks.own(sequence, index)) return false;
    layout.clear(sequence.block(index), used, filled);
    StoredBlock.at(sequence.block(index)).filled = used;
    return true;
  }

  /** The final residual stream of the last evaluated token, or 0. */
  private residualOf(sequence: Sequence): usize {
    const isThere = sequence.hiddenPosition >= 0 && sequence.hiddenPosition == sequence.evaluated - 1;
    return isThere ? sequence.hidden : 0;
  }

  /** Reads the store's tokens of a sequence after the evaluated ones. Returns their number. */
  bringBack(sequence: Sequence, store: BlockStore, allowance: Allowance): i32 {
    const before = sequence.evaluated;
    if (sequence.batch > 0) return 0;
    let index = before / POSITIONS;
    let history = historyOf(this.identity, sequence.tokens, index * POSITIONS);
    while (sequence.evaluated < sequence.length && allowance.mayMove(this.blocks.blockBytes)) {
      if (!store.read(index, there, KEPT_HEADER) || !this.isOurs(there)) break;
      const from = index * POSITIONS;
      const positions = StoredBlock.at(there).positions;
      if (from + positions > sequence.length || from + positions <= sequence.evaluated) break;
      history = historyOf(history, sequence.tokens + ((<usize>from) << 2), positions);
      if (StoredBlock.at(there).history != history || !this.read(sequence, index, store)) break;
      sequence.evaluated = from + positions;
      if (positions < POSITIONS) break;
      ++index;
    }
    if (sequence.evaluated > before) this.readResidual(sequence, store);
    return sequence.evaluated - before;
  }

  private read(sequence: Sequence, index: i32, store: BlockStore): bool {
    const blocks = this.blocks;
    const block = blocks.takeBlock();
    if (block == 0) return false;
    const header = StoredBlock.at(block);
    // The header may have changed only together with the rest.
    const isThere = store.read(index, block, blocks.blockBytes);
    if (!isThere || memory.compare(block, there, KEPT_HEADER) != 0 || !header.isWhole(blocks.blockBytes)) {
      blocks.giveBackBlock(block);
      return false;
    }
    header.home = store.id;
    header.filled = header.positions;
    blocks.replace(sequence, index, block);
    return true;
  }

  /** Reads the input of the last token's logits, if it is in the store. */
  private readResidual(sequence: Sequence, store: BlockStore): void {
    const last = sequence.evaluated - 1;
    const index = last / POSITIONS;
    sequence.hiddenPosition = -1;
    const header = StoredBlock.at(sequence.block(index));
    const residual = sequence.residual(BATCH - 1);
    if (!header.hasResidual) return;
    if (!store.readBehind(index, this.blocks.blockBytes, residual, this.residualBytes)) return;
    if (!header.isResidualWhole(residual, this.residualBytes)) return;
    sequence.hidden = residual;
    sequence.hiddenPosition = last;
  }
}
