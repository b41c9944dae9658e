/** Writes a module in the binary format. */
import { ByteWriter } from './bytes.js';
import { type ConstantExpression, type ElementSegment, exportKinds, type Limits, type WasmModule } from './module.js';
import { op } from './op.js';

const magicAndVersion = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const functionType = 0x60;

function writeVector<T>(writer: ByteWriter, items: readonly T[], item: (writer: ByteWriter, item: T) => void): void {
  writer.u32(items.length);
  for (const each of items) item(writer, each);
}

function writeLimits(writer: ByteWriter, { min, max, is64 = false, isShared = false }: Limits): void {
  writer.u8((max === undefined ? 0 : 1) | (isShared ? 2 : 0) | (is64 ? 4 : 0)).u64(min);
  if (max !== undefined) writer.u64(max);
}

function writeExpression(writer: ByteWriter, { opcode, immediate, value }: ConstantExpression): void {
  writer.u8(opcode);
  if ((opcode === op.globalGet || opcode === op.refFunc) && value !== undefined) writer.u32(value);
  else writer.bytes(immediate);
  writer.u8(op.end);
}

function writeElement(writer: ByteWriter, segment: ElementSegment): void {
  const expressions = 'expressions' in segment.items;
  const flags = (segment.mode === 'active' ? 2 : segment.mode === 'declarative' ? 3 : 1) | (expressions ? 4 : 0);
  writer.u32(flags);
  if (segment.mode === 'active') {
    writer.u32(segment.table);
    writeExpression(writer, segment.offset!);
  }
  if ('expressions' in segment.items) {
    writer.u8(segment.element);
    writeVector(writer, segment.items.expressions, writeExpression);
  } else {
    writer.u8(0);
    writeVector(writer, segment.items.functions, (w, index) => w.u32(index));
  }
}

/** Branches of a function that are hardly ever taken: byte offsets of `if` operators in its body. */
export interface UnlikelyBranches {
  index: number;
  offsets: readonly number[];
}

/** The section of the branch hinting proposal: the compiler then places rarely taken branches apart from the rest. */
function writeBranchHints(out: ByteWriter, functions: readonly UnlikelyBranches[]): void {
  const writer = new ByteWriter(1 << 12).name('metadata.code.branch_hint');
  writeVector(writer, functions, (w, { index, offsets }) => {
    w.u32(index);
    writeVector(w, offsets, (w, offset) => w.u32(offset).u8(1, 0));
  });
  out.u8(0).sized(writer.finish());
}

/** Writes a module back. Its custom sections are left out: nothing that is executed depends on them. */
export function encodeModule(module: WasmModule, unlikely: readonly UnlikelyBranches[] = []): Uint8Array {
  const out = new ByteWriter(1 << 16);
  out.u8(...magicAndVersion);
  const section = (id: number, fill: (writer: ByteWriter) => void) => {
    const writer = new ByteWriter(1 << 12);
    fill(writer);
    out.u8(id).sized(writer.finish());
  };
  section(1, (w) =>
    writeVector(w, module.types, (w, type) => {
      w.u8(functionType);
      writeVector(w, type.params, (w, t) => w.u8(t));
      writeVector(w, type.results, (w, t) => w.u8(t));
    }),
  );
  section(2, (w) =>
    writeVector(w, module.imports, (w, entry) => {
      w.name(entry.module).name(entry.name);
      if (entry.kind === 'func') w.u8(0).u32(entry.type);
      else if (entry.kind === 'table') writeLimits(w.u8(1, entry.type.element), entry.type.limits);
      else if (entry.kind === 'memory') writeLimits(w.u8(2), entry.type);
      else w.u8(3, entry.type.type, entry.type.mutable ? 1 : 0);
    }),
  );
  section(3, (w) => writeVector(w, module.functions, (w, type) => w.u32(type)));
  section(4, (w) => writeVector(w, module.tables, (w, table) => writeLimits(w.u8(table.element), table.limits)));
  section(5, (w) => writeVector(w, module.memories, writeLimits));
  section(6, (w) =>
    writeVector(w, module.globals, (w, global) => {
      w.u8(global.type, global.mutable ? 1 : 0);
      writeExpression(w, global.init);
    }),
  );
  section(7, (w) =>
    writeVector(w, module.exports, (w, entry) =>
      w.name(entry.name).u8(exportKinds.indexOf(entry.kind)).u32(entry.index),
    ),
  );
  if (module.start !== undefined) section(8, (w) => w.u32(module.start!));
  section(9, (w) => writeVector(w, module.elements, writeElement));
  if (module.data.length > 0) section(12, (w) => w.u32(module.data.length));
  if (unlikely.length > 0) writeBranchHints(out, unlikely);
  section(10, (w) => writeVector(w, module.bodies, (w, body) => w.sized(body)));
  section(11, (w) =>
    writeVector(w, module.data, (w, segment) => {
      if (segment.mode === 'active') writeExpression(w.u32(0), segment.offset!);
      else w.u32(1);
      w.sized(segment.bytes);
    }),
  );
  return out.finish();
}
