/** One turn of a job: the work between two states of its file, in a part of a message. */
import { now } from '../../ic/clock';
import { instructions } from '../../ic/performance';
import { SequenceState } from '../../llm/cache/sequence-state';
import { Answer } from '../../llm/generation/answer';
import { Generation } from '../../llm/generation/generation';
import { Limits } from '../../llm/generation/limits';
import { Stop } from '../../llm/generation/stop';
import { Extent } from '../../memory/extent';
import { Code, Problem } from '../../problem';
import { Tree } from '../../storage/tree';
import { engine } from '../engine/loaded';
import { RunWork, noteWork } from '../engine/run-costs';
import { MessageBudget } from '../limits/instruction-budget';
import { countTokens, tokensLeft, whyNoTokens } from '../quotas/quotas';
import { takeTokens } from '../runs/prompt';
import { Reader } from '../runs/reading';
import { keep, openSession } from '../sessions/resident-sessions';
import { Session } from '../sessions/session';
import { SessionFile } from '../sessions/session-file';
import { appendEvents } from './events';
import {
  AT_END,
  AT_MOST_TOKENS,
  AT_STOP,
  AT_TOOL_CALLS,
  CONTEXT_FULL,
  DONE,
  FAILED,
  GENERATING,
  Job,
  QUEUED,
  READING,
} from './job';
import { Kept, forgetKept, forgetOthers, keptOf } from './kept-answers';
import { keepOwn, shareOwn } from './own-prefixes';
import { JobRequest } from './request';
import { closeUnsaved, forgetOwnSession } from './turn-session';

/** The result of a turn. */
export enum Turn {
  /** Work was done. */
  MOVED,
  /** The rest of the message is too short for a step. */
  SHORT,
  /** It cannot go on now: the job's reason says why. */
  STUCK,
  ENDED,
}

/** The session's state at the beginning of the turn. */
const before = changetype<SequenceState>(memory.data(64, 8));
/** Tokens of a prompt, until the session has them. */
const space = new Extent();

/** Whether nothing more will be generated. */
function isEnd(stop: Stop): bool {
  return stop != Stop.PAUSED && stop != Stop.SPENT;
}

function whyDone(stop: Stop, answer: Answer): u8 {
  if (stop == Stop.END) return answer.calls > 0 && !answer.isInCall ? AT_TOOL_CALLS : AT_END;
  if (stop == Stop.CONTEXT_FULL) return CONTEXT_FULL;
  return stop == Stop.LIMIT ? AT_MOST_TOKENS : AT_STOP;
}

/** The most instructions of the step for which the last turn was too short. */
let needed: u64 = 0;

export function neededByTurn(): u64 {
  return needed;
}

/** Sets that number, from a turn of a decision. */
export function noteNeeded(instructions: u64): void {
  needed = instructions;
}

/** Ends a job. */
export function end(job: Job, phase: u8, reason: string): void {
  job.phase = phase;
  job.reason = reason;
  job.ended = now();
}

/** The state of a turn, in addition to the job. */
@final
class Work {
  session: Session | null = null;
  file: SessionFile | null = null;

  constructor(
    readonly job: Job,
    readonly kept: Kept,
    readonly path: string,
    readonly reader: Reader,
    readonly budget: MessageBudget,
  ) {}

  private fail(why: string): Turn {
    end(this.job, FAILED, why);
    return Turn.ENDED;
  }

  /** Undoes the turn; it is repeated from the state in stable memory. */
  private wait(why: string): Turn {
    const job = this.job;
    job.restore();
    job.reason = why;
    forgetKept(job);
    return Turn.STUCK;
  }

  /** The heap has no room: pauses if others may give some back, else ends the job. */
  private full(what: string): Turn {
    forgetOthers(this.job);
    return this.wait(this.reader.noRoom(what).text);
  }

  run(): Turn {
    const job = this.job;
    const owner = job.owner;
    if (tokensLeft(owner) == 0) return this.wait(whyNoTokens(owner).text);
    const isOwn = this.path.length == 0;
    const found = openSession(isOwn ? job.ownSession : this.path, isOwn ? Tree.System : Tree.Clients);
    const opened = found.value;
    if (opened === null) {
      return this.stopped(found.problem!);
    }
    const session = opened.session;
    this.session = session;
    this.file = opened.file;
    before.copy(session.state);
    const isNew = job.phase == QUEUED;
    if (!isNew && !job.isSession(session.saved)) {
      return this.fail('its session was changed or removed by another call while the answer was being generated');
    }
    return isNew ? this.begin(session) : this.goOn(session);
  }

  /** Makes the prompt the beginning of the session's history. */
  private begin(session: Session): Turn {
    const job = this.job;
    const state = session.state;
    const count = <i32>job.tokenCount;
    if (count == 0) {
      if (state.length == 0) return this.fail('the prompt is empty, and the session has no token to go on from');
      const unread = this.reader.makeRoom(session, state.length, this.budget);
      if (unread !== null) return this.wait(unread.text);
    } else {
      if (!space.reserve((<usize>count) << 2)) return this.full('there is no room for the tokens of the prompt');
      job.file.read(job.tokensAt, space.ptr, (<u64>count) << 2);
      if (state.length == 0) shareOwn(session, job.owner, space.ptr, count);
      const unread = takeTokens(session, space.ptr, count, this.budget, this.reader, false);
      space.trim();
      if (unread !== null) return unread.passes ? this.wait(unread.text) : this.fail(unread.text);
      state.seed = job.seed;
    }
    job.promptTokens = state.length;
    job.cachedTokens = session.sequence.evaluated;
    keepOwn(job.owner, session.sequence);
    job.phase = READING;
    return this.generate(session, true);
  }

  private goOn(session: Session): Turn {
    const room = this.reader.makeRoom(session, session.state.length, this.budget);
    return room !== null ? this.wait(room.text) : this.generate(session, false);
  }

  private generate(session: Session, isNew: bool): Turn {
    const job = this.job;
    const sequence = session.sequence;
    const made = this.kept.answer(sequence);
    const prepared = made.value;
    if (prepared === null) return this.stopped(made.problem!);
    const answer = prepared.answer;
    answer.limit.isAsked = job.endsThoughts;
    engine.showText(sequence, false);
    const limits = new Limits();
    limits.predict = job.maxTokens < 0 ? -1 : job.maxTokens - <i32>job.generated;
    limits.allowance = tokensLeft(job.owner);
    const generation = prepared.generation(sequence, this.budget);
    const done = new RunWork();
    const begun = instructions();
    generation.begin(limits);
    generation.ingest();
    const between = instructions();
    generation.generate();
    done.ingested = generation.ingested;
    done.evaluated = generation.evaluated;
    done.ingestInstructions = between - begun;
    done.generateInstructions = instructions() - between;
    noteWork(done);
    countTokens(<u64>done.ingested + <u64>done.evaluated, job.owner);
    needed = generation.needed;
    const problem = generation.problem;
    if (problem !== null) return this.stopped(problem);
    if (!isNew && generation.stop == Stop.PAUSED && !generation.hasLasting) {
      // A token that was sampled but not evaluated is sampled again.
      if (answer.position != <i32>(job.promptTokens + job.told)) forgetKept(job);
      return Turn.SHORT;
    }
    return this.take(session, generation, answer);
  }

  /** Handles a problem: pauses if it may pass, else ends the job. */
  private stopped(problem: Problem): Turn {
    return problem.code == Code.HEAP_FULL ? this.full(problem.text) : this.fail(problem.text);
  }

  /** Saves what was generated. */
  private take(session: Session, generation: Generation, answer: Answer): Turn {
    const job = this.job;
    const sequence = session.sequence;
    if (job.phase == READING && generation.remaining == 0) job.phase = GENERATING;
    const isDone = job.phase == GENERATING && isEnd(generation.stop);
    if (isDone) answer.finish(generation.stop != Stop.END);
    const unpaid = job.promptTokens - min(job.promptTokens, job.cachedTokens + job.ingested);
    job.ingested += min(<u32>generation.ingested, unpaid);
    job.generated += generation.reported;
    job.told = answer.position - job.promptTokens;
    job.thoughts = answer.thoughts;
    job.closingAt = answer.closingAt;
    job.consumed = <u32>max(<u64>job.consumed, answer.textBytes);
    job.changed = now();
    job.reason = '';
    if (answer.isFull) return this.full('there is no room to take the answer apart');
    const unwritten = appendEvents(job, answer.events);
    if (unwritten !== null)
      return unwritten.code == Code.HEAP_FULL ? this.full(unwritten.text) : this.wait(unwritten.text);
    answer.events.clear();
    answer.hasEnough = false;
    const unsaved = this.file!.save(session.state, session.saved, sequence.tokens);
    if (unsaved !== null) return this.wait(`the session could not be saved: ${unsaved.text}`);
    job.noteSession(session.saved);
    keep(session);
    if (!isDone || this.path.length > 0) session.keepWarm(this.file!, job.owner);
    this.session = null;
    this.reader.end(session, !isDone);
    if (!isDone) return Turn.MOVED;
    const stop = answer.stopText;
    job.stop = stop !== null ? AT_STOP : whyDone(generation.stop, answer);
    end(job, DONE, stop === null ? '' : String.UTF8.decodeUnsafe(stop.ptr, stop.size));
    if (this.path.length == 0) forgetOwnSession(this.job, session);
    return Turn.ENDED;
  }

  /** Ends the turn. A session that differs from its file is closed; the next turn reads it from there. */
  leave(): void {
    const session = this.session;
    if (session !== null) closeUnsaved(session, before, this.reader.hasSpoiled);
    engine.endMessage();
  }
}

/** Does a turn of a job, and saves the result. */
export function doTurn(job: Job, path: string, budget: MessageBudget): Turn {
  const start = instructions();
  const known = keptOf(job);
  const kept = known.value;
  if (kept === null) {
    const problem = known.problem!;
    if (problem.code != Code.HEAP_FULL) {
      end(job, FAILED, problem.text);
      return Turn.ENDED;
    }
    forgetOthers(null);
    job.reason = `the heap is full: ${problem.text}`;
    return Turn.STUCK;
  }
  const reader = new Reader(path.length > 0 ? path : job.ownSession, false, false, job.owner);
  const work = new Work(job, kept, path, reader, budget);
  const turn = work.run();
  work.leave();
  if (turn == Turn.ENDED) forgetKept(job);
  job.instructions += instructions() - start;
  return turn;
}

/** The path of the session that a job continues; empty if it has its own. */
export function sessionOf(job: Job): string {
  return job.isDecision ? '' : JobRequest.sessionIn(job.file);
}
