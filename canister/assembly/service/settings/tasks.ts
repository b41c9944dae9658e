/**
 * The one timer engine: everything that outlives a message goes on in messages that the system's global timer starts,
 * one task a message, so that each has a whole message's instructions. Tasks are in the heap; who has one makes it again
 * after an upgrade.
 *
 * A step that traps leaves everything as it was before it, but for the timer: that is not set any more (interface
 * specification, "Global timer"), and only another message can set it. Every update call looks after that.
 */
import { now } from '../../ic/clock';
import { respond } from '../../ic/message';
import { clearTimer, setTimer } from '../../ic/timer';

/** Something to be done at a time, in steps. */
export abstract class Task {
  /** When it is due, nanoseconds since 1970; 0 while it is not waiting. */
  due: u64 = 0;
  /** Steps in a row that were begun and have not come to an end, as far as is known. */
  traps: u32 = 0;

  /** Whether steps of it trap: it is tried again, but not soon. */
  get isTrapping(): bool {
    return this.traps > 1;
  }

  /**
   * A step has trapped, for the `traps`-th time in a row: how long it waits for another try, nanoseconds. What it does may
   * fit then, and it neither holds up the others nor spends too many cycles.
   */
  afterTrap(): u64 {
    return this.traps > 1 ? RETRY << min(this.traps - 2, MOST_DOUBLED) : 0;
  }

  /** Does a step. A task that is not done schedules itself again. */
  abstract run(): void;
}

/** What a task waits that has trapped twice, nanoseconds; then twice as long, and so on, {@link MOST_DOUBLED} times. */
const RETRY: u64 = 3_600_000_000_000;
const MOST_DOUBLED: u32 = 4;

const tasks: Task[] = [];

/** The task that is due first, or null. */
function first(): Task | null {
  let earliest: Task | null = null;
  for (let i = 0; i < tasks.length; ++i) {
    const task = tasks[i];
    if (task.due != 0 && (earliest === null || task.due < earliest.due)) earliest = task;
  }
  return earliest;
}

function arm(): void {
  const task = first();
  if (task === null) clearTimer();
  else setTimer(task.due);
}

/** Has a task run at a time, or as soon as possible if that has passed. */
export function schedule(task: Task, at: u64): void {
  if (!tasks.includes(task)) tasks.push(task);
  task.due = max<u64>(1, at);
  arm();
}

/** Takes a task back. */
export function cancel(task: Task): void {
  task.traps = 0;
  if (task.due == 0) return;
  task.due = 0;
  arm();
}

/** The timer's message: runs the task that is due first. */
export function runDueTask(): void {
  const task = first();
  if (task !== null && task.due <= now()) {
    task.due = 0;
    task.run();
    task.traps = 0;
  }
  arm();
}

/**
 * What every update method runs its work in. If a task is overdue and the timer is not set, the task's step has trapped,
 * or a snapshot was loaded. The task goes behind the others that are due, the second time mostly to a later hour.
 */
export function update(work: () => void): void {
  const task = first();
  if (task !== null && task.due <= now() && setTimer(task.due) == 0) {
    ++task.traps;
    schedule(task, now() + task.afterTrap());
  }
  respond(work);
}
