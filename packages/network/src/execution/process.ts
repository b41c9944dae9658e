/** Runs a canister's code: in a thread of its own (worker-process.ts) or in this one. */
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

/** Answers queries. */
export interface QueryProcess {
  execute(environment: Environment, message: Message): Promise<ExecutionOutput>;
  /** Undoes the writes of a composite query that has made calls, and of its callbacks. */
  endQuery(): Promise<void>;
  /** Puts aside the writes of such a query, for a call to the same canister within it. */
  suspendQuery(): Promise<void>;
  /** Restores the writes put aside last, after the inner call has ended. */
  resumeQuery(): Promise<void>;
}

export interface CanisterProcess extends QueryProcess {
  install(environment: Environment, request: InstallRequest): Promise<InstallOutput>;
  /** Continues from the state of an earlier process. */
  restore(request: RestoreRequest): Promise<void>;
  /** Everything that the canister is made of, and becoming it. */
  image(): Promise<CanisterImage>;
  load(image: CanisterImage): Promise<LoadOutput>;
  /**
   * A second process that answers queries from the state after the last message while this one runs a message;
   * undefined if not available. Its queries must end before another message begins here.
   */
  reader?(): QueryProcess | undefined;
  /** Whether there is such a place already. */
  readonly hasReader?: boolean;
  uninstall(): Promise<MemorySizes>;
  /** Ends the process and abandons its work. */
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
