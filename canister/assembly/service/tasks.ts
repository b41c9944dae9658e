/**
 * The one timer engine: everything that outlives a message goes on in messages that the system's global timer starts,
 * one task a message, so that each has a whole message's instructions. Tasks are in the heap; who has one makes it again
 * after an upgrade.
 */
import { now } from '../ic/clock';
import { clearTimer, setTimer } from '../ic/timer';

/** Something to be done at a time, in steps. */
export abstract class Task {
  /** When it is due, nanoseconds since 1970; 0 while it is not waiting. */
  due: u64 = 0;

  /** Does a step. A task that is not done schedules itself again. */
  abstract run(): void;
}

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
  }
  arm();
}
