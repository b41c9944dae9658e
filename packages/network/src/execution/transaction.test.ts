import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wat } from '../wasm/wat.test-support.js';
import { DirectCanister } from './direct.js';
import type { Heap } from './heap.js';
import type { CanisterRuntime } from './runtime.js';

/** Random programs with known addresses, so that what they do, touch and cost can be computed independently. */
type Address = { kind: 'constant'; value: number } | { kind: 'local'; local: number; plus: number; offset: number };
type Statement =
  | { kind: 'set'; local: number; value: number }
  | { kind: 'advance'; local: number; by: number }
  | { kind: 'store'; width: 1 | 4 | 8; address: Address; value: number }
  | { kind: 'load'; width: 1 | 4 | 8; address: Address }
  | { kind: 'fill'; at: number; value: number; length: number }
  | { kind: 'copy'; to: number; from: number; length: number }
  | { kind: 'global'; value: number }
  | { kind: 'grow' }
  | { kind: 'stable'; offset: number; from: number; length: number }
  | { kind: 'if'; condition: boolean; whenTrue: Statement[]; otherwise: Statement[] }
  | { kind: 'repeat'; times: number; body: Statement[] };

const pages = 6;
const span = 3 * 65536;
const locals = 3;

const address: fc.Arbitrary<Address> = fc.oneof(
  fc.record({ kind: fc.constant('constant' as const), value: fc.nat(span) }),
  fc.record({
    kind: fc.constant('local' as const),
    local: fc.nat(locals - 1),
    plus: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 70_000 })),
    offset: fc.oneof(fc.constant(0), fc.nat(200), fc.nat(66_000)),
  }),
);

const { program } = fc.letrec<{ program: Statement[]; statement: Statement }>((tie) => ({
  program: fc.array(tie('statement'), { minLength: 1, maxLength: 8 }),
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('store' as const), width: fc.constantFrom(1, 4, 8), address, value: fc.nat(255) }),
    fc.record({ kind: fc.constant('load' as const), width: fc.constantFrom(1, 4, 8), address }),
    fc.record({ kind: fc.constant('set' as const), local: fc.nat(locals - 1), value: fc.nat(65_536) }),
    fc.record({
      kind: fc.constant('advance' as const),
      local: fc.nat(locals - 1),
      by: fc.integer({ min: 1, max: 5000 }),
    }),
    fc.record({ kind: fc.constant('fill' as const), at: fc.nat(span), value: fc.nat(255), length: fc.nat(100_000) }),
    fc.record({ kind: fc.constant('copy' as const), to: fc.nat(span), from: fc.nat(span), length: fc.nat(90_000) }),
    fc.record({ kind: fc.constant('global' as const), value: fc.nat(1000) }),
    fc.record({ kind: fc.constant('grow' as const) }),
    fc.record({
      kind: fc.constant('stable' as const),
      offset: fc.nat(100_000),
      from: fc.nat(span),
      length: fc.nat(70_000),
    }),
    fc.record({
      kind: fc.constant('if' as const),
      condition: fc.boolean(),
      whenTrue: tie('program'),
      otherwise: tie('program'),
    }),
    fc.record({ kind: fc.constant('repeat' as const), times: fc.integer({ min: 1, max: 4 }), body: tie('program') }),
  ) as fc.Arbitrary<Statement>,
}));

const loads = { 1: 'i32.load8_u', 4: 'i32.load', 8: 'i64.load' } as const;
const stores = { 1: 'i32.store8', 4: 'i32.store', 8: 'i64.store' } as const;

function addressText(at: Address): { text: string; offset: string } {
  if (at.kind === 'constant') return { text: `(i32.const ${at.value})`, offset: '' };
  const base = `(local.get ${at.local})`;
  const text = at.plus === 0 ? base : `(i32.add ${base} (i32.const ${at.plus}))`;
  return { text, offset: at.offset === 0 ? '' : ` offset=${at.offset}` };
}

/** What stands in front of every statement of a program that traps when its fuse has burned down. */
const fuse = `(global.set 1 (i32.sub (global.get 1) (i32.const 1))) (if (i32.eqz (global.get 1)) (then (unreachable)))`;

/** The program as wasm text; loops count in locals of their own. */
function text(statements: Statement[], depth = 0, before = ''): string {
  const one = (s: Statement): string => {
    switch (s.kind) {
      case 'set':
        return `(local.set ${s.local} (i32.const ${s.value}))`;
      case 'advance':
        return `(local.set ${s.local} (i32.add (local.get ${s.local}) (i32.const ${s.by})))`;
      case 'store': {
        const { text: at, offset } = addressText(s.address);
        return `(${stores[s.width]}${offset} ${at} (${s.width === 8 ? 'i64' : 'i32'}.const ${s.value}))`;
      }
      case 'load': {
        const { text: at, offset } = addressText(s.address);
        return `(drop (${loads[s.width]}${offset} ${at}))`;
      }
      case 'fill':
        return `(memory.fill (i32.const ${s.at}) (i32.const ${s.value}) (i32.const ${s.length}))`;
      case 'copy':
        return `(memory.copy (i32.const ${s.to}) (i32.const ${s.from}) (i32.const ${s.length}))`;
      case 'global':
        return `(global.set 0 (i32.const ${s.value}))`;
      case 'grow':
        return '(drop (memory.grow (i32.const 1)))';
      case 'stable':
        return `(call $write (i64.const ${s.offset}) (i64.const ${s.from}) (i64.const ${s.length}))`;
      case 'if':
        return `(if (i32.const ${s.condition ? 1 : 0}) (then ${text(s.whenTrue, depth, before)}) (else ${text(s.otherwise, depth, before)}))`;
      case 'repeat': {
        const counter = locals + depth;
        return `(local.set ${counter} (i32.const ${s.times})) (loop ${text(s.body, depth + 1, before)}
          (br_if 0 (local.tee ${counter} (i32.sub (local.get ${counter}) (i32.const 1)))))`;
      }
    }
  };
  return statements.map((statement) => before + one(statement)).join('\n');
}

/** What the program does, by a plain interpreter. */
class Model {
  heap = new Uint8Array(pages * 65536);
  stable = new Uint8Array(4 * 65536);
  global = 0;
  heapPages = pages;
  cost = 1;
  accessed = new Set<number>();
  written = new Set<number>();
  stableAccessed = new Set<number>();
  private values = new Array<number>(locals).fill(0);

  private touch(at: number, length: number, write: boolean): void {
    for (let page = at >> 16; length > 0 && page <= (at + length - 1) >> 16; page++) {
      this.accessed.add(page);
      if (write) this.written.add(page);
    }
  }

  private resolve(at: Address): number {
    if (at.kind === 'constant') {
      this.cost += 1;
      return at.value;
    }
    this.cost += at.plus === 0 ? 1 : 3;
    return this.values[at.local]! + at.plus + at.offset;
  }

  run(statements: Statement[]): void {
    for (const s of statements) {
      switch (s.kind) {
        case 'set':
          this.values[s.local] = s.value;
          this.cost += 2;
          break;
        case 'advance':
          this.values[s.local]! += s.by;
          this.cost += 4;
          break;
        case 'store': {
          const at = this.resolve(s.address);
          this.cost += 2;
          this.touch(at, s.width, true);
          this.heap.fill(0, at, at + s.width)[at] = s.value;
          break;
        }
        case 'load':
          this.touch(this.resolve(s.address), s.width, false);
          this.cost += 2;
          break;
        case 'fill':
          this.cost += 103 + s.length;
          this.touch(s.at, s.length, true);
          this.heap.fill(s.value, s.at, s.at + s.length);
          break;
        case 'copy':
          this.cost += 103 + s.length;
          this.touch(s.from, s.length, false);
          this.touch(s.to, s.length, true);
          this.heap.copyWithin(s.to, s.from, s.from + s.length);
          break;
        case 'global':
          this.cost += 3;
          this.global = s.value;
          break;
        case 'grow':
          this.cost += 302;
          this.heapPages++;
          break;
        case 'stable':
          this.cost += 3 + 5 + 20 + s.length;
          this.touch(s.from, s.length, false);
          for (let page = s.offset >> 16; s.length > 0 && page <= (s.offset + s.length - 1) >> 16; page++) {
            this.stableAccessed.add(page);
          }
          this.stable.set(this.heap.subarray(s.from, s.from + s.length), s.offset);
          break;
        case 'if':
          this.cost += 3;
          this.run(s.condition ? s.whenTrue : s.otherwise);
          break;
        case 'repeat':
          this.cost += 2;
          for (let i = 0; i < s.times; i++) {
            this.run(s.body);
            this.cost += 6;
          }
      }
    }
  }

  get instructions(): number {
    return this.cost + 80_000 * (this.accessed.size + this.written.size + 2 * this.stableAccessed.size);
  }
}

/** With `burning`, the method `run` traps in front of the statement of that number, loops counted as they run. */
function canisterOf(statements: Statement[], prepare: Statement[], burning = 0): Uint8Array {
  const body = (program: Statement[], before = '') =>
    `${'(local i32)'.repeat(locals + 12)} ${text(program, 0, before)}`;
  return wat(`(module
    (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
    (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
    (memory ${pages}) (global (mut i32) (i32.const 0)) (global (mut i32) (i32.const ${burning}))
    (func (export "canister_init") (drop (call $grow (i64.const 4))))
    (func (export "canister_update prepare") ${body(prepare)})
    (func (export "canister_update run") ${body(statements, burning > 0 ? fuse : '')})
    (func (export "canister_query ask") ${body(statements)}))`);
}

interface Internals {
  instance: { heap: Heap; globals: { value: number }[] };
  stable: { pages: number; read(offset: number, target: Uint8Array): void };
}

/** The whole state of a canister, read behind its back. */
function stateOf(runtime: CanisterRuntime) {
  const { instance, stable } = runtime as unknown as Internals;
  const content = new Uint8Array(4 * 65536);
  stable.read(0, content);
  return {
    heapPages: instance.heap.pages,
    heap: Buffer.from(instance.heap.view(0, instance.heap.size)),
    globals: instance.globals.map((global) => global.value),
    stablePages: stable.pages,
    stable: Buffer.from(content),
  };
}

function expectSame(after: ReturnType<typeof stateOf>, before: ReturnType<typeof stateOf>): void {
  expect([after.heapPages, after.stablePages, after.globals]).toEqual([
    before.heapPages,
    before.stablePages,
    before.globals,
  ]);
  expect([after.heap.equals(before.heap), after.stable.equals(before.stable)]).toEqual([true, true]);
}

const runs = process.env.LLAMA_CANISTER_TEST === 'full' ? 2000 : 150;

describe('random programs', () => {
  it('do what they say, and cost what a plain interpreter says', () => {
    fc.assert(
      fc.property(program, (statements) => {
        const model = new Model();
        model.run(statements);
        const canister = new DirectCanister();
        canister.install(canisterOf(statements, []));
        const output = canister.update('run');
        expect(output.result).toEqual({ kind: 'none' });
        expect(output.instructions).toBe(model.instructions);
        expect(output.pages).toMatchObject({ heapAccessed: model.accessed.size, heapWritten: model.written.size });
        const state = stateOf(canister.runtime);
        expect(state.heap.subarray(0, pages * 65536).equals(model.heap)).toBe(true);
        expect(state.stable.equals(model.stable)).toBe(true);
        expect([state.heapPages, state.globals]).toEqual([model.heapPages, [model.global, 0]]);
      }),
      { numRuns: runs },
    );
  });

  it('leave nothing behind when they are stopped at any instruction', () => {
    fc.assert(
      fc.property(program, program, fc.double({ min: 0, max: 1, noNaN: true }), (prepare, statements, share) => {
        const canister = new DirectCanister();
        canister.install(canisterOf(statements, prepare));
        canister.update('prepare');
        const before = stateOf(canister.runtime);
        const model = new Model();
        model.run(statements);
        const { limits } = canister.runtime;
        limits.updateInstructions = Math.floor((model.instructions - 1) * share);
        const output = canister.update('run');
        const after = stateOf(canister.runtime);
        if (output.result.kind !== 'error') {
          // The limit is only asked at loops, functions, system calls and bulk operators: it may have been passed unseen.
          return;
        }
        expect(output.result.error.code).toBe(522);
        expect(output.instructions).toBeLessThanOrEqual(limits.updateInstructions);
        expectSame(after, before);
        // And the canister goes on as if nothing had been.
        limits.updateInstructions = 40e9;
        expect(canister.update('run').instructions).toBe(model.instructions);
      }),
      { numRuns: runs },
    );
  });

  it('leave nothing behind when they trap in front of any statement, nor as queries', () => {
    let trapped = 0;
    fc.assert(
      fc.property(program, program, fc.integer({ min: 1, max: 12 }), (prepare, statements, burning) => {
        const canister = new DirectCanister();
        canister.install(canisterOf(statements, prepare, burning));
        canister.update('prepare');
        const before = stateOf(canister.runtime);
        const output = canister.update('run');
        if (output.result.kind !== 'error') return;
        trapped++;
        expect(output.result.error).toMatchObject({ code: 502, message: expect.stringContaining('unreachable') });
        expectSame(stateOf(canister.runtime), before);
        expect(canister.query('ask').result.kind).not.toBe('error');
        expect(canister.update('ask').result.kind).not.toBe('error');
        expectSame(stateOf(canister.runtime), before);
      }),
      { numRuns: runs },
    );
    expect(trapped).toBeGreaterThan(runs / 10);
  });
});

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
