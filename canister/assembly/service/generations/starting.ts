/** Starts a job: the request is checked, tokenized and saved; the timer does the rest. */
import {
  GenerationInput,
  GenerationQuote,
  GenerationQuoteResult,
  GenerationStatusResult,
} from '../../ic/candid/service.generated';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { Problem, Result } from '../../problem';
import { pageBytes } from '../../storage/totals';
import { drawSeed } from '../flags/seed';
import { allowanceOf } from '../payment/allowances';
import { hold, holdBeside, pays, settle, whyNotPaid } from '../payment/deposit';
import { priceOf } from '../payment/prices';
import { isExempt, tokensLeft, whyNoTokens } from '../quotas/quotas';
import { because } from '../replies/replies';
import { drive } from './driving';
import { makeRoomFor } from './expiry';
import { Limits } from './generation-limits';
import { HEADER, Job, QUEUED, WAITING_FOR_SEED } from './job';
import { nextNumber, noteNumber } from './job-files';
import { JobInput } from './job-input';
import { whyNoModel } from '../models/model-missing';
import { addJob, findJob, openJobs, openJobsOf } from './queue';
import { readInput } from './reading-input';
import { statusOf } from './status';

/** Pages that a job takes in addition to its file: its session. */
const SESSION_BYTES: u64 = 65_536;

/** Why a caller may not start another job now, or null. */
function whyNotAnother(owner: Principal): Problem | null {
  const limits = Limits.read();
  if (<u64>openJobs() >= limits.open) {
    return new Problem(`${openJobs()} generations are open, the most that there may be: send the call again later`);
  }
  const own = openJobsOf(owner);
  if (!isExempt(owner) && <u64>own >= limits.openOfCaller) {
    return new Problem(
      `quota: ${own} generations of the caller are open, the most that there may be; one has to end first`,
    );
  }
  return tokensLeft(owner) == 0 ? whyNoTokens(owner) : null;
}

/**
 * Starts a job: gives it a number, and lets it run by itself.
 * @public for what answers other canisters
 */
export function startJob(input: JobInput): Result<Job> {
  const unready = whyNoModel();
  if (unready !== null) return Result.fail<Job>(unready);
  const refused = whyNotAnother(input.owner);
  if (refused !== null) return Result.fail<Job>(refused);
  const most = pays(input.owner) ? priceOf(input.most) : 0;
  const unpaid = most > 0 ? whyNotPaid(input.owner, most) : null;
  if (unpaid !== null) return Result.fail<Job>(unpaid);
  const size = <u64>HEADER + input.requestSize + 4 * <u64>input.tokens;
  if (!makeRoomFor(input.owner, pageBytes(size) + SESSION_BYTES)) {
    return Result.fail<Job>(
      new Problem('the generations that are open take all the stable memory that they may: send the call again later'),
    );
  }
  const job = new Job(nextNumber(), input.owner);
  job.maxTokens = input.maxTokens;
  job.isAwaited = input.isAwaited;
  job.isBeacon = input.isBeacon;
  job.isDecision = input.decision !== null;
  job.hasSeed = !input.isBeacon && !job.isDecision;
  job.phase = input.isBeacon ? WAITING_FOR_SEED : QUEUED;
  job.seed = !job.hasSeed ? 0 : input.hasSeed ? input.seed : drawSeed(input.request.session.toString());
  let problem = write(job, input);
  if (problem === null && most > 0) {
    // A call that waits for its answer pays when it is answered; none of its attached cycles are taken now.
    if (input.isAwaited) job.ofAllowance = holdBeside(input.owner, most);
    else problem = hold(input.owner, most);
    if (problem === null) {
      job.held = most;
      problem = job.save();
      if (problem !== null) settle(input.owner, input.isAwaited ? job.ofAllowance : most, 0);
    }
  }
  if (problem !== null) {
    job.remove();
    return Result.fail<Job>(problem);
  }
  addJob(job, input.request.session.toString());
  drive();
  return Result.ok<Job>(job);
}

function write(job: Job, input: JobInput): Problem | null {
  let problem = job.create(input.requestSize, input.tokens);
  if (problem !== null) return problem;
  // The header last: a file written from front to back would be hashed, which nobody needs here.
  problem = input.writeRequest(job);
  if (problem === null && input.tokens > 0) {
    problem = job.file.write(job.tokensAt, input.tokensAt, (<u64>input.tokens) << 2);
  }
  if (problem === null) problem = job.save(true);
  return problem === null ? noteNumber(job.id) : problem;
}

export function startGeneration(input: GenerationInput): GenerationStatusResult {
  const wanted = new JobInput(caller());
  const wrong = readInput(input, wanted);
  if (wrong !== null) return GenerationStatusResult.Err(because(`generation_start: ${wrong.text}`));
  const started = startJob(wanted);
  const job = started.value;
  if (job === null) return GenerationStatusResult.Err(because(`generation_start: ${started.problem!.text}`));
  return GenerationStatusResult.Ok(statusOf(job, findJob(job.id)));
}

/** The most that a generation would cost its caller; begins nothing. */
export function quoteGeneration(input: GenerationInput): GenerationQuoteResult {
  const wanted = new JobInput(caller());
  const wrong = readInput(input, wanted);
  if (wrong !== null) return GenerationQuoteResult.Err(because(`generation_quote: ${wrong.text}`));
  return GenerationQuoteResult.Ok(quoteOf(wanted));
}

/** The most that it would cost any caller. */
export function quoteOf(wanted: JobInput): GenerationQuote {
  const most = wanted.most;
  const quote = new GenerationQuote();
  quote.prompt_tokens = most.prompt;
  quote.generated_tokens = most.generated;
  quote.cycles = most.cycles;
  quote.price = pays(wanted.owner) ? priceOf(most) : 0;
  quote.allowance = allowanceOf(wanted.owner);
  return quote;
}
