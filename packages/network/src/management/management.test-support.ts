/** A network, and the management canister of it as users and canisters call it. */
import { createHash } from 'node:crypto';
import type { Identity } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { Principal } from '@icp-sdk/core/principal';
import { update } from '../anonymous-call.test-support.js';
import { Network } from '../index.js';
import { wat } from '../wasm/wat.test-support.js';
import { type MethodName, methods } from './interface.js';

/** Passes calls on: callee length, callee, name length, name, cycles (8 bytes), payload. Replies with the answer. */
export const relay = wat(`(module
  (import "ic0" "msg_arg_data_size" (func $arg_size (result i32)))
  (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
  (import "ic0" "msg_reject_msg_size" (func $reject_size (result i32)))
  (import "ic0" "msg_reject_msg_copy" (func $reject_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "msg_reject" (func $reject (param i32 i32)))
  (import "ic0" "call_new" (func $call_new (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (import "ic0" "call_data_append" (func $call_append (param i32 i32)))
  (import "ic0" "call_cycles_add" (func $add_cycles (param i64)))
  (import "ic0" "call_perform" (func $perform (result i32)))
  (import "ic0" "debug_print" (func $print (param i32 i32)))
  (memory 4 100) (table funcref (elem $on_reply $on_reject))
  (data (i32.const 0) "hello, log")
  (func $on_reply (param i32) (call $arg_copy (i32.const 1000) (i32.const 0) (call $arg_size)) (call $append (i32.const 1000) (call $arg_size)) (call $reply))
  (func $on_reject (param i32) (call $reject_copy (i32.const 1000) (i32.const 0) (call $reject_size)) (call $reject (i32.const 1000) (call $reject_size)))
  (func (export "canister_update relay") (local $name i32) (local $rest i32)
    (call $arg_copy (i32.const 1000) (i32.const 0) (call $arg_size))
    (local.set $name (i32.add (i32.const 1001) (i32.load8_u (i32.const 1000))))
    (local.set $rest (i32.add (i32.add (local.get $name) (i32.const 1)) (i32.load8_u (local.get $name))))
    (call $call_new (i32.const 1001) (i32.load8_u (i32.const 1000)) (i32.add (local.get $name) (i32.const 1)) (i32.load8_u (local.get $name)) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0))
    (call $add_cycles (i64.load (local.get $rest)))
    (call $call_append (i32.add (local.get $rest) (i32.const 8)) (i32.sub (i32.add (i32.const 1000) (call $arg_size)) (i32.add (local.get $rest) (i32.const 8))))
    (if (call $perform) (then (unreachable))))
  (func (export "canister_update log") (call $print (i32.const 0) (i32.const 10)) (call $reply))
  (func (export "canister_update grow") (drop (memory.grow (i32.const 90))) (call $reply))
  (func (export "canister_query ping") (call $reply)))`);

export let network: Network;
export const me = Ed25519KeyIdentity.generate();
export const stranger = Ed25519KeyIdentity.generate();
export const aaaaa = Principal.managementCanister();

/** Makes the network of a test file. */
export async function startNetwork(): Promise<void> {
  network = await Network.start();
}

/** Calls the management canister as a user does. */
export async function manage<T>(
  name: MethodName,
  argument: unknown,
  canister: Principal,
  identity: Identity = me,
): Promise<T> {
  const [input, output] = methods[name];
  const arg = IDL.encode([input!], [argument]);
  const { reply } = await network
    .agent(identity)
    .update(aaaaa, { methodName: name, arg, effectiveCanisterId: canister });
  return (output === undefined ? undefined : IDL.decode([output], reply)[0]) as T;
}

/** Calls it as a canister does. */
export async function relayed<T>(by: Principal, name: MethodName, argument: unknown, cycles = 0n): Promise<T> {
  const [input, output] = methods[name];
  const payload = IDL.encode(input === undefined ? [] : [input], input === undefined ? [] : [argument]);
  const amount = Buffer.alloc(8);
  amount.writeBigUInt64LE(cycles);
  const arg = Buffer.concat([Uint8Array.of(0, name.length), Buffer.from(name), amount, payload]);
  const reply = await update(network, by, 'relay', Uint8Array.from(arg));
  return (output === undefined ? undefined : IDL.decode([output], reply)[0]) as T;
}

export const unchanged = {
  controllers: [],
  compute_allocation: [],
  memory_allocation: [],
  freezing_threshold: [],
  reserved_cycles_limit: [],
  minimum_incoming_canister_call_cycles: [],
  log_visibility: [],
  snapshot_visibility: [],
  status_visibility: [],
  log_memory_limit: [],
  wasm_memory_limit: [],
  wasm_memory_threshold: [],
  environment_variables: [],
};

export const anyCanister = Principal.fromText('rwlgt-iiaaa-aaaaa-aaaaa-cai');

export async function created(settings: Record<string, unknown> = {}): Promise<Principal> {
  const argument = {
    amount: [],
    settings: [{ ...unchanged, ...settings }],
    specified_id: [],
    sender_canister_version: [],
  };
  const result = await manage<{ canister_id: Principal }>(
    'provisional_create_canister_with_cycles',
    argument,
    anyCanister,
  );
  return Principal.fromText(result.canister_id.toText());
}

export function installation(canister_id: Principal, mode: unknown, wasm_module: Uint8Array = relay) {
  return { mode, canister_id, wasm_module, arg: new Uint8Array(), sender_canister_version: [] };
}

export interface Status {
  status: Record<string, null>;
  cycles: bigint;
  memory_size: bigint;
  module_hash: [] | [Uint8Array];
  settings: Record<string, unknown>;
  memory_metrics: Record<string, bigint>;
  version: bigint;
}

export const status = (canister_id: Principal) => manage<Status>('canister_status', { canister_id }, canister_id);
export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
