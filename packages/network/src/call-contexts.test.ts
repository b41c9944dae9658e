/** Calls, callbacks and cycles in unusual orders. */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newCall, query, send, update } from './anonymous-call.test-support.js';
import { Network } from './index.js';
import { wat } from './wasm/wat.test-support.js';

/**
 * A canister with these functions, and what they need: `$send` calls the canister that the message's argument names (10
 * bytes), by the method whose name is a letter, with callbacks from the table; `$send_self` calls the canister itself; `$say` adds a letter to the reply, `$note`
 * adds one to what the query `notes` replies with. Callbacks: 0 to 9, as `$c0` to `$c9` are given.
 */
function canister(methods: Record<string, string>, callbacks: string[] = [], more = ''): Uint8Array {
  const table = Array.from({ length: 10 }, (_, i) => `$c${i}`);
  return wat(`(module
    (import "ic0" "msg_arg_data_size" (func $arg_size (result i32)))
    (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
    (import "ic0" "msg_reject_code" (func $reject_code (result i32)))
    (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
    (import "ic0" "msg_reply" (func $reply))
    (import "ic0" "msg_reject" (func $reject (param i32 i32)))
    (import "ic0" "call_new" (func $call_new (param i32 i32 i32 i32 i32 i32 i32 i32)))
    (import "ic0" "call_on_cleanup" (func $on_cleanup (param i32 i32)))
    (import "ic0" "call_data_append" (func $call_append (param i32 i32)))
    (import "ic0" "call_cycles_add" (func $add_cycles (param i64)))
    (import "ic0" "call_perform" (func $perform (result i32)))
    (import "ic0" "msg_cycles_accept" (func $accept (param i64) (result i64)))
    (import "ic0" "msg_cycles_available" (func $available (result i64)))
    (import "ic0" "msg_cycles_refunded" (func $refunded (result i64)))
    (import "ic0" "canister_status" (func $status (result i32)))
    (import "ic0" "global_timer_set" (func $timer (param i64) (result i64)))
    (import "ic0" "time" (func $time (result i64)))
    (import "ic0" "canister_self_copy" (func $self_copy (param i32 i32 i32)))
    (memory 40) (table funcref (elem ${table.join(' ')}))
    (global $notes (mut i32) (i32.const 0)) (global $count (mut i32) (i32.const 0))
    (data (i32.const 0) "abcdefghijklmnopqrstuvwxyz0123456789")
    (func $letter (param i32) (result i32) (i32.sub (local.get 0) (i32.const 97)))
    (func $say (param i32) (i32.store8 (i32.const 64) (local.get 0)) (call $append (i32.const 64) (i32.const 1)))
    (func $note (param i32) (i32.store8 (i32.add (i32.const 1000) (global.get $notes)) (local.get 0))
      (global.set $notes (i32.add (global.get $notes) (i32.const 1))))
    (func $number (param i64) (i64.store (i32.const 64) (local.get 0)) (call $append (i32.const 64) (i32.const 8)))
    (func $begin (param $method i32) (param $on i32)
      (call $arg_copy (i32.const 100) (i32.const 0) (i32.const 10)) (call $begin_again (local.get $method) (local.get $on)))
    (func $begin_again (param $method i32) (param $on i32)
      (call $call_new (i32.const 100) (i32.const 10) (call $letter (local.get $method)) (i32.const 1)
        (local.get $on) (i32.const 0) (local.get $on) (i32.const 0)))
    (func $go (if (call $perform) (then (call $note (i32.const 33)))))
    (func $send_self (param i32 i32)
      (call $self_copy (i32.const 100) (i32.const 0) (i32.const 10)) (call $begin_again (local.get 0) (local.get 1)) (call $go))
    (func $send (param i32 i32) (call $begin (local.get 0) (local.get 1)) (call $go))
    ${table.map((name, i) => `(func ${name} (param i32) ${callbacks[i] ?? ''})`).join('\n')}
    ${Object.entries(methods)
      .map(([name, body]) => `(func (export "canister_update ${name}") (local $i i32) ${body})`)
      .join('\n')}
    (func (export "canister_query notes") (call $append (i32.const 1000) (global.get $notes)) (call $reply))
    ${more})`);
}

const letter = (text: string) => `(i32.const ${text.charCodeAt(0)})`;
const say = (text: string) => `(call $say ${letter(text)})`;
const note = (text: string) => `(call $note ${letter(text)})`;
const reply = (text: string) => `${say(text)} (call $reply)`;
const trap = '(unreachable)';
/** Goes round that many times. */
const spin = (times: number) =>
  `(loop (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const ${times}))))`;

let network: Network;
let a: Principal;
let b: Principal;

beforeAll(async () => {
  network = await Network.start({ callWaitMilliseconds: 60_000 });
});
afterAll(() => network.stop());
beforeEach(() => {
  [a, b] = [network.createCanister({ controllers: [Principal.anonymous()] }), network.createCanister()];
});

async function install(caller: Uint8Array, callee: Uint8Array): Promise<void> {
  await Promise.all([network.install(a, caller), network.install(b, callee)]);
}

/** A call of the caller that is given the callee's id; returns the answer, and whether it is a reply. */
async function call(method: string, id = a, arg = b.toUint8Array()): Promise<string> {
  try {
    return (await update(network, id, method, arg)).toString('latin1');
  } catch (error) {
    return `rejected: ${(error as Error).message}`;
  }
}

/** Resolves when the caller has executed a method. */
function beginning(method: string): Promise<void> {
  const executed = () => network.metrics.methods.some((each) => each.method === method && each.canister === a.toText());
  return expect.poll(executed, { interval: 5 }).toBe(true);
}

async function notes(id: Principal = a): Promise<string> {
  return (await query(network.url, id, 'notes')).toString();
}

describe('a call context', () => {
  it('goes on after its reply', async () => {
    await install(
      canister({ a: `${reply('x')} (call $send ${letter('b')} (i32.const 0))` }, [
        `${note('1')} (call $begin_again ${letter('b')} (i32.const 1)) (call $go)`,
        note('2'),
      ]),
      canister({ b: reply('y') }),
    );
    expect(await call('a')).toBe('x');
    await expect.poll(() => notes()).toBe('12');
  });

  it('has several calls open, and is answered by whichever callback does', async () => {
    const twice = `(call $send ${letter('b')} (i32.const 0)) (call $begin_again ${letter('c')} (i32.const 1)) (call $go)`;
    await install(
      canister({ a: twice }, [note('1'), `${note('2')} ${reply('z')}`]),
      canister({ b: reply('y'), c: reply('y') }),
    );
    expect(await call('a')).toBe('z');
    await expect.poll(() => notes()).toHaveLength(2);
  });

  it('that is answered twice traps the second time, and the first answer stays', async () => {
    await install(
      canister({ a: `${reply('x')} (call $send ${letter('b')} (i32.const 0))`, twice: `${reply('x')} (call $reply)` }, [
        `${note('1')} ${reply('again')}`,
      ]),
      canister({ b: reply('y') }),
    );
    expect(await call('a')).toBe('x');
    expect(await call('twice')).toMatch(/IC0504/);
    expect(await notes()).toBe('');
  });

  it('without an answer is answered when its last call has come back', async () => {
    await install(
      canister({ a: `(call $send ${letter('b')} (i32.const 0))` }, [note('1')]),
      canister({ b: reply('y') }),
    );
    expect(await call('a')).toMatch(/did not reply to the call.*IC0506|IC0506/s);
    expect(await notes()).toBe('1');
  });

  it('keeps what it did before a callback that traps; the cleanup runs, and may trap too', async () => {
    const begin = (on: number) =>
      `${note('0')} (call $begin ${letter('b')} (i32.const 0)) (call $on_cleanup (i32.const ${on}) (i32.const 0)) (call $go)`;
    await install(
      canister({ good: begin(1), bad: begin(2) }, [note('1') + trap, note('c'), note('d') + trap]),
      canister({ b: reply('y') }),
    );
    expect(await call('good')).toMatch(/IC0502/);
    expect(await notes()).toBe('0c');
    expect(await call('bad')).toMatch(/IC0502/);
    expect(await notes()).toBe('0c0');
  });

  it('ends when its canister loses its code, and late answers find nobody', async () => {
    const later = `${spin(300_000_000)} ${reply('y')}`;
    await install(
      canister({ a: `(call $send ${letter('b')} (i32.const 0))` }, [`${note('1')} ${reply('x')}`]),
      canister({ b: later }),
    );
    const answer = call('a');
    await beginning('a');
    await network.reinstall(a, canister({}));
    expect(await answer).toMatch(/rejected/);
    expect(await notes()).toBe('');
  });
});

describe('cycles', () => {
  const balance = (id: Principal) => network.canister(id).cycles;
  const sendCycles = (method: string, amount: bigint, on = 0) =>
    `(call $begin ${letter(method)} (i32.const ${on})) (call $add_cycles (i64.const ${amount})) (call $go)`;
  const refund = '(call $number (call $refunded)) (call $reply)';
  const refunded = async (method: string) => Buffer.from(await call(method), 'latin1').readBigUInt64LE();
  const T = 1_000_000_000_000n;

  it('that are not accepted come back: after a reply, a reject, a trap, and from nobody', async () => {
    await install(
      canister(
        {
          some: sendCycles('s', T),
          none: sendCycles('n', T),
          trap: sendCycles('t', T),
          lost: sendCycles('l', T),
          all: sendCycles('g', T),
        },
        [refund],
      ),
      canister({
        s: `(drop (call $accept (i64.const 1000))) (drop (call $accept (i64.const 500))) ${reply('x')}`,
        n: '(call $reject (i32.const 0) (i32.const 1))',
        t: `(drop (call $accept (i64.const 1000))) ${trap}`,
        g: `(drop (call $accept (i64.const -1))) ${reply('x')}`,
      }),
    );
    expect(await refunded('some')).toBe(T - 1500n);
    expect(await refunded('none')).toBe(T);
    expect(await refunded('trap')).toBe(T);
    expect(await refunded('lost')).toBe(T);
    expect(await refunded('all')).toBe(0n);
  });

  it('return to a canister whose message traps after it has sent them', async () => {
    await install(
      canister({ a: `${sendCycles('s', 5n * T)} ${trap}`, much: sendCycles('s', 1000n * T) }),
      canister({ s: reply('x') }),
    );
    const before = balance(a);
    expect(await call('a')).toMatch(/IC0502/);
    expect(before - balance(a)).toBeLessThan(1_000_000_000n);
    expect(await call('much')).toMatch(/IC0520|out of cycles/);
  });

  it('are accepted in a callback out of what came with the call', async () => {
    await install(
      canister({ a: sendCycles('s', T) }, [refund]),
      canister({ s: `(call $send_self ${letter('z')} (i32.const 0))`, z: reply('x') }, [
        `(drop (call $accept (i64.const 7))) ${reply('x')}`,
      ]),
    );
    expect(await refunded('a')).toBe(T - 7n);
  });
});

/** A call of the management canister about the caller. */
async function manage(method: 'start_canister' | 'stop_canister'): Promise<string> {
  const argument = IDL.encode([IDL.Record({ canister_id: IDL.Principal })], [{ canister_id: a }]);
  const answer = await send(network.url, a, newCall(Principal.managementCanister(), method, argument));
  return Buffer.from(answer).toString('latin1');
}

describe('stopping and starting', () => {
  it('callbacks run while a canister is stopping; new calls are refused; starting cancels the stop', async () => {
    const slow = network.createCanister();
    await network.install(
      slow,
      canister({
        z: `${spin(400_000_000)} ${reply('s')}`,
      }),
    );
    await network.install(
      a,
      canister({ a: `(call $send ${letter('z')} (i32.const 0))`, c: reply('c') }, [
        `(call $note (i32.add (i32.const 48) (call $status))) ${reply('x')}`,
      ]),
    );
    const answer = call('a', a, slow.toUint8Array());
    await beginning('a');
    const stop = manage('stop_canister');
    await expect.poll(() => network.canister(a).status, { interval: 5 }).toBe('stopping');
    expect(await call('c')).toMatch(/IC0509/);
    expect(await manage('start_canister')).toContain('replied');
    expect(await stop).toContain('IC0511');
    const again = manage('stop_canister');
    expect(await answer).toBe('x');
    expect(await again).toContain('replied');
    expect(network.canister(a).status).toBe('stopped');
    expect(await call('c')).toMatch(/IC0508/);
    expect(await manage('start_canister')).toContain('replied');
    expect(await notes()).toBe('2');
  });

  it('a call to a stopped canister, to one without code, and to one that is no more, comes back', async () => {
    const code = '(call $note (i32.add (i32.const 48) (call $reject_code)))';
    await install(
      canister({ a: `(call $send ${letter('b')} (i32.const 0))` }, [`${code} ${reply('x')}`]),
      canister({ b: reply('y') }),
    );
    const empty = network.createCanister();
    expect(await call('a', a, empty.toUint8Array())).toBe('x');
    expect(await call('a', a, Uint8Array.of(0, 0, 0, 0, 9, 9, 9, 9, 1, 1))).toBe('x');
    expect(await call('a', a)).toBe('x');
    expect(await notes()).toBe('530');
  });
});

describe('timers', () => {
  it('set at the beginning, set again by their handler, and silent after an upgrade', async () => {
    const timer = (version: string) => `(func (export "canister_init") (drop (call $timer (i64.const 1))))
      (func (export "canister_global_timer") ${note(version)} (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (if (i32.lt_u (global.get $count) (i32.const 3)) (then (drop (call $timer (call $time))))))`;
    await network.install(a, canister({}, [], timer('t')));
    await expect.poll(() => notes()).toBe('ttt');
    await network.upgrade(a, canister({}, [], timer('u')));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await notes()).toBe('');
  });

  it('that trap are over; what they call is made all the same when they do not', async () => {
    const handler = `(func (export "canister_global_timer")
      (if (global.get $count) (then ${note('x')} ${trap}))
      (global.set $count (i32.const 1)) (call $send_self ${letter('z')} (i32.const 0)))`;
    await network.install(
      a,
      canister({ go: `(drop (call $timer (i64.const 1))) ${reply('x')}`, z: reply('z') }, [note('z')], handler),
    );
    await call('go');
    await expect.poll(() => notes()).toBe('z');
    await call('go');
    await expect
      .poll(
        () =>
          network.metrics.messages.filter(({ canister: id, error }) => id === a.toText() && error === 'IC0502').length,
      )
      .toBe(1);
    expect(await notes()).toBe('z');
  });
});
