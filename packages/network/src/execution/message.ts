/** The input and output of an execution. Plain data, because it is sent to the worker thread. */
import type { UserError } from './errors.js';
import type { Allocation, FeeSchedule } from './fees.js';
import type { PageList } from './page-list.js';

/** A function of the canister's table, and its argument: an i32, or an i64 with a 64-bit memory. */
export interface Callback {
  fun: number;
  env: number | bigint;
}

/** The facts about itself and the network that a canister can query during a message. */
export interface Environment {
  canisterId: Uint8Array;
  subnetId: Uint8Array;
  /** DER-encoded. */
  rootKey: Uint8Array;
  /** Nanoseconds since 1970; constant during a message. */
  time: bigint;
  version: bigint;
  status: 'running' | 'stopping' | 'stopped';
  controllers: Uint8Array[];
  /** Cycles, without those set aside for this execution. */
  balance: bigint;
  fees: FeeSchedule;
  allocation: Allocation;
  freezingThresholdSeconds: bigint;
  /** Memory in addition to heap and stable memory: code, chunks, history ... */
  otherMemoryBytes: number;
  /** 0: none. */
  wasmMemoryLimit: number;
  globalTimer: bigint;
  environmentVariables: [name: string, value: string][];
  /** Certificate of the certified data, for queries. */
  dataCertificate?: Uint8Array;
  /** Instructions of earlier executions of this call context. */
  contextInstructions: number;
  /** For a composite query: instructions left for all executions together. */
  instructionsLeft?: number;
}

/** Fields of messages that belong to a call. */
export interface CallFields {
  caller: Uint8Array;
  /** Cycles that came with the call and have not been accepted yet. */
  cyclesAvailable: bigint;
  /** Nanoseconds; 0 when the caller waits without bound. */
  deadline: bigint;
}

export type Message =
  | ({ kind: 'update' | 'replicatedQuery' | 'query' | 'compositeQuery'; method: string; arg: Uint8Array } & CallFields)
  | { kind: 'inspect'; method: string; arg: Uint8Array; caller: Uint8Array }
  | { kind: 'heartbeat' | 'timer' | 'lowMemory' }
  | ({
      kind: 'reply' | 'compositeReply';
      callback: Callback;
      payload: Uint8Array;
      refunded: bigint;
      responded: boolean;
    } & CallFields)
  | ({
      kind: 'reject' | 'compositeReject';
      callback: Callback;
      code: number;
      message: string;
      refunded: bigint;
      responded: boolean;
    } & CallFields)
  | ({ kind: 'cleanup'; callback: Callback; code: number } & CallFields);

export type InstallMode = 'install' | 'reinstall' | 'upgrade';

export interface InstallRequest {
  mode: InstallMode;
  wasm: Uint8Array;
  arg: Uint8Array;
  caller: Uint8Array;
  skipPreUpgrade: boolean;
  /** For an upgrade: whether the heap survives (wasm_memory_persistence = keep). */
  keepHeap: boolean;
}

/** A canister from an earlier process. */
export interface RestoreRequest {
  wasm: Uint8Array;
  memory: MemorySizes;
  globals: GlobalValues;
  pages: PageList;
}

/** A call that the canister performed. */
export interface OutgoingCall {
  callee: Uint8Array;
  method: string;
  payload: Uint8Array;
  cycles: bigint;
  onReply: Callback;
  onReject: Callback;
  onCleanup?: Callback;
  /** Seconds; undefined: wait without bound. */
  timeout?: number;
  /** Cycles set aside for the response's transmission and for the callback's execution. */
  prepaidTransmission: bigint;
  prepaidExecution: bigint;
}

/** The requests of a successful, state-changing execution to the network. */
export interface Effects {
  calls: OutgoingCall[];
  cyclesAccepted: bigint;
  /** Cycles that left the balance: sent, paid for calls, burned. */
  cyclesSpent: bigint;
  cyclesBurned: bigint;
  certifiedData?: Uint8Array;
  /** Nanoseconds; 0 disarms. */
  globalTimer?: bigint;
}

export interface PageCounts {
  heapAccessed: number;
  heapWritten: number;
  stableAccessed: number;
  stableWritten: number;
}

export type Result =
  | { kind: 'reply'; data: Uint8Array }
  | { kind: 'reject'; message: string }
  | { kind: 'none' }
  | { kind: 'error'; error: UserError };

/** Values of a module's mutable globals. */
export type GlobalValues = (number | bigint)[];

/** The state that restores a canister as a message left it. */
export interface SavedState {
  globals: GlobalValues;
  /** Where the changed pages lie; all pages if `whole`. */
  pages: PageList;
  whole: boolean;
}

/** The facts about a canister that the network needs after loading a snapshot. */
export interface LoadOutput {
  module: ModuleInfo;
  memory: MemorySizes;
  saved?: SavedState;
}

export interface ExecutionOutput {
  result: Result;
  /** Of inspect_message: whether the message was accepted. */
  accepted: boolean;
  instructions: number;
  /** 64 KiB pages touched. */
  pages: PageCounts;
  effects: Effects;
  /** Log records, of failed executions too. */
  logs: Uint8Array[];
  memory: MemorySizes;
  /** Of a canister that is kept on disk, when the message has changed it. */
  saved?: SavedState;
}

/** Bytes. */
export interface MemorySizes {
  heap: number;
  stable: number;
}

interface MetadataInfo {
  name: string;
  visibility: 'public' | 'private';
  bytes: Uint8Array;
}

/** The facts about an installed module that the network needs. */
export interface ModuleInfo {
  metadata: MetadataInfo[];
  update: string[];
  query: string[];
  compositeQuery: string[];
  entryPoints: string[];
  systemCalls: string[];
  /** Whether its memory has 64-bit addresses. */
  memory64: boolean;
  /** Bytes of all custom sections. */
  customSectionBytes: number;
}

export interface InstallOutput extends ExecutionOutput {
  /** Present when the installation succeeded. */
  module?: ModuleInfo;
}
