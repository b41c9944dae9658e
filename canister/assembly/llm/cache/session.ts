/**
 * A session: a token history, how far it has been evaluated, and where its keys and values are.
 *
 * What a session *is* is its tokens; the rest is a cache of them. One extent holds, sized for the context:
 *
 *     [ tokens: i32 * context ][ blocks: u32 * context / 32 ][ residual stream: f32[8][width] ]
 *
 * The residual stream of the batch in flight lives here and not in the shared buffers, so a forward pass that stopped
 * between two layers goes on later, whatever other sessions did in the meantime.
 */
import { BATCH } from '../kernels/layout';
import { TILE_POSITIONS } from './tiles';

/** Parts of the batch in flight. */
export const PART_EMBED: i32 = 0;
export const PART_ATTENTION: i32 = 1;
export const PART_FEED_FORWARD: i32 = 2;

export class Session {
  /** Tokens in the history. */
  length: i32 = 0;
  /** Tokens whose keys and values are in the cache: a prefix of the history. */
  evaluated: i32 = 0;
  /** Tokens of the batch in flight, the ones after `evaluated`; 0 between batches. */
  batch: i32 = 0;
  /** What comes next for the batch: the part and the layer that it is in. */
  part: i32 = PART_EMBED;
  layer: i32 = 0;
  /** Position whose final residual stream is at `hidden`; -1: none. */
  hiddenPosition: i32 = -1;
  hidden: usize = 0;
  /** It goes only when all others have gone. */
  isPinned: bool = false;
  /** When it was used last, in turns of the pool. */
  lastUse: u64 = 0;

  constructor(
    readonly id: u32,
    readonly context: i32,
    /** Width of the residual stream. */
    readonly width: usize,
    /** First byte of the extent. */
    readonly tokens: usize,
  ) {}

  /** Bytes of a session's extent. */
  static bytes(context: i32, width: usize): usize {
    return <usize>context * 4 + Session.tableBytes(context) + <usize>BATCH * Session.stride(width);
  }

  private static tableBytes(context: i32): usize {
    return (((<usize>context + TILE_POSITIONS - 1) / TILE_POSITIONS) * 4 + 63) & ~63;
  }

  /** Bytes of one token's residual stream. */
  private static stride(width: usize): usize {
    return (width * 4 + 63) & ~63;
  }

  /** u32 addresses of the blocks, in the order of positions. */
  blocks(): usize {
    return this.tokens + <usize>this.context * 4;
  }

  /** f32[width]: residual stream of token t of the batch. */
  residual(t: i32): usize {
    return this.blocks() + Session.tableBytes(this.context) + <usize>t * Session.stride(this.width);
  }

  token(position: i32): i32 {
    return load<i32>(this.tokens + ((<usize>position) << 2));
  }

  /** Blocks that the evaluated tokens and the batch in flight occupy. */
  usedBlocks(): i32 {
    return (this.evaluated + this.batch + <i32>TILE_POSITIONS - 1) / <i32>TILE_POSITIONS;
  }

  block(index: i32): usize {
    return <usize>load<u32>(this.blocks() + ((<usize>index) << 2));
  }

  setBlock(index: i32, address: usize): void {
    store<u32>(this.blocks() + ((<usize>index) << 2), <u32>address);
  }

  /** Whether the final residual stream of the last token is there: all that logits need. */
  complete(): bool {
    return this.evaluated == this.length && this.batch == 0 && this.hiddenPosition == this.length - 1;
  }
}
