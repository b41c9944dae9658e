/** Random programs with known addresses, so that their results, pages and costs can be computed independently. */
import fc from 'fast-check';
import { wat } from '../wasm/wat.test-support.js';

type Address = { kind: 'constant'; value: number } | { kind: 'local'; local: number; plus: number; offset: number };
export type Statement =
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

export const pages = 6;
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

export const { program } = fc.letrec<{ program: Statement[]; statement: Statement }>((tie) => ({
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

type AddressType = 'i32' | 'i64';

function addressText(at: Address, type: AddressType): { text: string; offset: string } {
  if (at.kind === 'constant') return { text: `(${type}.const ${at.value})`, offset: '' };
  const base = `(local.get ${at.local})`;
  const text = at.plus === 0 ? base : `(${type}.add ${base} (${type}.const ${at.plus}))`;
  return { text, offset: at.offset === 0 ? '' : ` offset=${at.offset}` };
}

/** Precedes every statement of a program that traps when its fuse has burned down. */
const fuse = `(global.set 1 (i32.sub (global.get 1) (i32.const 1))) (if (i32.eqz (global.get 1)) (then (unreachable)))`;

/** The program as wasm text; loops count in locals of their own. */
function text(statements: Statement[], type: AddressType, depth = 0, before = ''): string {
  const one = (s: Statement): string => {
    switch (s.kind) {
      case 'set':
        return `(local.set ${s.local} (${type}.const ${s.value}))`;
      case 'advance':
        return `(local.set ${s.local} (${type}.add (local.get ${s.local}) (${type}.const ${s.by})))`;
      case 'store': {
        const { text: at, offset } = addressText(s.address, type);
        return `(${stores[s.width]}${offset} ${at} (${s.width === 8 ? 'i64' : 'i32'}.const ${s.value}))`;
      }
      case 'load': {
        const { text: at, offset } = addressText(s.address, type);
        return `(drop (${loads[s.width]}${offset} ${at}))`;
      }
      case 'fill':
        return `(memory.fill (${type}.const ${s.at}) (i32.const ${s.value}) (${type}.const ${s.length}))`;
      case 'copy':
        return `(memory.copy (${type}.const ${s.to}) (${type}.const ${s.from}) (${type}.const ${s.length}))`;
      case 'global':
        return `(global.set 0 (i32.const ${s.value}))`;
      case 'grow':
        return `(drop (memory.grow (${type}.const 1)))`;
      case 'stable':
        return `(call $write (i64.const ${s.offset}) (i64.const ${s.from}) (i64.const ${s.length}))`;
      case 'if':
        return `(if (i32.const ${s.condition ? 1 : 0}) (then ${text(s.whenTrue, type, depth, before)}) (else ${text(s.otherwise, type, depth, before)}))`;
      case 'repeat': {
        const counter = locals + depth;
        return `(local.set ${counter} (i32.const ${s.times})) (loop ${text(s.body, type, depth + 1, before)}
          (br_if 0 (local.tee ${counter} (i32.sub (local.get ${counter}) (i32.const 1)))))`;
      }
    }
  };
  return statements.map((statement) => before + one(statement)).join('\n');
}

/** The program's effects, by a plain interpreter. */
export class Model {
  heap = new Uint8Array(pages * 65536);
  stable = new Uint8Array(4 * 65536);
  global = 0;
  heapPages = pages;
  cost = 1;
  accessed = new Set<number>();
  written = new Set<number>();
  stableAccessed = new Set<number>();
  private values = new Array<number>(locals).fill(0);
  /** Of a load or store. */
  private readonly accessCost: number;

  constructor(memory64 = false) {
    this.accessCost = memory64 ? 2 : 1;
  }

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
          this.cost += 1 + this.accessCost;
          this.touch(at, s.width, true);
          this.heap.fill(0, at, at + s.width)[at] = s.value;
          break;
        }
        case 'load':
          this.touch(this.resolve(s.address), s.width, false);
          this.cost += this.accessCost + 1;
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
export function canisterOf(
  statements: Statement[],
  prepare: Statement[],
  { burning = 0, memory64 = false } = {},
): Uint8Array {
  const type = memory64 ? 'i64' : 'i32';
  const body = (program: Statement[], before = '') =>
    `${`(local ${type})`.repeat(locals)} ${'(local i32)'.repeat(12)} ${text(program, type, 0, before)}`;
  const module = `(module
    (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
    (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
    (memory ${memory64 ? 'i64' : ''} ${pages}) (global (mut i32) (i32.const 0)) (global (mut i32) (i32.const ${burning}))
    (func (export "canister_init") (drop (call $grow (i64.const 4))))
    (func (export "canister_update prepare") ${body(prepare)})
    (func (export "canister_update run") ${body(statements, burning > 0 ? fuse : '')})
    (func (export "canister_query ask") ${body(statements)}))`;
  return wat(module, memory64 ? { memory64 } : {});
}
