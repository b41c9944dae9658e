/** For tests of clients: a canister that does a little of everything. */
import type { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { wat } from './wasm/wat.test-support.js';

/** Echoes, counts, traps, rejects, and names its caller. Candid: the reply of `whoami` is a principal. */
export const echoModule = wat(`(module
  (import "ic0" "msg_arg_data_size" (func $arg_size (result i32)))
  (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
  (import "ic0" "msg_caller_size" (func $caller_size (result i32)))
  (import "ic0" "msg_caller_copy" (func $caller_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "msg_reject" (func $reject (param i32 i32)))
  (import "ic0" "certified_data_set" (func $certify (param i32 i32)))
  (import "ic0" "data_certificate_size" (func $certificate_size (result i32)))
  (import "ic0" "data_certificate_copy" (func $certificate_copy (param i32 i32 i32)))
  (import "ic0" "debug_print" (func $print (param i32 i32)))
  (memory 1)
  (global $count (mut i64) (i64.const 0))
  (data (i32.const 0) "DIDL\\00\\01\\68\\01")
  (data (i32.const 100) "DIDL\\00\\01\\78")
  (data (i32.const 200) "no such luck")
  (func $echo (call $arg_copy (i32.const 1000) (i32.const 0) (call $arg_size))
    (call $append (i32.const 1000) (call $arg_size)) (call $reply))
  (func $number (i64.store (i32.const 107) (global.get $count)) (call $append (i32.const 100) (i32.const 15)) (call $reply))
  (func (export "canister_update echo") (call $echo))
  (func (export "canister_query ask") (call $echo))
  (func (export "canister_update whoami") (i32.store8 (i32.const 8) (call $caller_size))
    (call $caller_copy (i32.const 9) (i32.const 0) (call $caller_size))
    (call $append (i32.const 0) (i32.add (i32.const 9) (call $caller_size))) (call $reply))
  (func (export "canister_update count") (global.set $count (i64.add (global.get $count) (i64.const 1))) (call $number))
  (func (export "canister_query get") (call $number))
  (func (export "canister_update trap") (global.set $count (i64.const 1000)) (call $print (i32.const 200) (i32.const 12)) (unreachable))
  (func (export "canister_update reject") (call $reject (i32.const 200) (i32.const 12)))
  (func (export "canister_update silent"))
  (func (export "canister_update endless") (loop (br 0)))
  (func (export "canister_update certify") (call $certify (i32.const 200) (i32.const 12)) (call $number))
  (func (export "canister_query certificate") (call $certificate_copy (i32.const 1000) (i32.const 0) (call $certificate_size))
    (call $append (i32.const 1000) (call $certificate_size)) (call $reply)))`);

export const echoInterface: IDL.InterfaceFactory = ({ IDL }) =>
  IDL.Service({
    echo: IDL.Func([IDL.Text], [IDL.Text], []),
    ask: IDL.Func([IDL.Text], [IDL.Text], ['query']),
    whoami: IDL.Func([], [IDL.Principal], []),
    count: IDL.Func([], [IDL.Nat64], []),
    get: IDL.Func([], [IDL.Nat64], ['query']),
    trap: IDL.Func([], [], []),
    reject: IDL.Func([], [], []),
    silent: IDL.Func([], [], []),
    endless: IDL.Func([], [], []),
    missing: IDL.Func([], [], []),
    missing_query: IDL.Func([], [], ['query']),
  });

export interface EchoService {
  echo: (text: string) => Promise<string>;
  ask: (text: string) => Promise<string>;
  whoami: () => Promise<Principal>;
  count: () => Promise<bigint>;
  get: () => Promise<bigint>;
  trap: () => Promise<void>;
  reject: () => Promise<void>;
  silent: () => Promise<void>;
  endless: () => Promise<void>;
  missing: () => Promise<void>;
  missing_query: () => Promise<void>;
}
