/** A generation that somebody asks for, before it is a job. */
import { Principal } from '../../ic/principal';
import { engine } from '../engine/loaded';
import { Work } from '../payment/prices';
import { mostWork } from './charges';
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

  constructor(readonly owner: Principal) {}

  /** What it may come to. */
  get most(): Work {
    return mostWork(this.tokens > 0 ? <u64>this.tokens : min(this.sessionTokens, <u64>engine.context), this.maxTokens);
  }
}
