/**
 * The common algorithm of BPE and SPM: a text is a list of symbols, and the best pair of neighbours is merged until
 * none is left.
 *
 *     symbols [ value: u32 | bytes: u32, 0 once merged away | previous: i32 | next: i32 ] * n     -1 ends the list
 *     queue   [ priority << 32 | left symbol: u64 | bytes of the pair: u32 | result: u32 ]     a binary heap, least first
 *
 * A pair stays in the queue when one of its symbols has changed; its length then shows that it is stale. So a word of n
 * symbols costs n log n, however long it is. Ties go to the leftmost pair.
 */

const SYMBOL: usize = 16;
const BYTES: usize = 4;
const PREVIOUS: usize = 8;
const NEXT: usize = 12;

const PAIR: usize = 16;
const PAIR_BYTES: usize = 8;
const PAIR_RESULT: usize = 12;

/** Bytes of memory for the symbols and the queue of `symbols` symbols: every merge takes one pair and adds at most two. */
export function mergeBytes(symbols: u32): usize {
  return <usize>symbols * (SYMBOL + 2 * PAIR);
}

/** How two neighbours may merge. */
export abstract class MergeRule {
  /** Result and priority (least first) of the last pair that `pair` accepted. */
  result: u32 = 0;
  priority: u32 = 0;

  /** Whether the symbols merge: their values, and the bytes of both together. */
  abstract pair(left: u32, right: u32, bytes: u32): bool;
}

export class MergeQueue {
  private symbols: usize = 0;
  private count: u32 = 0;
  private queue: usize = 0;
  private queued: u32 = 0;

  /** Begins a list of at most `capacity` symbols in `mergeBytes(capacity)` bytes at `memory`. */
  begin(memory: usize, capacity: u32): void {
    this.symbols = memory;
    this.queue = memory + <usize>capacity * SYMBOL;
    this.count = 0;
    this.queued = 0;
  }

  /** Appends a symbol. */
  add(value: u32, bytes: u32): void {
    const symbol = this.symbol(this.count);
    store<u32>(symbol, value);
    store<u32>(symbol, bytes, BYTES);
    store<i32>(symbol, <i32>this.count - 1, PREVIOUS);
    store<i32>(symbol, -1, NEXT);
    if (this.count > 0) store<i32>(symbol - SYMBOL, this.count, NEXT);
    ++this.count;
  }

  /** Merges until no pair of neighbours is left that merges. */
  merge(rule: MergeRule): void {
    for (let i: u32 = 1; i < this.count; ++i) this.consider(i - 1, i, rule);
    while (this.queued > 0) {
      const left = load<u32>(this.queue);
      const bytes = load<u32>(this.queue, PAIR_BYTES);
      const result = load<u32>(this.queue, PAIR_RESULT);
      this.pop();
      const symbol = this.symbol(left);
      const next = load<i32>(symbol, NEXT);
      if (load<u32>(symbol, BYTES) == 0 || next < 0) continue;
      const right = this.symbol(next);
      if (load<u32>(symbol, BYTES) + load<u32>(right, BYTES) != bytes) continue;
      store<u32>(symbol, result);
      store<u32>(symbol, bytes, BYTES);
      store<u32>(right, 0, BYTES);
      const after = load<i32>(right, NEXT);
      store<i32>(symbol, after, NEXT);
      if (after >= 0) {
        store<i32>(this.symbol(after), left, PREVIOUS);
        this.consider(left, after, rule);
      }
      const before = load<i32>(symbol, PREVIOUS);
      if (before >= 0) this.consider(before, left, rule);
    }
  }

  /** The first symbol (0) or the one after `index`; -1 at the end. */
  following(index: i32): i32 {
    return load<i32>(this.symbol(index), NEXT);
  }

  value(index: i32): u32 {
    return load<u32>(this.symbol(index));
  }

  bytes(index: i32): u32 {
    return load<u32>(this.symbol(index), BYTES);
  }

  // @ts-ignore: decorator
  @inline
  private symbol(index: u32): usize {
    return this.symbols + <usize>index * SYMBOL;
  }

  private consider(left: u32, right: u32, rule: MergeRule): void {
    const a = this.symbol(left);
    const b = this.symbol(right);
    const bytes = load<u32>(a, BYTES) + load<u32>(b, BYTES);
    if (!rule.pair(load<u32>(a), load<u32>(b), bytes)) return;
    const key = ((<u64>rule.priority) << 32) | left;
    let at = this.queued++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const slot = this.queue + <usize>parent * PAIR;
      if (load<u64>(slot) <= key) break;
      v128.store(this.queue + <usize>at * PAIR, v128.load(slot));
      at = parent;
    }
    const slot = this.queue + <usize>at * PAIR;
    store<u64>(slot, key);
    store<u32>(slot, bytes, PAIR_BYTES);
    store<u32>(slot, rule.result, PAIR_RESULT);
  }

  /** Removes the least pair. */
  private pop(): void {
    const last = --this.queued;
    const moved = this.queue + <usize>last * PAIR;
    const key = load<u64>(moved);
    let at: u32 = 0;
    for (;;) {
      let child: u32 = 2 * at + 1;
      if (child >= last) break;
      let slot = this.queue + <usize>child * PAIR;
      if (child + 1 < last && load<u64>(slot, PAIR) < load<u64>(slot)) {
        ++child;
        slot += PAIR;
      }
      if (load<u64>(slot) >= key) break;
      v128.store(this.queue + <usize>at * PAIR, v128.load(slot));
      at = child;
    }
    v128.store(this.queue + <usize>at * PAIR, v128.load(moved));
  }
}
