/**
 * A wasm module as data: the content of the binary format, section by section, with function bodies left as bytes. More
 * than 300 lines, because a section's type and its parser belong together, and are read side by side with the
 * specification.
 */
import { ByteReader, WasmFormatError } from './bytes.js';
import { op, prefixed } from './op.js';
import { opcodePrefix, ValueType } from './opcodes.js';

export interface FunctionType {
  params: readonly number[];
  results: readonly number[];
}

export interface Limits {
  min: number;
  max?: number | undefined;
  /** Addresses, or indices into the table, are i64 (memory64 proposal). */
  is64?: boolean;
  /** Whether threads share it; no canister can declare such a memory. */
  isShared?: boolean;
}

export interface TableType {
  element: number;
  limits: Limits;
}

interface GlobalType {
  type: number;
  mutable: boolean;
}

type ImportType =
  | { kind: 'func'; type: number }
  | { kind: 'table'; type: TableType }
  | { kind: 'memory'; type: Limits }
  | { kind: 'global'; type: GlobalType };

export type Import = { module: string; name: string } & ImportType;

export type ExportKind = 'func' | 'table' | 'memory' | 'global';

export interface Export {
  name: string;
  kind: ExportKind;
  index: number;
}

/** A constant expression of exactly one operator. */
export interface ConstantExpression {
  opcode: number;
  /** The operator's immediate as written, without the closing `end`. */
  immediate: Uint8Array;
  /** The value of i32.const, of i64.const without its sign, or the index of ref.func and global.get. */
  value?: number;
}

export interface Global extends GlobalType {
  init: ConstantExpression;
}

export interface ElementSegment {
  mode: 'active' | 'passive' | 'declarative';
  table: number;
  offset?: ConstantExpression;
  element: number;
  items: { functions: number[] } | { expressions: ConstantExpression[] };
}

export interface DataSegment {
  mode: 'active' | 'passive';
  offset?: ConstantExpression;
  bytes: Uint8Array;
}

export interface CustomSection {
  name: string;
  bytes: Uint8Array;
}

export interface WasmModule {
  types: FunctionType[];
  imports: Import[];
  /** Type index of each defined function. */
  functions: number[];
  tables: TableType[];
  memories: Limits[];
  globals: Global[];
  exports: Export[];
  start: number | undefined;
  elements: ElementSegment[];
  dataCount: number | undefined;
  /** Locals and operators of each defined function, without the size prefix. */
  bodies: Uint8Array[];
  data: DataSegment[];
  customs: CustomSection[];
  codeSectionSize: number;
}

/** In the order of their numbers in the binary. */
export const exportKinds: readonly ExportKind[] = ['func', 'table', 'memory', 'global'];
const valueTypes: ReadonlySet<number> = new Set(Object.values(ValueType));
const sectionOrder = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11];

function many<T>(reader: ByteReader, item: (reader: ByteReader) => T): T[] {
  const count = reader.u32();
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(item(reader));
  return items;
}

function valueType(reader: ByteReader): number {
  const at = reader.at;
  const type = reader.u8();
  if (!valueTypes.has(type)) throw new WasmFormatError('invalid value type', at);
  return type;
}

function referenceType(reader: ByteReader): number {
  const at = reader.at;
  const type = reader.u8();
  if (type === ValueType.funcref || type === ValueType.externref) return type;
  throw new WasmFormatError('function references required for reference types other than funcref and externref', at);
}

function functionType(reader: ByteReader): FunctionType {
  const at = reader.at;
  if (reader.u8() !== 0x60) throw new WasmFormatError('gc proposal must be enabled to use this type', at);
  return { params: many(reader, valueType), results: many(reader, valueType) };
}

function limits(reader: ByteReader, what: 'memory' | 'table'): Limits {
  const at = reader.at;
  const flags = reader.u8();
  if (what === 'memory') {
    if (flags & 0x02) throw new WasmFormatError('threads must be enabled for shared memories', at);
    if (flags & 0x08) throw new WasmFormatError('the custom page sizes proposal must be enabled', at);
  }
  const is64 = (flags & 0x04) !== 0;
  if (flags > (is64 ? 5 : 1)) throw new WasmFormatError(`invalid ${what} resizable limits flags`, at);
  const size = () => (is64 ? reader.u64() : reader.u32());
  const min = size();
  const max = flags & 1 ? size() : undefined;
  const most = is64 ? 2 ** 48 : 65536;
  if (what === 'memory' && (min > most || (max ?? 0) > most)) {
    throw new WasmFormatError(`memory size must be at most ${is64 ? '2**48 pages' : '65536 pages (4GiB)'}`, at);
  }
  if (max !== undefined && max < min) throw new WasmFormatError('size minimum must not be greater than maximum', at);
  return is64 ? { min, max, is64 } : { min, max };
}

function tableType(reader: ByteReader): TableType {
  return { element: referenceType(reader), limits: limits(reader, 'table') };
}

function globalType(reader: ByteReader): GlobalType {
  const type = valueType(reader);
  const at = reader.at;
  const flag = reader.u8();
  if (flag > 1) throw new WasmFormatError('malformed mutability', at);
  return { type, mutable: flag === 1 };
}

function importEntry(reader: ByteReader): Import {
  const module = reader.name();
  const name = reader.name();
  const at = reader.at;
  switch (reader.u8()) {
    case 0:
      return { module, name, kind: 'func', type: reader.u32() };
    case 1:
      return { module, name, kind: 'table', type: tableType(reader) };
    case 2:
      return { module, name, kind: 'memory', type: limits(reader, 'memory') };
    case 3:
      return { module, name, kind: 'global', type: globalType(reader) };
    case 4:
      throw new WasmFormatError('exceptions proposal not enabled', at);
    default:
      throw new WasmFormatError('malformed import kind', at);
  }
}

function exportEntry(reader: ByteReader): Export {
  const name = reader.name();
  const at = reader.at;
  const kind = exportKinds[reader.u8()];
  if (kind === undefined) throw new WasmFormatError('exceptions proposal not enabled', at);
  return { name, kind, index: reader.u32() };
}

function constantExpression(reader: ByteReader): ConstantExpression {
  const at = reader.at;
  const opcode = reader.u8();
  const start = reader.at;
  let value: number | undefined;
  if (opcode === op.i32Const) value = reader.s32();
  else if (opcode === op.i64Const) value = Number(BigInt.asUintN(64, reader.s64()));
  else if (opcode === op.f32Const) reader.take(4);
  else if (opcode === op.f64Const) reader.take(8);
  else if (opcode === op.globalGet || opcode === op.refFunc) value = reader.u32();
  else if (opcode === op.refNull) reader.u8();
  else if (opcode === opcodePrefix.vector) {
    if (reader.u32() !== prefixed(op.v128Const)[1])
      throw new WasmFormatError('constant expression required: non-constant operator', at);
    reader.take(16);
  } else throw new WasmFormatError('constant expression required: non-constant operator', at);
  const immediate = reader.bytes.subarray(start, reader.at);
  const endAt = reader.at;
  if (reader.u8() !== op.end) {
    throw new WasmFormatError('constant expression required: extended constant expressions are not enabled', endAt);
  }
  return value === undefined ? { opcode, immediate } : { opcode, immediate, value };
}

function elementSegment(reader: ByteReader): ElementSegment {
  const at = reader.at;
  const flags = reader.u32();
  if (flags > 7) throw new WasmFormatError('invalid flags byte in element segment', at);
  const mode = (flags & 1) === 0 ? 'active' : flags & 2 ? 'declarative' : 'passive';
  const table = mode === 'active' && flags & 2 ? reader.u32() : 0;
  const offset = mode === 'active' ? constantExpression(reader) : undefined;
  const expressions = (flags & 4) !== 0;
  let element: number = ValueType.funcref;
  if ((flags & 3) !== 0) {
    const kindAt = reader.at;
    if (expressions) element = referenceType(reader);
    else if (reader.u8() !== 0)
      throw new WasmFormatError('only the function external type is supported in elem segment', kindAt);
  }
  const items = expressions
    ? { expressions: many(reader, constantExpression) }
    : { functions: many(reader, (r) => r.u32()) };
  return { mode, table, ...(offset ? { offset } : {}), element, items };
}

function dataSegment(reader: ByteReader): DataSegment {
  const at = reader.at;
  const flags = reader.u32();
  if (flags > 2) throw new WasmFormatError('invalid flags byte in data segment', at);
  if (flags === 1) return { mode: 'passive', bytes: reader.take(reader.u32()) };
  if (flags === 2 && reader.u32() !== 0) throw new WasmFormatError('multi-memory not enabled', at);
  const offset = constantExpression(reader);
  return { mode: 'active', offset, bytes: reader.take(reader.u32()) };
}

/**
 * Reads a binary module after its eight bytes of magic and version. Throws WasmFormatError; the result is not yet
 * type-checked.
 */
export function parseModule(bytes: Uint8Array): WasmModule {
  const reader = new ByteReader(bytes);
  reader.at = 8;
  const module: WasmModule = {
    types: [],
    imports: [],
    functions: [],
    tables: [],
    memories: [],
    globals: [],
    exports: [],
    start: undefined,
    elements: [],
    dataCount: undefined,
    bodies: [],
    data: [],
    customs: [],
    codeSectionSize: 0,
  };
  let last = -1;
  while (!reader.done) {
    const at = reader.at;
    const id = reader.u8();
    const size = reader.u32();
    if (size > reader.end - reader.at) throw new WasmFormatError('unexpected end', reader.at);
    const section = new ByteReader(bytes, reader.at, reader.at + size);
    reader.at += size;
    if (id === 0) {
      const name = section.name();
      module.customs.push({ name, bytes: section.take(section.end - section.at) });
      continue;
    }
    const order = sectionOrder.indexOf(id);
    if (order < 0)
      throw new WasmFormatError(id === 13 ? 'exceptions proposal not enabled' : 'malformed section id', at);
    if (order <= last) throw new WasmFormatError('section out of order', at);
    last = order;
    readSection(module, id, section);
    if (!section.done) throw new WasmFormatError('section size mismatch: unexpected data at the end', section.at);
  }
  if (module.functions.length !== module.bodies.length) {
    throw new WasmFormatError('function and code section have inconsistent lengths', bytes.length);
  }
  return module;
}

function readSection(module: WasmModule, id: number, section: ByteReader): void {
  if (id === 1) module.types = many(section, functionType);
  else if (id === 2) module.imports = many(section, importEntry);
  else if (id === 3) module.functions = many(section, (r) => r.u32());
  else if (id === 4) {
    module.tables = many(section, tableType);
  } else if (id === 5) {
    const at = section.at;
    module.memories = many(section, (r) => limits(r, 'memory'));
    if (module.memories.length > 1) throw new WasmFormatError('multiple memories: multi-memory not enabled', at);
  } else if (id === 6) module.globals = many(section, (r) => ({ ...globalType(r), init: constantExpression(r) }));
  else if (id === 7) module.exports = many(section, exportEntry);
  else if (id === 8) module.start = section.u32();
  else if (id === 9) module.elements = many(section, elementSegment);
  else if (id === 12) module.dataCount = section.u32();
  else if (id === 10) {
    module.codeSectionSize = section.end - section.at;
    module.bodies = many(section, (r) => r.take(r.u32()));
  } else if (id === 11) module.data = many(section, dataSegment);
}

/** Whether the module's memory, defined or imported, has 64-bit addresses. */
export function hasMemory64({ imports, memories }: WasmModule): boolean {
  const imported = imports.find((entry) => entry.kind === 'memory');
  return memories[0]?.is64 === true || (imported?.kind === 'memory' && imported.type.is64 === true);
}

/**
 * Names of functions in the `name` section (WebAssembly core specification, 7.4.1), whose content may be arbitrary or
 * malformed.
 */
export function functionNames(customs: readonly CustomSection[]): [index: number, name: string][] {
  const section = customs.find(({ name }) => name === 'name');
  if (section === undefined) return [];
  const reader = new ByteReader(section.bytes);
  try {
    while (!reader.done) {
      const id = reader.u8();
      const part = reader.take(reader.u32());
      if (id === 1) return many(new ByteReader(part), (r): [number, string] => [r.u32(), r.name()]);
    }
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
  }
  return [];
}
