/** The thread of one canister: executes what it is told, one thing after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CanisterImage } from './image.js';
import type { Environment, InstallRequest, Message, RestoreRequest } from './message.js';
import { CanisterRuntime, type RuntimeOptions } from './runtime.js';

/** What the network sends. */
export type WorkerRequest = { id: number } & (
  | { kind: 'install'; environment: Environment; request: InstallRequest }
  | { kind: 'execute'; environment: Environment; message: Message }
  | { kind: 'restore'; request: RestoreRequest }
  | { kind: 'image' }
  | { kind: 'load'; image: CanisterImage }
  | { kind: 'endQuery' }
  | { kind: 'uninstall' }
);

/** What comes back: the output, or the text of an internal error. */
export type WorkerResponse = { id: number; output: unknown } | { id: number; failure: string };

if (parentPort !== null) {
  const port = parentPort;
  const runtime = new CanisterRuntime(workerData as RuntimeOptions);
  const perform = (request: WorkerRequest): unknown => {
    switch (request.kind) {
      case 'install':
        return runtime.install(request.environment, request.request);
      case 'execute':
        return runtime.execute(request.environment, request.message);
      case 'restore':
        return runtime.restore(request.request);
      case 'image':
        return runtime.image();
      case 'load':
        return runtime.load(request.image);
      case 'endQuery':
        return runtime.endQuery();
      case 'uninstall':
        runtime.uninstall();
        return runtime.memory;
    }
  };
  port.on('message', (request: WorkerRequest) => {
    let response: WorkerResponse;
    try {
      response = { id: request.id, output: perform(request) };
    } catch (error) {
      response = { id: request.id, failure: (error as Error).stack ?? String(error) };
    }
    port.postMessage(response);
  });
}
