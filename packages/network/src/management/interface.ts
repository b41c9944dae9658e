/** Candid types of the management canister (interface specification, ic.did), with the fields that the official tools add. */
import { IDL } from '@icp-sdk/core/candid';
import { cyclesUses } from '../state/consumption.js';
import { isCandidBomb } from './candid-bomb.js';

const { Bool, Nat, Nat64, Null, Opt, Principal, Record, Text, Variant, Vec } = IDL;
const Blob = Vec(IDL.Nat8);

const visibility = Variant({ controllers: Null, public: Null, allowed_viewers: Vec(Principal) });
const environmentVariables = Vec(Record({ name: Text, value: Text }));

/** Settings as an argument. */
export const settings = Record({
  controllers: Opt(Vec(Principal)),
  compute_allocation: Opt(Nat),
  memory_allocation: Opt(Nat),
  freezing_threshold: Opt(Nat),
  reserved_cycles_limit: Opt(Nat),
  minimum_incoming_canister_call_cycles: Opt(Nat),
  log_visibility: Opt(visibility),
  snapshot_visibility: Opt(visibility),
  status_visibility: Opt(visibility),
  log_memory_limit: Opt(Nat),
  wasm_memory_limit: Opt(Nat),
  wasm_memory_threshold: Opt(Nat),
  environment_variables: Opt(environmentVariables),
});

const definiteSettings = Record({
  controllers: Vec(Principal),
  compute_allocation: Nat,
  memory_allocation: Nat,
  freezing_threshold: Nat,
  reserved_cycles_limit: Nat,
  minimum_incoming_canister_call_cycles: Nat,
  log_visibility: visibility,
  snapshot_visibility: visibility,
  status_visibility: visibility,
  log_memory_limit: Nat,
  wasm_memory_limit: Nat,
  wasm_memory_threshold: Nat,
  environment_variables: environmentVariables,
});

const byCanister = Record({ canister_id: Principal });
const installMode = Variant({
  install: Null,
  reinstall: Null,
  upgrade: Opt(
    Record({ skip_pre_upgrade: Opt(Bool), wasm_memory_persistence: Opt(Variant({ keep: Null, replace: Null })) }),
  ),
});

const snapshotSource = Variant({ taken_from_canister: IDL.Reserved, metadata_upload: IDL.Reserved });

const change = Record({
  timestamp_nanos: Nat64,
  canister_version: Nat64,
  origin: Variant({
    from_user: Record({ user_id: Principal }),
    from_canister: Record({ canister_id: Principal, canister_version: Opt(Nat64) }),
  }),
  details: Opt(
    Variant({
      creation: Record({ controllers: Vec(Principal) }),
      code_uninstall: Null,
      code_deployment: Record({ mode: Variant({ install: Null, reinstall: Null, upgrade: Null }), module_hash: Blob }),
      controllers_change: Record({ controllers: Vec(Principal) }),
      load_snapshot: Record({
        from_canister_id: Opt(Principal),
        canister_version: Nat64,
        snapshot_id: Blob,
        taken_at_timestamp: Nat64,
        source: snapshotSource,
      }),
    }),
  ),
});

const nats = (...names: string[]) => Record(Object.fromEntries(names.map((name) => [name, Nat])));

const status = Record({
  // What canisters decode that were written before there were `settings` and `cycles`.
  controller: Principal,
  balance: Vec(IDL.Tuple(Blob, Nat)),
  freezing_threshold: Nat,
  status: Variant({ running: Null, stopping: Null, stopped: Null }),
  ready_for_migration: Bool,
  version: Nat64,
  settings: definiteSettings,
  module_hash: Opt(Blob),
  memory_size: Nat,
  memory_metrics: nats(
    'wasm_memory_size',
    'stable_memory_size',
    'global_memory_size',
    'wasm_binary_size',
    'custom_sections_size',
    'canister_history_size',
    'wasm_chunk_store_size',
    'snapshots_size',
    'log_memory_store_size',
  ),
  cycles: Nat,
  reserved_cycles: Nat,
  idle_cycles_burned_per_day: Nat,
  query_stats: nats(
    'num_calls_total',
    'num_instructions_total',
    'request_payload_bytes_total',
    'response_payload_bytes_total',
  ),
});

const snapshot = Record({ id: Blob, taken_at_timestamp: Nat64, total_size: Nat64 });

const range = Record({ start: Nat64, end: Nat64 });

const bySnapshot = { canister_id: Principal, snapshot_id: Blob };
const globals = Vec(Variant({ i32: IDL.Int32, i64: IDL.Int64, f32: IDL.Float32, f64: IDL.Float64, v128: Nat }));
/** What of a canister is in the metadata of its snapshot, whichever way that goes. */
const snapshotState = {
  wasm_module_size: Nat64,
  globals,
  wasm_memory_size: Nat64,
  stable_memory_size: Nat64,
  certified_data: Blob,
  global_timer: Opt(Variant({ inactive: Null, active: Nat64 })),
  on_low_wasm_memory_hook_status: Opt(Variant({ condition_not_satisfied: Null, ready: Null, executed: Null })),
};
const pieces = (piece: { [name: string]: IDL.Type }, chunk: IDL.Type) =>
  Variant({ wasm_module: Record(piece), wasm_memory: Record(piece), stable_memory: Record(piece), wasm_chunk: chunk });

const bySubnet = Record({ subnet_id: Principal });
const ecdsaKey = Record({ curve: Variant({ secp256k1: Null }), name: Text });
const schnorrKey = Record({ algorithm: Variant({ bip340secp256k1: Null, ed25519: Null }), name: Text });
const thresholdPublicKey = Record({ public_key: Blob, chain_code: Blob });
const httpHeader = Record({ name: Text, value: Text });
const httpResponse = Record({ status: Nat, headers: Vec(httpHeader), body: Blob });

/** Argument and result of each method. */
export const methods = {
  create_canister: [Record({ settings: Opt(settings), sender_canister_version: Opt(Nat64) }), byCanister],
  provisional_create_canister_with_cycles: [
    Record({
      amount: Opt(Nat),
      settings: Opt(settings),
      specified_id: Opt(Principal),
      sender_canister_version: Opt(Nat64),
    }),
    byCanister,
  ],
  provisional_top_up_canister: [Record({ canister_id: Principal, amount: Nat }), undefined],
  deposit_cycles: [byCanister, undefined],
  update_settings: [Record({ canister_id: Principal, settings, sender_canister_version: Opt(Nat64) }), undefined],
  canister_status: [byCanister, status],
  canister_info: [
    Record({ canister_id: Principal, num_requested_changes: Opt(Nat64) }),
    Record({
      total_num_changes: Nat64,
      recent_changes: Vec(change),
      module_hash: Opt(Blob),
      controllers: Vec(Principal),
    }),
  ],
  install_code: [
    Record({
      mode: installMode,
      canister_id: Principal,
      wasm_module: Blob,
      arg: Blob,
      sender_canister_version: Opt(Nat64),
    }),
    undefined,
  ],
  install_chunked_code: [
    Record({
      mode: installMode,
      target_canister: Principal,
      store_canister: Opt(Principal),
      chunk_hashes_list: Vec(Record({ hash: Blob })),
      wasm_module_hash: Blob,
      arg: Blob,
      sender_canister_version: Opt(Nat64),
    }),
    undefined,
  ],
  upload_chunk: [Record({ canister_id: Principal, chunk: Blob }), Record({ hash: Blob })],
  clear_chunk_store: [byCanister, undefined],
  stored_chunks: [byCanister, Vec(Record({ hash: Blob }))],
  uninstall_code: [byCanister, undefined],
  start_canister: [byCanister, undefined],
  stop_canister: [byCanister, undefined],
  delete_canister: [byCanister, undefined],
  fetch_canister_logs: [
    Record({ canister_id: Principal, filter: Opt(Variant({ by_idx: range, by_timestamp_nanos: range })) }),
    Record({ canister_log_records: Vec(Record({ idx: Nat64, timestamp_nanos: Nat64, content: Blob })) }),
  ],
  take_canister_snapshot: [
    Record({
      canister_id: Principal,
      replace_snapshot: Opt(Blob),
      uninstall_code: Opt(Bool),
      sender_canister_version: Opt(Nat64),
    }),
    snapshot,
  ],
  load_canister_snapshot: [
    Record({ canister_id: Principal, snapshot_id: Blob, sender_canister_version: Opt(Nat64) }),
    undefined,
  ],
  list_canister_snapshots: [byCanister, Vec(snapshot)],
  delete_canister_snapshot: [Record(bySnapshot), undefined],
  read_canister_snapshot_metadata: [
    Record(bySnapshot),
    Record({
      source: snapshotSource,
      taken_at_timestamp: Nat64,
      wasm_chunk_store: Vec(Record({ hash: Blob })),
      canister_version: Nat64,
      ...snapshotState,
    }),
  ],
  read_canister_snapshot_data: [
    Record({ ...bySnapshot, kind: pieces({ offset: Nat64, size: Nat64 }, Record({ hash: Blob })) }),
    Record({ chunk: Blob }),
  ],
  upload_canister_snapshot_metadata: [
    Record({ canister_id: Principal, replace_snapshot: Opt(Blob), ...snapshotState }),
    Record({ snapshot_id: Blob }),
  ],
  upload_canister_snapshot_data: [
    Record({ ...bySnapshot, kind: pieces({ offset: Nat64 }, Null), chunk: Blob }),
    undefined,
  ],
  raw_rand: [undefined, Blob],
  canister_metadata: [Record({ canister_id: Principal, name: Text }), Record({ value: Blob })],
  canister_metrics: [
    byCanister,
    Record({
      cycles_consumed: nats(...cyclesUses),
    }),
  ],
  list_canisters: [undefined, Record({ canisters: Vec(Record({ start: Principal, end: Principal })) })],
  subnet_info: [bySubnet, Record({ replica_version: Text, registry_version: Nat64 })],
  subnet_metrics: [
    bySubnet,
    nats('block_height', 'num_canisters', 'canister_state_bytes', 'consumed_cycles_total', 'update_transactions_total'),
  ],
  node_metrics_history: [
    Record({ subnet_id: Principal, start_at_timestamp_nanos: Nat64 }),
    Vec(
      Record({
        timestamp_nanos: Nat64,
        node_metrics: Vec(
          Record({ node_id: Principal, num_blocks_proposed_total: Nat64, num_block_failures_total: Nat64 }),
        ),
      }),
    ),
  ],
  ecdsa_public_key: [
    Record({ canister_id: Opt(Principal), derivation_path: Vec(Blob), key_id: ecdsaKey }),
    thresholdPublicKey,
  ],
  sign_with_ecdsa: [
    Record({ message_hash: Blob, derivation_path: Vec(Blob), key_id: ecdsaKey }),
    Record({ signature: Blob }),
  ],
  schnorr_public_key: [
    Record({ canister_id: Opt(Principal), derivation_path: Vec(Blob), key_id: schnorrKey }),
    thresholdPublicKey,
  ],
  sign_with_schnorr: [
    Record({
      message: Blob,
      derivation_path: Vec(Blob),
      key_id: schnorrKey,
      aux: Opt(Variant({ bip341: Record({ merkle_root_hash: Blob }) })),
    }),
    Record({ signature: Blob }),
  ],
  http_request: [
    Record({
      url: Text,
      max_response_bytes: Opt(Nat64),
      method: Variant({ get: Null, head: Null, post: Null, put: Null, delete: Null, patch: Null }),
      headers: Vec(httpHeader),
      body: Opt(Blob),
      transform: Opt(
        Record({
          function: IDL.Func([Record({ response: httpResponse, context: Blob })], [httpResponse], ['query']),
          context: Blob,
        }),
      ),
      is_replicated: Opt(Bool),
    }),
    httpResponse,
  ],
} as const satisfies { [name: string]: readonly [IDL.Type | undefined, IDL.Type | undefined] };

export type MethodName = keyof typeof methods;

export function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** Decodes a method's argument. Throws what Candid throws. */
export function decodeArgument(name: MethodName, bytes: Uint8Array): unknown {
  const [argument] = methods[name];
  if (isCandidBomb(bytes)) throw new Error('a vector of values that take no bytes is not accepted');
  return IDL.decode(argument === undefined ? [] : [argument], bytes)[0];
}

export function encodeResult(name: MethodName, value: unknown): Uint8Array {
  const [, result] = methods[name];
  return result === undefined ? IDL.encode([], []) : IDL.encode([result], [value]);
}
