/**
 * The resident sessions of the loaded model, and the blocks that they share.
 *
 * Several sessions may use a block: a copy of a session shares all blocks with it, and whoever writes to a shared one
 * copies it first. How many do is in a table beside the blocks, so that to copy or drop a session touches none of them. When the heap is full the session that was used longest ago goes.
 *
 * Keys and values of positions that are given up do no harm: nobody looks at them. A block's state (of short convolutions)
 * cannot be taken back, so a stateful session goes back to the start of the block, whose state is that of the block before.
 */
import { allocate, release } from '../heap';
import { BATCH } from '../kernels/layout';
import { PART_EMBED, Session } from './session';
import { TILE_POSITIONS } from './tiles';

const POSITIONS: i32 = <i32>TILE_POSITIONS;
/** Bytes that one memory.copy moves: it cannot be cut in two by the Internet Computer's slices. */
const COPY_BYTES: usize = 1 << 20;

/** u16 for each 64 KiB page of memory: the sessions that use the block which begins there. */
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

export class Sessions {
  private readonly list: Session[] = [];
  private nextId: u32 = 1;
  private turn: u64 = 0;
  /** Sessions that were dropped because the heap was full, since the model was loaded. */
  evictions: u64 = 0;

  constructor(
    /** Most tokens of a session. */
    readonly context: i32,
    /** Width of the residual stream. */
    readonly width: usize,
    /** Bytes of a block of 32 positions with all layers. */
    readonly blockBytes: usize,
    /** Blocks hold, beside keys and values of each position, a state after the last that was evaluated in them. */
    readonly isStateful: bool = false,
  ) {}

  get count(): i32 {
    return this.list.length;
  }

  /** A new, empty session; null if the heap has no room even without the others. */
  create(): Session | null {
    const address = this.take(Session.bytes(this.context, this.width), null);
    if (address == 0) return null;
    const session = new Session(this.nextId++, this.context, this.width, address);
    this.touch(session);
    this.list.push(session);
    return session;
  }

  /** The session of an id, or null if it was removed or evicted; counts as a use. */
  find(id: u32): Session | null {
    for (let i = 0; i < this.list.length; ++i) {
      const session = this.list[i];
      if (session.id != id) continue;
      this.touch(session);
      return session;
    }
    return null;
  }

  /** Whether the session of an id is there; no use of it. */
  has(id: u32): bool {
    for (let i = 0; i < this.list.length; ++i) if (this.list[i].id == id) return true;
    return false;
  }

  private touch(session: Session): void {
    session.lastUse = ++this.turn;
  }

  remove(session: Session): void {
    const index = this.list.indexOf(session);
    if (index < 0) return;
    this.list.splice(index, 1);
    this.releaseBlocks(session, 0);
    release(session.tokens);
  }

  removeAll(): void {
    while (this.list.length > 0) this.remove(this.list[this.list.length - 1]);
  }

  /** A session with the same tokens that shares the evaluated ones' blocks; null if the heap is full. */
  fork(session: Session): Session | null {
    // Not evicted on its own behalf: it was just used, and the new one's extent asks for it to stay.
    const address = this.take(Session.bytes(this.context, this.width), session);
    if (address == 0) return null;
    const copy = new Session(this.nextId++, this.context, this.width, address);
    this.touch(copy);
    this.list.push(copy);
    copy.length = session.length;
    copy.evaluated = session.batch > 0 ? this.rewound(session.evaluated) : session.evaluated;
    memory.copy(copy.tokens, session.tokens, (<usize>session.length) << 2);
    for (let i = 0; i < copy.usedBlocks(); ++i) {
      const block = session.block(i);
      setUsers(block, usersOf(block) + 1);
      copy.setBlock(i, block);
    }
    if (session.hiddenPosition == copy.evaluated - 1 && session.hiddenPosition >= 0) {
      copy.hiddenPosition = session.hiddenPosition;
      copy.hidden = copy.residual(BATCH - 1);
      memory.copy(copy.hidden, session.hidden, this.width << 2);
    }
    return copy;
  }

  /** Shortens a session to its first `length` tokens. A batch in flight that reaches beyond them is given up. */
  truncate(session: Session, length: i32): void {
    if (length >= session.length) return;
    session.length = max(0, length);
    const before = session.usedBlocks();
    if (session.evaluated + session.batch > session.length) {
      session.batch = 0;
      session.evaluated = this.rewound(min(session.evaluated, session.length));
    }
    if (session.hiddenPosition >= session.length) session.hiddenPosition = -1;
    this.releaseBlocksFrom(session, session.usedBlocks(), before);
  }

  /** Gives a session the first `length` evaluated tokens of another as its history; it shares their blocks. */
  share(session: Session, other: Session, length: i32): void {
    this.truncate(session, 0);
    memory.copy(session.tokens, other.tokens, (<usize>length) << 2);
    session.length = length;
    session.evaluated = other.batch == 0 && length == other.evaluated ? length : this.rewound(length);
    for (let i = 0; i < session.usedBlocks(); ++i) {
      const block = other.block(i);
      setUsers(block, usersOf(block) + 1);
      session.setBlock(i, block);
    }
  }

  /** Forgets the last `tokens` evaluated tokens, to evaluate them again. */
  reopen(session: Session, tokens: i32): void {
    const before = session.usedBlocks();
    session.batch = 0;
    session.evaluated = this.rewound(session.evaluated - min(tokens, session.evaluated));
    this.releaseBlocksFrom(session, session.usedBlocks(), before);
  }

  /** How many evaluated tokens are left where the state after so many is not there any more. */
  private rewound(evaluated: i32): i32 {
    return this.isStateful ? evaluated - (evaluated % POSITIONS) : evaluated;
  }

  /**
   * Makes the blocks of positions evaluated .. evaluated + batch - 1 this session's own, and starts the batch.
   * False, with nothing begun, if the heap has no room even without the other sessions.
   */
  begin(session: Session, batch: i32): bool {
    const first = session.evaluated / POSITIONS;
    const held = session.usedBlocks();
    const last = (session.evaluated + batch - 1) / POSITIONS;
    for (let i = first; i <= last; ++i) {
      const shared = i < held && usersOf(session.block(i)) > 1;
      if (i < held && !shared) continue;
      const block = this.take(this.blockBytes, session);
      if (block == 0) {
        for (let taken = max(held, first); taken < i; ++taken) release(session.block(taken));
        return false;
      }
      if (shared) {
        const old = session.block(i);
        for (let at: usize = 0; at < this.blockBytes; at += COPY_BYTES) {
          memory.copy(block + at, old + at, min(COPY_BYTES, this.blockBytes - at));
        }
        setUsers(old, usersOf(old) - 1);
      }
      setUsers(block, 1);
      session.setBlock(i, block);
    }
    session.batch = batch;
    // The batch before may have been given up between two layers.
    session.part = PART_EMBED;
    return true;
  }

  private releaseBlocks(session: Session, from: i32): void {
    this.releaseBlocksFrom(session, from, session.usedBlocks());
  }

  private releaseBlocksFrom(session: Session, from: i32, to: i32): void {
    for (let i = from; i < to; ++i) {
      const block = session.block(i);
      const left = usersOf(block) - 1;
      setUsers(block, left);
      if (left == 0) release(block);
    }
  }

  /** Takes an extent, evicting the sessions that were used longest ago, but not `keep`, until it fits. */
  private take(bytes: usize, keep: Session | null): usize {
    let address = allocate(bytes);
    while (address == 0 && this.evict(keep)) address = allocate(bytes);
    return address;
  }

  /** Drops the session that was used longest ago, pinned ones last, but not `keep`; false if there is no other. */
  evict(keep: Session | null): bool {
    let oldest: Session | null = null;
    for (let i = 0; i < this.list.length; ++i) {
      const session = this.list[i];
      if (session == keep) continue;
      if (oldest == null || goesBefore(session, oldest)) oldest = session;
    }
    if (oldest == null) return false;
    this.remove(oldest);
    ++this.evictions;
    return true;
  }
}

/** Which of two sessions goes first when the heap is full. */
function goesBefore(a: Session, b: Session): bool {
  return a.isPinned == b.isPinned ? a.lastUse < b.lastUse : b.isPinned;
}
