/** Every operator, on both meters: the same results and the same instructions, from the same list of prices. */
import { describe, expect, it } from 'vitest';
import { DirectCanister } from '../execution/direct.js';
import type { Heap } from '../execution/heap.js';
import { operatorCost } from '../wasm/cost.js';
import { allOperators, Immediates, type Operator, ValueType } from '../wasm/opcodes.js';
import { wat } from '../wasm/wat.test-support.js';
import { ReferenceCanister } from './canister.test-support.js';

const { i32, i64, f32, f64, v128 } = ValueType;
const names = new Map<number, string>(Object.entries(ValueType).map(([name, type]) => [type, name]));

const isFull = process.env.LLAMA_CANISTER_TEST === 'full';

/** Operands that are worth trying. The bits of NaNs are left open by the standard, so none has any. */
const samples: Record<number, string[]> = {
  [i32]: ['0', '1', '-1', '7', '31', '0x7fffffff', '0x80000000', '0x12345678'],
  [i64]: ['0', '1', '-1', '63', '0x7fffffffffffffff', '0x8000000000000000', '0x123456789abcdef0', '0x20000000000001'],
  [f32]: ['0', '-0', '1.5', '-2.5', '0.5', '3e9', '-1e20', 'inf', '0x1p-149'],
  [f64]: ['0', '-0', '2.5', '-3.5', '0.49999999999999994', '4294967295.5', '-9.3e18', 'inf', '0x1p-1074', '1.8e19'],
  [v128]: [
    'i64x2 0 0',
    'i8x16 1 -1 127 -128 2 3 4 5 250 100 50 25 12 6 3 1',
    'i16x8 32767 -32768 -32768 300 -300 1 2 40000',
    'i32x4 0x7fffffff 0x80000000 123456789 -5',
    'f32x4 1.5 -2.5 3e9 -0',
    'f64x2 -3.5 4294967295.5',
  ],
};

const floatVectors = [
  'f32x4 1.5 -2.5 3e9 -0',
  'f64x2 -3.5 4294967295.5',
  'f32x4 inf -1e20 0.5 2.5',
  'f64x2 0 -0',
  'f64x2 1e300 -inf',
];

/** Bytes that a memory instruction of this operand type writes to show a result. */
const stores: Record<number, string> = {
  [i32]: 'i32.store',
  [i64]: 'i64.store',
  [f32]: 'f32.store',
  [f64]: 'f64.store',
  [v128]: 'v128.store',
};

function immediates({ immediates: kind, name }: Operator, n: number): string {
  if (kind === Immediates.i32 || kind === Immediates.i64) return ` ${n * 1_000_003 - 5}`;
  if (kind === Immediates.f32 || kind === Immediates.f64) return ` ${n + 0.25}`;
  if (kind === Immediates.v128 && name === 'v128.const') return ` i32x4 ${n} 2 -3 4`;
  if (kind === Immediates.v128) return ` ${Array.from({ length: 16 }, (_, i) => (i * 7 + n) % 32).join(' ')}`;
  const lanes = /^.(\d+)x(\d+)\./.exec(name)?.[2] ?? String(128 / Number(/(\d+)_lane/.exec(name)?.[1] ?? 128));
  if (kind === Immediates.lane) return ` ${n % Number(lanes)}`;
  if (kind === Immediates.memoryLane) return ` offset=${n} ${n % Number(lanes)}`;
  return kind === Immediates.memory ? ` offset=${n % 3}` : '';
}

/** Methods m0, m1 ...: the operator on some operands, its result stored. */
function moduleOf(operator: Operator): { wasm: Uint8Array; methods: string[] } {
  const operands = operator.operands!;
  const known: Record<number, string[]> = {
    ...samples,
    ...(/f32x4|f64x2/.test(operator.name) ? { [v128]: floatVectors } : {}),
  };
  const lists = operands.map((type, i) => (operator.width > 0 && i === 0 ? ['40', '65533', '70000'] : known[type]!));
  const count = Math.min(24, Math.max(4, ...lists.map(({ length }) => length * (lists.length > 1 ? 7 : 1))));
  const bodies = Array.from({ length: count }, (_, n) => {
    const values = lists.map((list, i) => list[(n + i * (Math.floor(n / list.length) + 1)) % list.length]!);
    const constants = values.map((value, i) => `(${names.get(operands[i]!)}.const ${value})`).join(' ');
    const call = `${constants} ${operator.name}${immediates(operator, n)}`;
    const [result] = operator.results!;
    if (result === undefined) return call;
    const type = names.get(result);
    return `(local ${type}) ${call} (local.set 0) (${stores[result]} (i32.const 140000) (local.get 0))`;
  });
  const functions = bodies.map((body, n) => `(func (export "canister_update m${n}") ${body})`);
  const data = Array.from({ length: 64 }, (_, i) => `\\${((i * 37 + 11) % 256).toString(16).padStart(2, '0')}`).join(
    '',
  );
  return {
    wasm: wat(`(module (memory 3) (data $d "abcdefgh") (data (i32.const 30) "${data}") (data (i32.const 65520) "${data}")
      (table 3 funcref) ${functions.join('\n')})`),
    methods: bodies.map((_, n) => `m${n}`),
  };
}

function heapOf(canister: DirectCanister): Buffer {
  const { heap } = (canister.runtime as unknown as { instance: { heap: Heap } }).instance;
  return Buffer.from(heap.view(0, heap.size));
}

describe('both meters agree on', () => {
  const fixed = allOperators.filter(
    ({ operands, name }) => operands !== undefined && !/^(table\.init|table\.copy)$/.test(name),
  );
  // `npm test` takes the first of those that differ in nothing but what they compute.
  const kinds = new Map<string, Operator>();
  for (const each of fixed) {
    const { name, operands, results, immediates, width } = each;
    const isBulk = operands!.length === 0 && results!.length === 0;
    const kind = JSON.stringify([operands, results, immediates, width, operatorCost(name), isBulk && name]);
    if (!kinds.has(kind)) kinds.set(kind, each);
  }
  it.each((isFull ? fixed : [...kinds.values()]).map((operator) => [operator.name, operator] as const))(
    '%s',
    (_, operator) => {
      const bulk: Record<string, string> = {
        'memory.init': '(memory.init $d (i32.const 65530) (i32.const 1) (i32.const 7))',
        'data.drop': '(data.drop $d)',
        'elem.drop': '(elem.drop $e)',
        'memory.copy': '(memory.copy (i32.const 65500) (i32.const 130000) (i32.const 70000))',
        'memory.fill': '(memory.fill (i32.const 65530) (i32.const 3) (i32.const 70000))',
        'table.size': '(i32.store (i32.const 0) (table.size 0))',
        'memory.grow': '(i32.store (i32.const 0) (memory.grow (i32.const 2)))',
        'memory.size': '(i32.store (i32.const 0) (memory.size))',
      };
      const body = bulk[operator.name];
      const { wasm, methods } = body
        ? {
            wasm: wat(
              `(module (memory 5 9) (table 2 funcref) (elem $e func 0) (data $d "abcdefgh") (func (export "canister_update m0") ${body}))`,
            ),
            methods: ['m0'],
          }
        : moduleOf(operator);
      const canister = new DirectCanister();
      expect(canister.install(wasm).result).toEqual({ kind: 'none' });
      const reference = new ReferenceCanister(wasm, []);
      for (const method of methods) {
        const ours = canister.update(method);
        const theirs = reference.execute({ kind: 'update', method });
        expect([method, ours.result.kind]).toEqual([method, theirs.trap === undefined ? 'none' : 'error']);
        expect([method, ours.instructions]).toEqual([method, theirs.instructions]);
      }
      const { memory, pages } = reference.machine;
      expect(heapOf(canister).equals(Buffer.from(memory.buffer, 0, pages * 65536))).toBe(true);
    },
  );
});
