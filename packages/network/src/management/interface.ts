/** The management canister's methods in Candid (interface specification, ic.did), with the fields that the official tools add. */
import { IDL } from '@icp-sdk/core/candid';
import { cyclesUses } from '../state/consumption.js';
import { isCandidBomb } from './candid-bomb.js';
import {
  Blob,
  byCanister,
  bySnapshot,
  bySubnet,
  change,
  ecdsaKey,
  flexibleResult,
  httpResponse,
  installMode,
  nats,
  outcall,
  pieces,
  range,
  replicationCounts,
  schnorrKey,
  settings,
  snapshot,
  snapshotSource,
  snapshotState,
  status,
  thresholdPublicKey,
  vetKdKey,
} from './candid-types.js';

const { Bool, Nat, Nat32, Nat64, Null, Opt, Principal, Record, Text, Variant, Vec } = IDL;

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
  vetkd_public_key: [
    Record({ canister_id: Opt(Principal), context: Blob, key_id: vetKdKey }),
    Record({ public_key: Blob }),
  ],
  vetkd_derive_key: [
    Record({ input: Blob, context: Blob, transport_public_key: Blob, key_id: vetKdKey }),
    Record({ encrypted_key: Blob }),
  ],
  http_request: [Record({ ...outcall, is_replicated: Opt(Bool), pricing_version: Opt(Nat32) }), httpResponse],
  flexible_http_request: [Record({ ...outcall, replication: Opt(replicationCounts) }), flexibleResult],
} as const satisfies { [name: string]: readonly [IDL.Type | undefined, IDL.Type | undefined] };

export type MethodName = keyof typeof methods;

export function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** Decodes a method's argument. Throws Candid's errors. */
export function decodeArgument(name: MethodName, bytes: Uint8Array): unknown {
  const [argument] = methods[name];
  if (isCandidBomb(bytes)) throw new Error('a vector of values that take no bytes is not accepted');
  return IDL.decode(argument === undefined ? [] : [argument], bytes)[0];
}

export function encodeResult(name: MethodName, value: unknown): Uint8Array {
  const [, result] = methods[name];
  return result === undefined ? IDL.encode([], []) : IDL.encode([result], [value]);
}
