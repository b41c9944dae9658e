/** Where a canister's code runs: in a thread of its own (worker-process.ts) or right here. */
import type { CanisterImage } from './image.js';
import type {
  Environment,
  ExecutionOutput,
  InstallOutput,
  InstallRequest,
  LoadOutput,
  MemorySizes,
  Message,
  RestoreRequest,
} from './message.js';
import { CanisterRuntime, type RuntimeOptions } from './runtime.js';

/** What queries are put to. */
export interface QueryProcess {
  execute(environment: Environment, message: Message): Promise<ExecutionOutput>;
  /** Undoes what a composite query that has made calls, and its callbacks, have written. */
  endQuery(): Promise<void>;
  /** Puts aside what such a query has written, for a call to the same canister within it. */
  suspendQuery(): Promise<void>;
  /** Goes on with what was put aside last, after the call within has ended. */
  resumeQuery(): Promise<void>;
}

export interface CanisterProcess extends QueryProcess {
  install(environment: Environment, request: InstallRequest): Promise<InstallOutput>;
  /** Goes on from what an earlier process left. */
  restore(request: RestoreRequest): Promise<void>;
  /** Everything that the canister is made of, and becoming it. */
  image(): Promise<CanisterImage>;
  load(image: CanisterImage): Promise<LoadOutput>;
  /**
   * Another place, which answers queries with what the last message has left while this one runs a message; undefined
   * where there is none. What it is asked at a time has to end before another message begins here.
   */
  reader?(): QueryProcess | undefined;
  /** Whether there is such a place already. */
  readonly hasReader?: boolean;
  uninstall(): Promise<MemorySizes>;
  /** Ends the process; what it was doing is abandoned. */
  close(): Promise<void>;
}

/** Runs in the calling thread: simple to debug, and blocks everything else while it runs. */
export class InlineProcess implements CanisterProcess {
  private readonly runtime: CanisterRuntime;

  constructor(options: RuntimeOptions) {
    this.runtime = new CanisterRuntime(options);
  }

  async install(environment: Environment, request: InstallRequest): Promise<InstallOutput> {
    return this.runtime.install(environment, request);
  }

  async restore(request: RestoreRequest): Promise<void> {
    this.runtime.restore(request);
  }

  async execute(environment: Environment, message: Message): Promise<ExecutionOutput> {
    return this.runtime.execute(environment, message);
  }

  async image(): Promise<CanisterImage> {
    return this.runtime.image();
  }

  async load(image: CanisterImage): Promise<LoadOutput> {
    return this.runtime.load(image);
  }

  async endQuery(): Promise<void> {
    this.runtime.endQuery();
  }

  async suspendQuery(): Promise<void> {
    this.runtime.suspendQuery();
  }

  async resumeQuery(): Promise<void> {
    this.runtime.resumeQuery();
  }

  async uninstall(): Promise<MemorySizes> {
    this.runtime.uninstall();
    return this.runtime.memory;
  }

  async close(): Promise<void> {
    this.runtime.close();
  }
}
