/**
 * Writes one function anew: charges, page checks and shifted memory accesses (see instrument.ts for the whole).
 *
 * While a function runs, the instruction counter is in one of its locals, so that loops do not wait for memory. It is
 * in the global whenever other code may look: around calls and bulk operators, at the function's end, and before
 * operators that may trap.
 *
 * More than 300 lines, because every method writes to the same function, with the same locals.
 */
import { ByteWriter } from './bytes.js';
import { type FunctionCode, immediatesOf, memoryArgumentOf } from './code.js';
import { heapLayout } from './heap-layout.js';
import { type HelperIndices, helperOrder, hostImports } from './helpers.js';
import { chargePoints } from './metering.js';
import type { FunctionType, TableType } from './module.js';
import { emptyBlock, op } from './op.js';
import { allOperators, operatorTable, ValueType } from './opcodes.js';
import type { ModuleShape } from './operand-stack.js';
import { type PageCheck, planPageChecks, unreachableOffset } from './page-checks.js';
import { tableUse, writeIndex, writeSize } from './tables.js';

/** Everything that a function's rewriting needs to know about the module around it. */
export interface RewritingContext {
  shape: ModuleShape;
  /** Whether only writes are checked (the fast mode). */
  writesOnly: boolean;
  importedFunctions: number;
  helpers: HelperIndices;
  leftGlobal: number;
  exhaustedGlobal: number;
  pagesGlobal: number;
  tables: readonly TableType[];
}

/** Operators before which the counter must be in its global, and those after which it must be fetched again. */
const publishes = new Uint8Array(0x10000);
const fetches = new Uint8Array(0x10000);
for (const { opcode, name } of allOperators) {
  const leaves = /^(unreachable|return|return_call|return_call_indirect)$/.test(name);
  const traps = /\.(div|rem)_[su]$|^i(32|64)\.trunc_f|^table\.get$/.test(name);
  const calls = /^(call|call_indirect|memory\.(grow|fill|copy|init))$/.test(name);
  if (leaves || traps || calls) publishes[opcode] = 1;
  if (calls) fetches[opcode] = 1;
}

export class FunctionRewriter {
  private readonly context: RewritingContext;
  private readonly code: FunctionCode;
  private readonly type: FunctionType;
  private readonly out: ByteWriter;
  /** Start of the bytes that are still to be copied unchanged. */
  private copyFrom = 0;
  private temporaryBase = 0;
  /** The local with the counter; after it one for a page's number or a table's index, if those have 64 bits. */
  private counterLocal = 0;
  /** Blocks that are open at the present operator. */
  private depth = 0;
  private readonly valueTemporaries = new Map<number, number>();
  /** With 64-bit memories or tables there is a second i64 behind the counter. */
  private readonly usesWideScratch: boolean;
  /** Branches of the rewritten body that are rarely taken: byte offsets of `if` operators. */
  readonly unlikely: number[] = [];
  /** Operators after the replica's own instrumentation of this function. */
  compiledOperators: number;

  constructor(context: RewritingContext, code: FunctionCode, type: FunctionType) {
    this.context = context;
    this.code = code;
    this.type = type;
    this.out = new ByteWriter(code.bytes.length * 2 + 64);
    this.compiledOperators = code.count;
    this.usesWideScratch = code.memory64 || context.tables.some(({ limits }) => limits.is64);
  }

  run(): Uint8Array {
    const { code, out } = this;
    const points = chargePoints(code);
    const plan = planPageChecks(code, this.type, this.context.shape, this.context.writesOnly);
    this.writeLocals(
      plan.temporaries,
      [...plan.spills.values()].map(({ valueType }) => valueType),
    );
    this.copyFrom = code.starts[0]!;
    let nextPoint = 0;
    let nextCheck = 0;
    for (let i = 0; i < code.count; i++) {
      if (nextPoint < points.length && points[nextPoint]!.position === i) {
        const { cost, reentrant } = points[nextPoint++]!;
        this.compiledOperators += reentrant ? 10 : 4;
        this.flush(i);
        this.charge(cost, reentrant, i === 0);
      }
      const before = plan.teesBefore.get(i);
      if (before !== undefined) {
        this.flush(i);
        out.u8(op.localTee).u32(this.temporaryBase + before);
      }
      const spill = plan.spills.get(i);
      if (spill !== undefined) {
        this.flush(i);
        out.u8(op.localSet).u32(this.valueTemporaries.get(spill.valueType)!);
        out.u8(op.localTee).u32(this.temporaryBase + spill.temporary);
      }
      while (nextCheck < plan.checks.length && plan.checks[nextCheck]!.position === i) {
        this.flush(i);
        this.check(plan.checks[nextCheck++]!);
      }
      if (spill !== undefined) out.u8(op.localGet).u32(this.valueTemporaries.get(spill.valueType)!);
      const opcode = code.opcodes[i]!;
      if (publishes[opcode] === 1 || this.leavesFunction(i, opcode)) {
        this.flush(i);
        this.publishCounter();
      }
      const table = this.usesWideScratch ? tableUse(code, i, this.context.tables) : undefined;
      if (table === 'index') {
        this.flush(i);
        writeIndex(out, this.counterLocal + 1);
      }
      this.operator(i, opcode);
      if (table === 'size') {
        this.flush(i + 1);
        writeSize(out);
      }
      if (fetches[opcode] === 1) {
        this.flush(i + 1);
        this.fetchCounter();
      }
      const after = plan.teesAfter.get(i);
      if (after !== undefined) {
        this.flush(i + 1);
        out.u8(op.localTee).u32(this.temporaryBase + after);
      }
    }
    this.flush(code.count);
    return out.finish();
  }

  private writeLocals(temporaries: number, valueTypes: number[]): void {
    const { code, out } = this;
    const kinds = [...new Set(valueTypes)];
    const groups = [...code.locals];
    this.temporaryBase = this.type.params.length + code.localCount;
    const addressType = code.memory64 ? ValueType.i64 : ValueType.i32;
    if (temporaries > 0) groups.push({ count: temporaries, type: addressType });
    kinds.forEach((type, n) => {
      this.valueTemporaries.set(type, this.temporaryBase + temporaries + n);
      groups.push({ count: 1, type });
    });
    this.counterLocal = this.temporaryBase + temporaries + kinds.length;
    groups.push({ count: this.usesWideScratch ? 2 : 1, type: ValueType.i64 });
    out.u32(groups.length);
    for (const { count, type } of groups) out.u32(count).u8(type);
  }

  /** Copies the part before operator `i` that has not been copied yet. */
  private flush(i: number): void {
    const to = this.code.starts[i]!;
    if (to > this.copyFrom) this.out.bytes(this.code.bytes.subarray(this.copyFrom, to));
    this.copyFrom = to;
  }

  /** Copies the part before operator `i` and leaves the operator itself out. */
  private replace(i: number): ByteWriter {
    this.flush(i);
    this.copyFrom = this.code.starts[i + 1]!;
    return this.out;
  }

  private publishCounter(): void {
    this.out.u8(op.localGet).u32(this.counterLocal).u8(op.globalSet).u32(this.context.leftGlobal);
  }

  private fetchCounter(): void {
    this.out.u8(op.globalGet).u32(this.context.leftGlobal).u8(op.localSet).u32(this.counterLocal);
  }

  /** Whether operator `i` may go to the function's end. Keeps count of the open blocks, too. */
  private leavesFunction(i: number, opcode: number): boolean {
    switch (opcode) {
      case op.block:
      case op.loop:
      case op.if:
        this.depth++;
        return false;
      case op.end:
        return this.depth-- === 0;
      case op.br:
      case op.brIf:
        return immediatesOf(this.code, i).u32() === this.depth;
      case op.brTable: {
        const reader = immediatesOf(this.code, i);
        for (let n = reader.u32(); n >= 0; n--) if (reader.u32() === this.depth) return true;
        return false;
      }
      default:
        return false;
    }
  }

  /** `first`: the charge at the function's entry, with the counter still in its global. */
  private charge(cost: number, reentrant: boolean, first: boolean): void {
    const { exhaustedGlobal, leftGlobal } = this.context;
    const { out, counterLocal } = this;
    if (first) out.u8(op.globalGet).u32(leftGlobal);
    else out.u8(op.localGet).u32(counterLocal);
    out.u8(op.i64Const).s64(BigInt(cost)).u8(op.i64Sub);
    if (!reentrant) {
      out.u8(op.localSet).u32(counterLocal);
      return;
    }
    out.u8(op.localTee).u32(counterLocal).u8(op.i64Const, 0, op.i64LtS);
    this.unlikely.push(out.size);
    out.u8(op.if, emptyBlock);
    this.publishCounter();
    out.u8(op.i32Const, 1, op.globalSet).u32(exhaustedGlobal).u8(op.unreachable, op.end);
  }

  private address(base: PageCheck['base'], distance: number): void {
    const { out } = this;
    const { memory64 } = this.code;
    const constant = () =>
      memory64 ? out.u8(op.i64Const).s64(BigInt(distance)) : out.u8(op.i32Const).s32(distance | 0);
    if (base === 'zero') {
      constant();
      return;
    }
    out.u8(op.localGet).u32('local' in base ? base.local : this.temporaryBase + base.temporary);
    if (distance !== 0) constant().u8(memory64 ? op.i64Add : op.i32Add);
  }

  private mark(base: PageCheck['base'], distance: number): void {
    const { out } = this;
    const { memory64 } = this.code;
    if (base === 'zero')
      out.u8(memory64 ? op.i64Const : op.i32Const, 0, op.i32Load8U, 0).u32(Math.floor(distance / 65536));
    else if (memory64) this.mark64(base, distance);
    else {
      this.address(base, distance);
      out.u8(op.i32Const, 16, op.i32ShrU, op.i32Load8U, 0, 0);
    }
  }

  /** The mark of a page that may be far beyond the marks: then the first one after them, which is always zero. */
  private mark64(base: PageCheck['base'], distance: number): void {
    const { out } = this;
    const page = this.counterLocal + 1;
    const beyond = BigInt(heapLayout(true).maxPages);
    this.address(base, distance);
    out.u8(op.i64Const, 16, op.i64ShrU, op.localTee).u32(page).u8(op.i64Const).s64(beyond);
    out.u8(op.localGet).u32(page).u8(op.i64Const).s64(beyond).u8(op.i64LtU, op.select);
    out.u8(op.i32Load8U, 0, 0);
  }

  private check({ base, first, last, write }: PageCheck): void {
    const { out, context } = this;
    const onePage = base === 'zero' ? Math.floor(first / 65536) === Math.floor(last / 65536) : first === last;
    this.mark(base, first);
    if (!onePage) {
      this.mark(base, last);
      out.u8(op.i32And);
    }
    if (write) out.u8(op.i32Const, 2, op.i32And);
    out.u8(op.i32Eqz);
    this.unlikely.push(out.size);
    out.u8(op.if, emptyBlock);
    this.publishCounter();
    this.address(base, first);
    this.address(base, last);
    const { readMiss, writeMiss } = context.helpers.hosts;
    out.u8(op.call).u32(write ? writeMiss : readMiss);
    this.fetchCounter();
    out.u8(op.end);
  }

  private operator(i: number, opcode: number): void {
    const { code, context } = this;
    const operator = operatorTable[opcode]!;
    if (operator.width > 0) {
      this.memoryAccess(i);
      return;
    }
    const { helpers } = context;
    switch (opcode) {
      case op.call:
      case op.returnCall:
      case op.refFunc: {
        const index = immediatesOf(code, i).u32();
        if (index >= context.importedFunctions)
          this.replace(i)
            .u8(opcode)
            .u32(index + hostImports.length);
        return;
      }
      case op.memorySize:
        this.replace(i).u8(op.globalGet).u32(context.pagesGlobal);
        if (code.memory64) this.out.u8(op.i64ExtendI32U);
        return;
      case op.memoryGrow:
        this.compiledOperators += 3;
        this.replace(i).u8(op.call).u32(helpers.hosts.grow);
        return;
      case op.memoryFill:
        this.compiledOperators += 3;
        this.replace(i)
          .u8(op.call)
          .u32(helpers.first + helperOrder.fill);
        return;
      case op.memoryCopy:
        this.compiledOperators += 3;
        this.replace(i)
          .u8(op.call)
          .u32(helpers.first + helperOrder.copy);
        return;
      case op.memoryInit:
        this.compiledOperators += 3;
        this.replace(i)
          .u8(op.call)
          .u32(helpers.first + helperOrder.init + immediatesOf(code, i).u32());
        return;
    }
  }

  private memoryAccess(i: number): void {
    const { code } = this;
    const { align, offset } = memoryArgumentOf(code, i);
    const out = this.replace(i);
    // An access this far out traps with any base; the offset cannot be raised without overflowing.
    if (offset >= unreachableOffset(code.memory64)) {
      this.publishCounter();
      out.u8(op.call).u32(this.context.helpers.hosts.outOfBounds).u8(op.unreachable);
      return;
    }
    const reader = immediatesOf(code, i);
    out
      .bytes(code.bytes.subarray(code.starts[i]!, reader.at))
      .u32(align)
      .u64(offset + heapLayout(code.memory64).base);
    reader.u32();
    reader.u64();
    out.bytes(code.bytes.subarray(reader.at, code.starts[i + 1]!));
  }
}
