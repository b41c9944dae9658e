import { describe, expect, it } from 'vitest';
import { DirectCanister } from './execution/direct.js';
import { defaultLimits } from './execution/limits.js';
import type { Message } from './execution/message.js';
import { Network } from './network.js';
import { wat } from './wasm/wat.test-support.js';

const endless = wat(`(module (memory 1)
  (func $run (loop (br 0)))
  (func (export "canister_update run") (call $run))
  (func (export "canister_query ask") (call $run))
  (func (export "canister_composite_query compose") (call $run))
  (func (export "canister_inspect_message") (call $run))
  (func (export "canister_heartbeat") (call $run))
  (func (export "canister_global_timer") (call $run))
  (func (export "canister_on_low_wasm_memory") (call $run)))`);

describe('every kind of execution has its limit', () => {
  const limits = {
    updateInstructions: 50_000,
    queryInstructions: 20_000,
    inspectInstructions: 3_000,
    installInstructions: 10_000_000,
  };
  const call = { arg: new Uint8Array(), caller: Uint8Array.of(4), cyclesAvailable: 0n, deadline: 0n };
  const cases: [message: Message, limit: keyof typeof limits][] = [
    [{ kind: 'update', method: 'run', ...call }, 'updateInstructions'],
    [{ kind: 'heartbeat' }, 'updateInstructions'],
    [{ kind: 'timer' }, 'updateInstructions'],
    [{ kind: 'lowMemory' }, 'updateInstructions'],
    [{ kind: 'query', method: 'ask', ...call }, 'queryInstructions'],
    [{ kind: 'replicatedQuery', method: 'ask', ...call }, 'queryInstructions'],
    [{ kind: 'compositeQuery', method: 'compose', ...call }, 'queryInstructions'],
    [{ kind: 'inspect', method: 'run', arg: new Uint8Array(), caller: Uint8Array.of(4) }, 'inspectInstructions'],
  ];
  const canister = new DirectCanister({ limits });
  expect(canister.install(endless).result).toEqual({ kind: 'none' });

  it.each(cases)('$0.kind', (message, limit) => {
    const { result, instructions } = canister.execute(message);
    expect(result).toMatchObject({
      error: { code: 522, message: expect.stringContaining(`exceeded the limit of ${limits[limit]} instructions`) },
    });
    expect(instructions).toBe(limits[limit]);
  });

  it.each(['canister_init', 'canister_post_upgrade', 'start'])('an installation: %s', (name) => {
    const field = name === 'start' ? '(start $f)' : `(export "${name}" (func $f))`;
    const wasm = wat(`(module (func $f (loop (br 0))) ${field})`);
    const mode = name === 'canister_post_upgrade' ? 'upgrade' : 'reinstall';
    const kept = new DirectCanister({ limits });
    kept.install(wat('(module (func (export "canister_update there")))'));
    const { result, instructions } = kept.install(wasm, { mode });
    expect(result).toMatchObject({ error: { code: 522 } });
    expect(instructions).toBe(limits.installInstructions);
    expect(kept.update('there').result).toEqual({ kind: 'none' });
  });

  it('is that of main net unless said otherwise', () => {
    expect(defaultLimits).toMatchObject({
      updateInstructions: 40_000_000_000,
      queryInstructions: 5_000_000_000,
      installInstructions: 300_000_000_000,
      inspectInstructions: 200_000_000,
      sliceInstructions: 2_000_000_000,
    });
  });
});

describe('little memory left', () => {
  it('is told to the canister once, and again after there was enough', async () => {
    const network = await Network.start({ systemCanisters: false, threads: false });
    const MiB = 2n ** 20n;
    const id = network.createCanister({
      cycles: 10n ** 15n,
      settings: { wasmMemoryLimit: 4n * MiB, wasmMemoryThreshold: 2n * MiB },
    });
    await network.install(
      id,
      wat(`(module (import "ic0" "msg_reply" (func $reply)) (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
        (memory 1)
        (func (export "canister_on_low_wasm_memory") (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1))))
        (func (export "canister_update grow") (drop (memory.grow (i32.const 40))) (call $reply))
        (func (export "canister_query told") (call $append (i32.const 0) (i32.const 4)) (call $reply)))`),
    );
    const agent = network.agent();
    const arg = new Uint8Array();
    const grow = () => agent.update(id, { methodName: 'grow', arg, effectiveCanisterId: id });
    const told = async () => {
      const response = await agent.query(id, { methodName: 'told', arg });
      return response.status === 'replied' ? response.reply.arg[0] : response;
    };
    expect(await told()).toBe(0);
    await grow();
    await expect.poll(told).toBe(1);
    await expect(grow()).rejects.toThrow('exceeded its current Wasm memory limit of 4194304 bytes');
    expect(await told()).toBe(1);
    await network.updateSettings(id, { wasmMemoryLimit: 16n * MiB });
    await grow();
    expect(await told()).toBe(1);
    await network.updateSettings(id, { wasmMemoryThreshold: 15n * MiB });
    await grow();
    await expect.poll(told).toBe(2);
    await network.stop();
  });
});
