/**
 * The resident sessions of the loaded model, and the blocks that they share.
 *
 * Several sessions may use a block: a copy of a session shares all blocks with it, and whoever writes to a shared one
 * copies it first. How many do is in a table beside the blocks, so that to copy or drop a session touches none of them.
 * The pool is the heap's reserve: when anything finds no room, the session that was used longest ago goes.
 *
 * Keys and values of positions that are given up do no harm: nobody looks at them. A block's state (of short convolutions)
 * cannot be taken back, so a stateful session goes back to the start of the block, whose state is that of the block before.
 */
import { Reserve, allocate, release } from '../heap';
import { BATCH } from '../kernels/layout';
import { IDLE, Lists, PINNED, READING } from './lists';
import { PART_EMBED, Session } from './session';
import { TILE_POSITIONS } from './tiles';

export { READING };

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

// @ts-ignore: decorator
@inline
function pageBytes(bytes: usize): u64 {
  return (<u64>bytes + 0xffff) & ~0xffff;
}

/** Somebody who keeps something of a session's beside it. */
export abstract class Owner {
  /** The session is going: what is beside it has to go, too. */
  abstract closing(session: Session): void;
}

export class Sessions extends Reserve {
  /** Addresses of the sessions by their ids. */
  private readonly byId: Map<u32, usize> = new Map();
  private readonly lists: Lists = new Lists();
  private nextId: u32 = 1;
  /** The session that is being worked with: it never goes to make room. */
  private current: Session | null = null;
  /** Sessions that were dropped because the heap was full, since the model was loaded. */
  evictions: u64 = 0;
  /** Bytes of extents and blocks that sessions have. */
  private heldBytes: u64 = 0;
  /** Whether sessions that are being read go, too, when all others are gone: where nothing of it will last. */
  sparesNobody: bool = false;
  /** Whether pinned ones do not go either: while another is to be pinned beside them. */
  sparesPinned: bool = false;
  owner: Owner | null = null;

  constructor(
    /** Most tokens of a session. */
    readonly context: i32,
    /** Width of the residual stream. */
    readonly width: usize,
    /** Bytes of a block of 32 positions with all layers. */
    readonly blockBytes: usize,
    /** Blocks hold, beside keys and values of each position, a state after the last that was evaluated in them. */
    readonly isStateful: bool = false,
  ) {
    super();
  }

  get count(): i32 {
    return this.byId.size;
  }

  get bytes(): u64 {
    return this.heldBytes;
  }

  private take(bytes: usize): usize {
    const address = allocate(bytes);
    if (address != 0) this.heldBytes += pageBytes(bytes);
    return address;
  }

  private giveBack(address: usize, bytes: usize): void {
    release(address);
    this.heldBytes -= pageBytes(bytes);
  }

  private open(): Session | null {
    const extent = this.take(Session.bytes(this.context, this.width));
    if (extent == 0) return null;
    const session = Session.at(extent, this.nextId++, this.context, this.width);
    this.byId.set(session.id, extent);
    this.lists.add(session, IDLE);
    return session;
  }

  /** A new, empty session, which is then the one that is being worked with; null if the heap has no room. */
  create(): Session | null {
    const session = this.open();
    if (session != null) this.current = session;
    return session;
  }

  /** The session of an id, or null if it was removed or evicted; no use of it. */
  find(id: u32): Session | null {
    return this.byId.has(id) ? changetype<Session>(this.byId.get(id)) : null;
  }

  /** From now on the session is the one that is being worked with, and the one that was used last. */
  use(session: Session): void {
    this.current = session;
    this.move(session, session.list);
  }

  /** No session is being worked with any more. */
  leave(): void {
    this.current = null;
  }

  private move(session: Session, list: i32): void {
    this.lists.remove(session);
    this.lists.add(session, list);
  }

  /** It goes only when no other is left. */
  pin(session: Session): void {
    this.move(session, PINNED);
  }

  /** Says whether a prompt is being read in a session: then it does not go to make room. */
  setReading(session: Session, isReading: bool): void {
    if (isReading || session.list == READING) this.move(session, isReading ? READING : IDLE);
  }

  /** Sessions of prompts that are being read, other than the one that is being worked with. */
  get othersReading(): i32 {
    const current = this.current;
    return this.lists.count(READING) - i32(current != null && current.list == READING);
  }

  isReading(session: Session): bool {
    return session.list == READING;
  }

  /** The one that is being read and was used longest ago; null if there is none. */
  get longestReading(): Session | null {
    return this.lists.first(READING);
  }

  remove(session: Session): void {
    if (!this.byId.has(session.id)) return;
    const owner = this.owner;
    if (owner != null) owner.closing(session);
    if (this.current == session) this.current = null;
    this.byId.delete(session.id);
    this.lists.remove(session);
    this.releaseBlocks(session, 0);
    this.giveBack(session.extent, Session.bytes(this.context, this.width));
  }

  removeAll(): void {
    for (let list = 0; list <= READING; ++list) {
      for (let session = this.lists.first(list); session != null; session = this.lists.first(list)) {
        this.remove(session);
      }
    }
  }

  /**
   * A session with the same tokens that shares the evaluated ones' blocks; null if the heap is full. The one that is
   * copied is being worked with meanwhile.
   */
  fork(session: Session): Session | null {
    this.use(session);
    const copy = this.open();
    if (copy == null) return null;
    copy.length = session.length;
    copy.evaluated = session.batch > 0 ? this.rewound(session.evaluated) : session.evaluated;
    memory.copy(copy.tokens, session.tokens, (<usize>session.length) << 2);
    this.shareBlocks(copy, session);
    if (session.hiddenPosition == copy.evaluated - 1 && session.hiddenPosition >= 0) {
      copy.hiddenPosition = session.hiddenPosition;
      copy.hidden = copy.residual(BATCH - 1);
      memory.copy(copy.hidden, session.hidden, this.width << 2);
    }
    return copy;
  }

  /** Gives a session that has no blocks those of another for its evaluated tokens. */
  private shareBlocks(session: Session, other: Session): void {
    session.held = session.usedBlocks();
    for (let i = 0; i < session.held; ++i) {
      const block = other.block(i);
      setUsers(block, usersOf(block) + 1);
      session.setBlock(i, block);
    }
  }

  /** Shortens a session to its first `length` tokens. A batch in flight that reaches beyond them is given up. */
  truncate(session: Session, length: i32): void {
    if (length >= session.length) return;
    session.length = max(0, length);
    if (session.evaluated + session.batch > session.length) {
      session.batch = 0;
      session.evaluated = this.rewound(min(session.evaluated, session.length));
    }
    if (session.hiddenPosition >= session.length) session.hiddenPosition = -1;
    this.releaseBlocks(session, session.usedBlocks());
  }

  /** Gives a session the first `length` evaluated tokens of another as its history; it shares their blocks. */
  share(session: Session, other: Session, length: i32): void {
    this.truncate(session, 0);
    this.releaseBlocks(session, 0);
    memory.copy(session.tokens, other.tokens, (<usize>length) << 2);
    session.length = length;
    session.evaluated = other.batch == 0 && length == other.evaluated ? length : this.rewound(length);
    this.shareBlocks(session, other);
  }

  /** Forgets the last `tokens` evaluated tokens, to evaluate them again. Their blocks stay. */
  reopen(session: Session, tokens: i32): void {
    session.batch = 0;
    session.evaluated = this.rewound(session.evaluated - min(tokens, session.evaluated));
  }

  /** How many evaluated tokens are left where the state after so many is not there any more. */
  private rewound(evaluated: i32): i32 {
    return this.isStateful ? evaluated - (evaluated % POSITIONS) : evaluated;
  }

  /**
   * Makes sure of blocks of the session's own for the positions behind the evaluated ones, up to `end`: evaluating those
   * then takes no more memory. False if the heap has no room for all; it keeps those that there was room for.
   */
  prepare(session: Session, end: i32): bool {
    const last = (end - 1) / POSITIONS;
    for (let i = session.evaluated / POSITIONS; i <= last; ++i) {
      const shared = i < session.held && usersOf(session.block(i)) > 1;
      if (i < session.held && !shared) continue;
      const block = this.take(this.blockBytes);
      if (block == 0) return false;
      if (shared) this.separate(session.block(i), block);
      else ++session.held;
      setUsers(block, 1);
      session.setBlock(i, block);
    }
    return true;
  }

  /** Copies a block that others share. */
  private separate(old: usize, block: usize): void {
    for (let at: usize = 0; at < this.blockBytes; at += COPY_BYTES) {
      memory.copy(block + at, old + at, min(COPY_BYTES, this.blockBytes - at));
    }
    setUsers(old, usersOf(old) - 1);
  }

  /** Blocks that `prepare` would take. */
  missing(session: Session, end: i32): i32 {
    const first = session.evaluated / POSITIONS;
    const shared = first < session.held && usersOf(session.block(first)) > 1;
    return max(0, (end - 1) / POSITIONS + 1 - session.held) + i32(shared);
  }

  /** Starts the batch of positions evaluated .. evaluated + batch - 1. False, with nothing begun, if the heap has no room. */
  begin(session: Session, batch: i32): bool {
    if (!this.prepare(session, session.evaluated + batch)) return false;
    session.batch = batch;
    // The batch before may have been given up between two layers.
    session.part = PART_EMBED;
    return true;
  }

  private releaseBlocks(session: Session, from: i32): void {
    for (let i = from; i < session.held; ++i) {
      const block = session.block(i);
      const left = usersOf(block) - 1;
      setUsers(block, left);
      if (left == 0) this.giveBack(block, this.blockBytes);
    }
    session.held = min(session.held, from);
  }

  giveUp(): bool {
    return this.evict();
  }

  /** The session of a list that was used longest ago, other than the one that is being worked with. */
  private oldestOf(list: i32): Session | null {
    const first = this.lists.first(list);
    return first == null || first != this.current ? first : first.newer;
  }

  /** Drops the session that was used longest ago, pinned ones last; false if there is none that may go. */
  evict(): bool {
    let oldest = this.oldestOf(IDLE);
    if (oldest == null && !this.sparesPinned) oldest = this.oldestOf(PINNED);
    if (oldest == null && this.sparesNobody) oldest = this.oldestOf(READING);
    if (oldest == null) return false;
    this.remove(oldest);
    ++this.evictions;
    return true;
  }
}
