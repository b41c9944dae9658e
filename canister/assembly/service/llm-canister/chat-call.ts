/**
 * An unanswered call of v0_chat or v1_chat.
 *
 * The caller waits for one reply, which takes as many messages as the generation does. So the canister calls itself:
 * each of these messages advances the generations, and then either replies or makes the next call, whose answer begins
 * the next message. The canister can be stopped between any two of them: then the next call is refused, and the reply
 * is the answer so far. An upgrade without a stop loses this object; the callback of the new program tells the caller
 * (ic/callbacks.ts).
 */
import { LlmAnswer, LlmResponse, replyV0Chat, replyV1Chat } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Call, Continuation, RejectCode } from '../../ic/call';
import { now } from '../../ic/clock';
import { reject, self } from '../../ic/message';
import { Problem } from '../../problem';
import { isStopping } from '../../ic/status';
import { cancelJob, driveHere, whyHalted } from '../generations/driving';
import { Limits } from '../generations/generation-limits';
import { CANCELLED, FAILED, Job } from '../generations/job';
import { payNow, settle } from '../payment/deposit';
import { partsOf, releaseParts } from './answer-parts';

const SECOND: u64 = 1_000_000_000;
/** Time for the reply to reach its caller, after the messages that may come first. */
const WAY: u64 = 15 * SECOND;
/** Messages in a row in which the generation may fail to advance. */
const MOST_STALLS: i32 = 3;
const NO_TEXT = new Text(0, 0);

/** `DIDL`, no types, no arguments. */
const nothing = memory.data<u8>([0x44, 0x49, 0x44, 0x4c, 0, 0]);


@final
export class ChatCall extends Continuation {
  private lastMessage: u64 = now();
  private stalls: i32 = 0;
  /** Why there is no next message. */
  private interrupted: Problem | null = null;

  constructor(
    private readonly job: Job,
    private readonly isV0: bool,
    /** The time until which the caller waits; 0 if it waits without limit. */
    private readonly deadline: u64,
  ) {
    super();
  }

  /** One message of the call. */
  goOn(): void {
    const job = this.job;
    if (job.hasEnded || isStopping()) return this.answer();
    const changed = job.changed;
    driveHere();
    if (job.hasEnded || this.isLate) return this.answer();
    const isStuck = job.changed == changed && (job.reason.length > 0 || whyHalted() !== null);
    this.stalls = isStuck ? this.stalls + 1 : 0;
    if (this.stalls == MOST_STALLS) return this.answer();
    // The called method does nothing; only its answer matters.
    const call = new Call(self(), 'health', this);
    call.append(nothing, 6);
    if (call.perform()) return;
    this.interrupted = new Problem(
      'the canister cannot call itself now: it has too few cycles, or too many calls that wait',
    );
    this.answer();
  }

  replied(): void {
    this.goOn();
  }

  rejected(_code: RejectCode, why: string): void {
    this.interrupted = new Problem(`the canister cannot call itself: ${why}`);
    this.answer();
  }

  /** Whether the message after the next one may be too late for the caller. */
  private get isLate(): bool {
    const took = max(now() - this.lastMessage, Limits.read().messageSeconds * SECOND);
    this.lastMessage = now();
    return this.deadline != 0 && now() + 2 * took + WAY >= this.deadline;
  }

  /** Replies with the answer so far, and forgets the generation. */
  private answer(): void {
    const job = this.job;
    const why = this.whyUnfinished();
    if (!job.hasEnded) cancelJob(job.id);
    const message = partsOf(job);
    const content = message.content;
    const isEmpty = message.tool_calls.length == 0 && (content === null || content.size == 0);
    if (isEmpty && why !== null) {
      settle(job.owner, job.ofAllowance, 0);
      reject(why.text);
    } else {
      payNow(job.owner, job.price, job.ofAllowance);
      this.reply(message);
    }
    releaseParts();
    job.remove();
  }

  /** Why the answer is incomplete; null if it is complete. */
  private whyUnfinished(): Problem | null {
    const job = this.job;
    if (job.phase == FAILED) return new Problem(job.reason);
    if (job.phase == CANCELLED) return new Problem('the generation was cancelled');
    if (job.hasEnded) return null;
    if (isStopping()) return new Problem('the canister is being stopped: call again later');
    const interrupted = this.interrupted;
    if (interrupted !== null) return interrupted;
    if (job.reason.length > 0) return new Problem(job.reason);
    const halted = whyHalted();
    if (halted !== null) return halted;
    return new Problem('there is no word of an answer yet, and the caller does not wait any longer: give it more time');
  }

  private reply(message: LlmAnswer): void {
    const content = message.content;
    if (this.isV0) return replyV0Chat(content === null ? NO_TEXT : content);
    const response = new LlmResponse();
    response.message = message;
    replyV1Chat(response);
  }
}
