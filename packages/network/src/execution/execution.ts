/**
 * One running message: its instruction counter, its view of heap and stable memory, and its requests so far. The system
 * calls in ic0/ are written in terms of it; runtime.ts commits or undoes it. More than 300 lines: it is the whole state
 * of a message, and each part of it is a few lines.
 */
import { Principal } from '@icp-sdk/core/principal';
import { defaultSystemCallOverhead, pageAccessCost, pageWriteCost, systemCallOverhead } from '../wasm/cost.js';
import type { WasmGlobal } from '../wasm/engine.js';
import type { MeteringMode } from '../wasm/instrument.js';
import { type ExecutionContext, queryContexts, systemApi } from '../wasm/system-api.js';
import {
  contractViolation,
  type ExecutionError,
  heapOutOfBounds,
  instructionLimitExceeded,
  memoryAccessLimitExceeded,
  outOfMemory,
  sliceOverrun,
  wasmMemoryLimitExceeded,
} from './errors.js';
import { assertCanPayForMemory } from './freezing.js';
import { type Heap, pageSize } from './heap.js';
import type { ExecutionLimits } from './limits.js';
import type { Callback, Effects, Environment, OutgoingCall } from './message.js';
import type { StableMemory } from './stable-memory.js';

/** The name of each execution in error texts. */
const contextNames: Record<ExecutionContext, string> = {
  s: 'start',
  I: 'init',
  G: 'pre upgrade',
  U: 'update',
  RQ: 'replicated query',
  Q: 'non replicated query',
  CQ: 'composite query',
  Ry: 'reply callback',
  Rt: 'reject callback',
  CRy: 'composite reply callback',
  CRt: 'composite reject callback',
  C: 'cleanup',
  F: 'inspect message',
  T: 'system task',
};

/** Executions whose writes are kept, and therefore charged. */
const keepsWrites: ReadonlySet<ExecutionContext> = new Set(['s', 'I', 'G', 'U', 'Ry', 'Rt', 'C', 'T']);
/** Executions in which exceeding the wasm memory limit is an error. */
const obeysMemoryLimit: ReadonlySet<ExecutionContext> = new Set(['s', 'I', 'U']);

/**
 * Subtracted from the counter so that its next check stops the message, for an overrun that only the host has noticed.
 */
const stopNow = 1n << 62n;
const osPageKiB = 4;

/** Data that belongs to the call being executed. */
export interface CallData {
  caller: Uint8Array;
  arg: Uint8Array;
  method: string;
  rejectCode: number;
  rejectMessage: Uint8Array;
  cyclesAvailable: bigint;
  cyclesRefunded: bigint;
  deadline: bigint;
  /** Whether the call was answered, here or by an earlier execution. */
  responded: boolean;
}

export interface ExecutionParts {
  context: ExecutionContext;
  environment: Environment;
  call: CallData;
  limits: ExecutionLimits;
  /** Instructions that this execution may use. */
  instructionLimit: number;
  /** Whether the stable memory limits of an install apply. */
  isInstall: boolean;
  mode: MeteringMode;
  heap: Heap;
  hasMemory: boolean;
  stable: StableMemory;
}

export class Execution implements ExecutionParts {
  readonly context: ExecutionContext;
  readonly environment: Environment;
  readonly call: CallData;
  readonly limits: ExecutionLimits;
  readonly instructionLimit: number;
  readonly isInstall: boolean;
  readonly mode: MeteringMode;
  readonly heap: Heap;
  readonly hasMemory: boolean;
  readonly stable: StableMemory;
  readonly keepsWrites: boolean;

  /** Counts down from the limit, in the canister's instance; set when the execution starts. */
  left!: WasmGlobal<bigint>;
  pagesGlobal!: WasmGlobal<number>;

  reply: Uint8Array[] = [];
  replyBytes = 0;
  response: { kind: 'reply' } | { kind: 'reject'; message: string } | undefined;
  accepted = false;
  logs: Uint8Array[] = [];
  balance: bigint;
  effects: Effects = { calls: [], cyclesAccepted: 0n, cyclesSpent: 0n, cyclesBurned: 0n };
  pendingCall:
    | (Omit<OutgoingCall, 'onCleanup' | 'timeout' | 'payload' | 'prepaidTransmission' | 'prepaidExecution'> & {
        payload: Uint8Array[];
        payloadBytes: number;
        onCleanup?: Callback;
        timeout?: number;
      })
    | undefined;
  heapAccessed = 0;
  heapWritten = 0;

  private readonly slice: number;
  private bulkBoundary = 0;
  private overrun: number | undefined;

  constructor(parts: ExecutionParts) {
    this.context = parts.context;
    this.environment = parts.environment;
    this.call = parts.call;
    this.limits = parts.limits;
    this.instructionLimit = parts.instructionLimit;
    this.isInstall = parts.isInstall;
    this.mode = parts.mode;
    this.heap = parts.heap;
    this.hasMemory = parts.hasMemory;
    this.stable = parts.stable;
    this.balance = parts.environment.balance;
    this.keepsWrites = keepsWrites.has(parts.context);
    const sliced = this.keepsWrites;
    this.slice = sliced ? Math.min(parts.limits.sliceInstructions, parts.instructionLimit) : parts.instructionLimit;
  }

  start(left: WasmGlobal<bigint>, pages: WasmGlobal<number>): void {
    this.left = left;
    this.pagesGlobal = pages;
    left.value = BigInt(this.instructionLimit);
    pages.value = this.heap.pages;
  }

  get canisterName(): string {
    return Principal.fromUint8Array(this.environment.canisterId).toText();
  }

  // --- instructions -------------------------------------------------------------------------------------------------

  /** Instructions used so far; at most the limit, even after the message was stopped for it. */
  get used(): number {
    const left = this.overrun === undefined ? this.left.value : this.left.value + stopNow;
    return this.instructionLimit - Number(left);
  }

  /** The end of the slice that `used` instructions lie in. */
  private sliceEnd(used: number): number {
    const end = Math.max(1, Math.ceil(used / this.slice)) * this.slice;
    return Math.min(end, this.instructionLimit);
  }

  /** Charges and stops the message if nothing is left, as the replica does at every system call. */
  charge(instructions: number): void {
    this.left.value -= BigInt(instructions);
    if (this.left.value < 0n) throw this.exhausted();
  }

  /** The error for a counter below zero. */
  exhausted(): ExecutionError {
    if (this.overrun !== undefined) return sliceOverrun(this.overrun, this.slice);
    return instructionLimitExceeded(this.instructionLimit);
  }

  /** Begins a large bulk operation: charges its bytes, which must fit into this slice and the next. */
  bulkBegin(instructions: number): void {
    const end = this.sliceEnd(this.used);
    this.left.value -= BigInt(instructions);
    const used = this.used;
    if (used > this.instructionLimit) throw this.exhausted();
    if (used - end >= this.slice) throw sliceOverrun(used - (end - this.slice), this.slice);
    this.bulkBoundary = this.sliceEnd(used);
  }

  /** Ends a large bulk operation: if its pages cost too much, the next check of the counter stops the message. */
  bulkEnd(): void {
    const used = this.used;
    if (used > this.instructionLimit || used - this.bulkBoundary < this.slice) return;
    this.overrun = used - (this.bulkBoundary - this.slice);
    this.left.value -= stopNow;
  }

  // --- system calls -------------------------------------------------------------------------------------------------

  /** Charges a system call and checks that it is allowed here. */
  enter(name: string, bytes = 0): void {
    this.charge((systemCallOverhead[name] ?? defaultSystemCallOverhead) + bytes);
    if (!systemApi.get(name)!.contexts.has(this.context)) {
      throw contractViolation(`"ic0_${name}" cannot be executed in ${contextNames[this.context]} mode`);
    }
  }

  // --- heap ---------------------------------------------------------------------------------------------------------

  private accessHeap(page: number): void {
    this.heap.markAccessed(page);
    this.heapAccessed++;
    if (this.mode === 'exact') this.left.value -= BigInt(pageAccessCost);
  }

  touchHeapPage(page: number, write: boolean): void {
    if (page >= this.heap.pages) throw heapOutOfBounds();
    if (!this.heap.isAccessed(page)) this.accessHeap(page);
    if (!write || this.heap.isWritten(page)) return;
    this.heap.markWritten(page);
    this.heapWritten++;
    if (this.mode === 'exact' && this.keepsWrites) this.left.value -= BigInt(pageWriteCost);
  }

  /**
   * Called by the instrumented code at an unmarked page: `first` and `last` are addresses in one page or two
   * neighbours.
   */
  miss(first: number, last: number, write: boolean): void {
    const [page, lastPage] = [Math.floor(first / pageSize), Math.floor(last / pageSize)];
    this.touchHeapPage(page, write);
    if (lastPage !== page) this.touchHeapPage(lastPage, write);
  }

  private touchHeap(address: number, length: number, write: boolean): void {
    if (length === 0) return;
    const last = Math.floor((address + length - 1) / pageSize);
    for (let page = Math.floor(address / pageSize); page <= last; page++) {
      if (write ? !this.heap.isWritten(page) : !this.heap.isAccessed(page)) this.touchHeapPage(page, write);
    }
  }

  private checkHeap(what: string, address: number, length: number): void {
    if (!this.hasMemory) throw contractViolation('WebAssembly module must define memory');
    if (address + length > this.heap.size) {
      throw contractViolation(`${what}: src=${address} + length=${length} exceeds the slice size=${this.heap.size}`);
    }
  }

  /** The canister's bytes at an address, valid until it runs on. Addresses and lengths are unsigned. */
  readHeap(what: string, address: number, length: number): Uint8Array {
    this.checkHeap(`${what} heap`, address, length);
    this.touchHeap(address, length, false);
    return this.heap.view(address, length);
  }

  writeHeap(what: string, address: number, bytes: Uint8Array): void {
    this.checkHeap(`${what} heap`, address, bytes.length);
    this.touchHeap(address, bytes.length, true);
    this.heap.view(address, bytes.length).set(bytes);
  }

  /** The `*_copy` calls: copies [offset, offset + size) of a blob to an address. */
  copyOut(name: string, blobOf: () => Uint8Array, destination: number, from: number, length: number): void {
    this.enter(name, length);
    const blob = blobOf();
    if (from + length > blob.length) {
      throw contractViolation(
        `ic0_${name} payload: src=${from} + length=${length} exceeds the slice size=${blob.length}`,
      );
    }
    this.writeHeap(`ic0_${name}`, destination, blob.subarray(from, from + length));
  }

  /** memory.grow: the previous size in pages, or -1. */
  growHeap(pages: number): number {
    const before = this.heap.pages;
    const wanted = before + pages;
    if (!this.hasMemory || !this.heap.mayHave(wanted)) return -1;
    const bytes = wanted * pageSize;
    const limit = this.environment.wasmMemoryLimit;
    if (limit > 0 && bytes > limit && obeysMemoryLimit.has(this.context)) throw wasmMemoryLimitExceeded(bytes, limit);
    if (this.keepsWrites) assertCanPayForMemory(this, bytes - this.heap.size);
    if (!this.heap.grow(pages)) throw outOfMemory();
    this.pagesGlobal.value = this.heap.pages;
    return before;
  }

  // --- stable memory ------------------------------------------------------------------------------------------------

  /** Marks and charges the pages of a stable read or write; its bytes are already charged. */
  touchStable(offset: number, length: number, write: boolean): void {
    const { accessed, written } = this.stable.marks.mark(offset, length, write);
    if (this.mode === 'exact') {
      const writes = this.keepsWrites ? written * pageWriteCost : 0;
      this.left.value -= BigInt(accessed * pageAccessCost + writes);
    }
    const { updateStableBytes, installStableBytes, queryStableBytes } = this.limits;
    const limit = this.isInstall ? installStableBytes : this.keepsWrites ? updateStableBytes : queryStableBytes;
    const [regular, query] = [updateStableBytes / 1024, queryStableBytes / 1024];
    if (this.stable.marks.writtenOsPages * osPageKiB > limit / 1024) {
      throw memoryAccessLimitExceeded(
        `Exceeded the limit for the number of modified pages in the stable memory in a single execution: limit ${regular} KB for regular messages, ${installStableBytes / 1024} KB for upgrade messages and ${query} KB for queries.`,
      );
    }
    if (this.stable.marks.accessedOsPages * osPageKiB > limit / 1024) {
      throw memoryAccessLimitExceeded(
        `Exceeded the limit for the number of accessed pages in the stable memory in a single message execution: limit ${regular} KB for regular messages and ${query} KB for queries.`,
      );
    }
  }

  /** Touches heap pages for a stable read (which writes the heap) or write. */
  touchHeapForStable(address: number, length: number, write: boolean): void {
    if (!this.hasMemory || address + length > this.heap.size) throw heapOutOfBounds();
    this.touchHeap(address, length, write);
  }

  // --- results ------------------------------------------------------------------------------------------------------

  log(content: Uint8Array): void {
    if (!queryContexts.has(this.context) && this.context !== 'F')
      this.logs.push(content.slice(0, this.limits.logBytes));
  }
}
