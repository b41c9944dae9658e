/**
 * The cost of each operator in instructions: the replica's own price list (dfinity/ic, embedders:
 * `instruction_to_cost`), as checked against the table that the maintainers share. Unlisted operators cost 1. Scalar
 * loads and stores of a 64-bit memory cost 2. See docs/metering.md for the differences between the sources.
 */
import { operatorTable } from './opcodes.js';

const groups: readonly (readonly [cost: number, names: string])[] = [
  [0, 'block loop else end'],
  [2, 'if br br_if br_table'],
  [3, 'return_call'],
  [5, 'call'],
  [10, 'call_indirect'],
  [60, 'return_call_indirect'],
  [2, 'global.get global.set'],
  [5, 'table.get table.set'],
  [100, 'table.size table.fill table.copy table.init memory.fill memory.copy memory.init'],
  [300, 'table.grow elem.drop memory.grow data.drop'],
  [20, 'memory.size'],
  [5, 'ref.is_null'],
  [130, 'ref.func'],
  [10, 'i32.div_s i32.div_u i32.rem_s i32.rem_u i64.div_s i64.div_u i64.rem_s i64.rem_u'],
  [2, 'f32.add f32.sub f32.mul f32.ceil f32.floor f32.trunc f32.nearest f32.copysign'],
  [2, 'f64.add f64.sub f64.mul f64.ceil f64.floor f64.trunc f64.nearest'],
  [3, 'f32.div f64.copysign'],
  [5, 'f64.div f32.sqrt'],
  [8, 'f64.sqrt'],
  [18, 'f32.min f32.max f64.min f64.max'],
  [3, 'f32.eq f32.ne f32.lt f32.gt f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge'],
  [3, 'f32.convert_i32_s f64.convert_i64_s f32.convert_i64_s f64.convert_i32_s'],
  [16, 'f64.convert_i32_u f32.convert_i64_u f32.convert_i32_u f64.convert_i64_u'],
  [20, 'i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u'],
  [20, 'i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u'],
  [20, 'i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u'],
  [20, 'i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u'],
  [3, 'i8x16.shuffle i8x16.popcnt i8x16.shl i8x16.shr_s i64x2.shr_s i32x4.extadd_pairwise_i16x8_u'],
  [2, 'i8x16.lt_u i8x16.gt_u i16x8.lt_u i16x8.gt_u i32x4.lt_u i32x4.gt_u'],
  [2, 'i8x16.shr_u i16x8.shl i16x8.shr_s i16x8.shr_u i32x4.shl i32x4.shr_s i32x4.shr_u i64x2.shl i64x2.shr_u'],
  [2, 'i16x8.extadd_pairwise_i8x16_u i16x8.extmul_high_i8x16_s i16x8.extmul_high_i8x16_u i32x4.mul'],
  [2, 'i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u'],
  [4, 'i64x2.mul'],
  [2, 'f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest f32x4.abs f32x4.neg f32x4.add f32x4.sub f32x4.mul'],
  [2, 'f64x2.ceil f64x2.floor f64x2.trunc f64x2.nearest f64x2.abs f64x2.neg f64x2.add f64x2.sub f64x2.mul'],
  [5, 'f32x4.sqrt f64x2.max'],
  [14, 'f64x2.sqrt'],
  [10, 'f32x4.div'],
  [12, 'f64x2.div'],
  [4, 'f32x4.min f32x4.max f64x2.min i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_u'],
  [2, 'i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f64x2_s_zero'],
  [3, 'i32x4.trunc_sat_f64x2_u_zero'],
];

const costOfName = new Map(groups.flatMap(([cost, names]) => names.split(' ').map((name) => [name, cost] as const)));

/** The static cost of an operator by its name; 1 if the price list does not name it. */
export function operatorCost(name: string): number {
  return costOfName.get(name) ?? 1;
}

/** The names that the price list names, for the test that compares it with the shared table. */
export const pricedOperators: ReadonlyMap<string, number> = costOfName;

/** The static costs by opcode. */
export const opcodeCosts: Uint16Array = Uint16Array.from(operatorTable, (operator) =>
  operator === undefined ? 0 : operatorCost(operator.name),
);

const scalarAccess = /^[if](32|64)\.(load|store)/;

/** The static costs by opcode in a canister with a 64-bit memory. */
export const opcodeCosts64: Uint16Array = Uint16Array.from(operatorTable, (operator) =>
  operator === undefined ? 0 : operatorCost(operator.name) + (scalarAccess.test(operator.name) ? 1 : 0),
);

/** Fixed instructions of a system call, on top of the `call` operator (5) itself. */
export const systemCallOverhead: Readonly<Record<string, number>> = {
  call_new: 1500,
  call_perform: 5000,
  is_controller: 1000,
  performance_counter: 200,
  debug_print: 100,
  stable_read: 20,
  stable_write: 20,
  stable64_read: 20,
  stable64_write: 20,
  stable_size: 20,
  stable64_size: 20,
  stable_grow: 100,
  stable64_grow: 100,
};
export const defaultSystemCallOverhead = 500;

/**
 * First access of a message to a 64 KiB page of heap or stable memory, and its first write on top of that:
 * 5000 for each of the 16 operating system pages in it (dfinity/ic#10789).
 */
export const pageAccessCost = 16 * 5000;
export const pageWriteCost = 16 * 5000;

/** Compiling a module at install counts this much for each operator of its (instrumented) code. */
export const compileCostPerOperator = 6000;
