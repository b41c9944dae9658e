/**
 * Seeds that the subnet draws after a generation was accepted. If the answer arrives after an upgrade, the new program
 * does not know the request, and asks again.
 */
import { now } from '../../ic/clock';
import { Randomness, drawRandomness } from '../../ic/raw-rand';
import { NO_SEED } from '../flags/seed';
import { logWarning } from '../settings/log-level';
import { Task, schedule } from '../settings/tasks';
import { QUEUED, WAITING_FOR_SEED } from './job';
import { findJob, jobAt, openJobs } from './queue';

/** Time after which it asks again, nanoseconds. */
const PATIENCE: u64 = 60_000_000_000;

class Beacon extends Randomness {
  constructor(
    private readonly id: u64,
    /** The task that goes on when the seeds are there. */
    private readonly task: Task,
  ) {
    super();
  }

  drawn(bytes: ArrayBuffer): void {
    const waiting = findJob(this.id);
    if (waiting === null || waiting.job.phase != WAITING_FOR_SEED) return;
    const job = waiting.job;
    const seed = load<u32>(changetype<usize>(bytes));
    job.seed = seed == NO_SEED ? 0 : seed;
    job.hasSeed = true;
    job.phase = QUEUED;
    job.changed = now();
    const unsaved = job.save();
    if (unsaved !== null) logWarning(`the seed of a generation cannot be written down: ${unsaved.text}`);
    schedule(this.task, now());
  }

  failed(why: string): void {
    const waiting = findJob(this.id);
    if (waiting !== null) waiting.job.reason = why;
    logWarning(why);
  }
}

/** Asks for the seeds that jobs wait for, unless that was done recently; then schedules the task. */
export function askForSeeds(task: Task): void {
  for (let i = 0; i < openJobs(); ++i) {
    const waiting = jobAt(i);
    const isAsked = waiting.asked != 0 && now() - waiting.asked < PATIENCE;
    if (waiting.job.phase != WAITING_FOR_SEED || isAsked) continue;
    waiting.asked = now();
    drawRandomness(new Beacon(waiting.job.id, task));
  }
}
