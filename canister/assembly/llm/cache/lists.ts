/**
 * The sequences of a pool in lists by how soon they are evicted when the heap is full. The least recently used is the
 * first of its list.
 */
import { Sequence } from './sequence';

/** Evicted first. */
export const IDLE: i32 = 0;
/** Evicted when no idle one is left. */
export const PINNED: i32 = 1;
/** Not evicted: a run is using them, and their tokens would have to be evaluated again. */
export const HELD: i32 = 2;
const LISTS: i32 = 3;


@final
export class Lists {
  /** The oldest and the newest of each list, by address; 0 = none. */
  private readonly oldest: StaticArray<usize> = new StaticArray<usize>(LISTS);
  private readonly newest: StaticArray<usize> = new StaticArray<usize>(LISTS);
  private readonly counts: StaticArray<i32> = new StaticArray<i32>(LISTS);

  count(list: i32): i32 {
    return this.counts[list];
  }

  /** The least recently used sequence of a list, or null. */
  first(list: i32): Sequence | null {
    return changetype<Sequence | null>(this.oldest[list]);
  }

  /** Appends a sequence that is in no list to one. */
  add(sequence: Sequence, list: i32): void {
    const before = changetype<Sequence | null>(this.newest[list]);
    sequence.list = list;
    sequence.older = before;
    sequence.newer = null;
    if (before == null) this.oldest[list] = changetype<usize>(sequence);
    else before.newer = sequence;
    this.newest[list] = changetype<usize>(sequence);
    this.counts[list] += 1;
  }

  remove(sequence: Sequence): void {
    const list = sequence.list;
    const older = sequence.older;
    const newer = sequence.newer;
    if (older == null) this.oldest[list] = changetype<usize>(newer);
    else older.newer = newer;
    if (newer == null) this.newest[list] = changetype<usize>(older);
    else newer.older = older;
    this.counts[list] -= 1;
  }
}
