/**
 * The weight of each operator in the replica's limit on a function's complexity, a guard for its compiler (dfinity/ic,
 * embedders: `wasm_function_complexity`). Unlisted operators weigh 1.
 */
import { operatorTable } from './opcodes.js';

const comparisons = (shape: string, ops: string) =>
  ops
    .split(' ')
    .map((name) => `${shape}.${name}`)
    .join(' ');
const integerComparisons = 'eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u';

const groups: readonly (readonly [weight: number, names: string])[] = [
  [50, 'block loop if br br_if br_table call call_indirect memory.grow'],
  [14, 'table.get'],
  [8, 'ref.func'],
  [6, 'ref.is_null'],
  [5, 'i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u i64.extend_i32_s i64.extend_i32_u'],
  [5, 'i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u f32.demote_f64'],
  [5, 'f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u'],
  [5, 'f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u'],
  [4, 'f32.neg f32.abs f64.neg f64.abs memory.copy'],
  [
    3,
    'f32.copysign f64.copysign f64.eq i32.rem_u i32.rem_s i64.rem_u i64.rem_s i32.div_u i32.div_s i64.div_u i64.div_s',
  ],
  [3, 'memory.fill i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u'],
  [3, 'i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u'],
  [3, 'i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u'],
  [3, 'i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u'],
  [2, 'global.get i32.popcnt i64.popcnt select memory.size i32.store i32.store16 i32.store8'],
  [2, 'i64.store i64.store32 i64.store16 i64.store8 f64.store f32.store'],
  [2, comparisons('i32', integerComparisons)],
  [2, comparisons('i64', integerComparisons)],
  [2, comparisons('f32', 'eq ne lt gt le ge')],
  [2, comparisons('f64', 'ne lt gt le ge')],
  [2, 'f32.ceil f64.ceil f32.floor f64.floor f32.sqrt f64.sqrt f32.trunc f64.trunc f64.promote_f32'],
  [2, 'i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64 i32.wrap_i64'],
  [2, 'i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s'],
];

const weights = new Map(groups.flatMap(([weight, names]) => names.split(' ').map((name) => [name, weight] as const)));

export const opcodeComplexity: Uint8Array = Uint8Array.from(operatorTable, (operator) =>
  operator === undefined ? 0 : (weights.get(operator.name) ?? 1),
);
