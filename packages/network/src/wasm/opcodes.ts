/**
 * Every operator that the Internet Computer's type checker accepts: opcode, name, immediates and stack signature
 * (WebAssembly core specification 2.0, 5.4, plus tail calls). Opcodes outside this table are refused at install, and so
 * are operators that write tables (validate-code.ts). More than 300 lines, for it is one table.
 */

/** How the bytes after an opcode are laid out. */
export const Immediates = {
  none: 0,
  blockType: 1,
  index: 2,
  indexPair: 3,
  branchTable: 4,
  memory: 5,
  memoryLane: 6,
  i32: 7,
  i64: 8,
  f32: 9,
  f64: 10,
  v128: 11,
  lane: 12,
  typeVector: 13,
  heapType: 14,
  zeroByte: 15,
  indexZeroByte: 16,
  twoZeroBytes: 17,
} as const;
export type Immediates = (typeof Immediates)[keyof typeof Immediates];

/** The bytes in front of opcodes that are longer. */
export const opcodePrefix = { misc: 0xfc, vector: 0xfd } as const;

export const ValueType = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
} as const;

const typeOfLetter: Record<string, number> = {
  i: ValueType.i32,
  I: ValueType.i64,
  f: ValueType.f32,
  F: ValueType.f64,
  v: ValueType.v128,
};

export interface Operator {
  /** 0x00-0xff, or 0xfc00 + n, or 0xfd00 + n for the prefixed ones. */
  readonly opcode: number;
  readonly name: string;
  readonly immediates: Immediates;
  /** Operand and result types; undefined if they depend on more than the opcode (calls, locals, blocks ...). */
  readonly operands: readonly number[] | undefined;
  readonly results: readonly number[] | undefined;
  /** Bytes that a load or store touches; 0 for everything else. */
  readonly width: number;
  readonly isStore: boolean;
}

const operators: (Operator | undefined)[] = [];

function define(
  opcode: number,
  name: string,
  signature: string | undefined,
  immediates: Immediates = 0,
  width = 0,
): void {
  const [operands, results] = signature === undefined ? [] : signature.split('>');
  const types = (letters: string | undefined) =>
    letters === undefined ? undefined : [...letters].map((letter) => typeOfLetter[letter]!);
  const isStore = width > 0 && name.includes('.store');
  operators[opcode] = { opcode, name, immediates, operands: types(operands), results: types(results), width, isStore };
}

/** Defines consecutive opcodes that share a signature. */
function series(first: number, names: string, signature: string, immediates: Immediates = 0): void {
  names.split(' ').forEach((name, i) => {
    if (name !== '-') define(first + i, name, signature, immediates);
  });
}

function memory(opcode: number, name: string, signature: string, width: number): void {
  define(opcode, name, signature, name.endsWith('_lane') ? Immediates.memoryLane : Immediates.memory, width);
}

define(0x00, 'unreachable', undefined);
define(0x01, 'nop', '>');
define(0x02, 'block', undefined, Immediates.blockType);
define(0x03, 'loop', undefined, Immediates.blockType);
define(0x04, 'if', undefined, Immediates.blockType);
define(0x05, 'else', undefined);
define(0x0b, 'end', undefined);
define(0x0c, 'br', undefined, Immediates.index);
define(0x0d, 'br_if', undefined, Immediates.index);
define(0x0e, 'br_table', undefined, Immediates.branchTable);
define(0x0f, 'return', undefined);
define(0x10, 'call', undefined, Immediates.index);
define(0x11, 'call_indirect', undefined, Immediates.indexPair);
define(0x12, 'return_call', undefined, Immediates.index);
define(0x13, 'return_call_indirect', undefined, Immediates.indexPair);
define(0x1a, 'drop', undefined);
define(0x1b, 'select', undefined);
define(0x1c, 'select', undefined, Immediates.typeVector);
define(0x20, 'local.get', undefined, Immediates.index);
define(0x21, 'local.set', undefined, Immediates.index);
define(0x22, 'local.tee', undefined, Immediates.index);
define(0x23, 'global.get', undefined, Immediates.index);
define(0x24, 'global.set', undefined, Immediates.index);
define(0x25, 'table.get', undefined, Immediates.index);
define(0x26, 'table.set', undefined, Immediates.index);

memory(0x28, 'i32.load', 'i>i', 4);
memory(0x29, 'i64.load', 'i>I', 8);
memory(0x2a, 'f32.load', 'i>f', 4);
memory(0x2b, 'f64.load', 'i>F', 8);
memory(0x2c, 'i32.load8_s', 'i>i', 1);
memory(0x2d, 'i32.load8_u', 'i>i', 1);
memory(0x2e, 'i32.load16_s', 'i>i', 2);
memory(0x2f, 'i32.load16_u', 'i>i', 2);
memory(0x30, 'i64.load8_s', 'i>I', 1);
memory(0x31, 'i64.load8_u', 'i>I', 1);
memory(0x32, 'i64.load16_s', 'i>I', 2);
memory(0x33, 'i64.load16_u', 'i>I', 2);
memory(0x34, 'i64.load32_s', 'i>I', 4);
memory(0x35, 'i64.load32_u', 'i>I', 4);
memory(0x36, 'i32.store', 'ii>', 4);
memory(0x37, 'i64.store', 'iI>', 8);
memory(0x38, 'f32.store', 'if>', 4);
memory(0x39, 'f64.store', 'iF>', 8);
memory(0x3a, 'i32.store8', 'ii>', 1);
memory(0x3b, 'i32.store16', 'ii>', 2);
memory(0x3c, 'i64.store8', 'iI>', 1);
memory(0x3d, 'i64.store16', 'iI>', 2);
memory(0x3e, 'i64.store32', 'iI>', 4);
define(0x3f, 'memory.size', '>i', Immediates.zeroByte);
define(0x40, 'memory.grow', 'i>i', Immediates.zeroByte);
define(0x41, 'i32.const', '>i', Immediates.i32);
define(0x42, 'i64.const', '>I', Immediates.i64);
define(0x43, 'f32.const', '>f', Immediates.f32);
define(0x44, 'f64.const', '>F', Immediates.f64);

series(0x45, 'i32.eqz', 'i>i');
series(0x46, 'i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u', 'ii>i');
series(0x50, 'i64.eqz', 'I>i');
series(0x51, 'i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u', 'II>i');
series(0x5b, 'f32.eq f32.ne f32.lt f32.gt f32.le f32.ge', 'ff>i');
series(0x61, 'f64.eq f64.ne f64.lt f64.gt f64.le f64.ge', 'FF>i');
series(0x67, 'i32.clz i32.ctz i32.popcnt', 'i>i');
series(
  0x6a,
  'i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u i32.and i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr',
  'ii>i',
);
series(0x79, 'i64.clz i64.ctz i64.popcnt', 'I>I');
series(
  0x7c,
  'i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u i64.and i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr',
  'II>I',
);
series(0x8b, 'f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt', 'f>f');
series(0x92, 'f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign', 'ff>f');
series(0x99, 'f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt', 'F>F');
series(0xa0, 'f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign', 'FF>F');
series(0xa7, 'i32.wrap_i64', 'I>i');
series(0xa8, 'i32.trunc_f32_s i32.trunc_f32_u', 'f>i');
series(0xaa, 'i32.trunc_f64_s i32.trunc_f64_u', 'F>i');
series(0xac, 'i64.extend_i32_s i64.extend_i32_u', 'i>I');
series(0xae, 'i64.trunc_f32_s i64.trunc_f32_u', 'f>I');
series(0xb0, 'i64.trunc_f64_s i64.trunc_f64_u', 'F>I');
series(0xb2, 'f32.convert_i32_s f32.convert_i32_u', 'i>f');
series(0xb4, 'f32.convert_i64_s f32.convert_i64_u', 'I>f');
series(0xb6, 'f32.demote_f64', 'F>f');
series(0xb7, 'f64.convert_i32_s f64.convert_i32_u', 'i>F');
series(0xb9, 'f64.convert_i64_s f64.convert_i64_u', 'I>F');
series(0xbb, 'f64.promote_f32', 'f>F');
series(0xbc, 'i32.reinterpret_f32', 'f>i');
series(0xbd, 'i64.reinterpret_f64', 'F>I');
series(0xbe, 'f32.reinterpret_i32', 'i>f');
series(0xbf, 'f64.reinterpret_i64', 'I>F');
series(0xc0, 'i32.extend8_s i32.extend16_s', 'i>i');
series(0xc2, 'i64.extend8_s i64.extend16_s i64.extend32_s', 'I>I');
define(0xd0, 'ref.null', undefined, Immediates.heapType);
define(0xd1, 'ref.is_null', undefined);
define(0xd2, 'ref.func', undefined, Immediates.index);

series(0xfc00, 'i32.trunc_sat_f32_s i32.trunc_sat_f32_u', 'f>i');
series(0xfc02, 'i32.trunc_sat_f64_s i32.trunc_sat_f64_u', 'F>i');
series(0xfc04, 'i64.trunc_sat_f32_s i64.trunc_sat_f32_u', 'f>I');
series(0xfc06, 'i64.trunc_sat_f64_s i64.trunc_sat_f64_u', 'F>I');
define(0xfc08, 'memory.init', 'iii>', Immediates.indexZeroByte);
define(0xfc09, 'data.drop', '>', Immediates.index);
define(0xfc0a, 'memory.copy', 'iii>', Immediates.twoZeroBytes);
define(0xfc0b, 'memory.fill', 'iii>', Immediates.zeroByte);
define(0xfc0c, 'table.init', 'iii>', Immediates.indexPair);
define(0xfc0d, 'elem.drop', '>', Immediates.index);
define(0xfc0e, 'table.copy', 'iii>', Immediates.indexPair);
define(0xfc0f, 'table.grow', undefined, Immediates.index);
define(0xfc10, 'table.size', '>i', Immediates.index);
define(0xfc11, 'table.fill', undefined, Immediates.index);

const simd = 0xfd00;
memory(simd + 0x00, 'v128.load', 'i>v', 16);
for (const [i, name] of ['8x8_s', '8x8_u', '16x4_s', '16x4_u', '32x2_s', '32x2_u'].entries()) {
  memory(simd + 0x01 + i, `v128.load${name}`, 'i>v', 8);
}
for (const [i, bits] of [8, 16, 32, 64].entries()) {
  memory(simd + 0x07 + i, `v128.load${bits}_splat`, 'i>v', bits / 8);
  memory(simd + 0x54 + i, `v128.load${bits}_lane`, 'iv>v', bits / 8);
  memory(simd + 0x58 + i, `v128.store${bits}_lane`, 'iv>', bits / 8);
}
memory(simd + 0x0b, 'v128.store', 'iv>', 16);
memory(simd + 0x5c, 'v128.load32_zero', 'i>v', 4);
memory(simd + 0x5d, 'v128.load64_zero', 'i>v', 8);
define(simd + 0x0c, 'v128.const', '>v', Immediates.v128);
define(simd + 0x0d, 'i8x16.shuffle', 'vv>v', Immediates.v128);
define(simd + 0x0e, 'i8x16.swizzle', 'vv>v');
series(simd + 0x0f, 'i8x16.splat i16x8.splat i32x4.splat', 'i>v');
define(simd + 0x12, 'i64x2.splat', 'I>v');
define(simd + 0x13, 'f32x4.splat', 'f>v');
define(simd + 0x14, 'f64x2.splat', 'F>v');
series(simd + 0x15, 'i8x16.extract_lane_s i8x16.extract_lane_u', 'v>i', Immediates.lane);
define(simd + 0x17, 'i8x16.replace_lane', 'vi>v', Immediates.lane);
series(simd + 0x18, 'i16x8.extract_lane_s i16x8.extract_lane_u', 'v>i', Immediates.lane);
define(simd + 0x1a, 'i16x8.replace_lane', 'vi>v', Immediates.lane);
define(simd + 0x1b, 'i32x4.extract_lane', 'v>i', Immediates.lane);
define(simd + 0x1c, 'i32x4.replace_lane', 'vi>v', Immediates.lane);
define(simd + 0x1d, 'i64x2.extract_lane', 'v>I', Immediates.lane);
define(simd + 0x1e, 'i64x2.replace_lane', 'vI>v', Immediates.lane);
define(simd + 0x1f, 'f32x4.extract_lane', 'v>f', Immediates.lane);
define(simd + 0x20, 'f32x4.replace_lane', 'vf>v', Immediates.lane);
define(simd + 0x21, 'f64x2.extract_lane', 'v>F', Immediates.lane);
define(simd + 0x22, 'f64x2.replace_lane', 'vF>v', Immediates.lane);
for (const [i, shape] of ['i8x16', 'i16x8', 'i32x4'].entries()) {
  const names = 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u'.split(' ').map((op) => `${shape}.${op}`);
  series(simd + 0x23 + 10 * i, names.join(' '), 'vv>v');
}
for (const [i, shape] of ['f32x4', 'f64x2'].entries()) {
  const names = 'eq ne lt gt le ge'.split(' ').map((op) => `${shape}.${op}`);
  series(simd + 0x41 + 6 * i, names.join(' '), 'vv>v');
}
define(simd + 0x4d, 'v128.not', 'v>v');
series(simd + 0x4e, 'v128.and v128.andnot v128.or v128.xor', 'vv>v');
define(simd + 0x52, 'v128.bitselect', 'vvv>v');
define(simd + 0x53, 'v128.any_true', 'v>i');
series(simd + 0x5e, 'f32x4.demote_f64x2_zero f64x2.promote_low_f32x4 i8x16.abs i8x16.neg i8x16.popcnt', 'v>v');
series(simd + 0x63, 'i8x16.all_true i8x16.bitmask', 'v>i');
series(simd + 0x65, 'i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u', 'vv>v');
series(simd + 0x67, 'f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest', 'v>v');
series(simd + 0x6b, 'i8x16.shl i8x16.shr_s i8x16.shr_u', 'vi>v');
series(simd + 0x6e, 'i8x16.add i8x16.add_sat_s i8x16.add_sat_u i8x16.sub i8x16.sub_sat_s i8x16.sub_sat_u', 'vv>v');
series(simd + 0x74, 'f64x2.ceil f64x2.floor', 'v>v');
series(simd + 0x76, 'i8x16.min_s i8x16.min_u i8x16.max_s i8x16.max_u', 'vv>v');
define(simd + 0x7a, 'f64x2.trunc', 'v>v');
define(simd + 0x7b, 'i8x16.avgr_u', 'vv>v');
series(
  simd + 0x7c,
  'i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u i16x8.abs i16x8.neg',
  'v>v',
);
define(simd + 0x82, 'i16x8.q15mulr_sat_s', 'vv>v');
series(simd + 0x83, 'i16x8.all_true i16x8.bitmask', 'v>i');
series(simd + 0x85, 'i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u', 'vv>v');
series(
  simd + 0x87,
  'i16x8.extend_low_i8x16_s i16x8.extend_high_i8x16_s i16x8.extend_low_i8x16_u i16x8.extend_high_i8x16_u',
  'v>v',
);
series(simd + 0x8b, 'i16x8.shl i16x8.shr_s i16x8.shr_u', 'vi>v');
series(simd + 0x8e, 'i16x8.add i16x8.add_sat_s i16x8.add_sat_u i16x8.sub i16x8.sub_sat_s i16x8.sub_sat_u', 'vv>v');
define(simd + 0x94, 'f64x2.nearest', 'v>v');
series(
  simd + 0x95,
  'i16x8.mul i16x8.min_s i16x8.min_u i16x8.max_s i16x8.max_u - i16x8.avgr_u i16x8.extmul_low_i8x16_s i16x8.extmul_high_i8x16_s i16x8.extmul_low_i8x16_u i16x8.extmul_high_i8x16_u',
  'vv>v',
);
series(simd + 0xa0, 'i32x4.abs i32x4.neg', 'v>v');
series(simd + 0xa3, 'i32x4.all_true i32x4.bitmask', 'v>i');
series(
  simd + 0xa7,
  'i32x4.extend_low_i16x8_s i32x4.extend_high_i16x8_s i32x4.extend_low_i16x8_u i32x4.extend_high_i16x8_u',
  'v>v',
);
series(simd + 0xab, 'i32x4.shl i32x4.shr_s i32x4.shr_u', 'vi>v');
series(
  simd + 0xae,
  'i32x4.add - - i32x4.sub - - - i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u i32x4.dot_i16x8_s - i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u',
  'vv>v',
);
series(simd + 0xc0, 'i64x2.abs i64x2.neg', 'v>v');
series(simd + 0xc3, 'i64x2.all_true i64x2.bitmask', 'v>i');
series(
  simd + 0xc7,
  'i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u',
  'v>v',
);
series(simd + 0xcb, 'i64x2.shl i64x2.shr_s i64x2.shr_u', 'vi>v');
series(
  simd + 0xce,
  'i64x2.add - - i64x2.sub - - - i64x2.mul i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s i64x2.extmul_low_i32x4_s i64x2.extmul_high_i32x4_s i64x2.extmul_low_i32x4_u i64x2.extmul_high_i32x4_u',
  'vv>v',
);
series(simd + 0xe0, 'f32x4.abs f32x4.neg - f32x4.sqrt', 'v>v');
series(simd + 0xe4, 'f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max f32x4.pmin f32x4.pmax', 'vv>v');
series(simd + 0xec, 'f64x2.abs f64x2.neg - f64x2.sqrt', 'v>v');
series(simd + 0xf0, 'f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max f64x2.pmin f64x2.pmax', 'vv>v');
series(
  simd + 0xf8,
  'i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u',
  'v>v',
);

/** The operators by opcode; a hole is refused. */
export const operatorTable: readonly (Operator | undefined)[] = operators;

/** All accepted operators. */
export const allOperators: readonly Operator[] = operators.filter((operator) => operator !== undefined);
