/**
 * The open jobs, and whose turn it is.
 *
 * Callers have equal shares: the next turn goes to the caller who has used the fewest instructions, and to the job of
 * that caller whose last turn is the longest ago. A new or returning caller starts with the least that a present caller
 * has used, so nobody saves up turns. All of this is in the heap, and starts over after an upgrade.
 */
import { Principal } from '../../ic/principal';
import { Job, WAITING_FOR_SEED } from './job';

/** The instructions used by a caller with open jobs. */
@final
class Share {
  used: u64 = 0;
  jobs: i32 = 0;

  constructor(readonly owner: Principal) {}
}

/** An open job, with its state in the heap. */
@final
export class Waiting {
  /** The number of its last turn. */
  lastTurn: u64 = 0;
  /** The message in which it was found to be stuck. */
  stuckIn: u64 = 0;
  /** Until when it is skipped, nanoseconds since 1970, after a trap. */
  notBefore: u64 = 0;
  /** The most instructions that its next step takes, if a turn was too short for it. */
  needed: u64 = 0;
  /** When its seed was asked for; 0: not by this program. */
  asked: u64 = 0;

  constructor(
    readonly job: Job,
    readonly share: Share,
    /** Path of the session that it continues, which only one job may do at a time; empty: it has its own session. */
    readonly session: string,
  ) {}
}

const shares: Share[] = [];
const all: Waiting[] = [];
let turns: u64 = 0;

function shareOf(owner: Principal): Share {
  let least = u64.MAX_VALUE;
  for (let i = 0; i < shares.length; ++i) {
    if (shares[i].owner.equals(owner)) return shares[i];
    least = min(least, shares[i].used);
  }
  const share = new Share(owner);
  share.used = least == u64.MAX_VALUE ? 0 : least;
  shares.push(share);
  return share;
}

export function openJobs(): i32 {
  return all.length;
}

export function openJobsOf(owner: Principal): i32 {
  for (let i = 0; i < shares.length; ++i) if (shares[i].owner.equals(owner)) return shares[i].jobs;
  return 0;
}

export function jobAt(index: i32): Waiting {
  return all[index];
}

export function addJob(job: Job, session: string): void {
  const share = shareOf(job.owner);
  ++share.jobs;
  all.push(new Waiting(job, share, session));
}

/** The open job with a number; null if there is none. */
export function findJob(id: u64): Waiting | null {
  for (let i = 0; i < all.length; ++i) if (all[i].job.id == id) return all[i];
  return null;
}

export function removeJob(waiting: Waiting): void {
  const at = all.indexOf(waiting);
  if (at < 0) return;
  all.splice(at, 1);
  const share = waiting.share;
  if (--share.jobs == 0) shares.splice(shares.indexOf(share), 1);
}

/** Whether an older job continues the same session. */
function isBehind(waiting: Waiting): bool {
  if (waiting.session.length == 0) return false;
  for (let i = 0; i < all.length && all[i] != waiting; ++i) if (all[i].session == waiting.session) return true;
  return false;
}

function isFirst(a: Waiting, b: Waiting): bool {
  if (a.share != b.share) return a.share.used < b.share.used;
  return a.lastTurn < b.lastTurn;
}

/** The job with the next turn in a message; null if none can go on. */
export function nextJob(message: u64, time: u64): Waiting | null {
  let best: Waiting | null = null;
  for (let i = 0; i < all.length; ++i) {
    const waiting = all[i];
    if (waiting.job.phase == WAITING_FOR_SEED || waiting.stuckIn == message || waiting.notBefore > time) continue;
    if (isBehind(waiting)) continue;
    if (best === null || isFirst(waiting, best)) best = waiting;
  }
  return best;
}

/** How many jobs could have a turn in a message. */
export function readyJobs(message: u64, time: u64): i32 {
  let count = 0;
  for (let i = 0; i < all.length; ++i) {
    const waiting = all[i];
    if (waiting.job.phase == WAITING_FOR_SEED || waiting.stuckIn == message || waiting.notBefore > time) continue;
    if (!isBehind(waiting)) ++count;
  }
  return count;
}

/** Records a turn and its instructions. */
export function noteTurn(waiting: Waiting, instructions: u64): void {
  waiting.lastTurn = ++turns;
  waiting.share.used += instructions;
}

/** How many jobs have their turn before this one. */
export function placeOf(waiting: Waiting): u32 {
  let place: u32 = 0;
  for (let i = 0; i < all.length; ++i) {
    const other = all[i];
    if (other != waiting && other.job.phase != WAITING_FOR_SEED && isFirst(other, waiting)) ++place;
  }
  return place;
}
