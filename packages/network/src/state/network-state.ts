/** Everything that exists on a network: its keys, its clock, its canisters. */
import { join } from 'node:path';
import { Principal } from '@icp-sdk/core/principal';
import type { Clock, ClockState } from '../clock.js';
import type { FeeSchedule } from '../execution/fees.js';
import type { ExecutionLimits } from '../execution/limits.js';
import type { CanisterProcess } from '../execution/process.js';
import type { NetworkKeys } from '../protocol/keys.js';
import type { Store } from '../storage/store.js';
import type { Canister } from './canister.js';
import { keepCanister, restoreCanisters } from './kept-canisters.js';
import type { Metrics } from './metrics.js';

/** Canister ids are a number in 8 bytes, big-endian, and these two. */
const idSuffix = [0x01, 0x01];
/** The first id handed out, the same as on dfx's local networks. */
const firstId = 0x8000_0000_0010_0000n;

function canisterId(number: bigint): Principal {
  const bytes = Buffer.alloc(10);
  bytes.writeBigUInt64BE(number);
  bytes.set(idSuffix, 8);
  return Principal.fromUint8Array(bytes);
}

export const firstCanisterId = canisterId(firstId);

/** The range of all ids that canisters of this network can have. */
export const canisterRange: readonly [low: Principal, high: Principal] = [canisterId(0n), canisterId(2n ** 64n - 1n)];

export function isCanisterId(id: Principal): boolean {
  const bytes = id.toUint8Array();
  return bytes.length === 10 && bytes[8] === idSuffix[0] && bytes[9] === idSuffix[1];
}

export interface NetworkParts {
  keys: NetworkKeys;
  clock: Clock;
  fees: FeeSchedule;
  limits: ExecutionLimits;
  metrics: Metrics;
  store: Store;
  /** Hosts that HTTPS outcalls may go to; `loopback` is this machine. */
  outcalls: readonly string[];
  /** Starts a process for a canister that gets code; its pages are kept in the named file, if they are kept. */
  startProcess: (pageFile: string | undefined) => CanisterProcess;
}

export class NetworkState {
  readonly keys: NetworkKeys;
  readonly clock: Clock;
  readonly fees: FeeSchedule;
  readonly limits: ExecutionLimits;
  readonly metrics: Metrics;
  readonly store: Store;
  readonly outcalls: readonly string[];
  private readonly startProcess: NetworkParts['startProcess'];
  /** By textual id. */
  readonly canisters = new Map<string, Canister>();
  private nextId = firstId;
  /** Names of deleted canisters: their ids are never reused. */
  private readonly deleted = new Set<string>();
  /** Cycles that deleted canisters had paid. */
  consumedByDeleted = 0n;

  constructor(parts: NetworkParts) {
    this.keys = parts.keys;
    this.clock = parts.clock;
    this.fees = parts.fees;
    this.limits = parts.limits;
    this.metrics = parts.metrics;
    this.store = parts.store;
    this.outcalls = parts.outcalls;
    this.startProcess = parts.startProcess;
    for (const canister of restoreCanisters(this.store)) this.canisters.set(canister.name, canister);
    for (const [, value] of this.store.restored('next-id')) this.nextId = value as bigint;
    for (const [name] of this.store.restored('deleted/')) this.deleted.add(name);
    for (const [, value] of this.store.restored('consumed-by-deleted')) this.consumedByDeleted = value as bigint;
    for (const [, value] of this.store.restored('time')) this.clock.restore(value as ClockState);
  }

  /** Notes a value for the next process. */
  keep(key: string, produce: () => unknown): void {
    this.store.put(key, produce);
    this.store.put('time', () => this.clock.state);
  }

  /** Notes a canister as it is. To be called after every change of it. */
  keepCanister(canister: Canister): void {
    if (this.canisters.get(canister.name) !== canister || canister.isBuiltIn) return;
    keepCanister(this.store, canister);
    this.keep('next-id', () => this.nextId);
  }

  /** A process for the canister's code, if it has none: empty, or as an earlier process left it. */
  async process(canister: Canister): Promise<CanisterProcess> {
    if (canister.process !== undefined) return canister.process;
    const { folder } = this.store;
    const process = this.startProcess(folder === undefined ? undefined : join(folder, 'pages', canister.name));
    canister.process = process;
    const { module, memory, globals, pages } = canister;
    if (module !== undefined) {
      const wasm = this.store.blob(module.blob);
      await process.restore({ wasm, memory, globals, pages: pages.list() });
    }
    return process;
  }

  find(id: Principal): Canister | undefined {
    return this.canisters.get(id.toText());
  }

  /** A canister is gone, and its id with it. */
  delete({ name, consumed }: Canister): void {
    this.consumedByDeleted += consumed.total;
    this.keep('consumed-by-deleted', () => this.consumedByDeleted);
    this.canisters.delete(name);
    this.deleted.add(name);
    this.keep(`deleted/${name}`, () => true);
  }

  wasDeleted(id: Principal): boolean {
    return this.deleted.has(id.toText());
  }

  /** An id that no canister has, or had. */
  freshId(): Principal {
    for (;;) {
      const id = canisterId(this.nextId++);
      if (this.find(id) === undefined && !this.wasDeleted(id)) return id;
    }
  }
}
