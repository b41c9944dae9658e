/** The cost of a job to its caller: the most before it begins, and the price at its end. */
import { engine } from '../engine/loaded';
import { MESSAGE_CYCLES } from '../engine/run-costs';
import { settle } from '../payment/deposit';
import { Work, priceOf } from '../payment/prices';
import { DONE, FAILED, Job } from './job';
import { Limits } from './generation-limits';
import { messageLength } from './message-length';

/** The most work of a generation: its whole prompt evaluated, and as many tokens generated as it may have. */
export function mostWork(prompt: u64, maxTokens: i32): Work {
  const context = <u64>engine.context;
  const room = context > prompt ? context - prompt : 0;
  return workOfTokens(prompt, maxTokens < 0 ? room : min(room, <u64>maxTokens));
}

/** The work of evaluating so many prompt tokens and generating so many tokens. */
export function workOfTokens(prompt: u64, generated: u64): Work {
  const work = new Work();
  work.prompt = prompt;
  work.generated = generated;
  const tokens = prompt + generated;
  const instructions = tokens * engine.tokenCostAt(<i32>min(tokens, <u64>engine.context));
  const limits = Limits.read();
  const messages = instructions / max<u64>(1, messageLength(limits.pageChargeFactor, limits.messageSeconds)) + 1;
  work.cycles = instructions + messages * MESSAGE_CYCLES;
  return work;
}

/** The work that a job has done. */
function workOf(job: Job): Work {
  const work = new Work();
  work.prompt = job.ingested;
  work.cached = job.cachedTokens;
  work.generated = job.generated;
  work.cycles = job.cycles;
  return work;
}

/** The price of a job if it ended now. A failed job costs nothing. */
export function priceSoFar(job: Job): u64 {
  if (job.phase >= DONE) return job.price;
  return min(job.held, priceOf(workOf(job)));
}

/** Charges a job that ends. If a call waits for it, only the price is recorded, and paid with the answer. */
export function charge(job: Job): void {
  if (job.held == 0) return;
  job.price = job.phase == FAILED ? 0 : min(job.held, priceOf(workOf(job)));
  if (!job.isAwaited) settle(job.owner, job.held, job.price);
  job.held = 0;
}
