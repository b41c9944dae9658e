/** The methods for reading, listing, ending and forgetting generations. */
import {
  GenerationIdInput,
  GenerationLimitsInput,
  GenerationListInput,
  GenerationListResult,
  GenerationPoll,
  GenerationPollInput,
  GenerationPollResult,
  GenerationStatus,
  GenerationStatusResult,
  StatusCodeRecordResult,
} from '../../ic/candid/service.generated';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { mayAdminister, mayInspect } from '../access/access';
import { because } from '../replies/replies';
import { conclude, drive } from './driving';
import { eventsOf } from './events';
import { setGenerationLimits } from './generation-limits';
import { CANCELLED, Job } from './job';
import { hasNumber, numbersOf, owners } from './job-files';
import { findJob } from './queue';
import { statusOf } from './status';
import { whyNoThoughts } from './thinking';
import { end, sessionOf } from './turn';

/** Bytes of events in a reply, which may have 2 MiB. */
const MOST_BYTES: u64 = 1 << 20;
/** Generations in a reply. */
const MOST_LISTED: i32 = 100;

/** The job with a number: the caller's, or with `isAnybodys` any caller's; null if there is none. */
export function findFor(id: u64, isAnybodys: bool): Job | null {
  const me = caller();
  const open = findJob(id);
  if (open !== null) return isAnybodys || open.job.owner.equals(me) ? open.job : null;
  if (hasNumber(me.toString(), id)) return Job.open(me, id);
  const names = isAnybodys ? owners() : [];
  for (let i = 0; i < names.length; ++i) {
    const owner = Principal.parse(names[i]);
    if (owner !== null && hasNumber(names[i], id)) return Job.open(owner, id);
  }
  return null;
}

export function missing(method: string, id: u64): string {
  return `${method}: there is no generation ${id} of the caller's, or it is forgotten`;
}

export function statusWithSession(job: Job): GenerationStatus {
  const open = findJob(job.id);
  return statusOf(job, open, open === null ? sessionOf(job) : '');
}

export function pollGeneration(input: GenerationPollInput): GenerationPollResult {
  const job = findFor(input.id, mayInspect());
  if (job === null) return GenerationPollResult.Err(because(missing('generation_poll', input.id)));
  const bytes = input.bytes;
  const poll = new GenerationPoll();
  poll.status = statusWithSession(job);
  poll.events = eventsOf(job, input.from, bytes === null ? MOST_BYTES : min(bytes.value, MOST_BYTES));
  poll.next = min(input.from, <u64>job.events) + poll.events.length;
  return GenerationPollResult.Ok(poll);
}

/** Sets the limits, and applies them at once. */
export function limitGenerations(input: GenerationLimitsInput): StatusCodeRecordResult {
  const result = setGenerationLimits(input);
  drive();
  return result;
}

export function cancelGeneration(input: GenerationIdInput): GenerationStatusResult {
  const method = 'generation_cancel';
  const job = findFor(input.id, mayAdminister());
  if (job === null) return GenerationStatusResult.Err(because(missing(method, input.id)));
  const open = findJob(input.id);
  // It has ended already, so its answer does not change.
  if (open === null) return GenerationStatusResult.Ok(statusWithSession(job));
  const session = open.session;
  end(job, CANCELLED, '');
  conclude(open);
  return GenerationStatusResult.Ok(statusOf(job, null, session));
}

/** Ends the thoughts of a generation, now or where they begin. */
export function stopThinking(input: GenerationIdInput): GenerationStatusResult {
  const method = 'generation_stop_thinking';
  const job = findFor(input.id, mayAdminister());
  if (job === null) return GenerationStatusResult.Err(because(missing(method, input.id)));
  const open = findJob(input.id);
  // It has ended already, with its thoughts.
  if (open === null) return GenerationStatusResult.Ok(statusWithSession(job));
  const why = whyNoThoughts(job);
  if (why !== null) return GenerationStatusResult.Err(because(`${method}: ${why.text}`));
  job.endsThoughts = true;
  const unsaved = job.save();
  if (unsaved !== null) return GenerationStatusResult.Err(because(`${method}: ${unsaved.text}`));
  return GenerationStatusResult.Ok(statusOf(job, open));
}

export function forgetGeneration(input: GenerationIdInput): GenerationStatusResult {
  const method = 'generation_forget';
  const job = findFor(input.id, mayAdminister());
  if (job === null) return GenerationStatusResult.Err(because(missing(method, input.id)));
  if (!job.hasEnded) {
    return GenerationStatusResult.Err(because(`${method}: it has not ended; generation_cancel ends it`));
  }
  const status = statusWithSession(job);
  job.remove();
  return GenerationStatusResult.Ok(status);
}

export function listGenerations(input: GenerationListInput): GenerationListResult {
  if (input.everybody && !mayInspect()) {
    return GenerationListResult.Err(because('generation_list: only who may inspect is told of others'));
  }
  const names = input.everybody ? owners() : [caller().toString()];
  const jobs: Job[] = [];
  const before = input.before;
  for (let i = 0; i < names.length; ++i) {
    const owner = Principal.parse(names[i]);
    if (owner === null) continue;
    const numbers = numbersOf(names[i]);
    for (let k = 0; k < numbers.length; ++k) {
      if (before !== null && numbers[k] >= before.value) continue;
      const open = findJob(numbers[k]);
      const job = open !== null ? open.job : Job.open(owner, numbers[k]);
      if (job !== null) jobs.push(job);
    }
  }
  jobs.sort((a, b) => (a.id > b.id ? -1 : 1));
  const all: GenerationStatus[] = [];
  for (let i = 0; i < jobs.length && i < MOST_LISTED; ++i) all.push(statusWithSession(jobs[i]));
  return GenerationListResult.Ok(all);
}
