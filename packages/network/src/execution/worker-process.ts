/** A canister in a thread of its own, so that a long message holds up nothing but that canister's messages. */
import type { Committed } from './committed.js';
import type { CanisterImage } from './image.js';
import { defaultLimits } from './limits.js';
import { keepProgram, keptProgram, type NamedProgram } from './load-program.js';
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
import type { CanisterProcess, QueryProcess } from './process.js';
import type { RuntimeOptions } from './runtime.js';
import { Thread } from './thread.js';
import type { WorkerResponse } from './worker.js';

/** An argument of so many bytes is not copied from thread to thread. */
const longArgument = 65536;
/** Copies of long arguments in memory that threads share: inspect_message and the message itself have the same one. */
const sharedCopies = new WeakMap<Uint8Array, Uint8Array>();

/** The message with a long argument in shared memory. */
function withSharedArgument(message: Message): Message {
  if (!('arg' in message) || message.arg.length < longArgument) return message;
  let arg = sharedCopies.get(message.arg);
  if (arg === undefined) {
    arg = new Uint8Array(new SharedArrayBuffer(message.arg.length));
    arg.set(message.arg);
    sharedCopies.set(message.arg, arg);
  }
  return { ...message, arg };
}

/** A reader that has not been asked for this long is given up, in milliseconds; its memory with it. */
const readerIdle = 30_000;

export class WorkerProcess implements CanisterProcess {
  private readonly options: RuntimeOptions;
  private readonly thread: Thread;
  /** As the last message has left it; undefined without code. */
  private committed: Committed | undefined;
  private current: ReaderProcess | undefined;

  constructor(options: RuntimeOptions) {
    this.options = options;
    this.thread = new Thread({ options }, (response) => this.heard(response));
  }

  private heard(response: WorkerResponse): void {
    if (response.made !== undefined) keepProgram(response.made);
    if (!('committed' in response)) return;
    const { committed } = response;
    const shared = committed?.shared ?? this.committed?.shared;
    this.committed = committed && { ...committed, shared: shared! };
    if (this.current !== undefined && this.current.generation !== this.committed?.generation) this.endReader();
  }

  /** A second thread that answers queries while this one runs a message; undefined if there is no state to query. */
  reader(): QueryProcess | undefined {
    if (this.committed === undefined) return undefined;
    if (this.current?.hasEnded) this.endReader();
    this.current ??= new ReaderProcess(this.options, this.committed, () => this.endReader());
    this.current.committed = this.committed;
    return this.current;
  }

  get hasReader(): boolean {
    return this.current !== undefined;
  }

  private endReader(): void {
    this.current?.close();
    this.current = undefined;
  }

  /** The program of a module, if another canister's thread has made it. */
  private programOf(wasm: Uint8Array): NamedProgram | undefined {
    const { limits, mode = 'exact' } = this.options;
    return keptProgram({ wasm, moduleBytes: limits?.moduleBytes ?? defaultLimits.moduleBytes, mode });
  }

  install(environment: Environment, request: InstallRequest): Promise<InstallOutput> {
    return this.thread.send({ kind: 'install', environment, request, program: this.programOf(request.wasm) });
  }

  restore(request: RestoreRequest): Promise<void> {
    return this.thread.send({ kind: 'restore', request, program: this.programOf(request.wasm) });
  }

  execute(environment: Environment, message: Message): Promise<ExecutionOutput> {
    return this.thread.send({ kind: 'execute', environment, message: withSharedArgument(message) });
  }

  image(): Promise<CanisterImage> {
    return this.thread.send({ kind: 'image' });
  }

  load(image: CanisterImage): Promise<LoadOutput> {
    return this.thread.send({ kind: 'load', image, program: this.programOf(image.wasm) });
  }

  endQuery(): Promise<void> {
    return this.thread.send({ kind: 'endQuery' });
  }

  suspendQuery(): Promise<void> {
    return this.thread.send({ kind: 'suspendQuery' });
  }

  resumeQuery(): Promise<void> {
    return this.thread.send({ kind: 'resumeQuery' });
  }

  uninstall(): Promise<MemorySizes> {
    return this.thread.send({ kind: 'uninstall' });
  }

  async close(): Promise<void> {
    // The reader reads this thread's file.
    await this.current?.end();
    this.current = undefined;
    await this.thread.close();
  }
}

/** Answers queries from the memory of another thread (reader.ts). */
class ReaderProcess implements QueryProcess {
  readonly generation: number;
  /** The state for the next query. */
  committed: Committed;
  private readonly thread: Thread;
  private readonly onIdle: () => void;
  /** The shared state that the thread was last given. */
  private told: Committed['shared'];
  private working = 0;
  private idle: NodeJS.Timeout | undefined;
  private isGivenUp = false;

  constructor(options: RuntimeOptions, committed: Committed, onIdle: () => void) {
    this.generation = committed.generation;
    this.committed = committed;
    this.told = committed.shared;
    this.onIdle = onIdle;
    this.thread = new Thread({ options, follows: committed.shared });
  }

  get hasEnded(): boolean {
    return this.thread.hasEnded;
  }

  async execute(environment: Environment, message: Message): Promise<ExecutionOutput> {
    const { shared, ...state } = this.committed;
    const moved = shared === this.told ? {} : { shared: { ...shared, program: undefined } };
    this.told = shared;
    return this.work(() =>
      this.thread.send({ kind: 'read', environment, message: withSharedArgument(message), state, ...moved }),
    );
  }

  async endQuery(): Promise<void> {
    await this.work(() => this.thread.send({ kind: 'endQuery' }));
  }

  async suspendQuery(): Promise<void> {
    await this.work(() => this.thread.send({ kind: 'suspendQuery' }));
  }

  async resumeQuery(): Promise<void> {
    await this.work(() => this.thread.send({ kind: 'resumeQuery' }));
  }

  private async work<T>(send: () => Promise<T>): Promise<T> {
    clearTimeout(this.idle);
    this.working++;
    try {
      return await send();
    } finally {
      this.working--;
      this.rest();
    }
  }

  private rest(): void {
    if (this.working > 0) return;
    if (this.isGivenUp) void this.thread.close();
    else {
      this.idle = setTimeout(this.onIdle, readerIdle);
      this.idle.unref();
    }
  }

  /** Ends the thread, and abandons its pending answers. */
  async end(): Promise<void> {
    clearTimeout(this.idle);
    await this.thread.close();
  }

  /** Ends the thread after its pending answers. */
  close(): void {
    clearTimeout(this.idle);
    this.isGivenUp = true;
    this.rest();
  }
}
