/** The network's data about a canister; its process has its code and memory. */
import type { Principal } from '@icp-sdk/core/principal';
import type { GlobalValues, MemorySizes, ModuleInfo } from '../execution/message.js';
import type { CanisterProcess } from '../execution/process.js';
import { Consumption } from './consumption.js';
import { CanisterLog, logStoreBytes } from './logs.js';
import { PageTable } from './page-table.js';
import { defaultSettings, type Settings } from './settings.js';
import type { Snapshot } from './snapshots.js';

export type CanisterStatus = 'running' | 'stopping' | 'stopped';

export interface InstalledModule {
  /** SHA-256 of the module as it was given. */
  hash: Uint8Array;
  bytes: number;
  info: ModuleInfo;
  installedAt: bigint;
  /** The name of its bytes in the store. */
  blob: string;
}

export type ChangeOrigin =
  | { from_user: { user_id: Principal } }
  | { from_canister: { canister_id: Principal; canister_version: [bigint] | [] } };

export interface Change {
  timestamp_nanos: bigint;
  canister_version: bigint;
  origin: ChangeOrigin;
  details: unknown;
}

const rememberedChanges = 20;
/** Bytes that each remembered change counts as memory. */
const changeBytes = 80;

export class Canister {
  readonly id: Principal;
  readonly name: string;
  readonly createdAt: bigint;
  settings: Settings;
  cycles: bigint;
  /** Cycles that are out of the balance until the running message has ended, and belong to it all the same. */
  lent = 0n;
  status: CanisterStatus = 'running';
  version = 0n;
  certifiedData: Uint8Array = new Uint8Array();
  /** Nanoseconds; 0: not set. */
  globalTimer = 0n;
  /** The timer whose handler is running: it counts as set until the handler has ended. 0: none. */
  firingTimer = 0n;
  module: InstalledModule | undefined;
  memory: MemorySizes = { heap: 0, stable: 0 };
  /** With a state folder: the mutable globals after the last message, and the locations of its pages. */
  globals: GlobalValues = [];
  readonly pages = new PageTable();
  process: CanisterProcess | undefined;
  /** Part of the network itself (system-canisters/): it keeps its own state. */
  readonly isBuiltIn: boolean;
  /** Chunks of modules to be installed, by the hex of their hash. */
  readonly chunks = new Map<string, Uint8Array>();
  /** By the hex of their id. */
  readonly snapshots = new Map<string, Snapshot>();
  snapshotsTaken = 0n;
  readonly log = new CanisterLog();
  /** Until when memory and compute have been paid for. */
  paidUntil: bigint;
  /** Call contexts that have not been answered and closed. */
  openContexts = 0;
  lowMemoryTold = false;
  consumed = new Consumption();
  queryStats = { calls: 0n, instructions: 0n, requestBytes: 0n, responseBytes: 0n };
  changes: Change[] = [];
  totalChanges = 0n;

  constructor(id: Principal, controllers: Principal[], cycles: bigint, now: bigint, isBuiltIn = false) {
    this.id = id;
    this.name = id.toText();
    this.settings = defaultSettings(controllers);
    this.cycles = cycles;
    this.createdAt = now;
    this.isBuiltIn = isBuiltIn;
    this.paidUntil = now;
  }

  isController(principal: Principal): boolean {
    return this.settings.controllers.some((controller) => controller.toText() === principal.toText());
  }

  get chunkBytes(): number {
    // A stored chunk counts as a whole MiB.
    return this.chunks.size * 2 ** 20;
  }

  get historyBytes(): number {
    return this.changes.length * changeBytes;
  }

  /** The size of its log's store, even if it is nearly empty. Without code there is none. */
  get logBytes(): number {
    return this.module === undefined ? 0 : logStoreBytes(Number(this.settings.logMemoryLimit));
  }

  get snapshotBytes(): number {
    return [...this.snapshots.values()].reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  }

  /** Bytes of memory beside heap and stable memory. */
  get otherMemoryBytes(): number {
    return (
      (this.module?.bytes ?? 0) +
      (this.module?.info.customSectionBytes ?? 0) +
      this.chunkBytes +
      this.historyBytes +
      this.snapshotBytes +
      this.logBytes
    );
  }

  get memoryBytes(): number {
    return this.memory.heap + this.memory.stable + this.otherMemoryBytes;
  }

  remember(change: Change): void {
    this.changes.push(change);
    this.totalChanges++;
    if (this.changes.length > rememberedChanges) this.changes.shift();
  }
}
