/** Composite queries: questions that ask other canisters. */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from './anonymous-call.test-support.js';
import { Network } from './index.js';
import { wat } from './wasm/wat.test-support.js';

/**
 * `ask` asks whom its argument names (10 bytes), by the method that follows (a letter), with what follows that, twice, one
 * call after the other, and replies with how often it has been called back (as its heap and its stable memory have it) and
 * what it was told. `b` replies with its argument, `c` rejects, `d` traps, `s` never ends, `n` says nothing; `o` asks once,
 * `e` too, and traps in the callback; `left` replies with what a query has left in the heap.
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
  (func (export "canister_query s") (loop (br 0)))
  (func (export "canister_composite_query n"))
  (func (export "canister_composite_query o") (global.set $back (i32.const 49)) (call $keep) (call $begin (i32.const 0)))
  (func (export "canister_update u") (call $reply))
  (func (export "canister_query left") (call $append (i32.const 80) (i32.const 1)) (call $reply)))`);

/**
 * `grow` makes heap and stable memory larger, writes there and asks itself for its `size`; replies with that answer,
 * its own sizes in pages, and the written values. `long` runs for some time, and leaves one page of stable memory.
 */
const grower = wat(`(module
  (import "ic0" "msg_arg_data_copy" (func $copy (param i32 i32 i32)))
  (import "ic0" "canister_self_copy" (func $self (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "call_new" (func $call_new (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (import "ic0" "call_perform" (func $perform (result i32)))
  (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
  (import "ic0" "stable64_size" (func $stable (result i64)))
  (import "ic0" "stable64_read" (func $read (param i64 i64 i64)))
  (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
  (memory 1 5) (table funcref (elem $back))
  (data (i32.const 0) "size") (data (i32.const 10) "sizes ??, then ?? with ? and ?")
  (func $sizes (param i32)
    (i32.store8 (local.get 0) (i32.add (i32.const 48) (memory.size)))
    (i32.store8 offset=1 (local.get 0) (i32.add (i32.const 48) (i32.wrap_i64 (call $stable)))))
  (func (export "canister_query size") (call $sizes (i32.const 100)) (call $append (i32.const 100) (i32.const 2)) (call $reply))
  (func (export "canister_composite_query grow")
    (drop (memory.grow (i32.const 2))) (drop (call $grow (i64.const 2)))
    (i32.store8 (i32.const 150000) (i32.const 55)) (i32.store8 (i32.const 200) (i32.const 57))
    (call $write (i64.const 100000) (i64.const 200) (i64.const 1))
    (call $self (i32.const 300) (i32.const 0) (i32.const 10))
    (call $call_new (i32.const 300) (i32.const 10) (i32.const 0) (i32.const 4)
      (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
    (if (call $perform) (then (unreachable))))
  (func $back (param i32)
    (call $copy (i32.const 16) (i32.const 0) (i32.const 2)) (call $sizes (i32.const 25))
    (i32.store8 (i32.const 33) (i32.load8_u (i32.const 150000)))
    (call $read (i64.const 39) (i64.const 100000) (i64.const 1))
    (call $append (i32.const 10) (i32.const 30)) (call $reply))
  (func (export "canister_update long") (local $i i32)
    (drop (call $grow (i64.const 1)))
    (loop (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000000000))))
    (call $reply)))`);

/** Each method asks the management canister's method of that name with its argument, and replies with what comes back. */
const manager = wat(`(module
  (import "ic0" "msg_arg_data_size" (func $size (result i32)))
  (import "ic0" "msg_arg_data_copy" (func $copy (param i32 i32 i32)))
  (import "ic0" "msg_reject_msg_size" (func $reject_size (result i32)))
  (import "ic0" "msg_reject_msg_copy" (func $reject_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "call_new" (func $call_new (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (import "ic0" "call_data_append" (func $call_append (param i32 i32)))
  (import "ic0" "call_perform" (func $perform (result i32)))
  (import "ic0" "debug_print" (func $print (param i32 i32)))
  (memory 1) (table funcref (elem $on_reply $on_reject))
  (data (i32.const 0) "canister_statusfetch_canister_logsraw_rand")
  (func $ask (param $name i32) (param $length i32)
    (call $copy (i32.const 100) (i32.const 0) (call $size))
    (call $call_new (i32.const 0) (i32.const 0) (local.get $name) (local.get $length)
      (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0))
    (call $call_append (i32.const 100) (call $size))
    (if (call $perform) (then (unreachable))))
  (func $on_reply (param i32) (call $copy (i32.const 100) (i32.const 0) (call $size))
    (call $append (i32.const 100) (call $size)) (call $reply))
  (func $on_reject (param i32) (call $reject_copy (i32.const 100) (i32.const 0) (call $reject_size))
    (call $append (i32.const 100) (call $reject_size)) (call $reply))
  (func (export "canister_init") (call $print (i32.const 0) (i32.const 8)))
  (func (export "canister_composite_query canister_status") (call $ask (i32.const 0) (i32.const 15)))
  (func (export "canister_composite_query fetch_canister_logs") (call $ask (i32.const 15) (i32.const 19)))
  (func (export "canister_composite_query raw_rand") (call $ask (i32.const 34) (i32.const 8))))`);

let network: Network;
let ids: Principal[];

async function askers(count: number, on: Network): Promise<Principal[]> {
  const made = Array.from({ length: count }, () => on.createCanister());
  await Promise.all(made.map((id) => on.install(id, asker)));
  return made;
}

beforeAll(async () => {
  network = await Network.start();
  ids = await askers(9, network);
});
afterAll(() => network.stop());

/** An order for `a`: ask a canister by a method, with an argument. */
const asking = (whom: Principal, method: string, argument: Uint8Array = new Uint8Array()) =>
  Buffer.concat([whom.toUint8Array(), Buffer.from(method), argument]);

async function ask(
  id: Principal,
  methodName: string,
  arg: Uint8Array = new Uint8Array(),
  on = network,
): Promise<string> {
  const answer = await query(on.url, id, methodName, arg).catch((error: Error) => error.message.replace(': ', ' '));
  return answer.toString();
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

  it('may ask those that ask others, so deep and no deeper', async () => {
    let argument = asking(ids[8]!, 'b', Buffer.from('.'));
    const depths: string[] = [];
    for (let i = 7; i >= 0; i--) {
      depths.push(await ask(ids[i]!, 'o', argument));
      argument = asking(ids[i]!, 'o', argument);
    }
    const answered = Array.from({ length: 6 }, (_, i) => `${'21'.repeat(i + 1)}.`);
    const tooDeep = 'IC0525 Composite query calls exceeded the maximum call depth.';
    expect(depths).toEqual([...answered, tooDeep, tooDeep]);
  });

  it('may ask itself, and in a circle: each call sees what is committed, and goes on with what it wrote', async () => {
    const [a, b] = ids as [Principal, Principal];
    expect(await ask(a, 'a', asking(a, 'b', Buffer.from('me')))).toBe('22me');
    expect(await ask(a, 'a', asking(a, 'd'))).toMatch(/^22Error from Canister .*unreachable/);
    expect(await ask(a, 'a', asking(b, 'a', asking(a, 'b', Buffer.from('x'))))).toBe('2222x');
    const twice = asking(a, 'a', asking(b, 'a', asking(a, 'b', Buffer.from('y'))));
    expect(await ask(a, 'a', asking(b, 'a', twice))).toBe('22222222y');
    expect(await ask(a, 'left')).toBe('\0');
    expect(await ask(b, 'left')).toBe('\0');
    let forever = asking(a, 'b');
    for (let i = 0; i < 6; i++) forever = asking(a, 'a', forever);
    expect(await ask(a, 'a', forever)).toMatch(/^IC0525/);
  });

  it('asks itself with larger memory than is committed, also while a message runs', async () => {
    const id = network.createCanister();
    await network.install(id, grower);
    for (let i = 0; i < 2; i++) {
      expect(await ask(id, 'grow')).toBe('sizes 10, then 32 with 7 and 9');
      expect(await ask(id, 'size')).toBe('10');
    }
    let isRunning = true;
    const running = network
      .agent()
      .update(id, { methodName: 'long', arg: new Uint8Array(), effectiveCanisterId: id })
      .finally(() => {
        isRunning = false;
      });
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let i = 0; i < 2; i++) expect(await ask(id, 'grow')).toBe('sizes 10, then 32 with 7 and 9');
    expect(await ask(id, 'size')).toBe('10');
    expect(isRunning).toBe(true);
    await running;
    expect(await ask(id, 'size')).toBe('11');
  });

  it('asks the management canister for statuses and logs', async () => {
    const id = network.createCanister();
    await network.install(id, manager);
    const about = (whom: Principal) =>
      IDL.encode([IDL.Record({ canister_id: IDL.Principal })], [{ canister_id: whom }]);
    const through = async (methodName: string, arg: Uint8Array) => {
      const answer = await network.agent().query(id, { methodName, arg });
      if (answer.status !== 'replied') throw new Error(answer.reject_message);
      return answer.reply.arg;
    };
    const text = async (methodName: string, arg: Uint8Array) =>
      Buffer.from(await through(methodName, arg)).toString('latin1');

    const Status = IDL.Record({ status: IDL.Variant({ running: IDL.Null }), cycles: IDL.Nat });
    const [status] = IDL.decode([Status], await through('canister_status', about(id)));
    expect(status).toEqual({ status: { running: null }, cycles: network.canister(id).cycles });
    expect(await text('canister_status', about(ids[0]!))).toMatch(/^Only controllers of canister /);
    expect(await text('fetch_canister_logs', about(id))).toMatch(/not allowed to access canister logs/);
    expect(await text('raw_rand', IDL.encode([], []))).toMatch(/no query method 'raw_rand'/);

    network.canister(id).settings.logVisibility = { public: null };
    expect(await text('fetch_canister_logs', about(id))).toMatch(/^DIDL.*canister$/s);
  });

  it('whose callback traps fails, and leaves nothing', async () => {
    const [a, b] = ids as [Principal, Principal];
    expect(await ask(a, 'e', asking(b, 'b'))).toMatch(/^IC0502 .*unreachable/);
    expect(await ask(a, 'left')).toBe('\0');
    expect(await ask(a, 'a', asking(b, 'b'))).toBe('22');
  });

  it('does not wait for ever for one that waits for it', async () => {
    const [a, b, c] = ids as [Principal, Principal, Principal];
    const pairs = Array.from({ length: 6 }, (_, i) =>
      i % 2 ? ask(a, 'a', asking(b, 'b')) : ask(b, 'a', asking(a, 'b')),
    );
    expect(await Promise.all(pairs)).toEqual(pairs.map(() => '22'));
    const ring = [a, b, c, a, b];
    const circles = Array.from({ length: 12 }, (_, i) => {
      const [first, second, third] = ring.slice(i % 3) as [Principal, Principal, Principal];
      return ask(first, 'a', asking(second, 'a', asking(third, 'b', Buffer.from(`${i}`))));
    });
    expect(await Promise.all(circles)).toEqual(circles.map((_, i) => `2222${i}`));
    for (const id of ring) expect(await ask(id, 'left')).toBe('\0');
  });

  it('does not wait for one that has nothing to do with it', async () => {
    const [a, b, c, d] = ids as [Principal, Principal, Principal, Principal];
    let isSlow = true;
    const slow = ask(a, 'a', asking(b, 's')).finally(() => {
      isSlow = false;
    });
    for (let i = 0; i < 3; i++) expect(await ask(c, 'a', asking(d, 'b'))).toBe('22');
    expect(isSlow).toBe(true);
    expect(await slow).toMatch(/^IC0526/);
  }, 60_000);

  it('may use so many instructions together with all that it asks, and 50 million for each call', async () => {
    const tight = await Network.start({ limits: { queryInstructions: 120_000_000 }, systemCanisters: false });
    const [a, b, c] = (await askers(3, tight)) as [Principal, Principal, Principal];
    const tightly = (id: Principal, argument: Uint8Array) => ask(id, 'a', argument, tight);
    const tooMuch = 'IC0526 Composite query calls exceeded the instruction limit.';
    expect(await tightly(a, asking(b, 'b'))).toBe('22');
    expect(await tightly(a, asking(b, 'a', asking(c, 'b')))).toBe(tooMuch);
    // A missing canister costs nothing.
    expect(await tightly(a, asking(b, 'a', asking(c, 'x')))).toMatch(/^2222.*no query method/);
    expect(await tightly(a, asking(b, 's'))).toBe(tooMuch);
    const { instructions, error } = tight.metrics.last!;
    expect(error).toBe('IC0522');
    const before = tight.metrics.messages.at(-2)!.instructions;
    expect(instructions + before).toBe(120_000_000);
    await tight.stop();
  });

  it('that is not answered says so', async () => {
    const [a, b] = ids as [Principal, Principal];
    expect(await ask(a, 'n')).toBe(`IC0506 Canister ${a.toText()} did not produce a response`);
    expect(await ask(a, 'a', asking(b, 'n'))).toBe(`22Canister ${b.toText()} did not produce a response`);
  });

  it('is not for update calls', async () => {
    const [a, b] = ids as [Principal, Principal];
    const call = network.agent().update(a, { methodName: 'a', arg: asking(b, 'b'), effectiveCanisterId: a });
    await expect(call).rejects.toThrow(/IC0527|IC0536/);
  });
});
