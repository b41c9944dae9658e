/** The sequences of a pool by how soon they go when the heap is full, each list from the one that was used longest ago. */
import { Sequence } from './sequence';

/** They go first. */
export const IDLE: i32 = 0;
/** They go when no idle one is left. */
export const PINNED: i32 = 1;
/** They do not go: somebody is in the middle of them, and what is evaluated would have to be evaluated again. */
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

  /** The sequence of a list that was used longest ago, or null. */
  first(list: i32): Sequence | null {
    return changetype<Sequence | null>(this.oldest[list]);
  }

  /** Puts a sequence that is in no list behind the others of one. */
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
