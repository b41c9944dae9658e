/** A requested generation, before it becomes a job. */
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
  /** Address and number of the prompt's tokens, i32 each; 0: it continues the session. */
  tokensAt: usize = 0;
  tokens: i32 = 0;
  /** Negative: no limit. */
  maxTokens: i32 = -1;
  hasSeed: bool = false;
  /** Whether a call waits for its end, and is answered then. */
  isAwaited: bool = false;
  seed: u32 = 0;
  /** The most tokens that its session has, if it continues one. */
  sessionTokens: u64 = 0;
  /** Whether the subnet draws the seed. */
  isBeacon: bool = false;

  /** The questions of a decision, in place of a request; then `maxTokens` counts all places in their labels. */
  decision: DecisionRecord | null = null;

  constructor(readonly owner: Principal) {}

  /** Bytes of the request or the questions. */
  get requestSize(): u32 {
    const decision = this.decision;
    return decision === null ? this.request.size : decision.size;
  }

  /** Writes the request or the questions after the header of a job. */
  writeRequest(job: Job): Problem | null {
    const decision = this.decision;
    return decision === null ? this.request.write(job.file) : decision.writeTo(job.file, HEADER);
  }

  /** The most work that it may take. */
  get most(): Work {
    if (this.decision !== null) return workOfTokens(<u64>this.tokens, <u64>this.maxTokens);
    return mostWork(this.tokens > 0 ? <u64>this.tokens : min(this.sessionTokens, <u64>engine.context), this.maxTokens);
  }
}
