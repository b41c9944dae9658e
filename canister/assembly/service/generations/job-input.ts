/** A generation that somebody asks for, before it is a job. */
import { Principal } from '../../ic/principal';
import { engine } from '../engine/loaded';
import { Problem } from '../../problem';
import { DecisionRecord } from '../decisions/record';
import { Work } from '../payment/prices';
import { mostWork, workOfTokens } from './charges';
import { HEADER, Job } from './job';
import { JobRequest } from './request';


@final
export class JobInput {
  readonly request: JobRequest = new JobRequest();
  /** Of the prompt, i32 each, and how many; 0: it goes on with the session. */
  tokensAt: usize = 0;
  tokens: i32 = 0;
  /** Negative: no limit. */
  maxTokens: i32 = -1;
  hasSeed: bool = false;
  /** A call waits for its end, and is answered by then. */
  isAwaited: bool = false;
  seed: u32 = 0;
  /** Tokens that the session has at most, if it goes on with one. */
  sessionTokens: u64 = 0;
  /** The subnet is to draw the seed. */
  isBeacon: bool = false;

  /** The questions that are to be answered, in place of a request; then `maxTokens` are all places in their labels. */
  decision: DecisionRecord | null = null;

  constructor(readonly owner: Principal) {}

  /** Bytes of what is asked for. */
  get requestSize(): u32 {
    const decision = this.decision;
    return decision === null ? this.request.size : decision.size;
  }

  /** Writes it behind the header of a job. */
  writeRequest(job: Job): Problem | null {
    const decision = this.decision;
    return decision === null ? this.request.write(job.file) : decision.writeTo(job.file, HEADER);
  }

  /** What it may come to. */
  get most(): Work {
    if (this.decision !== null) return workOfTokens(<u64>this.tokens, <u64>this.maxTokens);
    return mostWork(this.tokens > 0 ? <u64>this.tokens : min(this.sessionTokens, <u64>engine.context), this.maxTokens);
  }
}
