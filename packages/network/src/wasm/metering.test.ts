import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DirectCanister } from '../execution/direct.js';
import {
  defaultSystemCallOverhead,
  operatorCost,
  pageAccessCost,
  pageWriteCost,
  pricedOperators,
  systemCallOverhead,
} from './cost.js';
import { allOperators, Immediates, type Operator, ValueType } from './opcodes.js';
import { watCanister } from './wat.test-support.js';

interface PriceList {
  cost: Record<string, number>;
  ic0_overhead: Record<string, number>;
}

const priceList: PriceList = JSON.parse(
  readFileSync(new URL('../reference-meter/instruction-costs.json', import.meta.url), 'utf8'),
);
/** The maintainers' table; this package has a copy of it. */
const shared = new URL('../../../../../shared/data/ic/instruction-costs.json', import.meta.url);

/** Instructions that the method `run` of a canister takes. */
function instructionsOf(wasm: Uint8Array): number {
  const canister = new DirectCanister();
  const installed = canister.install(wasm);
  expect(installed.result).toEqual({ kind: 'none' });
  const output = canister.update('run');
  expect(output.result).toEqual({ kind: 'none' });
  return output.instructions;
}

describe('the price list', () => {
  it.skipIf(!existsSync(shared))('is the one that the maintainers share (needs ../shared)', () => {
    expect(priceList).toEqual(JSON.parse(readFileSync(shared, 'utf8')));
  });

  it('is that of the table, entry by entry', () => {
    const { cost, ic0_overhead: overhead } = priceList;
    const theirs = new Map(Object.entries(cost).filter(([name]) => operatorCost(name) !== 1 || cost[name] !== 1));
    for (const [name, price] of theirs) expect([name, operatorCost(name)]).toEqual([name, price]);
    for (const [name, price] of pricedOperators) expect([name, cost[name] ?? 1]).toEqual([name, price]);
    const { default: usual, ...calls } = overhead;
    expect(defaultSystemCallOverhead).toBe(usual);
    expect(systemCallOverhead).toEqual(calls);
  });

  it('names only operators that exist', () => {
    const names = new Set(allOperators.map(({ name }) => name));
    for (const name of pricedOperators.keys()) expect(names).toContain(name);
  });
});

const constants: Record<number, string> = {
  [ValueType.i32]: '(i32.const 8)',
  [ValueType.i64]: '(i64.const 3)',
  [ValueType.f32]: '(f32.const 1.5)',
  [ValueType.f64]: '(f64.const 1.5)',
  [ValueType.v128]: '(v128.const i64x2 1 2)',
};

function immediateText({ immediates, name }: Operator): string {
  switch (immediates) {
    case Immediates.i32:
    case Immediates.i64:
      return ' 7';
    case Immediates.f32:
    case Immediates.f64:
      return ' 0.5';
    case Immediates.v128:
      return name === 'v128.const' ? ' i64x2 1 2' : ' 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15';
    case Immediates.lane:
    case Immediates.memoryLane:
      return ' 0';
    default:
      return '';
  }
}

describe('every operator with a fixed signature', () => {
  const simple = allOperators.filter(
    ({ operands, name }) => operands !== undefined && !/^(memory|table|data|elem)\./.test(name),
  );
  it.each(simple.map((operator) => [operator.name, operator] as const))('%s', (_, operator) => {
    const operands = operator.operands!.map((type) => constants[type]).join(' ');
    const drops = operator.results!.map(() => '(drop)').join(' ');
    const pages = operator.width === 0 ? 0 : operator.isStore ? pageAccessCost + pageWriteCost : pageAccessCost;
    const price = priceList.cost[operator.name] ?? 1;
    // 1 for entering the function, 1 for each constant and each drop.
    const expected = 1 + operator.operands!.length + operator.results!.length + price + pages;
    expect(instructionsOf(watCanister(`${operands} ${operator.name}${immediateText(operator)} ${drops}`))).toBe(
      expected,
    );
  });
});

describe('operators with a signature that depends on the module', () => {
  const fields = `
    (global $g (mut i32) (i32.const 1)) (table $t 10 10 funcref) (elem declare func $f) (elem (i32.const 0) func $f)
    (elem $e func $f $f) (data $d "abcdefgh") (type $none (func)) (type $one (func (param i32) (result i32)))
    (func $f) (func $id (param i32) (result i32) (local.get 0))`;
  const cases: [name: string, body: string, expected: number][] = [
    ['nothing', '', 1],
    ['nop', '(nop) (nop)', 1 + 2],
    ['block and end are free', '(block (nop)) (loop (nop))', 1 + 2],
    ['if: taken branch only', '(if (i32.const 1) (then (nop)) (else (nop) (nop)))', 1 + 1 + 2 + 1],
    ['if: else branch only', '(if (i32.const 0) (then (nop)) (else (nop) (nop)))', 1 + 1 + 2 + 2],
    ['br skips what is behind it', '(block (br 0) (nop) (nop))', 1 + 2],
    ['br_if not taken', '(block (br_if 0 (i32.const 0)) (nop))', 1 + 1 + 2 + 1],
    ['br_if taken', '(block (br_if 0 (i32.const 1)) (nop))', 1 + 1 + 2],
    ['br_table', '(block (block (br_table 0 1 (i32.const 1))) (nop))', 1 + 1 + 2],
    ['return', '(return) (nop)', 1 + 1],
    [
      'a loop of three rounds',
      '(local i32) (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 3))))',
      1 + 3 * (1 + 1 + 1 + 1 + 1 + 1 + 2),
    ],
    ['call', '(call $f)', 1 + 5 + 1],
    ['call with a result', '(drop (call $id (i32.const 3)))', 1 + 1 + 5 + (1 + 1) + 1],
    ['call_indirect', '(call_indirect (type $none) (i32.const 0))', 1 + 1 + 10 + 1],
    ['drop and select', '(drop (select (i32.const 1) (i32.const 2) (i32.const 3)))', 1 + 3 + 1 + 1],
    ['locals', '(local i64) (local.set 0 (i64.const 1)) (drop (local.tee 0 (local.get 0)))', 1 + 2 + 3],
    ['globals', '(global.set $g (global.get $g))', 1 + 2 + 2],
    ['memory.size', '(drop (memory.size))', 1 + 20 + 1],
    ['memory.grow', '(drop (memory.grow (i32.const 0)))', 1 + 1 + 300 + 1],
    [
      'memory.fill: fixed, per byte, page access and write',
      '(memory.fill (i32.const 0) (i32.const 7) (i32.const 100))',
      1 + 3 + 100 + 100 + 160_000,
    ],
    ['memory.fill of nothing touches nothing', '(memory.fill (i32.const 0) (i32.const 7) (i32.const 0))', 1 + 3 + 100],
    [
      'memory.copy inside a page',
      '(memory.copy (i32.const 0) (i32.const 9) (i32.const 30))',
      1 + 3 + 100 + 30 + 160_000,
    ],
    ['memory.init', '(memory.init $d (i32.const 0) (i32.const 2) (i32.const 3))', 1 + 3 + 100 + 3 + 160_000],
    ['data.drop', '(data.drop $d)', 1 + 300],
    ['table.get', '(drop (table.get $t (i32.const 0)))', 1 + 1 + 5 + 1],
    ['table.size', '(drop (table.size $t))', 1 + 100 + 1],
    ['elem.drop', '(elem.drop $e)', 1 + 300],
    ['ref.null and ref.is_null', '(drop (ref.is_null (ref.null func)))', 1 + 1 + 5 + 1],
    ['ref.func', '(drop (ref.func $f))', 1 + 130 + 1],
  ];
  it.each(cases)('%s', (_, body, expected) => {
    expect(instructionsOf(watCanister(body, { fields }))).toBe(expected);
  });

  it('tail calls', () => {
    // wabt cannot write them in this setting, so the `call $f` and `end` of a body are patched to return_call.
    const wasm = watCanister('(nop) (call $f)', { fields: '(func $f)' });
    const at = wasm.findLastIndex((byte, i) => byte === 0x10 && wasm[i - 1] === 0x01);
    wasm[at] = 0x12;
    expect(instructionsOf(wasm)).toBe(1 + 1 + 3 + 1);
  });
});

describe('page charges', () => {
  const cases: [name: string, body: string, expected: number][] = [
    [
      'a page is charged once',
      '(drop (i32.load (i32.const 0))) (drop (i32.load (i32.const 60000)))',
      1 + 2 * 3 + 80_000,
    ],
    ['two pages', '(drop (i32.load (i32.const 0))) (drop (i32.load (i32.const 70000)))', 1 + 2 * 3 + 160_000],
    ['a load across the border of two pages', '(drop (i32.load (i32.const 65534)))', 1 + 3 + 160_000],
    ['a store across the border', '(i64.store (i32.const 65532) (i64.const 1))', 1 + 3 + 320_000],
    ['reading, then writing the same page', '(i32.store (i32.const 4) (i32.load (i32.const 8)))', 1 + 4 + 160_000],
    [
      'by a base in a local',
      '(local i32) (local.set 0 (i32.const 65000)) (drop (i32.load offset=4 (local.get 0))) (drop (i32.load offset=600 (local.get 0)))',
      1 + 2 + 2 * 3 + 160_000,
    ],
    [
      'offsets far apart do not touch what lies between',
      '(local i32) (drop (i32.load (local.get 0))) (drop (i32.load offset=200000 (local.get 0)))',
      1 + 2 * 3 + 160_000,
    ],
    [
      'a store whose address was computed long before',
      '(i32.store (i32.add (i32.const 1) (i32.const 2)) (if (result i32) (i32.const 1) (then (i32.const 5)) (else (i32.const 6))))',
      1 + 3 + (1 + 2) + 1 + 1 + 160_000,
    ],
    ['memory.copy between pages', '(memory.copy (i32.const 0) (i32.const 65536) (i32.const 8))', 1 + 3 + 108 + 240_000],
    ['data segments are free', '', 1],
  ];
  it.each(cases)('%s', (_, body, expected) => {
    const wasm = watCanister(body, { memory: '(memory 10)', fields: '(data (i32.const 100) "free")' });
    expect(instructionsOf(wasm)).toBe(expected);
  });

  it('start anew with every message, and queries pay for access only', () => {
    const canister = new DirectCanister();
    const body = '(i32.store (i32.const 0) (i32.const 1))';
    canister.install(
      watCanister(body, { fields: `(func (export "canister_query ask") ${body})`, memory: '(memory 1)' }),
    );
    for (let i = 0; i < 2; i++) expect(canister.update('run').instructions).toBe(4 + 160_000);
    for (let i = 0; i < 2; i++) expect(canister.query('ask').instructions).toBe(4 + 80_000);
    expect(canister.update('ask').instructions).toBe(4 + 80_000);
  });

  it('counts nothing of this in the fast mode, but undoes writes all the same', () => {
    const canister = new DirectCanister({ mode: 'fast' });
    canister.install(
      watCanister('(i32.store (i32.const 0) (i32.const 1)) (if (i32.load (i32.const 4)) (then (unreachable)))', {
        fields: `(func (export "canister_update spoil") (i32.store (i32.const 4) (i32.const 1)) (unreachable))`,
      }),
    );
    expect(canister.update('spoil').result.kind).toBe('error');
    expect(canister.update('run')).toMatchObject({ result: { kind: 'none' }, instructions: 1 + 3 + 2 + 2 });
  });
});
