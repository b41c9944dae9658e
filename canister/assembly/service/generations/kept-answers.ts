/**
 * The compiled requests of the jobs that had the last turns, with their answers split so far. For other jobs these are
 * rebuilt from stable memory, with the same result.
 */
import { InputRecord } from '../../ic/candid/service.generated';
import { PreparedAnswer } from '../../llm/generation/prepared-answer';
import { Sequence } from '../../llm/cache/sequence';
import { refusedAllocations } from '../../memory/heap';
import { Code, Problem, Result } from '../../problem';
import { engine } from '../engine/loaded';
import { Arguments } from '../flags/arguments';
import { ModelFile } from '../models/model-file';
import { modelFile } from '../models/model';
import { askedAnswer } from './asked-answer';
import { Job } from './job';
import { JobRequest } from './request';

/** As many jobs have a turn in one message. */
const MOST: i32 = 8;

/** A job's compiled request. */
@final
export class Kept {
  private prepared: PreparedAnswer | null = null;

  constructor(
    readonly job: Job,
    private readonly request: JobRequest,
    private readonly args: Arguments,
  ) {}

  /** The answer after a sequence that contains its prompt; built if necessary. */
  answer(sequence: Sequence): Result<PreparedAnswer> {
    const known = this.prepared;
    if (known !== null) return Result.ok<PreparedAnswer>(known);
    const refused = refusedAllocations();
    const made = this.prepare(sequence);
    // An accepted request is not wrong now; the cause is a lack of memory.
    if (made.value === null && refusedAllocations() != refused) return Result.fail<PreparedAnswer>(noRoom());
    return made;
  }

  private prepare(sequence: Sequence): Result<PreparedAnswer> {
    const job = this.job;
    this.args.sampling.seed = job.seed;
    const asked = askedAnswer(this.args, this.request, job.seed);
    const request = asked.value;
    if (request === null) return Result.fail<PreparedAnswer>(asked.problem!);
    const count = <i32>job.promptTokens;
    const made = engine.prepareAnswer(request, sequence.tokens, count);
    const prepared = made.value;
    if (prepared === null) return made;
    this.prepared = prepared;
    const answer = prepared.answer;
    const state = sequence.state;
    const evaluated = state.length - count;
    const isPendingTold = <i32>job.told > evaluated && state.pending >= 0;
    answer.tellAgain(
      sequence.tokens + ((<usize>count) << 2),
      min(<i32>job.told, evaluated),
      isPendingTold ? state.pending : -1,
      job.consumed,
    );
    answer.closingAt = job.closingAt;
    return answer.isFull ? Result.fail<PreparedAnswer>(noRoom()) : made;
  }

  dispose(): void {
    const prepared = this.prepared;
    if (prepared !== null) prepared.dispose();
    this.prepared = null;
    this.request.dispose();
  }
}

function noRoom(): Problem {
  return new Problem('there is no room for what the answer is held to and taken apart by', Code.HEAP_FULL);
}

/** Those that had a turn last are at the end. */
const all: Kept[] = [];
/** Their model: compiled requests depend on its vocabulary. */
let model: ModelFile | null = null;

/** Removes all but a job's; without a job, all of them. */
export function forgetOthers(job: Job | null): void {
  for (let i = all.length - 1; i >= 0; --i) {
    if (all[i].job == job) continue;
    all[i].dispose();
    all.splice(i, 1);
  }
}

/** Removes a job's: it has ended, or its turn was undone. */
export function forgetKept(job: Job): void {
  for (let i = all.length - 1; i >= 0; --i) {
    if (all[i].job != job) continue;
    all[i].dispose();
    all.splice(i, 1);
  }
}

/** A job's compiled request, from here or rebuilt. */
export function keptOf(job: Job): Result<Kept> {
  if (model !== modelFile()) forgetOthers(null);
  model = modelFile();
  for (let i = 0; i < all.length; ++i) {
    const kept = all[i];
    if (kept.job != job) continue;
    all.splice(i, 1);
    all.push(kept);
    return Result.ok<Kept>(kept);
  }
  const request = JobRequest.read(job.file, job.requestSize);
  if (request === null)
    return Result.fail<Kept>(new Problem('there is no room to read what was asked for', Code.HEAP_FULL));
  const input = new InputRecord();
  input.args = request.sampling;
  const args = new Arguments(input, true);
  const wrong = args.problem;
  if (wrong !== null) {
    request.dispose();
    return Result.fail<Kept>(wrong.of('sampling'));
  }
  const kept = new Kept(job, request, args);
  if (all.length == MOST) all.shift().dispose();
  all.push(kept);
  return Result.ok<Kept>(kept);
}
