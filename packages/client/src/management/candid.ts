import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';

// The part of the management canister's interface that is used here. Extra fields of a reply are ignored by Candid.
// Source: IC interface specification, ic.did.

const CanisterId = IDL.Record({ canister_id: IDL.Principal });

const Settings = IDL.Record({
  controllers: IDL.Opt(IDL.Vec(IDL.Principal)),
  freezing_threshold: IDL.Opt(IDL.Nat),
  wasm_memory_limit: IDL.Opt(IDL.Nat),
});

export interface SettingsInput {
  controllers: [] | [Principal[]];
  freezing_threshold: [] | [bigint];
  wasm_memory_limit: [] | [bigint];
}

const InstallMode = IDL.Variant({
  install: IDL.Null,
  reinstall: IDL.Null,
  upgrade: IDL.Opt(
    IDL.Record({
      skip_pre_upgrade: IDL.Opt(IDL.Bool),
      wasm_memory_persistence: IDL.Opt(IDL.Variant({ keep: IDL.Null, replace: IDL.Null })),
    }),
  ),
});

export type InstallModeInput = { install: null } | { reinstall: null } | { upgrade: [] };

const ChunkHash = IDL.Record({ hash: IDL.Vec(IDL.Nat8) });

export interface ChunkHashValue {
  hash: Uint8Array;
}

const Status = IDL.Record({
  status: IDL.Variant({ running: IDL.Null, stopping: IDL.Null, stopped: IDL.Null }),
  settings: IDL.Record({
    controllers: IDL.Vec(IDL.Principal),
    freezing_threshold: IDL.Nat,
    wasm_memory_limit: IDL.Nat,
  }),
  module_hash: IDL.Opt(IDL.Vec(IDL.Nat8)),
  memory_size: IDL.Nat,
  cycles: IDL.Nat,
  idle_cycles_burned_per_day: IDL.Nat,
});

export interface StatusValue {
  status: { running: null } | { stopping: null } | { stopped: null };
  settings: { controllers: Principal[]; freezing_threshold: bigint; wasm_memory_limit: bigint };
  module_hash: [] | [Uint8Array];
  memory_size: bigint;
  cycles: bigint;
  idle_cycles_burned_per_day: bigint;
}

const SnapshotId = IDL.Vec(IDL.Nat8);
const Snapshot = IDL.Record({ id: SnapshotId, taken_at_timestamp: IDL.Nat64, total_size: IDL.Nat64 });

export interface SnapshotValue {
  id: Uint8Array | number[];
  taken_at_timestamp: bigint;
  total_size: bigint;
}

/** Argument types and result types of each method. */
export const METHODS = {
  provisional_create_canister_with_cycles: [
    [
      IDL.Record({
        amount: IDL.Opt(IDL.Nat),
        settings: IDL.Opt(Settings),
        specified_id: IDL.Opt(IDL.Principal),
      }),
    ],
    [CanisterId],
  ],
  provisional_top_up_canister: [[IDL.Record({ canister_id: IDL.Principal, amount: IDL.Nat })], []],
  canister_status: [[CanisterId], [Status]],
  update_settings: [[IDL.Record({ canister_id: IDL.Principal, settings: Settings })], []],
  start_canister: [[CanisterId], []],
  stop_canister: [[CanisterId], []],
  install_code: [
    [
      IDL.Record({
        mode: InstallMode,
        canister_id: IDL.Principal,
        wasm_module: IDL.Vec(IDL.Nat8),
        arg: IDL.Vec(IDL.Nat8),
      }),
    ],
    [],
  ],
  take_canister_snapshot: [
    [IDL.Record({ canister_id: IDL.Principal, replace_snapshot: IDL.Opt(SnapshotId) })],
    [Snapshot],
  ],
  load_canister_snapshot: [[IDL.Record({ canister_id: IDL.Principal, snapshot_id: SnapshotId })], []],
  list_canister_snapshots: [[CanisterId], [IDL.Vec(Snapshot)]],
  delete_canister_snapshot: [[IDL.Record({ canister_id: IDL.Principal, snapshot_id: SnapshotId })], []],
  clear_chunk_store: [[CanisterId], []],
  upload_chunk: [[IDL.Record({ canister_id: IDL.Principal, chunk: IDL.Vec(IDL.Nat8) })], [ChunkHash]],
  install_chunked_code: [
    [
      IDL.Record({
        mode: InstallMode,
        target_canister: IDL.Principal,
        store_canister: IDL.Opt(IDL.Principal),
        chunk_hashes_list: IDL.Vec(ChunkHash),
        wasm_module_hash: IDL.Vec(IDL.Nat8),
        arg: IDL.Vec(IDL.Nat8),
      }),
    ],
    [],
  ],
} as const satisfies Record<string, readonly [readonly IDL.Type[], readonly IDL.Type[]]>;

export type Method = keyof typeof METHODS;
