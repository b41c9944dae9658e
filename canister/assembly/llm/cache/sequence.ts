/**
 * A sequence: a token history, how far it has been evaluated, its text, and where its keys and values are.
 *
 * What a sequence *is* is its tokens and its state; the rest is a cache of them. One extent holds all of it, sized for the
 * context:
 *
 *     [ this record ][ SequenceState ][ SequenceText ][ its owner's: 384 bytes ]
 *     [ tokens: i32 * context ][ blocks: u32 * context / 32 ][ residual stream: f32[8][width] ]
 *
 * Positions of the history (`state.length` tokens):
 *
 *     |---- evaluated: keys and values are there ----|---- still to be evaluated ----| pending, if there is one
 *
 * The history beyond `evaluated` is what is left of a prompt, or tokens whose keys and values the heap has lost.
 *
 * The record is not an object of the managed heap, which is small, and whose collector looks at everything that is in it:
 * a canister may have ten thousand sequences.
 *
 * The residual stream of the batch in flight lives here and not in the shared buffers, so a forward pass that stopped
 * between two layers goes on later, whatever other sequences did in the meantime.
 */
import { BATCH } from '../kernels/layout';
import { SequenceState } from './sequence-state';
import { SequenceText } from './sequence-text';
import { TILE_POSITIONS } from './tiles';

/** Parts of the batch in flight. */
export const PART_EMBED: i32 = 0;
export const PART_ATTENTION: i32 = 1;
export const PART_FEED_FORWARD: i32 = 2;

/** Where the parts of the record begin, and the bytes of the owner's record. */
const STATE: usize = 128;
const TEXT: usize = STATE + 64;
const OWNER: usize = TEXT + 64;
export const OWNER_BYTES: usize = 384;
const RECORD: usize = OWNER + OWNER_BYTES;

/** A part of a sequence's extent: {@link Sequence.at} makes one. */
@unmanaged
export class Sequence {
  id: u32;
  /** Most tokens. */
  context: i32;
  /** Width of the residual stream. */
  width: usize;
  /** Tokens in the history. */
  length: i32;
  /** Tokens whose keys and values are in the cache: a prefix of the history. */
  evaluated: i32;
  /** Tokens of the batch in flight, the ones after `evaluated`; 0 between batches. */
  batch: i32;
  /** The next step of the batch: its part and its layer. */
  part: i32;
  layer: i32;
  /** Position whose final residual stream is at `hidden`; -1: none. */
  hiddenPosition: i32;
  hidden: usize;
  /** Blocks that it holds: first those of the evaluated tokens, then some taken in advance. */
  held: i32;
  /** The pool's list that it is in, and its neighbours there (lists.ts). */
  list: i32;
  older: Sequence | null;
  newer: Sequence | null;

  /** A new sequence in an extent of `bytes(context, width)`. */
  static at(extent: usize, id: u32, context: i32, width: usize): Sequence {
    memory.fill(extent, 0, RECORD);
    const sequence = changetype<Sequence>(extent);
    sequence.id = id;
    sequence.context = context;
    sequence.width = width;
    sequence.hiddenPosition = -1;
    sequence.state.begin();
    return sequence;
  }

  /** The sequence that an owner's record belongs to. */
  static ofOwner(owner: usize): Sequence {
    return changetype<Sequence>(owner - OWNER);
  }

  /** Bytes of a sequence's extent. */
  static bytes(context: i32, width: usize): usize {
    const tokens = <usize>context * 4 + Sequence.tableBytes(context);
    return RECORD + tokens + <usize>BATCH * Sequence.stride(width);
  }

  private static tableBytes(context: i32): usize {
    return (((<usize>context + TILE_POSITIONS - 1) / TILE_POSITIONS) * 4 + 63) & ~63;
  }

  /** Bytes of one token's residual stream. */
  private static stride(width: usize): usize {
    return (width * 4 + 63) & ~63;
  }

  /** First byte of the extent. */
  get extent(): usize {
    return changetype<usize>(this);
  }

  /** The owner's record: OWNER_BYTES bytes, zeros at first. */
  get owner(): usize {
    return this.extent + OWNER;
  }

  get state(): SequenceState {
    return changetype<SequenceState>(this.extent + STATE);
  }

  get text(): SequenceText {
    return changetype<SequenceText>(this.extent + TEXT);
  }

  /**
   * Tokens of the history whose text is shown: those that are or ever were evaluated. After an upgrade or an eviction
   * their keys and values are made again, and a reader notices no change.
   */
  get shown(): i32 {
    return min(this.state.length, max(this.evaluated, this.state.reached));
  }

  /** i32[context]: the history. */
  get tokens(): usize {
    return this.extent + RECORD;
  }

  /** u32 addresses of the blocks, in the order of positions. */
  blocks(): usize {
    return this.tokens + <usize>this.context * 4;
  }

  /** f32[width]: residual stream of token t of the batch. */
  residual(t: i32): usize {
    return this.blocks() + Sequence.tableBytes(this.context) + <usize>t * Sequence.stride(this.width);
  }

  /** Appends a token; the caller has checked that the context has room. */
  push(token: i32): void {
    store<i32>(this.tokens + ((<usize>this.length) << 2), token);
    ++this.length;
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

  /** Whether the final residual stream of the last token is present, which is all that logits need. */
  complete(): bool {
    return this.evaluated == this.length && this.batch == 0 && this.hiddenPosition == this.length - 1;
  }
}
