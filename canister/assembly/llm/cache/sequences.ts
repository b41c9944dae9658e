/**
 * The resident sequences of the loaded model, which share blocks of keys and values (blocks.ts). The pool is the heap's
 * reserve: when an allocation finds no room, the least recently used sequence is evicted.
 *
 * Keys and values of abandoned positions do no harm, because no query looks at them. A block's state (of short
 * convolutions) cannot be undone, so a stateful sequence goes back to the start of the block, where the previous
 * block's state is valid.
 */
import { BlockLayout } from './block-layout';
import { Blocks } from './blocks';
import { commonPrefix } from './common-prefix';
import { Owner } from './owner';
import { Reserve } from '../../memory/heap';
import { BATCH } from '../kernels/layout';
import { KeptBlocks } from './kept-blocks';
import { IDLE, Lists, PINNED, HELD } from './lists';
import { PART_EMBED, Sequence } from './sequence';
import { TILE_POSITIONS } from './tiles';

const POSITIONS: i32 = <i32>TILE_POSITIONS;
export class Sequences extends Reserve {
  /** Addresses of the sequences by their ids. */
  private readonly byId: Map<u32, usize> = new Map();
  private readonly lists: Lists = new Lists();
  private nextId: u32 = 1;
  /** The sequence that is in use: it is never evicted. */
  private current: Sequence | null = null;
  /** Sequences that were evicted since the model was loaded. */
  evictions: u64 = 0;
  private readonly blocks: Blocks;
  /** Of the blocks that are outside of the heap. */
  readonly kept: KeptBlocks;
  /**
   * Whether held sequences are evicted as well once all others are gone. Set when the message's changes will not last.
   */
  dropsHeld: bool = false;
  /** Whether pinned sequences are spared, too: set while another one is being pinned. */
  sparesPinned: bool = false;
  owner: Owner | null = null;

  constructor(
    /** Most tokens of a sequence. */
    readonly context: i32,
    /** Width of the residual stream. */
    readonly width: usize,
    /** Bytes of a block of 32 positions with all layers. */
    readonly blockBytes: usize,
    /** Blocks hold, besides each position's keys and values, the state after their last evaluated position. */
    readonly isStateful: bool = false,
    /** What keys and values depend on beside the tokens: the model, and how it was loaded. */
    identity: u64 = 0,
    /** What is in a block; null: nothing that is kept outside of the heap. */
    layout: BlockLayout | null = null,
  ) {
    super();
    const blocks = new Blocks(blockBytes);
    this.blocks = blocks;
    this.kept = new KeptBlocks(blocks, width << 2, isStateful, identity, layout);
  }

  get bytes(): u64 {
    return this.blocks.bytes;
  }

  private open(): Sequence | null {
    const extent = this.blocks.take(Sequence.bytes(this.context, this.width));
    if (extent == 0) return null;
    const sequence = Sequence.at(extent, this.nextId++, this.context, this.width);
    this.byId.set(sequence.id, extent);
    this.lists.add(sequence, IDLE);
    return sequence;
  }

  /** Makes a new, empty sequence and uses it; null if the heap has no room. */
  create(): Sequence | null {
    const sequence = this.open();
    if (sequence != null) this.current = sequence;
    return sequence;
  }

  /** The sequence of an id, or null if it was removed or evicted. Does not count as a use. */
  find(id: u32): Sequence | null {
    return this.byId.has(id) ? changetype<Sequence>(this.byId.get(id)) : null;
  }

  /** Makes the sequence the one in use, and the most recently used. */
  use(sequence: Sequence): void {
    this.current = sequence;
    this.move(sequence, sequence.list);
  }

  /** Ends the use of the current sequence. */
  leave(): void {
    this.current = null;
  }

  private move(sequence: Sequence, list: i32): void {
    this.lists.remove(sequence);
    this.lists.add(sequence, list);
  }

  /** Makes the sequence one of those that are evicted last. */
  pin(sequence: Sequence): void {
    this.move(sequence, PINNED);
  }

  /** Protects the sequence from eviction. */
  hold(sequence: Sequence): void {
    this.move(sequence, HELD);
  }

  /** Ends the protection of a held sequence. */
  letGo(sequence: Sequence): void {
    if (sequence.list == HELD) this.move(sequence, IDLE);
  }

  /** Held sequences other than the one in use. */
  get othersHeld(): i32 {
    const current = this.current;
    return this.lists.count(HELD) - i32(current != null && current.list == HELD);
  }

  isHeld(sequence: Sequence): bool {
    return sequence.list == HELD;
  }

  /** Ends the protection of sequences that their owner no longer holds. */
  reviewHeld(): void {
    const owner = this.owner;
    let next = this.lists.first(HELD);
    while (next != null && owner != null) {
      const sequence: Sequence = next;
      next = sequence.newer;
      if (!owner.holds(sequence)) this.letGo(sequence);
    }
  }

  remove(sequence: Sequence): void {
    if (!this.byId.has(sequence.id)) return;
    const owner = this.owner;
    if (owner != null) owner.closing(sequence);
    sequence.text.dispose();
    if (this.current == sequence) this.current = null;
    this.byId.delete(sequence.id);
    this.lists.remove(sequence);
    this.blocks.release(sequence, 0);
    this.blocks.giveBack(sequence.extent, Sequence.bytes(this.context, this.width));
  }

  removeAll(): void {
    for (let list = 0; list <= HELD; ++list) {
      for (let sequence = this.lists.first(list); sequence != null; sequence = this.lists.first(list)) {
        this.remove(sequence);
      }
    }
  }

  /**
   * A copy of the sequence that shares the blocks of its evaluated tokens; null if the heap is full. The original is in
   * use meanwhile.
   */
  fork(sequence: Sequence): Sequence | null {
    this.use(sequence);
    const copy = this.open();
    if (copy == null) return null;
    copy.length = sequence.length;
    copy.evaluated = sequence.batch > 0 ? this.rewound(sequence.evaluated) : sequence.evaluated;
    memory.copy(copy.tokens, sequence.tokens, (<usize>sequence.length) << 2);
    copy.state.copy(sequence.state);
    copy.text.promptTokens = sequence.text.promptTokens;
    this.blocks.share(copy, sequence);
    if (sequence.hiddenPosition == copy.evaluated - 1 && sequence.hiddenPosition >= 0) {
      copy.hiddenPosition = sequence.hiddenPosition;
      copy.hidden = copy.residual(BATCH - 1);
      memory.copy(copy.hidden, sequence.hidden, this.width << 2);
    }
    return copy;
  }

  /** Shortens a sequence to its first `length` tokens. A batch in flight that reaches beyond them is abandoned. */
  truncate(sequence: Sequence, length: i32): void {
    if (length >= sequence.length) return;
    sequence.length = max(0, length);
    if (sequence.evaluated + sequence.batch > sequence.length) {
      sequence.batch = 0;
      sequence.evaluated = this.rewound(min(sequence.evaluated, sequence.length));
    }
    if (sequence.hiddenPosition >= sequence.length) sequence.hiddenPosition = -1;
    this.blocks.release(sequence, sequence.usedBlocks());
  }

  /** Makes the first `length` evaluated tokens of another sequence this one's history; the two share the blocks. */
  private share(sequence: Sequence, other: Sequence, length: i32): void {
    this.truncate(sequence, 0);
    this.blocks.release(sequence, 0);
    memory.copy(sequence.tokens, other.tokens, (<usize>length) << 2);
    sequence.length = length;
    sequence.evaluated = other.batch == 0 && length == other.evaluated ? length : this.rewound(length);
    this.blocks.share(sequence, other);
  }

  /**
   * Lets a sequence share the blocks of the pinned one with the longest common prefix with `tokens` (i32 * count), if
   * that is longer than the sequence's evaluated tokens. The common prefix becomes its history. Returns whether it
   * shares.
   */
  sharePinned(sequence: Sequence, tokens: usize, count: i32): bool {
    let longest = sequence.evaluated;
    let best: Sequence | null = null;
    let next = this.lists.first(PINNED);
    while (next != null) {
      const other: Sequence = next;
      next = other.newer;
      const common = commonPrefix(other.tokens, tokens, min(count, other.evaluated));
      if (common <= longest || other == sequence) continue;
      longest = common;
      best = other;
    }
    if (best != null) this.share(sequence, best, longest);
    return best != null;
  }

  /** Marks the last `tokens` evaluated tokens as not evaluated, so that they are evaluated again. Their blocks stay. */
  reopen(sequence: Sequence, tokens: i32): void {
    sequence.batch = 0;
    sequence.evaluated = this.rewound(sequence.evaluated - min(tokens, sequence.evaluated));
  }

  /** How many evaluated tokens remain if the state after `evaluated` tokens is lost. */
  private rewound(evaluated: i32): i32 {
    return this.isStateful ? evaluated - (evaluated % POSITIONS) : evaluated;
  }

  /**
   * Makes sure that a sequence has blocks of its own for the positions before `end`; false if the heap has no room for
   * all.
   */
  makeRoom(sequence: Sequence, end: i32): bool {
    return this.blocks.prepare(sequence, end);
  }

  /** Whether the sequence has blocks of its own for all positions before `end`. */
  hasRoom(sequence: Sequence, end: i32): bool {
    return this.blocks.missing(sequence, end) == 0;
  }

  /** Starts the batch of positions evaluated .. evaluated + batch - 1. False, with nothing begun, if the heap has no room. */
  begin(sequence: Sequence, batch: i32): bool {
    if (!this.blocks.prepare(sequence, sequence.evaluated + batch)) return false;
    this.blocks.fill(sequence, sequence.evaluated + batch);
    sequence.batch = batch;
    // The previous batch may have been abandoned between two layers.
    sequence.part = PART_EMBED;
    return true;
  }

  /** The least recently used sequence of a list that is not in use. */
  private oldestOf(list: i32): Sequence | null {
    const first = this.lists.first(list);
    return first == null || first != this.current ? first : first.newer;
  }

  /** Evicts the least recently used sequence, pinned ones last; false if none may be evicted. */
  giveUp(): bool {
    let oldest = this.oldestOf(IDLE);
    if (oldest == null && !this.sparesPinned) oldest = this.oldestOf(PINNED);
    if (oldest == null && this.dropsHeld) oldest = this.oldestOf(HELD);
    if (oldest == null) return false;
    this.remove(oldest);
    ++this.evictions;
    return true;
  }
}
