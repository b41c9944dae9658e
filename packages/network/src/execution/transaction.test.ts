import { describe, expect, it } from 'vitest';
import { wat } from '../wasm/wat.test-support.js';
import { DirectCanister } from './direct.js';

describe('a heap near 4 GiB', () => {
  const wasm = wat(`(module (memory 65535)
    (func $touch (param $n i32) (local $p i32)
      (local.set $p (i32.const -131072))
      (loop (i32.store offset=65532 (local.get $p) (i32.const 7))
        (local.set $p (i32.sub (local.get $p) (i32.const 65536)))
        (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "canister_update keep") (call $touch (i32.const 10)))
    (func (export "canister_update trap") (i32.store offset=4294901756 (i32.const 0) (i32.const 9)) (call $touch (i32.const 10)) (unreachable))
    (func (export "canister_update above") (i32.store offset=4294901758 (i32.const 0) (i32.const 9)))
    (func (export "canister_update wrap") (drop (i32.load offset=8 (i32.const -4))))
    (func (export "canister_update far") (drop (i32.load offset=4294967295 (i32.const 0))))
    (func (export "canister_update fill") (memory.fill (i32.const -65537) (i32.const 0) (i32.const 2)))
    (func (export "canister_query last") (if (i32.ne (i32.load (i32.const -65540)) (i32.const 0)) (then (unreachable)))))`);
  const canister = new DirectCanister();
  expect(canister.install(wasm).result).toEqual({ kind: 'none' });

  it('undoes a trap after ten pages in less than 5 ms and less than 1 MiB', () => {
    for (let i = 0; i < 20; i++) canister.update('trap');
    const times: number[] = [];
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 50; i++) {
      const start = performance.now();
      expect(canister.update('trap').result).toMatchObject({ error: { code: 502 } });
      times.push(performance.now() - start);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
    expect(times.sort((a, b) => a - b)[25]).toBeLessThan(5);
    expect(canister.update('last').result).toEqual({ kind: 'none' });
  });

  it('keeps what succeeded', () => {
    expect(canister.update('keep')).toMatchObject({ result: { kind: 'none' }, pages: { heapWritten: 10 } });
    expect(canister.query('last').result.kind).toBe('error');
  });

  it.each(['above', 'wrap', 'far', 'fill'])('traps out of bounds at the very end: %s', (method) => {
    expect(canister.update(method).result).toMatchObject({
      error: { code: 502, message: expect.stringContaining('heap out of bounds') },
    });
  });
});

describe('growth', () => {
  it('is taken back with a trap, and what was written there is gone', () => {
    const canister = new DirectCanister();
    canister.install(
      wat(`(module (memory 1 5)
      (func (export "canister_update grow") (drop (memory.grow (i32.const 3))) (i32.store (i32.const 200000) (i32.const 5)) (unreachable))
      (func (export "canister_update read") (drop (i32.load (i32.const 200000))))
      (func (export "canister_update again") (if (i32.ne (memory.grow (i32.const 3)) (i32.const 1)) (then (unreachable)))
        (if (i32.load (i32.const 200000)) (then (unreachable))))
      (func (export "canister_update toomuch") (if (i32.ne (memory.grow (i32.const 9)) (i32.const -1)) (then (unreachable)))))`),
    );
    const outOfBounds = { error: { message: expect.stringContaining('heap out of bounds') } };
    expect(canister.update('grow').result).toMatchObject({
      error: { message: expect.stringContaining('unreachable') },
    });
    expect(canister.memory.heap).toBe(65536);
    expect(canister.update('read').result).toMatchObject(outOfBounds);
    expect(canister.update('toomuch').result).toEqual({ kind: 'none' });
    expect(canister.update('again').result).toEqual({ kind: 'none' });
    expect(canister.memory.heap).toBe(4 * 65536);
  });

  it('globals of all types are restored, vectors too', () => {
    const canister = new DirectCanister();
    const types = ['i32', 'i64', 'f32', 'f64'];
    const all = (value: number) =>
      types.map((type, i) => `(global.set ${i} (${type}.const ${value}))`).join(' ') +
      `(global.set 4 (v128.const i64x2 -${value} 0x7fffffffffffff0${value}))`;
    const same = (value: number) =>
      types.map((type, i) => `(${type}.eq (global.get ${i}) (${type}.const ${value}))`).join(' ') +
      `(i8x16.all_true (i8x16.eq (global.get 4) (v128.const i64x2 -${value} 0x7fffffffffffff0${value}))) (i32.and) (i32.and) (i32.and) (i32.and)`;
    canister.install(
      wat(`(module ${types.map((type) => `(global (mut ${type}) (${type}.const 0))`).join(' ')}
      (global (mut v128) (v128.const i64x2 0 0)) (global v128 (v128.const i64x2 7 7))
      (func (export "canister_update keep") ${all(3)})
      (func (export "canister_update lose") ${all(5)} (unreachable))
      (func (export "canister_query check") ${same(3)} (if (then) (else (unreachable)))))`),
    );
    expect(canister.update('keep').result).toEqual({ kind: 'none' });
    expect(canister.update('lose').result).toMatchObject({ error: { code: 502 } });
    expect(canister.query('check').result).toEqual({ kind: 'none' });
  });

  it('segments are new in every message, globals are not', () => {
    const canister = new DirectCanister();
    canister.install(
      wat(`(module (table $t 2 4 funcref) (global $g (mut i64) (i64.const 0)) (memory 1) (data $d "x") (elem declare func $f)
      (func $f)
      (func (export "canister_update run")
        (if (i32.eqz (ref.is_null (table.get $t (i32.const 1)))) (then (unreachable)))
        (if (i32.ne (table.size $t) (i32.const 2)) (then (unreachable)))
        (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1))
        (data.drop $d)
        (global.set $g (i64.add (global.get $g) (i64.const 1))))
      (func (export "canister_query count") (if (i64.ne (global.get $g) (i64.const 3)) (then (unreachable)))))`),
    );
    for (let i = 0; i < 3; i++) expect(canister.update('run').result).toEqual({ kind: 'none' });
    expect(canister.query('count').result).toEqual({ kind: 'none' });
  });
});
