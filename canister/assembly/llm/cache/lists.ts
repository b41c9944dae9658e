/** The sessions of a pool by how soon they go when the heap is full, each list from the one that was used longest ago. */
import { Session } from './session';

/** They go first. */
export const IDLE: i32 = 0;
/** They go when no idle one is left. */
export const PINNED: i32 = 1;
/** They do not go: a prompt is being read, and would have to be read again from its start. */
export const READING: i32 = 2;
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

  /** The session of a list that was used longest ago, or null. */
  first(list: i32): Session | null {
    return changetype<Session | null>(this.oldest[list]);
  }

  /** Puts a session that is in no list behind the others of one. */
  add(session: Session, list: i32): void {
    const before = changetype<Session | null>(this.newest[list]);
    session.list = list;
    session.older = before;
    session.newer = null;
    if (before == null) this.oldest[list] = changetype<usize>(session);
    else before.newer = session;
    this.newest[list] = changetype<usize>(session);
    this.counts[list] += 1;
  }

  remove(session: Session): void {
    const list = session.list;
    const older = session.older;
    const newer = session.newer;
    if (older == null) this.oldest[list] = changetype<usize>(newer);
    else older.newer = newer;
    if (newer == null) this.newest[list] = changetype<usize>(older);
    else newer.older = older;
    this.counts[list] -= 1;
  }
}
