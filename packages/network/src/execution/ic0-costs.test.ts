/** ic0: cost queries. */
import { IDL } from '@icp-sdk/core/candid';
import { describe, expect, it } from 'vitest';
import { legacyFee, outcallFee } from './outcall-fees.js';
import { imports, installed } from './system-interface.test-support.js';

const canister =
  installed(`(module ${imports('cost_http_request', 'cost_http_request_v2', 'cost_sign_with_ecdsa', 'cost_sign_with_schnorr', 'cost_vetkd_derive_key', 'cost_create_canister', 'subnet_self_node_count', 'msg_arg_data_size', 'msg_arg_data_copy', 'msg_reply_data_append', 'msg_reply')}
  (memory 1) (data (i32.const 200) "key_1") (data (i32.const 210) "nobody")
  (func $answer (call $msg_reply_data_append (i32.const 0) (i32.const 16)) (call $msg_reply))
  (func (export "canister_query nodes") (i32.store (i32.const 0) (call $subnet_self_node_count)) (call $answer))
  (func (export "canister_query creation") (call $cost_create_canister (i32.const 0)) (call $answer))
  (func (export "canister_query outcall") (call $cost_http_request (i64.const 200) (i64.const 4000) (i32.const 0)) (call $answer))
  (func (export "canister_query outcall2")
    (call $msg_arg_data_copy (i32.const 1000) (i32.const 0) (call $msg_arg_data_size))
    (call $cost_http_request_v2 (i32.const 1000) (call $msg_arg_data_size) (i32.const 0)) (call $answer))
  ${(
    [
      ['ecdsa', 'cost_sign_with_ecdsa'],
      ['schnorr', 'cost_sign_with_schnorr'],
      ['vetkd', 'cost_vetkd_derive_key'],
    ] as const
  )
    .map(
      ([name, call]) => `(func (export "canister_query ${name}")
    (i32.store8 (i32.const 14) (call $${call} (i32.const 210) (i32.const 6) (i32.const 0) (i32.const 300)))
    (i32.store8 (i32.const 15) (call $${call} (i32.const 200) (i32.const 5) (i32.const 2) (i32.const 300)))
    (i32.store8 (i32.const 13) (call $${call} (i32.const 200) (i32.const 5) (i32.const 1) (i32.const 300)))
    (if (call $${call} (i32.const 200) (i32.const 5) (i32.const 0) (i32.const 80)) (then (unreachable)))
    (call $msg_reply_data_append (i32.const 13) (i32.const 3)) (call $msg_reply_data_append (i32.const 80) (i32.const 16))
    (call $msg_reply))`,
    )
    .join('\n')})`);

function ask(method: string, arg = new Uint8Array()): Buffer {
  const { result } = canister.query(method, arg);
  if (result.kind !== 'reply') throw new Error(result.kind === 'error' ? result.error.message : result.kind);
  return Buffer.from(result.data);
}
const amount = (bytes: Buffer) => bytes.readBigUInt64LE() + (bytes.readBigUInt64LE(8) << 64n);

const { Nat32, Nat64, Opt, Record, Reserved, Variant } = IDL;
const fields = {
  request_bytes: Nat64,
  http_roundtrip_time_ms: Nat64,
  raw_response_bytes: Nat64,
  transformed_response_bytes: Nat64,
  transform_instructions: Nat64,
};
const counts = Record({ total_requests: Nat32, min_responses: Nat32, max_responses: Nat32 });
const outcallType = Opt(Variant({ fully_replicated: Reserved, non_replicated: Reserved, flexible: Opt(counts) }));
const expected = {
  request_bytes: 100n,
  http_roundtrip_time_ms: 2000n,
  raw_response_bytes: 1000n,
  transformed_response_bytes: 2000n,
  transform_instructions: 26n,
};
const usage = { rawBytes: 1000n, milliseconds: 2000n, instructions: 26n, transformedBytes: 2000n };

describe('a canister is told', () => {
  it('how many nodes there are, what creation costs, and an outcall of version 1', () => {
    expect(ask('nodes').readUInt32LE()).toBe(13);
    expect(amount(ask('creation'))).toBe(500_000_000_000n);
    expect(amount(ask('outcall'))).toBe(legacyFee(200n, 4000n));
  });

  it('what an outcall of version 2 costs, whoever makes it', () => {
    const price = (type: unknown[]) =>
      amount(
        ask(
          'outcall2',
          Uint8Array.from(
            IDL.encode([Record({ ...fields, outcall_type: outcallType })], [{ ...expected, outcall_type: type }]),
          ),
        ),
      );
    const full = outcallFee(100n, { kind: 'full' }, usage);
    // Canisters that were made before there were other kinds.
    expect(amount(ask('outcall2', Uint8Array.from(IDL.encode([Record(fields)], [expected]))))).toBe(full);
    expect(price([])).toBe(full);
    expect(price([{ fully_replicated: null }])).toBe(full);
    expect(price([{ non_replicated: null }])).toBe(outcallFee(100n, { kind: 'single' }, usage));
    const committee = { total_requests: 3, min_responses: 2, max_responses: 3 };
    expect(price([{ flexible: [committee] }])).toBe(outcallFee(100n, { kind: 'flexible', ...committee }, usage));
    const usual = { total_requests: 13, min_responses: 9, max_responses: 13 };
    expect(price([{ flexible: [] }])).toBe(outcallFee(100n, { kind: 'flexible', ...usual }, usage));
    expect(() => price([{ flexible: [{ ...usual, total_requests: 14 }] }])).toThrow(/1 <= total_requests <= 13/);
    expect(() => ask('outcall2', Uint8Array.of(1, 2))).toThrow(/failed to decode the parameters/);
  });

  it.each([
    ['ecdsa', 0],
    ['schnorr', 0],
    ['vetkd', 1],
  ] as const)('what a key of %s costs, and which there are not', (method, second) => {
    const answer = ask(method);
    // There is a second kind or not; no third; no such key.
    expect([...answer.subarray(0, 3)]).toEqual([second, 2, 1]);
    expect(amount(answer.subarray(3))).toBe(26_153_846_153n);
  });
});
