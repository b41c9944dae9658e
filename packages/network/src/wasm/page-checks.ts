/**
 * Plans a function's page checks: the places that ask whether the heap pages of the coming accesses are already marked
 * as accessed or written (see instrument.ts for the marks themselves).
 *
 * One check covers all accesses of a straight run of operators that go through the same base value at constant
 * distances, as unrolled loops do; operand-stack.ts finds them. A run ends at operators that may let other code observe
 * it or may stop it in between: control flow, calls, memory.grow, bulk operators and operators that trap. A page that a
 * check has marked stays marked for the rest of the message, so an access dominated by a check of the same root needs
 * none.
 *
 * The bytes that one check covers span at most 64 KiB, and its first and its last byte are really accessed: so they lie
 * in one page or in two neighbours, and marking the pages of both ends marks exactly the touched pages.
 */
import { type FunctionCode, memoryArgumentOf } from './code.js';
import { heapLayout } from './heap-layout.js';
import type { FunctionType } from './module.js';
import { allOperators, type Operator, operatorTable } from './opcodes.js';
import { constantRoot, type ModuleShape, noRoot, OperandStack } from './operand-stack.js';

export interface PageCheck {
  /** Index of the operator after the check. */
  position: number;
  write: boolean;
  /** The place of the base value: a local, a temporary (filled by a tee, see below), or none (the base is 0). */
  base: { local: number } | { temporary: number } | 'zero';
  /** First and last byte touched, relative to the base (wrapping at 2^32, or 2^64). */
  first: number;
  last: number;
}

export interface PageCheckPlan {
  checks: PageCheck[];
  /** Operators after which the top of the stack is also put into a temporary. */
  teesAfter: Map<number, number>;
  /** Operators before which the top of the stack (an address) is also put into a temporary. */
  teesBefore: Map<number, number>;
  /**
   * Stores with an address that lies under their value and was pushed too long ago: both are put aside for a moment.
   */
  spills: Map<number, { temporary: number; valueType: number }>;
  /** Number of temporaries of the address type that the plan needs. */
  temporaries: number;
}

/** The source of a group's base value: a local, the stack by a tee or a spill, or the constant 0. */
type Source =
  | { local: number }
  | { pushedAt: number }
  | { teeBefore: number }
  | { spill: number; valueType: number }
  | 'zero';

/** Accesses that share a check. */
interface Group {
  root: number;
  write: boolean;
  position: number;
  base: Source;
  /** The base holds root + baseDelta. */
  baseDelta: number;
  first: number;
  last: number;
}

/** A check with a temporary as its base: from the operator that fills it to the operator before which it is used. */
interface Interval {
  from: number;
  to: number;
  base: Exclude<Source, 'zero'>;
  check: PageCheck;
}

/** Constant offsets from here on can only be out of bounds, in bytes (heap-layout.ts). */
export const unreachableOffset = (memory64: boolean) => heapLayout(memory64).maxPages * 65536;

/** Operators that end a run: between two accesses, their effects may be observed, or they may stop the message. */
const endsRun = new Uint8Array(0x10000);
for (const { opcode, name } of allOperators) {
  const control = /^(loop|if|else|end|br|br_if|br_table|return|unreachable|return_call|return_call_indirect)$/;
  const traps = /\.(div|rem)_[su]$|^i(32|64)\.trunc_f|^table\.get$|^memory\.grow$/;
  const bulk = /^memory\.(init|copy|fill)$/;
  const calls = /^call/;
  if ([control, traps, bulk, calls].some((pattern) => pattern.test(name))) endsRun[opcode] = 1;
}

class Planner {
  private readonly code: FunctionCode;
  private readonly stack: OperandStack;
  private readonly writesOnly: boolean;
  private readonly plan: PageCheckPlan = {
    checks: [],
    teesAfter: new Map(),
    teesBefore: new Map(),
    spills: new Map(),
    temporaries: 0,
  };
  /** Groups of the present run, and by root the ranges already checked on the way here. */
  private open: Group[] = [];
  private done = new Map<number, Group[]>();
  private readonly intervals: Interval[] = [];
  /** The first operator of the present run. */
  private runStart = 0;

  constructor(code: FunctionCode, type: FunctionType, shape: ModuleShape, writesOnly: boolean) {
    this.code = code;
    this.stack = new OperandStack(code, type, shape);
    this.writesOnly = writesOnly;
  }

  run(): PageCheckPlan {
    const { code, stack } = this;
    for (let i = 0; i < code.count; i++) {
      const opcode = code.opcodes[i]!;
      if (endsRun[opcode] === 1) {
        this.endRun();
        this.runStart = i + 1;
      }
      const operator = operatorTable[opcode]!;
      if (operator.width > 0 && !stack.dead && (operator.isStore || !this.writesOnly)) this.access(i, operator);
      if (stack.advance(i)) this.done = new Map();
    }
    this.assignTemporaries();
    this.plan.checks.sort((a, b) => a.position - b.position);
    return this.plan;
  }

  private access(i: number, { operands, isStore, width }: Operator): void {
    const { memory64 } = this.code;
    const { offset } = memoryArgumentOf(this.code, i);
    if (offset >= unreachableOffset(memory64)) return;
    const underneath = operands!.length - 1;
    const address = this.stack.peek(underneath);
    if (address?.root === constantRoot) {
      const first = (memory64 ? address.delta : address.delta >>> 0) + offset;
      const last = first + width - 1;
      // Too far out for any page: the engine itself ends the message.
      const reachable = memory64 ? address.delta >= 0 && last < unreachableOffset(true) : last < 2 ** 32;
      if (!reachable) return;
      // Grouped by page; roots below these are not in use.
      const root = noRoot - 1 - Math.floor(first / 65536);
      const position = this.runStart;
      this.join({ root, write: isStore, position, base: 'zero', baseDelta: 0, first, last });
      return;
    }
    const root = address === undefined || address.root === noRoot ? this.stack.fresh() : address.root;
    const delta = address?.delta ?? 0;
    const first = delta + offset;
    const inLocal = address && this.stack.localDelta(address.source, root);
    let base: Source;
    if (address !== undefined && inLocal !== undefined) base = { local: address.source };
    else if (underneath === 0) base = { teeBefore: i };
    else if (address !== undefined && address.pushedAt >= 0) base = { pushedAt: address.pushedAt };
    else base = { spill: i, valueType: operands![1]! };
    const baseDelta = inLocal ?? delta;
    // As early as the base is known: the fewer values are alive at a check, the fewer its call makes the engine spill.
    const early = inLocal === undefined ? i : Math.max(this.runStart, this.stack.heldFrom(address!.source));
    this.join({ root, write: isStore, position: early, base, baseDelta, first, last: first + width - 1 });
  }

  private covered({ root, write, first, last }: Group): boolean {
    const inside = (group: Group) =>
      group.root === root && (group.write || !write) && group.first <= first && group.last >= last;
    return (this.done.get(root)?.some(inside) ?? false) || this.open.some(inside);
  }

  /** Adds an access to a group of its run, or lets it be the first of a new one. */
  private join(access: Group): void {
    if (this.covered(access)) return;
    for (const group of this.open) {
      if (group.root !== access.root || group.write !== access.write) continue;
      const first = Math.min(group.first, access.first);
      const last = Math.max(group.last, access.last);
      const pages = Math.floor(last / 65536) - Math.floor(first / 65536);
      if (access.base === 'zero' ? pages > 1 : last - first > 65535) continue;
      group.first = first;
      group.last = last;
      return;
    }
    this.open.push(access);
  }

  private endRun(): void {
    if (this.open.length === 0) return;
    const groups = this.open;
    this.open = [];
    const needed = groups.filter((group) => {
      if (group.write) return true;
      // A read within the range of a write of the same run needs no check: the write's check is made in its place.
      const writer = groups.find(
        (other) => other.write && other.root === group.root && other.first <= group.first && other.last >= group.last,
      );
      if (writer === undefined) return true;
      if (group.position < writer.position) {
        writer.position = group.position;
        writer.base = group.base;
        writer.baseDelta = group.baseDelta;
      }
      return false;
    });
    for (const group of needed) {
      const list = this.done.get(group.root);
      if (list === undefined) this.done.set(group.root, [group]);
      else list.push(group);
      this.emit(group);
    }
  }

  private emit({ root: _, write, position, base, baseDelta, first, last }: Group): void {
    const check: PageCheck = { position, write, base: 'zero', first: first - baseDelta, last: last - baseDelta };
    this.plan.checks.push(check);
    if (base === 'zero') return;
    if ('local' in base) check.base = base;
    else {
      const from = 'pushedAt' in base ? base.pushedAt : 'spill' in base ? base.spill : base.teeBefore;
      this.intervals.push({ from, to: position, base, check });
    }
  }

  /**
   * Gives a temporary to each check that needs one, reusing free ones. An interval reaches from the operator that
   * pushed the address to the check; both are at the same nesting, so everything between them nests inside.
   */
  private assignTemporaries(): void {
    const free: number[] = [];
    let busy: { to: number; temporary: number }[] = [];
    const filled = new Map<number, number>();
    const keyOf = (from: number, base: Exclude<Source, 'zero'>) => from * 2 + ('pushedAt' in base ? 0 : 1);
    const lastUse = new Map<number, number>();
    for (const { from, base, to } of this.intervals) {
      const key = keyOf(from, base);
      lastUse.set(key, Math.max(lastUse.get(key) ?? -1, to));
    }
    for (const { from, base, check } of this.intervals.sort((a, b) => a.from - b.from)) {
      const key = keyOf(from, base);
      let temporary = filled.get(key);
      if (temporary === undefined) {
        free.push(...busy.filter((entry) => entry.to < from).map((entry) => entry.temporary));
        busy = busy.filter((entry) => entry.to >= from);
        temporary = free.pop() ?? this.plan.temporaries++;
        busy.push({ to: lastUse.get(key)!, temporary });
        filled.set(key, temporary);
        if ('pushedAt' in base) this.plan.teesAfter.set(from, temporary);
        else if ('spill' in base) this.plan.spills.set(from, { temporary, valueType: base.valueType });
        else this.plan.teesBefore.set(from, temporary);
      }
      check.base = { temporary };
    }
  }
}

/** Plans the page checks of a function; `writesOnly` leaves out those of loads. */
export function planPageChecks(
  code: FunctionCode,
  type: FunctionType,
  shape: ModuleShape,
  writesOnly: boolean,
): PageCheckPlan {
  return new Planner(code, type, shape, writesOnly).run();
}
