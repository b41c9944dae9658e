/**
 * Drives the jobs: in each message of the canister's timer several jobs have a turn, so that they share the message's
 * page charges for the model. Other calls are served between two messages.
 *
 * A message that traps is undone, including its timer; the next update call sets the timer again (settings/tasks.ts).
 * If several jobs had a turn, the one that trapped is unknown. So for a while every job has messages of its own: a job
 * with which two messages have trapped fails, and the others go on.
 */
import { Problem } from '../../problem';
import { instructions } from '../../ic/performance';
import { now } from '../../ic/clock';
import { liquidCycles } from '../../ic/cycles';
import { GENERATIONS_RESERVE, SAMPLING_PER_TOKEN, SPARE_OF_TIMER } from '../../prices';
import { engine } from '../engine/loaded';
import { MESSAGE_CYCLES } from '../engine/run-costs';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { follow } from '../models/model';
import { logWarning } from '../settings/log-level';
import { Task, schedule } from '../settings/tasks';
import { keepingReserve } from '../warm/warm';
import { askForSeeds } from './beacon';
import { charge } from './charges';
import { expire, nextExpiry, noteEnd } from './expiry';
import { Limits } from './generation-limits';
import { CANCELLED, FAILED, Job } from './job';
import { removeSession } from './job-files';
import { forgetKept } from './kept-answers';
import { messageLength } from './message-length';
import { doDecisionTurn } from './decision-turn';
import { whyNoModel } from '../models/model-missing';
import { Waiting, findJob, jobAt, nextJob, noteTurn, openJobs, readyJobs, removeJob } from './queue';
import { Turn, doTurn, end, neededByTurn } from './turn';

const SECOND: u64 = 1_000_000_000;
/**
 * Most turns of a message if so many jobs are ready: more would spend its instructions on starting and ending turns.
 */
const MOST_TURNS: u64 = 8;
/** Most turns of a message of any length: each leaves garbage, which is collected only when the message ends. */
const MOST_SHORT_TURNS: i32 = 64;
/** Time after which paused jobs are retried: for low cycles, and for a full heap; the latter doubles up to a minute. */
const FEW_CYCLES: u64 = 120 * SECOND;
const FIRST_WAIT: u64 = SECOND;
const MOST_WAIT: u64 = 60 * SECOND;
/** Time for which a job is skipped after a trap, so that the others go first. */
const AFTER_TRAP: u64 = 60 * SECOND;
/** Messages with which a job may trap before it has failed. */
const MOST_TRAPS: u8 = 2;
/** Traps in a row that are retried at once. After more, the cause is not a job. */
const MOST_RETRIES: u32 = 16;

const budget = new MessageBudget();
/** Messages so far. */
let message: u64 = 0;
/** Messages that still have one job only: as many as there were jobs when one trapped. */
let careful: i32 = 0;
/** The job that has the next message alone. */
let planned: Waiting | null = null;
let wait: u64 = FIRST_WAIT;

/**
 * Waits within the canister for the end of a job.
 * @public for what answers other canisters
 */
export abstract class Watcher {
  abstract ended(job: Job): void;
}

const watchers: Map<u64, Watcher> = new Map();

/**
 * Notifies a watcher once when a job has ended. An upgrade loses the watcher.
 * @public for what answers other canisters
 */
export function watch(id: u64, watcher: Watcher): void {
  watchers.set(id, watcher);
}

/** Why no job can go on now; null if they can. */
export function whyHalted(): Problem | null {
  const why = whyNoModel();
  if (why !== null) return why;
  const least = Limits.read().leastCycles;
  const there = liquidCycles();
  if (there.high > least.high || (there.high == least.high && there.low >= least.low)) return null;
  return new Problem('the canister has few cycles: generations go on when it is topped up');
}

/** Removes an ended job from the queue, and notifies its watcher. Its file is saved already. */
export function conclude(waiting: Waiting): void {
  const job = waiting.job;
  charge(job);
  forgetKept(job);
  const unsaved = job.save();
  if (unsaved !== null) logWarning(`the end of a generation cannot be written down: ${unsaved.text}`);
  if (waiting.session.length == 0) removeSession(job.folder, job.id);
  removeJob(waiting);
  noteEnd();
  if (!watchers.has(job.id)) return;
  const watcher = watchers.get(job.id);
  watchers.delete(job.id);
  watcher.ended(job);
}

/** Ends an open job; its answer so far stays. */
export function cancelJob(id: u64): void {
  const open = findJob(id);
  if (open === null) return;
  end(open.job, CANCELLED, '');
  conclude(open);
}

/** Ends jobs that were paused for too long. */
function giveUp(): void {
  const retention = Limits.read().retention;
  for (let i = openJobs() - 1; i >= 0; --i) {
    const waiting = jobAt(i);
    const job = waiting.job;
    if (now() - min(now(), job.changed) <= retention) continue;
    const halted = whyHalted();
    const reason = job.reason.length > 0 || halted === null ? job.reason : halted.text;
    end(job, FAILED, `it could not get on for ${retention / SECOND} seconds: ${reason}`);
    conclude(waiting);
  }
}

/** The instructions that one turn should have at least: a token, its sampling, and starting and ending the turn. */
function leastTurn(): u64 {
  const vocabulary = <u64>engine.facts.vocabulary;
  return 2 * (engine.tokenCostAt(0) + vocabulary * SAMPLING_PER_TOKEN) + GENERATIONS_RESERVE;
}

/** Skips a job in this message, which is too short for its next step, and sets its reason. */
function pauseFor(waiting: Waiting, room: u64): void {
  waiting.stuckIn = message;
  const job = waiting.job;
  const reason =
    `a message of generations has ${room} instructions, and the next step takes at most ${waiting.needed}: ` +
    'raise the limits with set_instruction_budget or set_generation_limits';
  if (job.reason == reason) return;
  job.reason = reason;
  job.save();
}

class Driving extends Task {
  run(): void {
    ++message;
    expire();
    if (openJobs() == 0) return this.plan(false);
    askForSeeds(this);
    giveUp();
    if (whyHalted() !== null) return this.plan(false);
    const hasMoved = this.drive();
    if (careful > 0 && --careful > 0) planned = nextJob(message + 1, now());
    this.plan(hasMoved);
  }

  /** Gives jobs their turns. Returns whether any of them moved. */
  private drive(): bool {
    const limits = Limits.read();
    const whole = callLimit(false);
    const reserve = GENERATIONS_RESERVE + keepingReserve(whole, SPARE_OF_TIMER);
    const most = whole > reserve ? whole - reserve : 0;
    const length = messageLength(limits.pageChargeFactor, limits.messageSeconds);
    const start = instructions();
    const stop = min(start + length, most);
    const room = stop - min(stop, start);
    let hasMoved = false;
    let isFirst = true;
    /** The first job whose next step needs more than a whole message, as far as is known. */
    let tooLong: Waiting | null = null;
    for (let turns = 0; turns < MOST_SHORT_TURNS;) {
      const alone = planned;
      const waiting = careful > 0 && alone !== null ? alone : nextJob(message, now());
      planned = null;
      if (waiting === null) break;
      if (careful == 0 && waiting.needed > room) {
        // Such a job takes nothing from those that can go on.
        if (tooLong === null) tooLong = waiting;
        pauseFor(waiting, room);
        continue;
      }
      ++turns;
      const left = stop - min(stop, instructions());
      const least = max(leastTurn(), waiting.needed + GENERATIONS_RESERVE);
      const part = max(length / min(MOST_TURNS, <u64>max(1, readyJobs(message, now()))), least);
      const quantum = careful > 0 ? left : min(left, part);
      const came = this.turn(waiting, instructions() + quantum, isFirst);
      if (came == Turn.SHORT && waiting.needed <= room && (!isFirst || quantum < left)) {
        // The rest of the message goes to the next job in the next message.
        if (quantum == left) break;
        if (this.turn(waiting, stop, false) == Turn.SHORT) break;
        hasMoved = true;
      } else if (came == Turn.SHORT) {
        pauseFor(waiting, left);
      } else if (came != Turn.STUCK) {
        hasMoved = true;
      }
      isFirst = false;
      if (careful > 0) break;
    }
    // The need was measured in another message, and may be smaller now.
    if (!hasMoved && tooLong !== null) {
      const came = this.turn(tooLong, stop, isFirst);
      if (came == Turn.SHORT) pauseFor(tooLong, room);
      else hasMoved = came != Turn.STUCK;
    }
    return hasMoved;
  }

  /** Gives a job a turn in the message of the call that started it, which may finish it. */
  here(waiting: Waiting): void {
    // After a trap, every job has messages of its own.
    if (careful > 0 || whyHalted() !== null) return;
    const whole = callLimit(false);
    const reserve = GENERATIONS_RESERVE + keepingReserve(whole, SPARE_OF_TIMER);
    this.turn(waiting, whole > reserve ? whole - reserve : 0, true);
    waiting.stuckIn = 0;
  }

  /** Gives a job a turn, and handles its result. */
  private turn(waiting: Waiting, stop: u64, isFirst: bool): Turn {
    const job = waiting.job;
    const start = instructions();
    budget.begin(stop);
    const reason = job.reason;
    let came = Turn.ENDED;
    if (job.isOfModel) came = job.isDecision ? doDecisionTurn(job, budget) : doTurn(job, waiting.session, budget);
    else end(job, FAILED, 'the model was changed, and a generation goes on only with the one that it was begun with');
    const spent = instructions() - start;
    noteTurn(waiting, spent);
    job.cycles += spent + (isFirst ? MESSAGE_CYCLES : 0);
    if (came == Turn.STUCK) waiting.stuckIn = message;
    if (came == Turn.SHORT) waiting.needed = neededByTurn();
    if (came == Turn.ENDED) conclude(waiting);
    else if (came == Turn.MOVED || job.reason != reason) job.save();
    return came;
  }

  /** Sets the time of the next message. */
  private plan(hasMoved: bool): void {
    if (openJobs() == 0) {
      if (nextExpiry() < u64.MAX_VALUE) schedule(this, nextExpiry());
      return;
    }
    if (hasMoved) {
      wait = FIRST_WAIT;
      return schedule(this, now());
    }
    const isPoor = engine.isReady && whyHalted() !== null;
    schedule(this, now() + (isPoor ? FEW_CYCLES : wait));
    wait = min(2 * wait, MOST_WAIT);
  }

  /** Handles a trap of a message: if it had one job, the trap is that job's. */
  afterTrap(): u64 {
    const suspect = planned;
    const isKnown = careful > 0 && suspect !== null;
    const waiting: Waiting | null = isKnown ? suspect : openJobs() == 1 ? jobAt(0) : null;
    if (waiting !== null) {
      const job = waiting.job;
      ++job.traps;
      waiting.notBefore = now() + AFTER_TRAP;
      if (job.traps < MOST_TRAPS) {
        job.save();
      } else {
        end(job, FAILED, 'messages in which it was advanced trapped, as where memory or cycles do not suffice');
        conclude(waiting);
      }
    }
    careful = openJobs();
    planned = nextJob(message + 1, now());
    return this.traps <= MOST_RETRIES ? 0 : super.afterTrap();
  }
}

const driving = new Driving();

/** Schedules a message as soon as possible: a job was added, or what others waited for may be available. */
export function drive(): void {
  wait = FIRST_WAIT;
  if (driving.due == 0 || driving.due > now()) schedule(driving, now());
}

/** Gives a job that was just started a turn in this message. */
export function driveOne(waiting: Waiting): void {
  driving.here(waiting);
}

/** Gives turns within a message that has another reason: calls that wait for an answer drive the jobs, too. */
export function driveHere(): void {
  driving.run();
}

/** Every program calls this once the open jobs are known. */
export function rearmDriving(): void {
  follow(driving);
  schedule(driving, now());
}
