/** A thread of one canister that runs its messages or answers its queries, one request after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Committed, SharedCanister } from './committed.js';
import type { CanisterImage } from './image.js';
import { keepProgram, keptProgram, type NamedProgram } from './load-program.js';
import type { Environment, InstallRequest, Message, RestoreRequest } from './message.js';
import { CanisterReader } from './reader.js';
import { CanisterRuntime, type RuntimeOptions } from './runtime.js';

/** Requests of the network. Those that have a module may come with its program. */
export type WorkerRequest = { id: number; program?: NamedProgram | undefined } & (
  | { kind: 'install'; environment: Environment; request: InstallRequest }
  | { kind: 'execute'; environment: Environment; message: Message }
  | { kind: 'restore'; request: RestoreRequest }
  | { kind: 'image' }
  | { kind: 'load'; image: CanisterImage }
  | { kind: 'endQuery' | 'suspendQuery' | 'resumeQuery' }
  | { kind: 'uninstall' }
  | {
      kind: 'read';
      environment: Environment;
      message: Message;
      /** The state to read; `shared` only if it has moved since the last request. */
      state: Omit<Committed, 'shared'>;
      shared?: Omit<SharedCanister, 'program'>;
    }
);

/** A thread's role: running messages, or answering queries on another thread's committed state. */
export interface WorkerRole {
  options: RuntimeOptions;
  follows?: SharedCanister;
}

/**
 * Responses: the output, or the text of an internal error. A thread that runs messages adds the committed state if it
 * has changed, with `shared` only if it has moved; and a program that it had to make, for other threads.
 */
export type WorkerResponse = ({ id: number; output: unknown } | { id: number; failure: string }) & {
  committed?: (Omit<Committed, 'shared'> & { shared?: SharedCanister }) | undefined;
  made?: NamedProgram | undefined;
};

type Perform = (request: WorkerRequest) => unknown;

function runsMessages(runtime: CanisterRuntime): Perform {
  return (request) => {
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
      case 'suspendQuery':
      case 'resumeQuery':
        return runtime[request.kind]();
      case 'uninstall':
        runtime.uninstall();
        return runtime.memory;
      case 'read':
        throw new Error('this thread is no reader');
    }
  };
}

function answersQueries(reader: CanisterReader, follows: SharedCanister): Perform {
  let shared: Omit<SharedCanister, 'program'> = follows;
  return (request) => {
    switch (request.kind) {
      case 'endQuery':
      case 'suspendQuery':
      case 'resumeQuery':
        return reader[request.kind]();
      case 'read':
        shared = request.shared ?? shared;
        return reader.execute({ ...request.state, shared }, request.environment, request.message);
      default:
        throw new Error('this thread only answers queries');
    }
  };
}

/** Returns the committed state if it differs from the last one returned. */
function newlyCommitted(runtime: CanisterRuntime): () => Pick<WorkerResponse, 'committed'> {
  let said: Committed | undefined;
  return () => {
    // Globals and sizes are a query's until it has ended.
    if (runtime.hasOpenQuery) return {};
    const { committed } = runtime;
    const before = said;
    said = committed;
    if (committed === undefined) return before === undefined ? {} : { committed };
    if (committed.version === before?.version && committed.shared === before.shared) return {};
    const { shared, ...state } = committed;
    return { committed: shared === before?.shared ? state : committed };
  };
}

/** The module that a request is about. */
function moduleOf(request: WorkerRequest): Uint8Array | undefined {
  if (request.kind === 'load') return request.image.wasm;
  return request.kind === 'install' || request.kind === 'restore' ? request.request.wasm : undefined;
}

/** Returns the program of a request's module if the request did not have it. */
function newlyMade({ limits, mode }: CanisterRuntime, request: WorkerRequest): Pick<WorkerResponse, 'made'> {
  const wasm = moduleOf(request);
  if (wasm === undefined || request.program !== undefined) return {};
  return { made: keptProgram({ wasm, moduleBytes: limits.moduleBytes, mode }) };
}

if (parentPort !== null) {
  const port = parentPort;
  const { options, follows } = workerData as WorkerRole;
  const runtime = new CanisterRuntime(options);
  const perform = follows
    ? answersQueries(new CanisterReader(options, follows.program), follows)
    : runsMessages(runtime);
  const committed = newlyCommitted(runtime);
  port.on('message', (request: WorkerRequest) => {
    let response: WorkerResponse;
    if (request.program !== undefined) keepProgram(request.program);
    try {
      response = { id: request.id, output: perform(request) };
    } catch (error) {
      response = { id: request.id, failure: (error as Error).stack ?? String(error) };
    }
    port.postMessage({ ...response, ...newlyMade(runtime, request), ...committed() });
  });
}
