/** Canisters with a 64-bit memory. */
import { describe, expect, it } from 'vitest';
import { wat } from '../wasm/wat.test-support.js';
import { DirectCanister } from './direct.js';
import { imports64 } from './system-interface.test-support.js';

const wat64 = (text: string) => wat(text, { memory64: true });
const GiB = 2 ** 30;

function installed64(text: string, options = {}): DirectCanister {
  const canister = new DirectCanister(options);
  expect(canister.install(wat64(text)).result).toEqual({ kind: 'none' });
  return canister;
}

const answer = '(call $msg_reply_data_append (i64.const 0) (i64.const 8)) (call $msg_reply)';

describe('64-bit memories', () => {
  it('are read and written beyond 2 GiB, and a page costs what it does elsewhere', () => {
    const canister = installed64(`(module ${imports64('msg_reply', 'msg_reply_data_append')} (memory i64 1 65000)
      (func (export "canister_update grow") (i64.store (i64.const 0) (memory.grow (i64.const 50000))) ${answer})
      (func (export "canister_update far")
        (i64.store offset=16 (i64.const ${3 * GiB}) (i64.const 0x1122334455667788))
        (i64.store (i64.const 0) (i64.load offset=8 (i64.const ${3 * GiB + 8}))) ${answer})
      (func (export "canister_query size") (i64.store (i64.const 0) (memory.size)) ${answer}))`);
    const number = (output: ReturnType<DirectCanister['update']>) =>
      output.result.kind === 'reply' ? Buffer.from(output.result.data).readBigUInt64LE() : output.result;
    expect(number(canister.update('grow'))).toBe(1n);
    const far = canister.update('far');
    expect(number(far)).toBe(0x1122334455667788n);
    expect(far.pages).toMatchObject({ heapAccessed: 2, heapWritten: 2 });
    expect(number(canister.query('size'))).toBe(50001n);
    expect(canister.memory.heap).toBe(50001 * 65536);
  });

  it.each([
    ['just behind the memory', '(i64.const 65536)', 0],
    ['across its end', '(i64.const 65529)', 0],
    ['by a constant offset', '(i64.const 8)', 65536],
    ['by a great offset', '(i64.const 0)', 7 * GiB],
    ['far outside', '(global.get 0)', 0],
    ['at the end of the address space', '(i64.sub (i64.const 0) (i64.const 8))', 0],
    ['at the end of the address space, found at run time', '(i64.sub (global.get 1) (i64.const 8))', 0],
    ['around the end of the address space', '(i64.sub (global.get 1) (i64.const 8))', 16],
    ['where marks would be', '(i64.sub (global.get 1) (i64.const 65536))', 65535],
  ])('trap when they are accessed %s', (_, address, offset) => {
    for (const access of [
      `(drop (i64.load offset=${offset} ${address}))`,
      `(i64.store offset=${offset} ${address} (i64.const 1))`,
    ]) {
      const canister =
        installed64(`(module (memory i64 1) (global i64 (i64.const ${2 ** 40})) (global (mut i64) (i64.const 0))
        (func (export "canister_update run") ${access}))`);
      expect(canister.update('run').result).toMatchObject({
        error: { message: expect.stringContaining('heap out of bounds') },
      });
    }
  });

  it.each([
    ['fill', '(memory.fill (i64.const 65530) (i32.const 1) (i64.const 7))'],
    ['fill with a length beyond all', '(memory.fill (i64.const 8) (i32.const 1) (i64.const -1))'],
    ['copy to', '(memory.copy (i64.const 65530) (i64.const 0) (i64.const 7))'],
    ['copy from', '(memory.copy (i64.const 0) (i64.const 65530) (i64.const 7))'],
    ['init', '(memory.init $text (i64.const 65535) (i32.const 0) (i32.const 2))'],
  ])('trap in bulk operators (%s)', (_, operator) => {
    const canister = installed64(
      `(module (memory i64 1) (data $text "ab") (func (export "canister_update run") ${operator}))`,
    );
    expect(canister.update('run').result.kind).toBe('error');
  });

  it('are filled from segments', () => {
    const canister = installed64(`(module ${imports64('msg_reply', 'msg_reply_data_append')} (memory i64 1)
      (data (i64.const 2) "data") (data $more "more")
      (func (export "canister_update run") (memory.init $more (i64.const 6) (i32.const 2) (i32.const 2)) ${answer}))`);
    const { result } = canister.update('run');
    expect(result.kind === 'reply' && Buffer.from(result.data).toString('latin1')).toBe('\0\0datare');
  });

  it('end at 6 GiB, or where the engine ends them', () => {
    const canister = installed64(`(module ${imports64('msg_reply', 'msg_reply_data_append')} (memory i64 0)
      (func (export "canister_update most") (drop (memory.grow (i64.const 1)))
        (i64.store (i64.const 0) (memory.grow (i64.const ${6 * 16384}))) ${answer}))`);
    const { result } = canister.update('most');
    expect(result.kind === 'reply' && Buffer.from(result.data).readBigInt64LE()).toBe(-1n);
  });

  it('give callbacks the whole value that they were called with', () => {
    const canister =
      installed64(`(module ${imports64('call_new', 'call_perform', 'msg_reply', 'msg_reply_data_append')} (memory i64 1)
      (table funcref (elem $done)) (func $done (param i64) (i64.store (i64.const 0) (local.get 0)) ${answer})
      (func (export "canister_update run")
        (call $call_new (i64.const 0) (i64.const 0) (i64.const 0) (i64.const 0)
          (i64.const 0) (i64.const 0xfedcba9876543210) (i64.const 0) (i64.const 7))
        (drop (call $call_perform))))`);
    const { effects } = canister.update('run');
    const callback = effects.calls[0]!.onReply;
    const none = new Uint8Array();
    const fields = { caller: none, cyclesAvailable: 0n, deadline: 0n };
    const { result } = canister.execute({
      ...fields,
      kind: 'reply',
      callback,
      payload: none,
      refunded: 0n,
      responded: false,
    });
    expect(result.kind === 'reply' && Buffer.from(result.data).readBigUInt64LE()).toBe(0xfedcba9876543210n);
  });

  it('survive an upgrade that keeps them', () => {
    const counter = `(module ${imports64('msg_reply', 'msg_reply_data_append')} (memory i64 1)
      (func (export "canister_update add") (i64.store (i64.const 0) (i64.add (i64.load (i64.const 0)) (i64.const 1))) ${answer}))`;
    const canister = installed64(counter);
    canister.update('add');
    canister.install(wat64(counter), { mode: 'upgrade', keepHeap: true });
    const { result } = canister.update('add');
    expect(result.kind === 'reply' && Buffer.from(result.data).readBigUInt64LE()).toBe(2n);
    const narrow = wat('(module (memory 1))');
    expect(canister.install(narrow, { mode: 'upgrade', keepHeap: true }).result.kind).toBe('error');
    expect(canister.install(narrow, { mode: 'upgrade' }).result.kind).toBe('none');
  });
});
