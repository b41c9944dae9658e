/** One turn of a decision: its questions are answered one after the other, place by place in their labels. */
import { now } from '../../ic/clock';
import { instructions } from '../../ic/performance';
import { SequenceState } from '../../llm/cache/sequence-state';
import { Extent } from '../../memory/extent';
import { Code, Problem } from '../../problem';
import { Tree } from '../../storage/tree';
import { isAnswered } from '../decisions/answers';
import { DecisionRecord } from '../decisions/record';
import { engine } from '../engine/loaded';
import { RunWork, noteWork } from '../engine/run-costs';
import { MessageBudget } from '../limits/instruction-budget';
import { countTokens, tokensLeft, whyNoTokens } from '../quotas/quotas';
import { takeTokens } from '../runs/prompt';
import { Reader } from '../runs/reading';
import { keep, openSession } from '../sessions/resident-sessions';
import { Session } from '../sessions/session';
import { SessionFile } from '../sessions/session-file';
import { AT_END, DONE, FAILED, GENERATING, HEADER, Job, QUEUED, READING } from './job';
import { keepOwn, shareOwn } from './own-prefixes';
import { Turn, end, noteNeeded } from './turn';
import { closeUnsaved, forgetOwnSession } from './turn-session';

/** The session's state at the beginning of the turn. */
const before = changetype<SequenceState>(memory.data(64, 8));
/** Tokens of a prompt. */
const space = new Extent();

/** The result of working on a question in the turn. */
enum Asked {
  ANSWERED,
  /** The message has no room for the next step. */
  PAUSED,
  /** It is paused, or has failed. */
  STOPPED,
}


@final
class DecisionWork {
  private session: Session | null = null;
  private file: SessionFile | null = null;
  /** Tokens that may still be evaluated, and those that were. */
  private allowance: u64 = 0;
  private evaluated: u64 = 0;
  /** Counts of the turn that are added when it is saved: prompt tokens evaluated for the first time, and places. */
  private ingested: u32 = 0;
  private places: i32 = 0;
  private hasMoved: bool = false;

  constructor(
    private readonly job: Job,
    private readonly record: DecisionRecord,
    private readonly reader: Reader,
    private readonly budget: MessageBudget,
  ) {}

  private fail(why: string): Turn {
    end(this.job, FAILED, why);
    return Turn.ENDED;
  }

  private stop(why: string): Asked {
    this.job.reason = why;
    return Asked.STOPPED;
  }

  /** Pauses for a problem that passes; ends the job for any other. */
  private stopFor(problem: Problem): Asked {
    if (problem.code == Code.HEAP_FULL) return this.stop(this.reader.noRoom(problem.text).text);
    end(this.job, FAILED, problem.text);
    return Asked.STOPPED;
  }

  run(): Turn {
    const job = this.job;
    this.allowance = tokensLeft(job.owner);
    if (this.allowance == 0) {
      job.reason = whyNoTokens(job.owner).text;
      return Turn.STUCK;
    }
    const found = openSession(job.ownSession, Tree.System);
    const opened = found.value;
    if (opened === null) {
      this.stopFor(found.problem!);
      return job.hasEnded ? Turn.ENDED : Turn.STUCK;
    }
    const session = opened.session;
    this.session = session;
    this.file = opened.file;
    before.copy(session.state);
    const isNew = job.phase == QUEUED;
    if (isNew) job.phase = READING;
    const begun = instructions();
    job.reason = '';
    let asked = Asked.ANSWERED;
    while (asked == Asked.ANSWERED && !this.record.isDone) {
      asked = this.ask(session);
      if (asked == Asked.ANSWERED) this.record.next();
    }
    this.note(instructions() - begun);
    if (job.hasEnded) return Turn.ENDED;
    if (asked == Asked.PAUSED && !this.hasMoved && !isNew) return Turn.SHORT;
    return this.hasMoved || isNew || asked == Asked.ANSWERED ? this.save(session) : Turn.STUCK;
  }

  private note(spent: u64): void {
    const done = new RunWork();
    done.ingested = <i32>this.evaluated;
    done.ingestInstructions = spent;
    noteWork(done);
    countTokens(this.evaluated, this.job.owner);
  }

  /** Continues with the current question. */
  private ask(session: Session): Asked {
    const job = this.job;
    const record = this.record;
    const question = record.questions[record.now];
    const made = engine.labels(question.spans);
    const labels = made.value;
    if (labels === null) return this.stopFor(made.problem!.of(`question ${record.now + 1}`));
    const count = record.promptOf(record.now);
    const unread = this.take(session, count, labels.longest);
    if (unread !== null) {
      if (unread.passes) return this.stop(unread.text);
      return this.stopFor(unread);
    }
    const sequence = session.sequence;
    if (job.promptTokens == 0) {
      job.promptTokens = job.tokenCount;
      job.cachedTokens = min(sequence.evaluated, count);
      keepOwn(job.owner, sequence);
    }
    const stopped = this.read(session, count);
    if (stopped != Asked.ANSWERED) return stopped;
    job.phase = GENERATING;
    const scoring = engine.scoring(labels, sequence, record.scoresOf(record.now));
    scoring.label = record.label;
    scoring.depth = record.depth;
    const steps = engine.steps;
    const outcome = scoring.run(this.budget, this.allowance);
    this.hasMoved = this.hasMoved || engine.steps > steps || scoring.places > 0;
    this.count(scoring.evaluated);
    this.places += scoring.places;
    record.moveTo(scoring.label, scoring.depth);
    if (outcome.problem !== null) return this.stopFor(outcome.problem!);
    if (!outcome.isDone) return this.pause(outcome.needed);
    if (isAnswered(record, record.now)) return Asked.ANSWERED;
    return this.stopFor(new Problem(`question ${record.now + 1}: the model takes every label for impossible`));
  }

  /** Counts evaluated tokens. */
  private count(tokens: i32): void {
    this.evaluated += tokens;
    this.allowance -= min(this.allowance, <u64>tokens);
  }

  private pause(needed: u64): Asked {
    if (needed == 0) return this.stop(whyNoTokens(this.job.owner).text);
    noteNeeded(needed);
    return Asked.PAUSED;
  }

  /** Makes the question's prompt the session's history, with room for it and for a label. Null, or why not. */
  private take(session: Session, count: i32, longest: i32): Problem | null {
    const job = this.job;
    const record = this.record;
    if (!space.reserve((<usize>count) << 2)) return this.reader.noRoom('there is no room for the tokens of the prompt');
    // A question's prompt shares its beginning with those before it.
    let from = job.tokensAt;
    for (let i = 0; i <= record.now; ++i) {
      const question = record.questions[i];
      const fits = min(question.rest, max(0, count - question.common));
      job.file.read(from, space.ptr + ((<usize>question.common) << 2), (<u64>fits) << 2);
      from += (<u64>question.rest) << 2;
    }
    const state = session.state;
    if (state.length == 0) shareOwn(session, job.owner, space.ptr, count);
    const isThere = state.length == count && engine.commonOf(session.sequence, space.ptr, count) == count;
    if (!isThere) {
      const untaken = takeTokens(session, space.ptr, count, this.budget, this.reader, false);
      if (untaken !== null) return untaken;
    }
    space.trim();
    return this.reader.makeRoom(session, count + longest, this.budget);
  }

  /** Evaluates the prompt. */
  private read(session: Session, count: i32): Asked {
    const job = this.job;
    const sequence = session.sequence;
    const from = sequence.evaluated;
    if (from >= count) return Asked.ANSWERED;
    const most = <i32>min<u64>(this.allowance, count - from);
    const steps = engine.steps;
    const outcome = engine.ingestUpTo(sequence, this.budget, from + most);
    this.hasMoved = this.hasMoved || engine.steps > steps;
    const done = max(0, sequence.evaluated - from);
    this.count(done);
    session.state.reached = max(session.state.reached, sequence.evaluated);
    const unpaid = job.promptTokens - min(job.promptTokens, job.cachedTokens + job.ingested + this.ingested);
    this.ingested += min(<u32>done, unpaid);
    if (outcome.problem !== null) return this.stopFor(outcome.problem!);
    if (!outcome.isDone) return this.pause(outcome.needed);
    return sequence.evaluated < count ? this.pause(0) : Asked.ANSWERED;
  }

  /** Saves the result of the turn. */
  private save(session: Session): Turn {
    const job = this.job;
    const unsaved = this.file!.save(session.state, session.saved, session.sequence.tokens);
    if (unsaved !== null) {
      job.reason = `the decision could not be saved: ${unsaved.text}`;
      return Turn.STUCK;
    }
    const unwritten = this.record.saveTo(job.file, HEADER);
    if (unwritten !== null) job.reason = `the decision could not be saved: ${unwritten.text}`;
    job.ingested += this.ingested;
    job.generated += this.places;
    job.noteSession(session.saved);
    keep(session);
    this.session = null;
    job.changed = now();
    const isDone = this.record.isDone && unwritten === null;
    this.reader.end(session, !isDone);
    if (!isDone) session.keepWarm(this.file!, job.owner);
    if (!isDone) return unwritten === null ? Turn.MOVED : Turn.STUCK;
    job.stop = AT_END;
    end(job, DONE, '');
    forgetOwnSession(job, session);
    return Turn.ENDED;
  }

  /** Ends the turn. A session that differs from its file is closed; the next turn reads it from there. */
  leave(): void {
    const session = this.session;
    if (session !== null) closeUnsaved(session, before, this.reader.hasSpoiled);
    engine.endMessage();
  }
}

/** Does a turn of a decision and saves the result. */
export function doDecisionTurn(job: Job, budget: MessageBudget): Turn {
  const start = instructions();
  const record = DecisionRecord.read(job.file, HEADER, job.requestSize);
  if (record === null) {
    job.reason = 'the heap is full: there is no room to read what was asked';
    return Turn.STUCK;
  }
  const reader = new Reader(job.ownSession, false, false, job.owner);
  const work = new DecisionWork(job, record, reader, budget);
  const turn = work.run();
  work.leave();
  record.dispose();
  job.instructions += instructions() - start;
  return turn;
}
