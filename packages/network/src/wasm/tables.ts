/**
 * Tables with 64-bit indices (memory64 proposal), which Motoko's compiler uses and older engines do not support. They
 * are turned into ordinary ones: no table has more entries than 32 bits can number, so an index beyond them is out of
 * bounds either way.
 */
import { ByteWriter } from './bytes.js';
import { decodeFunction, type FunctionCode, immediatesOf } from './code.js';
import { type ElementSegment, hasMemory64, type TableType, type WasmModule } from './module.js';
import { encodeModule } from './module-writer.js';
import { op } from './op.js';

/** An operator's effect on a 64-bit table: takes an index off the top of the stack, returns a size, or neither. */
export function tableUse(code: FunctionCode, i: number, tables: readonly TableType[]): 'index' | 'size' | undefined {
  const opcode = code.opcodes[i]!;
  const reader = () => immediatesOf(code, i);
  const is64 = (table: number) => tables[table]?.limits.is64 === true;
  switch (opcode) {
    case op.callIndirect:
    case op.returnCallIndirect: {
      const immediates = reader();
      immediates.u32();
      return is64(immediates.u32()) ? 'index' : undefined;
    }
    case op.tableGet:
      return is64(reader().u32()) ? 'index' : undefined;
    case op.tableSize:
      return is64(reader().u32()) ? 'size' : undefined;
    default:
      return undefined;
  }
}

/** Takes an i64 off the stack and leaves an i32, which is out of bounds if the i64 was. `local` is an i64 to use. */
export function writeIndex(out: ByteWriter, local: number): void {
  const none = 0xffff_ffffn;
  out.u8(op.localTee).u32(local).u8(op.i64Const).s64(none);
  out.u8(op.localGet).u32(local).u8(op.i64Const).s64(none).u8(op.i64LtU, op.select, op.i32WrapI64);
}

export function writeSize(out: ByteWriter): void {
  out.u8(op.i64ExtendI32U);
}

export function has64BitTable({ tables }: WasmModule): boolean {
  return tables.some(({ limits }) => limits.is64);
}

export function narrowTables(tables: readonly TableType[]): TableType[] {
  const narrow = (entries: number) => Math.min(entries, 0xffff_ffff);
  return tables.map(({ element, limits: { min, max } }) => ({
    element,
    limits: max === undefined ? { min: narrow(min) } : { min: narrow(min), max: narrow(max) },
  }));
}

/** A segment of a 64-bit table, with its offset as an i32. */
export function narrowElement(segment: ElementSegment, tables: readonly TableType[]): ElementSegment {
  const { offset } = segment;
  if (tables[segment.table]?.limits.is64 !== true || offset?.opcode !== op.i64Const) return segment;
  const value = Math.min(offset.value!, 0xffff_ffff);
  return {
    ...segment,
    offset: { opcode: op.i32Const, immediate: new ByteWriter().s32(value).finish(), value: value | 0 },
  };
}

/** The module with ordinary tables, to be type-checked by an engine without 64-bit ones: right exactly if the original is. */
export function withNarrowTables(module: WasmModule): Uint8Array {
  const { tables } = module;
  return encodeModule({
    ...module,
    tables: narrowTables(tables),
    elements: module.elements.map((segment) => narrowElement(segment, tables)),
    bodies: module.bodies.map((body) => narrowBody(decodeFunction(body, hasMemory64(module)), tables)),
  });
}

function narrowBody(code: FunctionCode, tables: readonly TableType[]): Uint8Array {
  const out = new ByteWriter(code.bytes.length + 64);
  let from = 0;
  for (let i = 0; i < code.count; i++) {
    const use = tableUse(code, i, tables);
    if (use === undefined) continue;
    const at = code.starts[use === 'index' ? i : i + 1]!;
    out.bytes(code.bytes.subarray(from, at)).u8(use === 'index' ? op.i32WrapI64 : op.i64ExtendI32U);
    from = at;
  }
  return out.bytes(code.bytes.subarray(from)).finish();
}
