import { describe, expect, it } from 'vitest';
import { wat } from '../wasm/wat.test-support.js';
import { DirectCanister } from './direct.js';
import { imports } from './system-interface.test-support.js';

describe('lifecycle', () => {
  const counting = (post: string) =>
    wat(`(module ${imports('stable64_grow', 'stable64_write', 'stable64_read', 'msg_reply', 'msg_reply_data_append', 'canister_version')} (memory 1)
    (func (export "canister_init") (drop (call $stable64_grow (i64.const 1))) (i64.store (i32.const 0) (i64.const 5)))
    (func (export "canister_pre_upgrade") (call $stable64_write (i64.const 0) (i64.const 0) (i64.const 8)))
    (func (export "canister_post_upgrade") (i64.store (i32.const 64) (i64.const 9)) ${post})
    (func (export "canister_update add") (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1))))
    (func (export "canister_query get") (call $msg_reply_data_append (i32.const 0) (i32.const 8)) (call $msg_reply)))`);
  const restore = '(call $stable64_read (i64.const 0) (i64.const 0) (i64.const 8))';
  const storedValue = (canister: DirectCanister) => {
    const { result } = canister.query('get');
    return result.kind === 'reply' ? Buffer.from(result.data).readBigUInt64LE() : undefined;
  };

  it('upgrades carry what stable memory holds; reinstalling carries nothing', () => {
    const canister = new DirectCanister();
    canister.install(counting(restore));
    canister.update('add');
    expect(canister.install(counting(restore), { mode: 'upgrade' }).result).toEqual({ kind: 'none' });
    expect(storedValue(canister)).toBe(6n);
    canister.install(counting(''), { mode: 'upgrade' });
    expect(storedValue(canister)).toBe(0n);
    canister.install(counting(restore), { mode: 'reinstall' });
    expect(storedValue(canister)).toBe(5n);
    expect(canister.memory.stable).toBe(65536);
  });

  it.each([true, false])('an upgrade that traps leaves the old canister as it was (heap kept: %s)', (keepHeap) => {
    const canister = new DirectCanister();
    canister.install(counting(restore));
    canister.update('add');
    const output = canister.install(counting('(unreachable)'), { mode: 'upgrade', keepHeap });
    expect(output.result).toMatchObject({ error: { code: 502 } });
    expect(storedValue(canister)).toBe(6n);
    canister.update('add');
    expect(storedValue(canister)).toBe(7n);
  });

  it('an upgrade may keep the heap', () => {
    const canister = new DirectCanister();
    canister.install(counting(''));
    canister.update('add');
    canister.install(counting(''), { mode: 'upgrade', keepHeap: true });
    expect(storedValue(canister)).toBe(6n);
  });

  it('the wasm memory limit stops updates and installs, not queries', () => {
    const wasm = wat(
      `(module (memory 1) (func (export "canister_update grow") (drop (memory.grow (i32.const 1)))) (func (export "canister_query ask") (drop (memory.grow (i32.const 1)))))`,
    );
    const canister = new DirectCanister({ environment: { wasmMemoryLimit: 65536 } });
    expect(canister.install(wasm).result).toEqual({ kind: 'none' });
    expect(canister.update('grow').result).toMatchObject({
      error: {
        code: 539,
        message: expect.stringContaining('limit of 65536 bytes. The peak Wasm memory usage was 131072 bytes.'),
      },
    });
    expect(canister.query('ask').result).toEqual({ kind: 'none' });
    canister.environment.wasmMemoryLimit = 1000;
    expect(canister.update('grow').result).toMatchObject({ error: { code: 539 } });
    expect(canister.install(wasm, { mode: 'reinstall' }).result).toMatchObject({ error: { code: 539 } });
  });

  it('counts compilation and all stages as the cost of an installation', () => {
    const module = wat('(module (memory 1) (func $s (nop)) (start $s) (func (export "canister_init") (nop) (nop)))');
    // Operators, each function's charge (10 in the replica's instrumentation), and what ran: 2 and 3.
    expect(new DirectCanister().install(module).instructions).toBe(6000 * (2 + 3 + 2 * 10) + 2 + 3);
    const { result } = new DirectCanister({ limits: { installInstructions: 1000 } }).install(module);
    expect(result).toMatchObject({ error: { code: 522 } });
  });
});
