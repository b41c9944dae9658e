/**
 * What drives the jobs: messages of the canister's one timer, in each of which several of them have a turn, so that what a
 * message pays for the model's pages is shared. Other calls are served between two messages.
 *
 * A message that traps is undone, and the timer with it; the next update call has it set again (settings/tasks.ts). Which
 * job it was cannot be known if there were several. So from then on each has messages of its own for a while: one with
 * which two messages have trapped has failed, and the others go on.
 */
import { Problem } from '../../problem';
import { instructions } from '../../ic/performance';
import { now } from '../../ic/clock';
import { liquidCycles } from '../../ic/cycles';
import { GENERATIONS_RESERVE, SAMPLING_PER_TOKEN } from '../../prices';
import { engine } from '../engine/loaded';
import { MESSAGE_CYCLES } from '../engine/run-costs';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { follow } from '../models/model';
import { logWarning } from '../settings/log-level';
import { Task, schedule } from '../settings/tasks';
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
/** Turns of a message, where so many jobs are ready: more would spend its instructions on beginnings and ends. */
const MOST_TURNS: u64 = 8;
/** Turns of a message in all, however short they are: each leaves garbage, which is collected when the message ends. */
const MOST_SHORT_TURNS: i32 = 64;
/** What is looked at again where nothing could get on: cycles, or room in the heap; then twice as long, up to a minute. */
const FEW_CYCLES: u64 = 120 * SECOND;
const FIRST_WAIT: u64 = SECOND;
const MOST_WAIT: u64 = 60 * SECOND;
/** How long a job is left alone with which a message has trapped, so that the others get on first. */
const AFTER_TRAP: u64 = 60 * SECOND;
/** Messages with which a job may trap before it has failed. */
const MOST_TRAPS: u8 = 2;
/** Traps in a row that are tried again at once: beyond that it is none of the jobs. */
const MOST_RETRIES: u32 = 16;

const budget = new MessageBudget();
/** Messages so far. */
let message: u64 = 0;
/** Messages that are still to have one job only: as many as there were jobs when one trapped. */
let careful: i32 = 0;
/** The job that the next message has alone. */
let planned: Waiting | null = null;
let wait: u64 = FIRST_WAIT;

/**
 * Somebody in the canister who waits for the end of a job.
 * @public for what answers other canisters
 */
export abstract class Watcher {
  abstract ended(job: Job): void;
}

const watchers: Map<u64, Watcher> = new Map();

/**
 * Has somebody told once when a job has ended. An upgrade loses who waits.
 * @public for what answers other canisters
 */
export function watch(id: u64, watcher: Watcher): void {
  watchers.set(id, watcher);
}

/** Why no job can get on now; null if they can. */
export function whyHalted(): Problem | null {
  const why = whyNoModel();
  if (why !== null) return why;
  const least = Limits.read().leastCycles;
  const there = liquidCycles();
  if (there.high > least.high || (there.high == least.high && there.low >= least.low)) return null;
  return new Problem('the canister has few cycles: generations go on when it is topped up');
}

/** Takes a job that has ended out of the queue, and tells who waits for it. Its file is as the job is. */
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

/** Ends a job that has not ended; what there is of it stays. */
export function cancelJob(id: u64): void {
  const open = findJob(id);
  if (open === null) return;
  end(open.job, CANCELLED, '');
  conclude(open);
}

/** Ends jobs that have waited for too long for what they need. */
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

/** Instructions that one turn should have at least: a token, its sampling, and the beginning and end of the turn. */
function leastTurn(): u64 {
  const vocabulary = <u64>engine.facts.vocabulary;
  return 2 * (engine.tokenCostAt(0) + vocabulary * SAMPLING_PER_TOKEN) + GENERATIONS_RESERVE;
}

/** Leaves a job alone for this message, which is too short for its next step, and says so. */
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

  /** Gives jobs their turns. Whether any got on. */
  private drive(): bool {
    const limits = Limits.read();
    const whole = callLimit(false);
    const most = whole > GENERATIONS_RESERVE ? whole - GENERATIONS_RESERVE : 0;
    const length = messageLength(limits.pageChargeFactor, limits.messageSeconds);
    const start = instructions();
    const stop = min(start + length, most);
    const room = stop - min(stop, start);
    let hasMoved = false;
    let isFirst = true;
    /** The first one whose next step takes more than a whole message, as far as is known. */
    let tooLong: Waiting | null = null;
    for (let turns = 0; turns < MOST_SHORT_TURNS;) {
      const alone = planned;
      const waiting = careful > 0 && alone !== null ? alone : nextJob(message, now());
      planned = null;
      if (waiting === null) break;
      if (careful == 0 && waiting.needed > room) {
        // It takes nothing of the message from those that can get on.
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
        // What is left of the message belongs to whoever comes next, in the next message.
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
    // What it takes was found in another message, and may be less now.
    if (!hasMoved && tooLong !== null) {
      const came = this.turn(tooLong, stop, isFirst);
      if (came == Turn.SHORT) pauseFor(tooLong, room);
      else hasMoved = came != Turn.STUCK;
    }
    return hasMoved;
  }

  /** A turn of a job in the message of the call that it was begun by, which may be long enough for all of it. */
  here(waiting: Waiting): void {
    // After a trap every job has messages of its own.
    if (careful > 0 || whyHalted() !== null) return;
    const whole = callLimit(false);
    this.turn(waiting, whole > GENERATIONS_RESERVE ? whole - GENERATIONS_RESERVE : 0, true);
    waiting.stuckIn = 0;
  }

  /** A turn of a job, and what comes of it. */
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

  /** A message has trapped: of one job alone, it is that job's. */
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

/** Has jobs go on as soon as possible: one was added, or what they waited for may be there. */
export function drive(): void {
  wait = FIRST_WAIT;
  if (driving.due == 0 || driving.due > now()) schedule(driving, now());
}

/** Gives a job that was just begun a turn in this message. */
export function driveOne(waiting: Waiting): void {
  driving.here(waiting);
}

/** A message of generations, within one that has begun for another reason: what waits for an answer drives, too. */
export function driveHere(): void {
  driving.run();
}

/** Called by every program when the jobs that there are are known. */
export function rearmDriving(): void {
  follow(driving);
  schedule(driving, now());
}
