/**
 * Saves canisters, so that another process can restore them:
 *
 *     canister/ID           settings, cycles, status, globals and so on
 *     module/ID             facts about the module; its bytes are a blob
 *     pages/ID/SPACE/GROUP  locations of pages (page-table.ts)
 *     log/ID/N              a record of the log
 *     snapshot/ID/NAME      a snapshot, with blobs for its large parts
 */
import type { Principal } from '@icp-sdk/core/principal';
import type { GlobalValues, MemorySizes, SavedState } from '../execution/message.js';
import type { Store } from '../storage/store.js';
import { Canister, type CanisterStatus, type Change, type InstalledModule } from './canister.js';
import { Consumption } from './consumption.js';
import type { LogRecord } from './logs.js';
import type { Settings } from './settings.js';
import { blobsOf, type Snapshot } from './snapshots.js';

export interface KeptCanister {
  id: Principal;
  createdAt: bigint;
  settings: Settings;
  cycles: bigint;
  status: CanisterStatus;
  version: bigint;
  certifiedData: Uint8Array;
  globalTimer: bigint;
  memory: MemorySizes;
  globals: GlobalValues;
  chunks: string[];
  paidUntil: bigint;
  lowMemoryTold: boolean;
  /** Absent in the files of earlier versions. */
  consumed?: Consumption['cycles'];
  queryStats: Canister['queryStats'];
  changes: Change[];
  totalChanges: bigint;
  nextLogRecord: bigint;
  snapshotsTaken: bigint;
}

/** Notes a canister as it is now, cycles that a running message has been lent included. */
export function keepCanister(store: Store, canister: Canister): void {
  store.put(`canister/${canister.name}`, (): KeptCanister => {
    const { id, createdAt, settings, status, version, certifiedData, memory, globals, paidUntil } = canister;
    const { globalTimer, firingTimer, lowMemoryTold, queryStats, changes, totalChanges } = canister;
    return {
      id,
      createdAt,
      settings,
      cycles: canister.cycles + canister.lent,
      status,
      version,
      certifiedData,
      globalTimer: firingTimer === 0n ? globalTimer : firingTimer,
      memory,
      globals,
      chunks: [...canister.chunks.keys()],
      paidUntil,
      lowMemoryTold,
      consumed: canister.consumed.cycles,
      queryStats,
      changes,
      totalChanges,
      nextLogRecord: canister.log.next,
      snapshotsTaken: canister.snapshotsTaken,
    };
  });
}

export function keepModule(store: Store, { name, module }: Canister): void {
  if (module === undefined) store.drop(`module/${name}`);
  else store.put(`module/${name}`, () => module);
}

/** Saves the memory after a message. */
export function keepMemory(store: Store, { name, pages }: Canister, saved: SavedState): void {
  if (saved.whole) dropPages(store, name, pages);
  for (const group of pages.merge(saved.pages)) {
    store.put(`pages/${name}/${group}`, () => pages.groups.get(group));
  }
}

/** Deletes the canister's memory. */
export function dropMemory(store: Store, { name, pages }: Canister): void {
  dropPages(store, name, pages);
}

function dropPages(store: Store, name: string, pages: Canister['pages']): void {
  for (const group of pages.groups.keys()) store.drop(`pages/${name}/${group}`);
  pages.groups.clear();
}

/** Saves the changes of a canister's log. */
export function keepLog(store: Store, { name }: Canister, { added, removed }: LogChanges): void {
  for (const record of removed) store.drop(`log/${name}/${record.idx}`);
  for (const record of added) store.put(`log/${name}/${record.idx}`, () => record);
}

/** Saves a snapshot, or its removal. */
export function keepSnapshot(store: Store, canister: Canister, name: string): void {
  const key = `snapshot/${canister.name}/${name}`;
  const snapshot = canister.snapshots.get(name);
  if (snapshot === undefined) store.drop(key);
  else store.put(key, () => snapshot);
}

export interface LogChanges {
  added: LogRecord[];
  removed: LogRecord[];
}

export function forgetCanister(store: Store, canister: Canister): void {
  store.drop(`canister/${canister.name}`);
  store.drop(`module/${canister.name}`);
  dropPages(store, canister.name, canister.pages);
  keepLog(store, canister, { added: [], removed: canister.log.clear() });
  for (const name of canister.snapshots.keys()) store.drop(`snapshot/${canister.name}/${name}`);
}

/** The canisters that another process has left. */
export function restoreCanisters(store: Store): Canister[] {
  const canisters = new Map<string, Canister>();
  for (const [name, value] of store.restored('canister/')) {
    const { id, createdAt, cycles, chunks, nextLogRecord, consumed, ...rest } = value as KeptCanister;
    const canister = new Canister(id, [], cycles, createdAt);
    Object.assign(canister, rest);
    canister.consumed = new Consumption(consumed);
    canister.log.next = nextLogRecord;
    for (const hash of chunks) canister.chunks.set(hash, store.blob(hash));
    canisters.set(name, canister);
  }
  const each = (prefix: string, restore: (canister: Canister, rest: string, value: unknown) => void) => {
    for (const [key, value] of store.restored(prefix)) {
      const [name, ...rest] = key.split('/');
      const canister = canisters.get(name!);
      if (canister !== undefined) restore(canister, rest.join('/'), value);
    }
  };
  each('module/', (canister, _, value) => {
    canister.module = value as InstalledModule;
  });
  each('pages/', (canister, group, value) => {
    canister.pages.groups.set(group, Uint32Array.from(value as Uint32Array));
  });
  each('snapshot/', (canister, snapshot, value) => {
    canister.snapshots.set(snapshot, value as Snapshot);
  });
  const logs = new Map<Canister, LogRecord[]>();
  each('log/', (canister, _, value) => {
    logs.set(canister, [...(logs.get(canister) ?? []), value as LogRecord]);
  });
  for (const [canister, records] of logs) canister.log.restore(records);
  return [...canisters.values()];
}

/** Names of the blobs and page files that canisters need. */
export function filesInUse(canisters: Iterable<Canister>): { blobs: Set<string>; pages: Set<string> } {
  const blobs = new Set<string>();
  const pages = new Set<string>();
  for (const { name, module, chunks, snapshots } of canisters) {
    for (const snapshot of snapshots.values()) for (const blob of blobsOf(snapshot)) blobs.add(blob);
    if (module?.blob !== undefined) blobs.add(module.blob);
    for (const hash of chunks.keys()) blobs.add(hash);
    pages.add(name);
  }
  return { blobs, pages };
}
