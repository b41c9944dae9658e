/** Calls that come too late, and canisters that have run out of cycles. */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCall, query, send } from '../anonymous-call.test-support.js';
import { Network } from '../index.js';
import { wat } from '../wasm/wat.test-support.js';

let network: Network;
beforeAll(async () => {
  network = await Network.start({ systemCanisters: false, callWaitMilliseconds: 60_000 });
});
afterAll(() => network.stop());

const program = wat(`(module (import "ic0" "msg_reply" (func $reply)) (import "ic0" "trap" (func $trap (param i32 i32)))
  (memory 1) (global $n (mut i32) (i32.const 0))
  (func (export "canister_update spin") (local $i i32)
    (loop (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 900000000)))) (call $reply))
  (func (export "canister_update count") (global.set $n (i32.add (global.get $n) (i32.const 1))) (call $reply))
  (func (export "canister_update silent") (call $trap (i32.const 0) (i32.const 0)))
  (func (export "canister_query look") (call $reply)))`);

const anonymous = { controllers: [Principal.anonymous()] };
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const byId = IDL.Record({ canister_id: IDL.Principal });
const manage = (id: Principal, method: string, arg: Uint8Array) =>
  send(network.url, id, newCall(Principal.managementCanister(), method, arg, network.clock.now())).then(text);

describe('a call whose expiry passes before it begins', () => {
  it('does not run, and says so', async () => {
    const id = network.createCanister(anonymous);
    await network.install(id, program);
    const now = network.clock.now();
    const running = send(network.url, id, newCall(id, 'spin', undefined, now));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const late = send(network.url, id, newCall(id, 'count', undefined, now)).then(text);
    const upgrade = manage(
      id,
      'install_code',
      IDL.encode(
        [
          IDL.Record({
            mode: IDL.Variant({ reinstall: IDL.Null }),
            canister_id: IDL.Principal,
            wasm_module: IDL.Vec(IDL.Nat8),
            arg: IDL.Vec(IDL.Nat8),
          }),
        ],
        [{ mode: { reinstall: null }, canister_id: id, wasm_module: program, arg: [] }],
      ),
    );
    // Both have been taken, and wait.
    await new Promise((resolve) => setTimeout(resolve, 600));
    // Five minutes pass while the first one runs.
    network.advanceTime(300_000);
    for (const answer of [await late, await upgrade]) {
      expect(answer).toContain('timed out waiting to start executing.');
      expect(answer).toContain('IC0202');
    }
    expect(text(await running)).toContain('replied');
  }, 60_000);
});

describe('a frozen canister', () => {
  it('can be unfrozen, topped up and deleted; nothing else costs what it does not have', async () => {
    const id = network.createCanister({ ...anonymous, cycles: 10n ** 12n });
    await network.install(id, program);
    network.updateSettings(id, { freezingThreshold: 10n ** 15n });
    const frozen = `Canister ${id} is unable to process query calls because it's frozen. Please top up the canister with cycles and try again.`;
    await expect(query(network.url, id, 'look')).rejects.toThrow(`IC0207: ${frozen}`);
    expect(text(await send(network.url, id, newCall(id, 'count', undefined, network.clock.now())))).toContain('IC0207');
    expect(await manage(id, 'stop_canister', IDL.encode([byId], [{ canister_id: id }]))).toContain('IC0207');
    const settings = IDL.Record({
      canister_id: IDL.Principal,
      settings: IDL.Record({ freezing_threshold: IDL.Opt(IDL.Nat) }),
    });
    const before = network.canister(id).cycles;
    const arg = IDL.encode([settings], [{ canister_id: id, settings: { freezing_threshold: [1000n] } }]);
    expect(arg.length).toBeLessThanOrEqual(338);
    expect(await manage(id, 'update_settings', arg)).toContain('replied');
    expect(before - network.canister(id).cycles).toBeGreaterThan(0n);
    await query(network.url, id, 'look');
    // A stop is two changes of the canister: it is stopping, and has stopped.
    const { version } = network.canister(id);
    expect(await manage(id, 'stop_canister', IDL.encode([byId], [{ canister_id: id }]))).toContain('replied');
    expect(network.canister(id).version).toBe(version + 2n);
    network.updateSettings(id, { freezingThreshold: 10n ** 15n });
    expect(await manage(id, 'delete_canister', IDL.encode([byId], [{ canister_id: id }]))).toContain('replied');
    expect(() => network.createCanister({ canisterId: id })).toThrow(/has been deleted/);
  }, 60_000);
});

it('a method name of more than 20,000 bytes is refused', async () => {
  const id = network.createCanister(anonymous);
  await network.install(id, program);
  const answer = text(await send(network.url, id, newCall(id, 'x'.repeat(20_001), undefined, network.clock.now())));
  expect(answer).toContain('at most 20000 are allowed');
});
