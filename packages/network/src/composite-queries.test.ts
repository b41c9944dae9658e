/** Composite queries: questions that ask other canisters. */
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Network } from './index.js';
import { wat } from './wasm/wat.test-support.js';

/**
 * `ask` asks whom its argument names (10 bytes), by the method that follows (a letter), with what follows that, twice, one
 * call after the other, and replies with how often it has been called back (as its heap and its stable memory have it) and
 * what it was told. `b` replies with its argument, `c` rejects, `d` traps; `e` asks once and traps in the callback; `left`
 * replies with what a query has left in the heap.
 */
const asker = wat(`(module
  (import "ic0" "msg_arg_data_size" (func $size (result i32)))
  (import "ic0" "msg_arg_data_copy" (func $copy (param i32 i32 i32)))
  (import "ic0" "msg_reject_msg_size" (func $reject_size (result i32)))
  (import "ic0" "msg_reject_msg_copy" (func $reject_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "msg_reject" (func $reject (param i32 i32)))
  (import "ic0" "call_new" (func $call_new (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (import "ic0" "call_data_append" (func $call_append (param i32 i32)))
  (import "ic0" "call_perform" (func $perform (result i32)))
  (import "ic0" "in_replicated_execution" (func $replicated (result i32)))
  (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
  (import "ic0" "stable64_read" (func $read (param i64 i64 i64)))
  (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
  (memory 2) (table funcref (elem $on_reply $on_reject $on_trap))
  (global $back (mut i32) (i32.const 48))
  (data (i32.const 0) "sorry")
  (func $begin (param i32)
    (call $call_new (i32.const 100) (i32.const 10) (i32.const 110) (i32.const 1) (local.get 0) (i32.const 0)
      (select (local.get 0) (i32.const 1) (i32.eq (local.get 0) (i32.const 2))) (i32.const 0))
    (call $call_append (i32.const 111) (i32.sub (i32.load (i32.const 96)) (i32.const 11)))
    (if (call $perform) (then (unreachable))))
  (func $keep (i32.store (i32.const 96) (call $size)) (call $copy (i32.const 100) (i32.const 0) (call $size)))
  (func $count
    (global.set $back (i32.add (global.get $back) (i32.const 1)))
    (i32.store8 (i32.const 80) (global.get $back))
    (call $read (i64.const 70000) (i64.const 0) (i64.const 1))
    (i32.store8 (i32.const 70000) (i32.add (i32.const 1) (i32.load8_u (i32.const 70000))))
    (call $write (i64.const 0) (i64.const 70000) (i64.const 1)))
  (func $after (if (i32.lt_u (global.get $back) (i32.const 50)) (then (call $begin (i32.const 0)))
    (else (call $append (i32.const 80) (i32.const 1)) (call $append (i32.const 70000) (i32.const 1))
      (call $append (i32.const 1000) (i32.load (i32.const 92))) (call $reply))))
  (func $on_reply (param i32) (call $count) (i32.store (i32.const 92) (call $size))
    (call $copy (i32.const 1000) (i32.const 0) (call $size)) (call $after))
  (func $on_reject (param i32) (call $count) (i32.store (i32.const 92) (call $reject_size))
    (call $reject_copy (i32.const 1000) (i32.const 0) (call $reject_size)) (call $after))
  (func $on_trap (param i32) (i32.store8 (i32.const 80) (i32.const 120)) (unreachable))
  (func (export "canister_init") (drop (call $grow (i64.const 1))) (i32.store8 (i32.const 70000) (i32.const 48))
    (call $write (i64.const 0) (i64.const 70000) (i64.const 1)))
  (func (export "canister_composite_query a") (if (call $replicated) (then (unreachable))) (call $keep) (call $begin (i32.const 0)))
  (func (export "canister_composite_query e") (call $keep) (call $begin (i32.const 2)))
  (func (export "canister_query b") (call $keep) (call $append (i32.const 100) (i32.load (i32.const 96))) (call $reply))
  (func (export "canister_query c") (call $reject (i32.const 0) (i32.const 5)))
  (func (export "canister_query d") (unreachable))
  (func (export "canister_update u") (call $reply))
  (func (export "canister_query left") (call $append (i32.const 80) (i32.const 1)) (call $reply)))`);

let network: Network;
let ids: Principal[];

beforeAll(async () => {
  network = await Network.start();
  ids = Array.from({ length: 9 }, () => network.createCanister());
  await Promise.all(ids.map((id) => network.install(id, asker)));
});
afterAll(() => network.stop());

/** What `a` is told to do: ask a canister by a method, with an argument. */
const asking = (whom: Principal, method: string, argument: Uint8Array = new Uint8Array()) =>
  Buffer.concat([whom.toUint8Array(), Buffer.from(method), argument]);

async function ask(id: Principal, methodName: string, arg: Uint8Array = new Uint8Array()): Promise<string> {
  const answer = await network.agent().query(id, { methodName, arg });
  if (answer.status === 'replied') return Buffer.from(answer.reply.arg).toString();
  return `${answer.error_code} ${answer.reject_message}`;
}

describe('a composite query', () => {
  it('asks others; what it writes lasts as long as it does', async () => {
    const [a, b] = ids as [Principal, Principal];
    const { cycles } = network.canister(a);
    for (let i = 0; i < 2; i++) expect(await ask(a, 'a', asking(b, 'b', Buffer.from('hello')))).toBe('22hello');
    expect(await ask(a, 'left')).toBe('\0');
    expect(cycles - network.canister(a).cycles).toBeLessThan(1000n);
  });

  it('is told of rejects, traps and what there is not', async () => {
    const [a, b] = ids as [Principal, Principal];
    expect(await ask(a, 'a', asking(b, 'c'))).toBe('22sorry');
    expect(await ask(a, 'a', asking(b, 'd'))).toMatch(/^22Error from Canister .*: Canister trapped: unreachable/);
    expect(await ask(a, 'a', asking(b, 'x'))).toMatch(/^22.*no query method 'x'/);
    expect(await ask(a, 'a', asking(b, 'u'))).toMatch(/^22.*no query method 'u'/);
    const nobody = Principal.fromUint8Array(Uint8Array.of(0, 0, 0, 0, 9, 9, 9, 9, 1, 1));
    expect(await ask(a, 'a', asking(nobody, 'b'))).toMatch(/^22Canister .* not found/);
  });

  it('may ask those that ask others, so deep and no deeper, and not in a loop', async () => {
    let argument = asking(ids[8]!, 'b', Buffer.from('.'));
    const depths: string[] = [];
    for (let i = 7; i >= 0; i--) {
      depths.push(await ask(ids[i]!, 'a', argument));
      argument = asking(ids[i]!, 'a', argument);
    }
    expect(depths.slice(0, 4)).toEqual(['22.', '2222.', '222222.', '22222222.']);
    expect(depths.at(-1)).toContain('call depth of a composite query exceeds 6');
    const [a, b] = ids as [Principal, Principal];
    expect(await ask(a, 'a', asking(b, 'a', asking(a, 'b')))).toMatch(/^2222Canister .* is called in a loop/);
    expect(await ask(a, 'a', asking(a, 'b'))).toMatch(/^22Canister .* is called in a loop/);
  });

  it('whose callback traps fails, and leaves nothing', async () => {
    const [a, b] = ids as [Principal, Principal];
    expect(await ask(a, 'e', asking(b, 'b'))).toMatch(/^IC0502 .*unreachable/);
    expect(await ask(a, 'left')).toBe('\0');
    expect(await ask(a, 'a', asking(b, 'b'))).toBe('22');
  });

  it('does not wait for ever for one that waits for it', async () => {
    const [a, b] = ids as [Principal, Principal];
    const answers = Array.from({ length: 6 }, (_, i) =>
      i % 2 ? ask(a, 'a', asking(b, 'b')) : ask(b, 'a', asking(a, 'b')),
    );
    expect(await Promise.all(answers)).toEqual(answers.map(() => '22'));
  });

  it('is not for update calls', async () => {
    const [a, b] = ids as [Principal, Principal];
    const call = network.agent().update(a, { methodName: 'a', arg: asking(b, 'b'), effectiveCanisterId: a });
    await expect(call).rejects.toThrow(/IC0527|IC0536/);
  });
});
