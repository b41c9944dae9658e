/** The Candid types of the management canister's arguments and results (interface specification, ic.did). */
import { IDL } from '@icp-sdk/core/candid';

const { Bool, Nat, Nat32, Nat64, Null, Opt, Principal, Record, Reserved, Text, Variant, Vec } = IDL;
export const Blob = Vec(IDL.Nat8);

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

export const byCanister = Record({ canister_id: Principal });
export const installMode = Variant({
  install: Null,
  reinstall: Null,
  upgrade: Opt(
    Record({ skip_pre_upgrade: Opt(Bool), wasm_memory_persistence: Opt(Variant({ keep: Null, replace: Null })) }),
  ),
});

export const snapshotSource = Variant({ taken_from_canister: Reserved, metadata_upload: Reserved });

export const change = Record({
  timestamp_nanos: Nat64,
  canister_version: Nat64,
  origin: Variant({
    from_user: Record({ user_id: Principal }),
    from_canister: Record({ canister_id: Principal, canister_version: Opt(Nat64) }),
  }),
  details: Variant({
    creation: Record({ controllers: Vec(Principal), environment_variables_hash: Opt(Blob) }),
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
});

export const nats = (...names: string[]) => Record(Object.fromEntries(names.map((name) => [name, Nat])));

export const status = Record({
  // For canisters written before `settings` and `cycles` existed.
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

export const snapshot = Record({ id: Blob, taken_at_timestamp: Nat64, total_size: Nat64 });

export const range = Record({ start: Nat64, end: Nat64 });

export const bySnapshot = { canister_id: Principal, snapshot_id: Blob };
const globals = Vec(Variant({ i32: IDL.Int32, i64: IDL.Int64, f32: IDL.Float32, f64: IDL.Float64, v128: Nat }));
/** The canister's state in a snapshot's metadata, for download and upload. */
export const snapshotState = {
  wasm_module_size: Nat64,
  globals,
  wasm_memory_size: Nat64,
  stable_memory_size: Nat64,
  certified_data: Blob,
  global_timer: Opt(Variant({ inactive: Null, active: Nat64 })),
  on_low_wasm_memory_hook_status: Opt(Variant({ condition_not_satisfied: Null, ready: Null, executed: Null })),
};
export const pieces = (piece: { [name: string]: IDL.Type }, chunk: IDL.Type) =>
  Variant({ wasm_module: Record(piece), wasm_memory: Record(piece), stable_memory: Record(piece), wasm_chunk: chunk });

export const bySubnet = Record({ subnet_id: Principal });
export const ecdsaKey = Record({ curve: Variant({ secp256k1: Null, secp256r1: Null }), name: Text });
export const schnorrKey = Record({ algorithm: Variant({ bip340secp256k1: Null, ed25519: Null }), name: Text });
export const vetKdKey = Record({ curve: Variant({ bls12_381_g2: Null }), name: Text });
export const thresholdPublicKey = Record({ public_key: Blob, chain_code: Blob });
const httpHeader = Record({ name: Text, value: Text });
export const httpResponse = Record({ status: Nat, headers: Vec(httpHeader), body: Blob });
const transform = Opt(
  Record({
    function: IDL.Func([Record({ response: httpResponse, context: Blob })], [httpResponse], ['query']),
    context: Blob,
  }),
);
/** The common arguments of all HTTPS outcalls. */
export const outcall = {
  url: Text,
  max_response_bytes: Opt(Nat64),
  method: Variant({ get: Null, head: Null, post: Null, put: Null, delete: Null, patch: Null }),
  headers: Vec(httpHeader),
  body: Opt(Blob),
  transform,
};
export const replicationCounts = Record({ total_requests: Nat32, min_responses: Nat32, max_responses: Nat32 });
const used = (amount: IDL.Type) => Opt(Variant({ used: amount, exceeded: Reserved }));
/** A committee's result: its responses, or the reason why there are too few. */
export const flexibleResult = Variant({
  ok: Vec(httpResponse),
  err: Record({
    global_error: Opt(
      Variant({
        timeout: Reserved,
        out_of_cycles: Reserved,
        responses_too_large: Reserved,
        too_many_rejects: Reserved,
      }),
    ),
    node_details: Vec(
      Record({
        node_id: Principal,
        report: Record({
          raw_response_bytes: used(Nat64),
          http_roundtrip_time_ms: used(Nat64),
          transform_instructions: used(Nat64),
          transformed_response_bytes: used(Nat64),
          cycles: used(Nat),
        }),
        error: Opt(Record({ code: Text, message: Text })),
      }),
    ),
    message: Text,
  }),
});
