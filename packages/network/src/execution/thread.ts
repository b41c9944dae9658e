/** A worker thread that does one job after the other, each with an answer. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { WorkerRequest, WorkerResponse, WorkerRole } from './worker.js';

/** Found through the package's own exports, so that it is the compiled file wherever this one is run from. */
const workerFile = createRequire(import.meta.url).resolve('@llama-canister/network/worker');

/** Deep recursion is the canister's right; wasm frames of instrumented code are larger than the original's. */
const stackSizeMb = 32;

interface Waiting {
  resolve: (output: unknown) => void;
  reject: (error: Error) => void;
}

export type Job = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

export class Thread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private ended: Error | undefined;

  /** `heard` receives every response before its waiting request does. */
  constructor(role: WorkerRole, heard: (response: WorkerResponse) => void = () => {}) {
    this.worker = new Worker(workerFile, { workerData: role, resourceLimits: { stackSizeMb } });
    this.worker.on('message', (response: WorkerResponse) => {
      heard(response);
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

  get hasEnded(): boolean {
    return this.ended !== undefined;
  }

  private end(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }

  send<T>(job: Job): Promise<T> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    const id = this.nextId++;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.worker.ref();
      this.worker.postMessage({ ...job, id });
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
