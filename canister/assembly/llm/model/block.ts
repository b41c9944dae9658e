/**
 * A block of a layer: what is made of the normalised residual stream, and then added to it. All of a block is in one file:
 * its weights and the tensors that they come from, its buffers, its computation, what it keeps in the cache and what it
 * costs. blocks.ts has the list of them.
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

  /** Instructions that it takes at most for `batch` tokens, the first one at a position. */
  abstract cost(position: i32, batch: i32): u64;

  /** Bytes of the layer in a cache block, which has 32 positions. Only the first block of a layer may have any. */
  cacheBytes(): usize {
    return 0;
  }

  /**
   * Whether a cache block has the state after its last position, and nothing of each position: then going back to a
   * position within it means to evaluate it again from its start.
   */
  keepsState(): bool {
    return false;
  }
}

/** A kind of block, as a model has it. */
export abstract class BlockKind extends Buffers {
  constructor(protected readonly description: Description) {
    super();
  }

  /** Whether a layer has such a block. */
  abstract has(layer: i32): bool;

  /** The block of a layer whose tensors' names begin with `at`. What is missing or wrong is said by the finder. */
  abstract find(finder: TensorFinder, at: string, layer: i32): Block;
}
