/** Calls between canisters: call contexts, callbacks, cleanup, self-calls, cycles, stopping while calls are open. */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query, update } from './anonymous-call.test-support.js';
import { Network } from './index.js';
import { wat } from './wasm/wat.test-support.js';

/**
 * Forwards calls. The argument of `forward*` is the callee (10 bytes), the length of the method's name, the name, the
 * payload. Callbacks: 0 replies with what came, 1 rejects with "rejected: " and what came, 2 traps, 3 cleans up by
 * setting a number that `cleaned` replies with, 4 replies with the cycles that came back.
 */
const forwarder = wat(`(module
  (import "ic0" "msg_arg_data_size" (func $arg_size (result i32)))
  (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
  (import "ic0" "msg_reject_msg_size" (func $reject_size (result i32)))
  (import "ic0" "msg_reject_msg_copy" (func $reject_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "msg_reject" (func $reject (param i32 i32)))
  (import "ic0" "call_new" (func $call_new (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (import "ic0" "call_on_cleanup" (func $on_cleanup (param i32 i32)))
  (import "ic0" "call_data_append" (func $call_append (param i32 i32)))
  (import "ic0" "call_cycles_add128" (func $add_cycles (param i64 i64)))
  (import "ic0" "call_with_best_effort_response" (func $best_effort (param i32)))
  (import "ic0" "call_perform" (func $perform (result i32)))
  (import "ic0" "msg_cycles_accept" (func $accept (param i64) (result i64)))
  (import "ic0" "msg_cycles_refunded" (func $refunded (result i64)))
  (import "ic0" "performance_counter" (func $counter (param i32) (result i64)))
  (import "ic0" "global_timer_set" (func $set_timer (param i64) (result i64)))
  (import "ic0" "time" (func $time (result i64)))
  (memory 1) (table funcref (elem $on_reply $on_reject $on_trap $on_cleanup_run $on_refund $on_count))
  (global $cleaned (mut i32) (i32.const 0)) (global $ticks (mut i32) (i32.const 0)) (global $beats (mut i32) (i32.const 0))
  (data (i32.const 0) "rejected: ")
  (func $number (param i64) (i64.store (i32.const 500) (local.get 0)) (call $append (i32.const 500) (i32.const 8)) (call $reply))
  (func $on_reply (param i32) (call $arg_copy (i32.const 1000) (i32.const 0) (call $arg_size))
    (call $append (i32.const 1000) (call $arg_size)) (call $reply))
  (func $on_reject (param i32) (call $reject_copy (i32.const 10) (i32.const 0) (call $reject_size))
    (call $reject (i32.const 0) (i32.add (i32.const 10) (call $reject_size))))
  (func $on_trap (param i32) (unreachable))
  (func $on_cleanup_run (param i32) (global.set $cleaned (local.get 0)))
  (func $on_refund (param i32) (call $number (call $refunded)))
  (func $on_count (param i32) (call $number (i64.sub (call $counter (i32.const 1)) (call $counter (i32.const 0)))))
  (func $begin (param $on i32)
    (call $arg_copy (i32.const 1000) (i32.const 0) (call $arg_size))
    (call $call_new (i32.const 1000) (i32.const 10) (i32.const 1011) (i32.load8_u (i32.const 1010)) (local.get $on) (i32.const 7) (i32.const 1) (i32.const 0))
    (call $call_append (i32.add (i32.const 1011) (i32.load8_u (i32.const 1010))) (i32.sub (i32.sub (call $arg_size) (i32.const 11)) (i32.load8_u (i32.const 1010)))))
  (func $send (if (call $perform) (then (unreachable))))
  (func (export "canister_update forward") (call $begin (i32.const 0)) (call $send))
  (func (export "canister_update forward_trap") (call $begin (i32.const 2)) (call $on_cleanup (i32.const 3) (i32.const 9)) (call $send))
  (func (export "canister_update forward_cycles") (call $begin (i32.const 4)) (call $add_cycles (i64.const 0) (i64.const 1000)) (call $send))
  (func (export "canister_update forward_count") (call $begin (i32.const 5)) (call $send))
  (func (export "canister_update forward_soon") (call $begin (i32.const 0)) (call $best_effort (i32.const 1)) (call $send))
  (func (export "canister_update forward_wrong") (call $begin (i32.const 77)) (call $send))
  (func (export "canister_update forget") (call $begin (i32.const 2)))
  (func (export "canister_update echo") (call $on_reply (i32.const 0)))
  (func (export "canister_update accept") (drop (call $accept (i64.const 400))) (call $number (i64.const 0)))
  (func (export "canister_update refuse") (call $reject (i32.const 0) (i32.const 8)))
  (func (export "canister_update trap") (unreachable))
  (func (export "canister_update silent"))
  (func (export "canister_update spin") (local i32)
    (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 200000000)))) (call $number (i64.const 1)))
  (func (export "canister_update dwell") (local i32)
    (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 600000000)))) (call $number (i64.const 1)))
  (func (export "canister_update tick") (drop (call $set_timer (i64.add (call $time) (i64.const 3600000000000)))) (call $number (i64.const 0)))
  (func (export "canister_global_timer") (global.set $ticks (i32.add (global.get $ticks) (i32.const 1))))
  (func (export "canister_query ticks") (call $number (i64.extend_i32_u (global.get $ticks))))
  (func (export "canister_query cleaned") (call $number (i64.extend_i32_u (global.get $cleaned)))))`);

let network: Network;
let a: Principal;
let b: Principal;
const nothing: Uint8Array = new Uint8Array();

beforeAll(async () => {
  network = await Network.start({ callWaitMilliseconds: 60_000 });
  [a, b] = [network.createCanister(), network.createCanister()];
  await Promise.all([network.install(a, forwarder), network.install(b, forwarder)]);
});
afterAll(() => network.stop());

const call = (id: Principal, method: string, arg = nothing) => update(network, id, method, arg);

async function ask(id: Principal, methodName: string): Promise<bigint> {
  return (await query(network.url, id, methodName)).readBigUInt64LE();
}

async function manage(methodName: string, id: Principal): Promise<void> {
  const arg = IDL.encode([IDL.Record({ canister_id: IDL.Principal })], [{ canister_id: id }]);
  await network.agent(network.controller).update(Principal.managementCanister(), {
    methodName,
    arg,
    effectiveCanisterId: id,
  });
}

function to(callee: Principal, method: string, payload: Uint8Array = nothing): Uint8Array {
  return Buffer.concat([callee.toUint8Array(), Uint8Array.of(method.length), Buffer.from(method), payload]);
}

describe('a call', () => {
  it('goes there and comes back', async () => {
    expect((await call(a, 'forward', to(b, 'echo', Buffer.from('hello')))).toString()).toBe('hello');
  });

  it('to oneself is no deadlock, nor is one through others', async () => {
    expect((await call(a, 'forward', to(a, 'echo', Buffer.from('me')))).toString()).toBe('me');
    const around = to(b, 'forward', to(a, 'forward', to(b, 'echo', Buffer.from('round'))));
    expect((await call(a, 'forward', around)).toString()).toBe('round');
  });

  it.each([
    ['rejects', 'refuse', /Reject code: 4[\s\S]*rejected: rejected/],
    ['traps', 'trap', /rejected: Error from Canister .*: Canister trapped: unreachable/],
    ['does not answer', 'silent', /rejected: .*did not reply/],
    ['has no such method', 'nothing', /rejected: .*Canister has no update method 'nothing'/],
  ])('to a canister that %s', async (_, method, text) => {
    await expect(call(a, 'forward', to(b, method))).rejects.toThrow(text);
  });

  it('to nobody', async () => {
    const nobody = Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai');
    await expect(call(a, 'forward', to(nobody, 'echo'))).rejects.toThrow(
      /rejected: Canister rrkah-fqaaa-aaaaa-aaaaq-cai not found/,
    );
  });

  it('that is begun but not performed is not made', async () => {
    await expect(call(a, 'forget', to(b, 'echo'))).rejects.toThrow(/did not reply/);
  });

  it('whose callback does not exist', async () => {
    await expect(call(a, 'forward_wrong', to(b, 'echo'))).rejects.toThrow(
      /non-existent Wasm function 77 from table 0[\s\S]*IC0513/,
    );
  });

  it('whose callback traps is cleaned up after', async () => {
    await expect(call(a, 'forward_trap', to(b, 'echo'))).rejects.toThrow(/Canister trapped: unreachable/);
    expect(await ask(a, 'cleaned')).toBe(9n);
  });

  it('that waits with bound is given up in time', async () => {
    const slow = call(a, 'forward_soon', to(b, 'spin'));
    const start = performance.now();
    const outcome = await slow.catch((error: Error) => error);
    // A fast machine is done in time; a slow one is told that it was not.
    if (outcome instanceof Error) {
      expect(outcome.message).toMatch(/Call has timed out/);
      expect(performance.now() - start).toBeGreaterThan(900);
    }
    await ask(b, 'ticks');
  });

  it('counts instructions over its whole context', async () => {
    const before = (await call(a, 'forward_count', to(b, 'echo'))).readBigUInt64LE();
    const first = network.metrics.messages.findLast(({ method }) => method === 'forward_count');
    // The second question costs 200, which the difference of the counters does not include.
    expect(before).toBe(BigInt(first!.instructions) - 200n);
  });

  it('cycles are sent, accepted and refunded, and nothing is lost but the price', async () => {
    const total = () => network.canister(a).cycles + network.canister(b).cycles;
    const seen = network.metrics.messages.length;
    const before = total();
    expect((await call(a, 'forward_cycles', to(b, 'accept'))).readBigUInt64LE()).toBe(600n);
    const executions = network.metrics.messages.slice(seen).reduce((sum, { cycles }) => sum + cycles, 0n);
    const ingress = 1_200_000n;
    const request = 260_000n + 1000n * 6n;
    const response = 1000n * 8n;
    const spent = before - total() - executions - request - response;
    // The rest is the user's call (its bytes are the agent's business) and a little storage.
    expect(spent).toBeGreaterThan(ingress);
    expect(spent).toBeLessThan(ingress + 2000n * 1000n + 1_000_000n);
  });
});

describe('stopping', () => {
  it('waits for open calls, refuses new ones, and starts again', async () => {
    const [caller, callee] = [network.createCanister(), network.createCanister()];
    await Promise.all([network.install(caller, forwarder), network.install(callee, forwarder)]);
    const open = call(caller, 'forward', to(callee, 'dwell'));
    await expect.poll(() => network.canister(caller).cycles < 99_990_000_000_000n).toBe(true);
    const stopped = manage('stop_canister', caller);
    await expect.poll(() => network.canister(caller).status).toBe('stopping');
    await expect(call(caller, 'echo')).rejects.toThrow(/is stopping[\s\S]*IC0509/);
    expect((await open).readBigUInt64LE()).toBe(1n);
    await stopped;
    expect(network.canister(caller).status).toBe('stopped');
    await expect(call(caller, 'echo')).rejects.toThrow(/is stopped[\s\S]*IC0508/);
    await manage('start_canister', caller);
    expect((await call(caller, 'echo', Buffer.from('again'))).toString()).toBe('again');
  });
});

describe('time', () => {
  it('fires a timer once when its moment has come', async () => {
    await call(a, 'tick');
    expect(await ask(a, 'ticks')).toBe(0n);
    network.advanceTime(3_600_001);
    await expect.poll(() => ask(a, 'ticks')).toBe(1n);
    network.advanceTime(3_600_001);
    await ask(a, 'cleaned');
    expect(await ask(a, 'ticks')).toBe(1n);
  });

  it.each(['stopped', 'frozen'])('keeps a timer that is due while its canister is %s', async (how) => {
    const id = network.createCanister();
    await network.install(id, forwarder);
    await call(id, 'tick');
    const { freezingThreshold } = network.canister(id).settings;
    // The timer's message is behind one that runs when the canister is stopped or frozen.
    const cycles = network.canister(id).cycles;
    const busy = call(id, 'dwell');
    await expect.poll(() => network.canister(id).cycles < cycles - 1_000_000_000n).toBe(true);
    network.advanceTime(3_600_001);
    if (how === 'frozen') network.updateSettings(id, { freezingThreshold: 10n ** 17n });
    else await manage('stop_canister', id);
    await busy;
    if (how === 'frozen') network.updateSettings(id, { freezingThreshold });
    else await manage('start_canister', id);
    await expect.poll(() => ask(id, 'ticks'), { timeout: 5_000 }).toBe(1n);
  });

  it('beats hearts', async () => {
    const quick = await Network.start({ heartbeatMilliseconds: 20 });
    try {
      const id = quick.createCanister();
      await quick.install(
        id,
        wat(
          '(module (global $n (mut i32) (i32.const 0)) (func (export "canister_heartbeat") (global.set $n (i32.add (global.get $n) (i32.const 1)))))',
        ),
      );
      await expect
        .poll(() => quick.metrics.methods.find(({ kind }) => kind === 'heartbeat')?.count ?? 0)
        .toBeGreaterThan(2);
    } finally {
      await quick.stop();
    }
  });
});

describe('a long message', () => {
  it('holds up neither the network nor other canisters', async () => {
    const agent = network.agent(network.controller);
    const look = () => agent.query(a, { methodName: 'ticks', arg: nothing });
    await look();
    const busy = call(b, 'dwell').then(() => performance.now());
    const answered: number[] = [];
    for (let i = 0; i < 3; i++) {
      await Promise.all([look(), agent.status()]);
      answered.push(performance.now());
    }
    expect(await busy).toBeGreaterThan(answered[2]!);
  });
});
