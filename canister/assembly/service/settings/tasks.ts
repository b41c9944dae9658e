/**
 * The timer's tasks: work that takes several messages runs in messages of the system's global timer, one task per
 * message, so that each has a whole message's instructions. Tasks are in the heap; their owners recreate them after an
 * upgrade.
 *
 * If a step traps, its changes are undone, and the timer is no longer set (interface specification, "Global timer").
 * Only another message can set it again, so every update call checks it.
 */
import { now } from '../../ic/clock';
import { respond } from '../../ic/message';
import { clearTimer, setTimer } from '../../ic/timer';

/** Work that runs in steps, at a time. */
export abstract class Task {
  /** When it is due, nanoseconds since 1970; 0 if it is not waiting. */
  due: u64 = 0;
  /** Steps in a row that have begun and not ended, as far as is known. */
  traps: u32 = 0;

  /** Whether its steps trap: it is retried, but not soon. */
  get isTrapping(): bool {
    return this.traps > 1;
  }

  /**
   * How long it waits after a step has trapped for the `traps`-th time in a row, nanoseconds. The step may succeed
   * then, and the task neither delays others nor spends too many cycles.
   */
  afterTrap(): u64 {
    return this.traps > 1 ? RETRY << min(this.traps - 2, MOST_DOUBLED) : 0;
  }

  /** Does a step. A task with more work schedules itself again. */
  abstract run(): void;
}

/**
 * Nanoseconds that a task waits after its second trap; the time doubles with every further one, {@link MOST_DOUBLED}
 * times.
 */
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

/** Schedules a task at a time, or as soon as possible if that has passed. */
export function schedule(task: Task, at: u64): void {
  if (!tasks.includes(task)) tasks.push(task);
  task.due = max<u64>(1, at);
  arm();
}

/** Cancels a task. */
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
 * Runs the work of an update method. If a task is overdue and the timer is not set, a step has trapped, or a snapshot
 * was loaded. Then the task is moved behind others that are due; after its second trap, mostly to a later hour.
 */
export function update(work: () => void): void {
  const task = first();
  if (task !== null && task.due <= now() && setTimer(task.due) == 0) {
    ++task.traps;
    schedule(task, now() + task.afterTrap());
  }
  respond(work);
}
