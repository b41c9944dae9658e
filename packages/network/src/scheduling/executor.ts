/** Runs messages in canisters' processes and books their costs and changes. One at a time for each canister. */
import { ErrorCode, errorCodeText, type UserError, wasmEngineError } from '../execution/errors.js';
import { executionCost, requestCost } from '../execution/fees.js';
import type { Environment, ExecutionOutput, InstallOutput, InstallRequest, Message } from '../execution/message.js';
import { empty } from '../execution/output.js';
import type { QueryProcess } from '../execution/process.js';
import { allocationOf, cannotAfford, committedCycles, payResources } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import { keepLog, keepMemory } from '../state/kept-canisters.js';
import type { NetworkState } from '../state/network-state.js';
import type { NetworkEvents } from './events.js';
import { Lane } from './lane.js';

export interface RunOptions {
  /** The message's name in the metrics. */
  method: string;
  /** Instructions of the call context's earlier executions. */
  contextInstructions?: number;
  dataCertificate?: Uint8Array;
  /** Cycles that were set aside for this execution when its call was sent. */
  prepaid?: bigint;
  /** Whether cycles count that a running message has been lent. */
  asCommitted?: boolean;
  /** Instructions that a composite query has left for everything that it leads to. */
  instructionsLeft?: number;
}

export class Executor {
  private readonly state: NetworkState;
  private readonly lanes = new WeakMap<Canister, Lane>();
  private readonly events: NetworkEvents;

  constructor(state: NetworkState, events: NetworkEvents) {
    this.state = state;
    this.events = events;
  }

  private lane(canister: Canister): Lane {
    const lane = this.lanes.get(canister) ?? new Lane();
    this.lanes.set(canister, lane);
    return lane;
  }

  /** Does some work when everything that was asked of the canister before has been done, and noted. */
  exclusively<T>(canister: Canister, work: () => Promise<T>): Promise<T> {
    return this.lane(canister).message(work, () => this.state.store.flush().catch(ignore));
  }

  /** Puts a query to the canister as the last message has left it, without waiting for a message that runs. */
  looking<T>(canister: Canister, work: (seat: QueryProcess) => Promise<T>): Promise<T> {
    return this.lane(canister).query(() => this.state.process(canister), work);
  }

  environment(canister: Canister, options: Partial<RunOptions> = {}): Environment {
    const { keys, clock, fees } = this.state;
    const { settings } = canister;
    return {
      canisterId: canister.id.toUint8Array(),
      subnetId: keys.subnetId,
      rootKey: keys.rootKey,
      time: clock.now(),
      version: canister.version,
      status: canister.status,
      controllers: settings.controllers.map((controller) => controller.toUint8Array()),
      balance: options.asCommitted ? committedCycles(canister) : canister.cycles,
      fees,
      allocation: allocationOf(canister),
      freezingThresholdSeconds: settings.freezingThreshold,
      otherMemoryBytes: canister.otherMemoryBytes,
      wasmMemoryLimit: Number(settings.wasmMemoryLimit),
      globalTimer: canister.globalTimer,
      environmentVariables: settings.environmentVariables,
      contextInstructions: options.contextInstructions ?? 0,
      ...(options.dataCertificate ? { dataCertificate: options.dataCertificate } : {}),
      ...(options.instructionsLeft === undefined ? {} : { instructionsLeft: options.instructionsLeft }),
    };
  }

  /** Asks a query, or inspect_message. To be called inside looking(), with its seat. */
  async ask(canister: Canister, message: Message, options: RunOptions, seat: QueryProcess): Promise<ExecutionOutput> {
    if (this.cannotKeep !== undefined) return failed(canister, this.cannotKeep);
    const environment = this.environment(canister, { ...options, asCommitted: true });
    const start = performance.now();
    const failedSeat = (error: Error) => this.seatFailed(canister, seat, error);
    const output = await seat.execute(environment, message).catch(failedSeat);
    if (message.kind !== 'inspect') count(canister, message, output);
    this.record(canister, message.kind, options.method, environment, output, 0n, start);
    return output;
  }

  private get cannotKeep(): UserError | undefined {
    const { failure } = this.state.store;
    return failure && { code: ErrorCode.wasmEngine, message: failure.message };
  }

  /** Whether a canister has the cycles that a task of its own must have to begin. */
  canPay(canister: Canister): boolean {
    const { state } = this;
    const deposit = executionCost(state.fees, state.limits.updateInstructions, has64BitMemory(canister));
    return cannotAfford(state, canister, deposit) === undefined;
  }

  /** Executes one message. To be called inside exclusively(). */
  async run(canister: Canister, message: Message, options: RunOptions): Promise<ExecutionOutput> {
    const { state } = this;
    if (this.cannotKeep !== undefined) return failed(canister, this.cannotKeep);
    const limit = message.kind === 'replicatedQuery' ? state.limits.queryInstructions : state.limits.updateInstructions;
    let deposit = 0n;
    if (options.prepaid === undefined) {
      await this.payResources(canister);
      deposit = executionCost(state.fees, limit, has64BitMemory(canister));
      const refusal = cannotAfford(state, canister, deposit);
      if (refusal !== undefined) return failed(canister, refusal);
      lend(canister, deposit);
    }
    const environment = this.environment(canister, options);
    const start = performance.now();
    const output = await state
      .process(canister)
      .then((process) => process.execute(environment, message))
      .catch((error: Error) => this.processFailed(canister, error));
    const cost = executionCost(state.fees, output.instructions, has64BitMemory(canister));
    lend(canister, -deposit);
    canister.cycles += (options.prepaid ?? 0n) - cost;
    canister.consumed.add('instructions', cost);
    this.book(canister, output, environment.time);
    this.record(canister, message.kind, options.method, environment, output, cost, start);
    return output;
  }

  private record(
    canister: Canister,
    kind: string,
    method: string,
    { time }: Environment,
    output: ExecutionOutput,
    cycles: bigint,
    start: number,
  ): void {
    const { instructions, pages } = output;
    const milliseconds = performance.now() - start;
    const what = { canister: canister.name, method, kind, instructions, pages, cycles, milliseconds, time };
    this.state.metrics.record({ ...what, ...errorOf(output) });
  }

  /** Installs code. To be called inside exclusively(). */
  async install(canister: Canister, request: InstallRequest): Promise<InstallOutput> {
    const { state } = this;
    if (this.cannotKeep !== undefined) return failed(canister, this.cannotKeep);
    await this.payResources(canister);
    const deposit = executionCost(state.fees, state.limits.installInstructions, has64BitMemory(canister));
    const refusal = cannotAfford(state, canister, deposit);
    if (refusal !== undefined) return failed(canister, refusal);
    lend(canister, deposit);
    const environment = this.environment(canister);
    const start = performance.now();
    const output: InstallOutput = await state
      .process(canister)
      .then((process) => process.install(environment, request))
      .catch((error: Error) => this.processFailed(canister, error));
    const memory64 = output.module?.memory64 ?? has64BitMemory(canister);
    const cost = executionCost(state.fees, output.instructions, memory64);
    lend(canister, -deposit);
    canister.cycles -= cost;
    canister.consumed.add('instructions', cost);
    if (output.module !== undefined) {
      canister.globalTimer = 0n;
      if (request.mode !== 'upgrade') {
        canister.certifiedData = new Uint8Array();
        keepLog(state.store, canister, { added: [], removed: canister.log.clear() });
      }
      canister.lowMemoryTold = false;
    }
    this.book(canister, output, environment.time);
    this.record(canister, request.mode, 'install_code', environment, output, cost, start);
    return output;
  }

  async payResources(canister: Canister): Promise<void> {
    if (!payResources(this.state, canister)) await Promise.all(this.events.bankrupt.tell(canister));
  }

  /** Takes over the changes of an execution. */
  private book(canister: Canister, output: ExecutionOutput, time: bigint): void {
    const { effects, result } = output;
    const { store } = this.state;
    canister.memory = output.memory;
    this.state.keepCanister(canister);
    const limit = Number(canister.settings.logMemoryLimit);
    if (output.logs.length > 0) keepLog(store, canister, canister.log.append(output.logs, time, limit));
    if (result.kind === 'error') return;
    if (output.saved !== undefined) {
      canister.globals = output.saved.globals;
      keepMemory(store, canister, output.saved);
    }
    canister.version += 1n;
    canister.cycles += effects.cyclesAccepted - effects.cyclesSpent;
    this.bookEffects(canister, effects);
    if (effects.certifiedData !== undefined) canister.certifiedData = effects.certifiedData;
    if (effects.globalTimer !== undefined) canister.globalTimer = effects.globalTimer;
  }

  /**
   * Cycles sent with calls are spent only when the answers have come; this books the cycles that are spent for good.
   */
  private bookEffects({ consumed }: Canister, { calls, cyclesBurned }: ExecutionOutput['effects']): void {
    const { fees } = this.state;
    consumed.add('burned_cycles', cyclesBurned);
    for (const { payload, method } of calls) {
      const bytes = payload.length + Buffer.byteLength(method);
      consumed.add('request_and_response_transmission', requestCost(fees, bytes));
    }
  }

  /** A query's thread has died: a reader is made anew for the next one, and the canister's own when it is needed. */
  private seatFailed(canister: Canister, seat: QueryProcess, error: Error): ExecutionOutput {
    if (seat === canister.process) return this.processFailed(canister, error);
    const reason = `the thread that answered this query ended: ${error.message}`;
    return failed(canister, wasmEngineError(reason).toUserError(canister.name));
  }

  /** The thread has died (out of memory, or a fault of this network). Its memory is gone, unless it is kept on disk. */
  private processFailed(canister: Canister, error: Error): ExecutionOutput {
    canister.process?.close().catch(ignore);
    canister.process = undefined;
    const kept = this.state.store.folder !== undefined;
    if (!kept) {
      canister.module = undefined;
      canister.memory = { heap: 0, stable: 0 };
    }
    const consequence = kept ? 'it is as it was before this message' : 'its code and memory are lost';
    const reason = `the canister's process ended, and ${consequence}: ${error.message}`;
    return failed(canister, wasmEngineError(reason).toUserError(canister.name));
  }
}

function ignore(): void {}

function has64BitMemory({ module }: Canister): boolean {
  return module?.info.memory64 === true;
}

function failed(canister: Canister, error: UserError): ExecutionOutput {
  return { ...empty(canister.memory), result: { kind: 'error', error } };
}

/** Takes cycles out of the balance during an execution; the saved state still includes them. */
function lend(canister: Canister, cycles: bigint): void {
  canister.cycles -= cycles;
  canister.lent += cycles;
}

function errorOf({ result }: ExecutionOutput): { error?: string } {
  if (result.kind !== 'error') return {};
  return { error: errorCodeText(result.error as { code: ErrorCode; message: string }) };
}

function count(canister: Canister, message: Message, { instructions, result }: ExecutionOutput): void {
  const { queryStats } = canister;
  queryStats.calls++;
  queryStats.instructions += BigInt(instructions);
  if ('arg' in message) queryStats.requestBytes += BigInt(message.arg.length);
  if (result.kind === 'reply') queryStats.responseBytes += BigInt(result.data.length);
}
