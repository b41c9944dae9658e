/**
 * Opcodes by name, for code that reads or writes operators: those of opcodes.ts, the specification's names in one word.
 */
import { allOperators } from './opcodes.js';

const opcodes = new Map([...allOperators].reverse().map(({ name, opcode }) => [name, opcode]));

function named(name: string): number {
  const opcode = opcodes.get(name);
  if (opcode === undefined) throw new Error(`there is no operator ${name}`);
  return opcode;
}

export const op = {
  unreachable: named('unreachable'),
  block: named('block'),
  loop: named('loop'),
  if: named('if'),
  else: named('else'),
  end: named('end'),
  br: named('br'),
  brIf: named('br_if'),
  brTable: named('br_table'),
  return: named('return'),
  call: named('call'),
  callIndirect: named('call_indirect'),
  returnCall: named('return_call'),
  returnCallIndirect: named('return_call_indirect'),
  drop: named('drop'),
  /** Without types. */
  select: named('select'),
  localGet: named('local.get'),
  localSet: named('local.set'),
  localTee: named('local.tee'),
  globalGet: named('global.get'),
  globalSet: named('global.set'),
  tableGet: named('table.get'),
  tableSet: named('table.set'),
  tableInit: named('table.init'),
  tableCopy: named('table.copy'),
  tableGrow: named('table.grow'),
  tableSize: named('table.size'),
  tableFill: named('table.fill'),
  refNull: named('ref.null'),
  refFunc: named('ref.func'),
  i32Load8U: named('i32.load8_u'),
  memorySize: named('memory.size'),
  memoryGrow: named('memory.grow'),
  memoryInit: named('memory.init'),
  memoryCopy: named('memory.copy'),
  memoryFill: named('memory.fill'),
  dataDrop: named('data.drop'),
  i32Const: named('i32.const'),
  i64Const: named('i64.const'),
  f32Const: named('f32.const'),
  f64Const: named('f64.const'),
  v128Const: named('v128.const'),
  i32Eqz: named('i32.eqz'),
  i32LeU: named('i32.le_u'),
  i32GeU: named('i32.ge_u'),
  i32Add: named('i32.add'),
  i32Sub: named('i32.sub'),
  i32And: named('i32.and'),
  i32Or: named('i32.or'),
  i32Shl: named('i32.shl'),
  i32ShrU: named('i32.shr_u'),
  i64Eqz: named('i64.eqz'),
  i64LtS: named('i64.lt_s'),
  i64LtU: named('i64.lt_u'),
  i64GtU: named('i64.gt_u'),
  i64LeU: named('i64.le_u'),
  i64GeU: named('i64.ge_u'),
  i64Add: named('i64.add'),
  i64Sub: named('i64.sub'),
  i64Shl: named('i64.shl'),
  i64ShrU: named('i64.shr_u'),
  i32WrapI64: named('i32.wrap_i64'),
  i64ExtendI32U: named('i64.extend_i32_u'),
  i64x2Splat: named('i64x2.splat'),
  i64x2ExtractLane: named('i64x2.extract_lane'),
  i64x2ReplaceLane: named('i64x2.replace_lane'),
};

/** The bytes of an opcode that has a prefix. */
export function prefixed(opcode: number): [prefix: number, second: number] {
  return [opcode >> 8, opcode & 0xff];
}

/** The type of a block that takes nothing and gives nothing. */
export const emptyBlock = 0x40;
/** The first byte of a function's body: it has no locals. */
export const noLocals = 0;
