/** Runs messages in canisters' processes and books what they cost and changed. One at a time for each canister. */
import { type ErrorCode, errorCodeText, type UserError, wasmEngineError } from '../execution/errors.js';
import { executionCost } from '../execution/fees.js';
import type { Environment, ExecutionOutput, InstallOutput, InstallRequest, Message } from '../execution/message.js';
import { empty } from '../execution/output.js';
import { allocationOf, cannotAfford, payResources } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import { keepLog, keepMemory } from '../state/kept-canisters.js';
import type { NetworkState } from '../state/network-state.js';

export interface RunOptions {
  /** What to call the message in the metrics. */
  method: string;
  /** Instructions of the call context's earlier executions. */
  contextInstructions?: number;
  dataCertificate?: Uint8Array;
  /** Cycles that were set aside for this execution when its call was sent. */
  prepaid?: bigint;
}

/** Messages whose effects stay, and that are paid for. */
const replicated: ReadonlySet<Message['kind']> = new Set([
  'update',
  'replicatedQuery',
  'heartbeat',
  'timer',
  'lowMemory',
  'reply',
  'reject',
  'cleanup',
]);

export class Executor {
  private readonly state: NetworkState;
  private readonly tails = new WeakMap<Canister, Promise<unknown>>();
  /** Called when a canister could not pay for its memory any more. */
  onBankruptcy: (canister: Canister) => Promise<void> = async () => {};

  constructor(state: NetworkState) {
    this.state = state;
  }

  /** Does some work when everything that was asked of the canister before has been done, and noted. */
  exclusively<T>(canister: Canister, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(canister) ?? Promise.resolve();
    const result = before.then(work, work);
    const noted = () => this.state.store.flush().catch(ignore);
    this.tails.set(canister, result.then(noted, noted));
    return result;
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
      balance: canister.cycles,
      fees,
      allocation: allocationOf(canister),
      freezingThresholdSeconds: settings.freezingThreshold,
      otherMemoryBytes: canister.otherMemoryBytes,
      wasmMemoryLimit: Number(settings.wasmMemoryLimit),
      globalTimer: canister.globalTimer,
      environmentVariables: settings.environmentVariables,
      contextInstructions: options.contextInstructions ?? 0,
      ...(options.dataCertificate ? { dataCertificate: options.dataCertificate } : {}),
    };
  }

  /** Executes one message. To be called inside exclusively(). */
  async run(canister: Canister, message: Message, options: RunOptions): Promise<ExecutionOutput> {
    const { state } = this;
    const paying = replicated.has(message.kind);
    const limit = message.kind === 'replicatedQuery' ? state.limits.queryInstructions : state.limits.updateInstructions;
    let deposit = 0n;
    if (paying && options.prepaid === undefined) {
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
    if (paying) {
      lend(canister, -deposit);
      canister.cycles += (options.prepaid ?? 0n) - cost;
      canister.consumed.add('instructions', cost);
      this.book(canister, output, environment.time);
    }
    if (message.kind === 'query' || message.kind === 'compositeQuery') count(canister, message, output);
    state.metrics.record({
      canister: canister.name,
      method: options.method,
      kind: message.kind,
      instructions: output.instructions,
      pages: output.pages,
      cycles: paying ? cost : 0n,
      milliseconds: performance.now() - start,
      time: environment.time,
      ...errorOf(output),
    });
    return output;
  }

  /** Installs code. To be called inside exclusively(). */
  async install(canister: Canister, request: InstallRequest): Promise<InstallOutput> {
    const { state } = this;
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
    state.metrics.record({
      canister: canister.name,
      method: 'install_code',
      kind: request.mode,
      instructions: output.instructions,
      pages: output.pages,
      cycles: cost,
      milliseconds: performance.now() - start,
      time: environment.time,
      ...errorOf(output),
    });
    return output;
  }

  async payResources(canister: Canister): Promise<void> {
    if (!payResources(this.state, canister)) await this.onBankruptcy(canister);
  }

  /** Takes over what an execution changed. */
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

  /** What leaves with calls is spent when their answers have come; here, what is spent for good. */
  private bookEffects({ consumed }: Canister, { calls, cyclesBurned }: ExecutionOutput['effects']): void {
    const { fees } = this.state;
    consumed.add('burned_cycles', cyclesBurned);
    for (const { payload, method } of calls) {
      const bytes = payload.length + Buffer.byteLength(method);
      consumed.add('request_and_response_transmission', fees.call + BigInt(bytes) * fees.callByte);
    }
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

/** Takes cycles out of the balance for the time of an execution; what is noted for the next process has them still. */
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
