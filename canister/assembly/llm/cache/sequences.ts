/**
 * The resident sequences of the loaded model, which share blocks of keys and values (blocks.ts). The pool is the heap's
 * reserve: when anything finds no room, the sequence that was used longest ago goes.
 *
 * Keys and values of positions that are given up do no harm: nobody looks at them. A block's state (of short convolutions)
 * cannot be taken back, so a stateful sequence goes back to the start of the block, whose state is that of the block before.
 */
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
  /** The sequence that is being worked with: it never goes to make room. */
  private current: Sequence | null = null;
  /** Sequences that were dropped because the heap was full, since the model was loaded. */
  evictions: u64 = 0;
  private readonly blocks: Blocks;
  /** Of the blocks that are outside of the heap. */
  readonly kept: KeptBlocks;
  /** Whether those that are held go, too, when all others are gone: where nothing of it will last. */
  dropsHeld: bool = false;
  /** Whether pinned ones do not go either: while another is to be pinned beside them. */
  sparesPinned: bool = false;
  owner: Owner | null = null;

  constructor(
    /** Most tokens of a sequence. */
    readonly context: i32,
    /** Width of the residual stream. */
    readonly width: usize,
    /** Bytes of a block of 32 positions with all layers. */
    readonly blockBytes: usize,
    /** Blocks hold, beside keys and values of each position, a state after the last that was evaluated in them. */
    readonly isStateful: bool = false,
    /** What keys and values depend on beside the tokens: the model, and how it was loaded. */
    identity: u64 = 0,
  ) {
    super();
    const blocks = new Blocks(blockBytes);
    this.blocks = blocks;
    this.kept = new KeptBlocks(blocks, width << 2, isStateful, identity);
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

  /** A new, empty sequence, which is then the one that is being worked with; null if the heap has no room. */
  create(): Sequence | null {
    const sequence = this.open();
    if (sequence != null) this.current = sequence;
    return sequence;
  }

  /** The sequence of an id, or null if it was removed or evicted; no use of it. */
  find(id: u32): Sequence | null {
    return this.byId.has(id) ? changetype<Sequence>(this.byId.get(id)) : null;
  }

  /** From now on the sequence is the one that is being worked with, and the one that was used last. */
  use(sequence: Sequence): void {
    this.current = sequence;
    this.move(sequence, sequence.list);
  }

  /** No sequence is being worked with any more. */
  leave(): void {
    this.current = null;
  }

  private move(sequence: Sequence, list: i32): void {
    this.lists.remove(sequence);
    this.lists.add(sequence, list);
  }

  /** It goes only when no other is left. */
  pin(sequence: Sequence): void {
    this.move(sequence, PINNED);
  }

  /** From now on it does not go to make room. */
  hold(sequence: Sequence): void {
    this.move(sequence, HELD);
  }

  /** It may go again, if it was held. */
  letGo(sequence: Sequence): void {
    if (sequence.list == HELD) this.move(sequence, IDLE);
  }

  /** Sequences that are held, other than the one that is being worked with. */
  get othersHeld(): i32 {
    const current = this.current;
    return this.lists.count(HELD) - i32(current != null && current.list == HELD);
  }

  isHeld(sequence: Sequence): bool {
    return sequence.list == HELD;
  }

  /** Lets those go that their owner holds no longer. */
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
   * A sequence with the same tokens that shares the evaluated ones' blocks; null if the heap is full. The one that is
   * copied is being worked with meanwhile.
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

  /** Shortens a sequence to its first `length` tokens. A batch in flight that reaches beyond them is given up. */
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

  /** Gives a sequence the first `length` evaluated tokens of another as its history; it shares their blocks. */
  private share(sequence: Sequence, other: Sequence, length: i32): void {
    this.truncate(sequence, 0);
    this.blocks.release(sequence, 0);
    memory.copy(sequence.tokens, other.tokens, (<usize>length) << 2);
    sequence.length = length;
    sequence.evaluated = other.batch == 0 && length == other.evaluated ? length : this.rewound(length);
    this.blocks.share(sequence, other);
  }

  /**
   * Has a sequence share the blocks of the pinned one that begins with most of `tokens` (i32 * count), if that is more than
   * the sequence has evaluated; its history is what they share then. Whether it is.
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

  /** Forgets the last `tokens` evaluated tokens, to evaluate them again. Their blocks stay. */
  reopen(sequence: Sequence, tokens: i32): void {
    sequence.batch = 0;
    sequence.evaluated = this.rewound(sequence.evaluated - min(tokens, sequence.evaluated));
  }

  /** How many evaluated tokens are left where the state after so many is not there any more. */
  private rewound(evaluated: i32): i32 {
    return this.isStateful ? evaluated - (evaluated % POSITIONS) : evaluated;
  }

  /** Makes sure of blocks of its own for a sequence's positions before `end`; false if the heap has no room for all. */
  makeRoom(sequence: Sequence, end: i32): bool {
    return this.blocks.prepare(sequence, end);
  }

  /** Whether it has them all. */
  hasRoom(sequence: Sequence, end: i32): bool {
    return this.blocks.missing(sequence, end) == 0;
  }

  /** Starts the batch of positions evaluated .. evaluated + batch - 1. False, with nothing begun, if the heap has no room. */
  begin(sequence: Sequence, batch: i32): bool {
    if (!this.blocks.prepare(sequence, sequence.evaluated + batch)) return false;
    sequence.batch = batch;
    // The batch before may have been given up between two layers.
    sequence.part = PART_EMBED;
    return true;
  }

  /** The sequence of a list that was used longest ago, other than the one that is being worked with. */
  private oldestOf(list: i32): Sequence | null {
    const first = this.lists.first(list);
    return first == null || first != this.current ? first : first.newer;
  }

  /** Drops the sequence that was used longest ago, pinned ones last; false if there is none that may go. */
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
