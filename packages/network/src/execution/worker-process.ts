/** A canister in a thread of its own, so that a long message holds up nothing but that canister. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
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
import type { CanisterProcess } from './process.js';
import type { RuntimeOptions } from './runtime.js';
import type { WorkerRequest, WorkerResponse } from './worker.js';

/** Found through the package's own exports, so that it is the compiled file wherever this one is run from. */
const workerFile = createRequire(import.meta.url).resolve('@llama-canister/network/worker');

/** Deep recursion is the canister's right; wasm frames of instrumented code are larger than the original's. */
const stackSizeMb = 32;

interface Waiting {
  resolve: (output: unknown) => void;
  reject: (error: Error) => void;
}

type Job = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

export class WorkerProcess implements CanisterProcess {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private ended: Error | undefined;

  constructor(options: RuntimeOptions) {
    this.worker = new Worker(workerFile, { workerData: options, resourceLimits: { stackSizeMb } });
    this.worker.on('message', (response: WorkerResponse) => {
      const waiting = this.waiting.get(response.id);
      this.waiting.delete(response.id);
      if (this.waiting.size === 0) this.worker.unref();
      if ('failure' in response) waiting?.reject(new Error(response.failure));
      else waiting?.resolve(response.output);
    });
    this.worker.on('error', (error) => this.end(error as Error));
    this.worker.on('exit', () => this.end(new Error("the canister's thread has ended")));
    this.worker.unref();
  }

  private end(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }

  private send<T>(job: Job): Promise<T> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    const id = this.nextId++;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.worker.ref();
      this.worker.postMessage({ ...job, id });
    });
  }

  install(environment: Environment, request: InstallRequest): Promise<InstallOutput> {
    return this.send({ kind: 'install', environment, request });
  }

  restore(request: RestoreRequest): Promise<void> {
    return this.send({ kind: 'restore', request });
  }

  execute(environment: Environment, message: Message): Promise<ExecutionOutput> {
    return this.send({ kind: 'execute', environment, message });
  }

  image(): Promise<CanisterImage> {
    return this.send({ kind: 'image' });
  }

  load(image: CanisterImage): Promise<LoadOutput> {
    return this.send({ kind: 'load', image });
  }

  endQuery(): Promise<void> {
    return this.send({ kind: 'endQuery' });
  }

  uninstall(): Promise<MemorySizes> {
    return this.send({ kind: 'uninstall' });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
