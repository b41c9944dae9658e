/** The status of a job, as a reply. */
import { GenerationState, GenerationStatus, StopReason } from '../../ic/candid/service.generated';
import { Some, Text } from '../../ic/candid/values';
import { engine } from '../engine/loaded';
import { Limits } from './generation-limits';
import {
  CANCELLED,
  CONTEXT_FULL,
  AT_END,
  AT_MOST_TOKENS,
  AT_TOOL_CALLS,
  DONE,
  FAILED,
  GENERATING,
  Job,
  QUEUED,
  WAITING_FOR_SEED,
} from './job';
import { messageLength } from './message-length';
import { priceSoFar } from './charges';
import { Waiting, openJobs, placeOf } from './queue';
import { whyHalted } from './driving';

function stopOf(job: Job): StopReason {
  if (job.stop == AT_END) return StopReason.end();
  if (job.stop == AT_MOST_TOKENS) return StopReason.max_tokens();
  if (job.stop == AT_TOOL_CALLS) return StopReason.tool_calls();
  return job.stop == CONTEXT_FULL ? StopReason.context_full() : StopReason.stop(Text.of(job.reason));
}

function stateOf(job: Job): GenerationState {
  if (job.phase == DONE) return GenerationState.done(stopOf(job));
  if (job.phase == FAILED) return GenerationState.failed(Text.of(job.reason));
  if (job.phase == CANCELLED) return GenerationState.cancelled();
  const why = whyHalted();
  if (why !== null) return GenerationState.paused(Text.of(why.text));
  if (job.phase == WAITING_FOR_SEED) return GenerationState.waiting_for_seed();
  if (job.reason.length > 0) return GenerationState.paused(Text.of(job.reason));
  if (job.phase == QUEUED) return GenerationState.queued();
  return job.phase == GENERATING ? GenerationState.generating() : GenerationState.reading();
}

/** The most tokens that are still to be evaluated. */
function tokensLeft(job: Job): u64 {
  const context = <u32>engine.context;
  const prompt = job.phase == GENERATING ? 0 : max(job.tokenCount, job.promptTokens);
  const used = max(job.tokenCount, job.promptTokens) + job.generated;
  const room = context > used ? context - used : 0;
  const answer = job.maxTokens < 0 ? room : min(room, <u32>job.maxTokens - min(<u32>job.maxTokens, job.generated));
  return <u64>prompt + answer;
}

/** The name of the session that a job continues, from its path. */
function nameOf(path: string): Text | null {
  if (path.length == 0) return null;
  const parts = path.split('/');
  return Text.of(parts.slice(3).join('/'));
}

/** The status of a job, with its state in the heap if it is open. */
export function statusOf(job: Job, waiting: Waiting | null, session: string = ''): GenerationStatus {
  const status = new GenerationStatus();
  status.id = job.id;
  status.principal = Text.of(job.owner.toString());
  status.state = stateOf(job);
  status.prompt_tokens = max(job.tokenCount, job.promptTokens);
  status.cached_tokens = job.cachedTokens;
  status.generated_tokens = job.generated;
  status.thinking_tokens = job.thoughts;
  status.instructions = job.instructions;
  status.cycles = job.cycles;
  status.price = priceSoFar(job);
  status.held = job.held;
  if (job.hasSeed) status.seed = new Some<u32>(job.seed);
  status.session = nameOf(waiting !== null ? waiting.session : session);
  status.events = job.events;
  status.started = job.started;
  if (job.hasEnded) {
    status.ended = new Some<u64>(job.ended);
    status.expires = new Some<u64>(job.ended + Limits.read().retention);
  }
  if (waiting !== null) {
    status.place = placeOf(waiting);
    if (engine.isReady) estimate(status, job);
  }
  return status;
}

/** The most work that a job still needs, and in how many messages if all open jobs get equal shares. */
function estimate(status: GenerationStatus, job: Job): void {
  const limits = Limits.read();
  const cost = tokensLeft(job) * engine.tokenCostAt(<i32>(job.promptTokens + job.generated));
  const length = max<u64>(1, messageLength(limits.pageChargeFactor, limits.messageSeconds));
  status.instructions_left = cost;
  status.messages_left = (cost * <u64>openJobs() + length - 1) / length;
}
