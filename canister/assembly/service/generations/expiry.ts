/** Removes generations that have ended: after a time, or when others need their room, the oldest first. */
import { now } from '../../ic/clock';
import { Principal } from '../../ic/principal';
import { pageBytes } from '../../storage/totals';
import { Limits } from './generation-limits';
import { Job } from './job';
import { bytesOfAll, numbersOf, owners } from './job-files';

/** When the next one expires, nanoseconds since 1970; 0: not known. */
let next: u64 = 0;
let isKnown: bool = false;
/** The retention for which `next` was computed. */
let kept: u64 = 0;

/** A generation that has ended. */
class Ended {
  constructor(
    readonly job: Job,
    readonly ended: u64,
  ) {}
}

/** The ended generations of a caller (a principal as text). */
function endedOf(owner: string, into: Ended[]): void {
  const who = Principal.parse(owner);
  if (who === null) return;
  const numbers = numbersOf(owner);
  for (let i = 0; i < numbers.length; ++i) {
    const job = Job.open(who, numbers[i]);
    if (job !== null && job.hasEnded) into.push(new Ended(job, job.ended));
  }
}

function oldestFirst(a: Ended, b: Ended): i32 {
  return a.ended < b.ended ? -1 : a.ended > b.ended ? 1 : 0;
}

/** When the next one expires; u64.MAX_VALUE if none does. */
export function nextExpiry(): u64 {
  return isKnown ? next : 0;
}

/** To be called when a generation has ended. */
export function noteEnd(): void {
  if (isKnown) next = min(next, now() + Limits.read().retention);
}

/** Removes expired generations, if there may be any. */
export function expire(): void {
  const retention = Limits.read().retention;
  if (isKnown && kept == retention && next > now()) return;
  kept = retention;
  const names = owners();
  next = u64.MAX_VALUE;
  isKnown = true;
  for (let i = 0; i < names.length; ++i) {
    const ended: Ended[] = [];
    endedOf(names[i], ended);
    for (let k = 0; k < ended.length; ++k) {
      const at = ended[k].ended + retention;
      if (at <= now()) ended[k].job.remove();
      else next = min(next, at);
    }
  }
}

/**
 * Makes room for another generation of a caller, of so many bytes. False, with nothing removed, if open generations
 * leave none.
 */
export function makeRoomFor(owner: Principal, bytes: u64): bool {
  const limits = Limits.read();
  const all: Ended[] = [];
  const names = owners();
  for (let i = 0; i < names.length; ++i) endedOf(names[i], all);
  let freed: u64 = 0;
  for (let i = 0; i < all.length; ++i) freed += pageBytes(all[i].job.file.size);
  if (bytesOfAll() + bytes > limits.bytes + freed) return false;
  const own: Ended[] = [];
  for (let i = 0; i < all.length; ++i) if (all[i].job.owner.equals(owner)) own.push(all[i]);
  own.sort(oldestFirst);
  for (let i = 0; i < own.length && <u64>(own.length - i) > limits.endedOfCaller; ++i) own[i].job.remove();
  all.sort(oldestFirst);
  for (let i = 0; i < all.length && bytesOfAll() + bytes > limits.bytes; ++i) all[i].job.remove();
  return true;
}
