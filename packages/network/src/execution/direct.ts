/**
 * A canister without a network: install a module, call it, and get the reply with exact instructions and pages. For
 * benchmarks and for tests of a canister's logic; nothing is signed, queued or sent, and calls to other canisters are
 * handed back instead of being delivered.
 */
import { mainNetFees } from './fees.js';
import type {
  Environment,
  ExecutionOutput,
  InstallMode,
  InstallOutput,
  MemorySizes,
  Message,
  ModuleInfo,
} from './message.js';
import { CanisterRuntime, type RuntimeOptions } from './runtime.js';

export interface DirectOptions extends RuntimeOptions {
  canisterId?: Uint8Array;
  cycles?: bigint;
  /** Overrides of the canister's environment; `time` is the initial clock. */
  environment?: Partial<Environment>;
}

export interface DirectCallOptions {
  caller?: Uint8Array;
  /** Nanoseconds since 1970; from then on the canister's clock. */
  time?: bigint;
  cycles?: bigint;
}

const anonymous = Uint8Array.of(4);
const emptyCandid = Uint8Array.of(0x44, 0x49, 0x44, 0x4c, 0, 0);

export class DirectCanister {
  readonly runtime: CanisterRuntime;
  /** The canister's environment; may be changed between calls. */
  environment: Environment;
  module: ModuleInfo | undefined;

  constructor({ canisterId, cycles, environment, ...options }: DirectOptions = {}) {
    this.runtime = new CanisterRuntime(options);
    this.environment = {
      canisterId: canisterId ?? Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1, 1, 1),
      subnetId: new Uint8Array(29),
      rootKey: new Uint8Array(),
      time: 1_700_000_000_000_000_000n,
      version: 0n,
      status: 'running',
      controllers: [anonymous],
      balance: cycles ?? 100_000_000_000_000n,
      fees: mainNetFees,
      allocation: { memoryAllocation: 0n, computeAllocation: 0n },
      freezingThresholdSeconds: 2_592_000n,
      otherMemoryBytes: 0,
      wasmMemoryLimit: 0,
      globalTimer: 0n,
      environmentVariables: [],
      contextInstructions: 0,
      ...environment,
    };
  }

  get memory(): MemorySizes {
    return this.runtime.memory;
  }

  /** Installs a module. A refusal or a trap is in the output's result. */
  install(
    wasm: Uint8Array,
    options: DirectCallOptions & { arg?: Uint8Array; mode?: InstallMode; keepHeap?: boolean } = {},
  ): InstallOutput {
    this.environment.time = options.time ?? this.environment.time;
    const output = this.runtime.install(this.environment, {
      mode: options.mode ?? 'install',
      wasm,
      arg: options.arg ?? emptyCandid,
      caller: options.caller ?? anonymous,
      skipPreUpgrade: false,
      keepHeap: options.keepHeap ?? false,
    });
    if (output.module !== undefined) {
      this.module = output.module;
      this.environment.globalTimer = 0n;
    }
    return this.apply(output);
  }

  /** Calls an update method, or a query method in replicated execution. */
  update(method: string, arg: Uint8Array = emptyCandid, options: DirectCallOptions = {}): ExecutionOutput {
    const kind = this.module?.query.includes(method) ? 'replicatedQuery' : 'update';
    return this.call(kind, method, arg, options);
  }

  query(method: string, arg: Uint8Array = emptyCandid, options: DirectCallOptions = {}): ExecutionOutput {
    const kind = this.module?.compositeQuery.includes(method) ? 'compositeQuery' : 'query';
    const output = this.call(kind, method, arg, options);
    if (output.effects.calls.length > 0) this.runtime.endQuery();
    return output;
  }

  /** Runs the global timer's handler, whether or not it is due. */
  timer(options: DirectCallOptions = {}): ExecutionOutput {
    this.environment.globalTimer = 0n;
    return this.execute({ kind: 'timer' }, options);
  }

  execute(message: Message, options: DirectCallOptions = {}): ExecutionOutput {
    this.environment.time = options.time ?? this.environment.time;
    return this.apply(this.runtime.execute(this.environment, message));
  }

  private call(
    kind: 'update' | 'replicatedQuery' | 'query' | 'compositeQuery',
    method: string,
    arg: Uint8Array,
    options: DirectCallOptions,
  ): ExecutionOutput {
    const { caller = anonymous, cycles: cyclesAvailable = 0n } = options;
    return this.execute({ kind, method, arg, caller, cyclesAvailable, deadline: 0n }, options);
  }

  /** Takes over the effects of an execution. Execution itself costs no cycles here. */
  private apply<T extends ExecutionOutput>(output: T): T {
    const { cyclesAccepted, cyclesSpent, globalTimer } = output.effects;
    this.environment.balance += cyclesAccepted - cyclesSpent;
    if (globalTimer !== undefined) this.environment.globalTimer = globalTimer;
    if (output.result.kind !== 'error') this.environment.version += 1n;
    return output;
  }
}
