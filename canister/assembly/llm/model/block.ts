/**
 * A block of a layer: it is computed from the normalised residual stream, and its result is added to the stream.
 * Everything about a block is in one file: its weights and their tensors, its buffers, its computation, its part of the
 * cache and its cost. blocks.ts lists the blocks.
 */
import { Sequence } from '../cache/sequence';
import { Buffers } from './buffers';
import { Description } from './description';
import { TensorFinder } from './tensor-finder';
import { Workspace } from './workspace';

export abstract class Block {
  /**
   * out = the block for the batch in flight, whose normalised residual streams the workspace's activations hold.
   * f32[embedding] of every token, TOKEN_STRIDE apart.
   *
   * @param place of the layer in each of the sequence's cache blocks: an offset
   */
  abstract compute(w: Workspace, sequence: Sequence, place: usize, out: usize): void;

  /** Most instructions for `batch` tokens, the first one at a position. */
  abstract cost(position: i32, batch: i32): u64;

  /** Bytes of the layer in a cache block of 32 positions. Only the first block of a layer may have any. */
  cacheBytes(): usize {
    return 0;
  }

  /** Makes the slots `from` .. `to` - 1 of what it has in a cache block, at `cache`, zeros. A state has no slots. */
  clear(cache: usize, from: i32, to: i32): void {}

  /**
   * Whether a cache block holds the state after its last position instead of data for each position: going back to a
   * position within it then means to evaluate it again from its start.
   */
  keepsState(): bool {
    return false;
  }
}

/** A kind of block, configured for a model. */
export abstract class BlockKind extends Buffers {
  constructor(protected readonly description: Description) {
    super();
  }

  /** Whether a layer has such a block. */
  abstract has(layer: i32): bool;

  /** The block of a layer whose tensors' names begin with `at`. The finder keeps the problems. */
  abstract find(finder: TensorFinder, at: string, layer: i32): Block;
}
