import { describe, expect, it } from 'vitest';
import { custom, many, refusal, sections } from './validation.test-support.js';
import { wat } from './wat.test-support.js';

const refused: [what: string, wasm: () => Uint8Array, reason: string][] = [
  [
    'an import that does not exist',
    () => wat('(module (import "ic0" "exec" (func)))'),
    "Wasm module has an invalid import section. Module imports function 'exec' from 'ic0' that is not exported by the runtime.",
  ],
  [
    'an import from elsewhere',
    () => wat('(module (import "env" "time" (func (result i64))))'),
    'expected to be imported from one of ["ic0"] instead',
  ],
  [
    'wasi',
    () => wat('(module (import "wasi_snapshot_preview1" "fd_write" (func)))'),
    "Module imports function 'fd_write' from 'wasi_snapshot_preview1'",
  ],
  [
    'an import with another signature',
    () => wat('(module (import "ic0" "time" (func (result i32))))'),
    "Wasm module has an invalid function signature. Expected return type [I64] for 'time', got [I32].",
  ],
  [
    'a 64-bit system call',
    () => wat('(module (import "ic0" "msg_reply_data_append" (func (param i64 i64))))'),
    "Expected input params [I32, I32] for 'msg_reply_data_append', got [I64, I64].",
  ],
  [
    'an imported memory by another name',
    () => wat('(module (import "env" "heap" (memory 1)))'),
    'unknown import: `env::heap` has not been defined',
  ],
  [
    'a memory imported from env',
    () => wat('(module (import "env" "memory" (memory 1)))'),
    'unknown import: `env::memory` has not been defined',
  ],
  [
    'a table imported from env',
    () => wat('(module (import "env" "table" (table 1 funcref)))'),
    'unknown import: `env::table` has not been defined',
  ],
  [
    'a system call of two parameters too few',
    () => wat('(module (import "ic0" "msg_caller_copy" (func (param i32))))'),
    "Expected input params [I32, I32, I32] for 'msg_caller_copy', got [I32].",
  ],
  [
    'a system call of old',
    () => wat('(module (import "ic0" "call_simple" (func)))'),
    "Module imports function 'call_simple' from 'ic0' that is not exported by the runtime.",
  ],
  ['an imported global', () => wat('(module (import "env" "g" (global i32)))'), 'Importing globals is not allowed.'],
  [
    'an imported memory',
    () => wat('(module (import "js" "memory" (memory 1)))'),
    'Only memory imported from env.memory is allowed.',
  ],
  [
    'an imported table',
    () => wat('(module (import "js" "table" (table 1 funcref)))'),
    'Only tables imported from env.table are allowed.',
  ],
  [
    'an unknown canister_ export',
    () => wat('(module (func (export "canister_foo")))'),
    `Exporting reserved function 'canister_foo' with "canister_" prefix`,
  ],
  [
    'canister_start',
    () => wat('(module (func (export "canister_start")))'),
    'Exporting reserved symbol canister_start not allowed.',
  ],
  [
    'the instruction counter',
    () => wat('(module (global i64 (i64.const 0)) (export "canister counter_instructions" (global 0)))'),
    'Exporting reserved symbol canister counter_instructions not allowed.',
  ],
  [
    'the stable memory',
    () => wat('(module (memory (export "stable_memory") 1))'),
    'Exporting reserved symbol stable_memory not allowed.',
  ],
  [
    'a method that is update and query',
    () => wat('(module (func (export "canister_update f")) (func (export "canister_query f")))'),
    "Duplicate function 'f' exported multiple times with different call types: update, query, or composite_query",
  ],
  [
    'a method with a parameter',
    () => wat('(module (func (export "canister_update f") (param i32)))'),
    "Expected input params [] for 'canister_update f', got [I32].",
  ],
  [
    'an init with a result',
    () => wat('(module (func (export "canister_init") (result i32) (i32.const 1)))'),
    "Expected return type [] for 'canister_init', got [I32].",
  ],
  [
    '1001 methods',
    () => wat(`(module ${many(1001, (i) => `(func (export "canister_query m${i}"))`)})`),
    'The number of exported functions called `canister_update <name>`, `canister_query <name>`, or `canister_composite_query <name>` is 1001 which exceeds 1000',
  ],
  [
    'method names of 20001 bytes',
    () => wat(`(module (func (export "canister_query ${'x'.repeat(20_001)}")))`),
    'The sum of `<name>` lengths in exported functions called `canister_update <name>`, `canister_query <name>`, or `canister_composite_query <name>` is 20001 which exceeds the allowed limit of 20000',
  ],
  [
    'an icp section without a scope',
    () => sections(custom('icp:x name')),
    "Custom section 'icp:x name' has no public/private scope defined.",
  ],
  [
    'an icp section of another scope',
    () => sections(custom('icp:protected x')),
    "Wasm module has an invalid custom section. Invalid custom section: Custom section 'icp:protected x' has no public/private scope defined.",
  ],
  [
    'an icp section without a space',
    () => sections(custom('icp:public')),
    "'icp:' section names must have a space after the public/private scope",
  ],
  [
    'two icp sections of one name',
    () => sections(custom('icp:public a'), custom('icp:private a')),
    'name a already exists',
  ],
  [
    '17 icp sections',
    () => sections(...Array.from({ length: 17 }, (_, i) => custom(`icp:public ${i}`))),
    'Wasm module defined 17 custom sections which exceeds the maximum number allowed 16',
  ],
  [
    'icp sections over 1 MiB',
    () => sections(custom('icp:public a', new Uint8Array(2 ** 20))),
    'total size of the custom sections exceeds the maximum allowed',
  ],
];

describe('an interface with the system, refused at install', () => {
  it.each(refused)('%s', (_, wasm, reason) => {
    expect(refusal(wasm())).toContain(reason);
  });
});
