/**
 * Simulates a function's operand stack to follow addresses: every value of the address type (i32, or i64 with a 64-bit
 * memory) is known as `root + delta`, with a root of unknown value. Additions of constants and moves through locals
 * keep the root. More than 300 lines, because every operator works on the same stack.
 */
import { type FunctionCode, immediatesOf } from './code.js';
import type { FunctionType } from './module.js';
import { op } from './op.js';
import { operatorTable, ValueType } from './opcodes.js';

/** The facts about the module that the simulation needs. */
export interface ModuleShape {
  types: readonly FunctionType[];
  functionTypeOf: (index: number) => FunctionType;
}

/** The root of constants: their delta is their value. */
export const constantRoot = -1;
/** The root of values that are no addresses. */
export const noRoot = -2;

export interface StackValue {
  root: number;
  /** value = root + delta, wrapping at 2^32 or, of i64, below 2^52 in either direction. */
  delta: number;
  /** The operator that pushed it, after which it is on top; -1 if there is none (results and parameters of blocks). */
  pushedAt: number;
  /** A local that held the same root when it was pushed; -1: none. */
  source: number;
}

interface Frame {
  opcode: number;
  height: number;
  params: number;
  results: number;
  /** Whether the code in front of this frame was already unreachable. */
  dead: boolean;
}

/** The block type that means no parameters and no results. */
const emptyBlock = -64;

const arithmetic32 = {
  type: ValueType.i32,
  constant: op.i32Const,
  add: op.i32Add,
  sub: op.i32Sub,
  wrap: (sum: number) => sum | 0,
};
const arithmetic64 = {
  type: ValueType.i64,
  constant: op.i64Const,
  add: op.i64Add,
  sub: op.i64Sub,
  wrap: (sum: number) => (Math.abs(sum) < 2 ** 52 ? sum : undefined),
};

/** Operands and results of the other operators with a signature that the opcode does not determine. */
const specialEffects: Record<number, readonly [pops: number, pushes: number]> = {
  27: [3, 1], // select
  28: [3, 1],
  35: [0, 1], // global.get
  37: [1, 1], // table.get
  208: [0, 1], // ref.null
  209: [1, 1], // ref.is_null
  210: [0, 1], // ref.func
};

export class OperandStack {
  /** Whether the present operator can never be reached. */
  dead = false;
  private readonly code: FunctionCode;
  private readonly shape: ModuleShape;
  private readonly arithmetic: typeof arithmetic32 | typeof arithmetic64;
  private readonly values: StackValue[] = [];
  private readonly frames: Frame[];
  private readonly localRoots: Int32Array;
  private readonly localDeltas: Float64Array;
  /** The epoch of the last change to a local's root; at a merge point a new epoch begins. */
  private readonly localEpochs: Int32Array;
  /** The operator after which a local has held its root; -1: from the function's start. */
  private readonly localSince: Int32Array;
  private epochStart = -1;
  private epoch = 1;
  private nextRoot = 0;

  constructor(code: FunctionCode, type: FunctionType, shape: ModuleShape) {
    this.code = code;
    this.shape = shape;
    this.arithmetic = code.memory64 ? arithmetic64 : arithmetic32;
    const locals = type.params.length + code.localCount;
    this.localRoots = new Int32Array(locals);
    this.localDeltas = new Float64Array(locals);
    this.localEpochs = new Int32Array(locals);
    this.localSince = new Int32Array(locals);
    this.frames = [{ opcode: op.block, height: 0, params: 0, results: type.results.length, dead: false }];
  }

  /** A root that nothing is known of. */
  fresh(): number {
    return this.nextRoot++;
  }

  /** The value `depth` below the top; undefined if unreachable code leaves the stack open. */
  peek(depth: number): StackValue | undefined {
    const at = this.values.length - 1 - depth;
    return at >= (this.frames.at(-1)?.height ?? 0) ? this.values[at] : undefined;
  }

  /** The difference between a local and `root`; undefined if the local has another root. */
  localDelta(local: number, root: number): number | undefined {
    const holds = local >= 0 && this.localEpochs[local] === this.epoch && this.localRoots[local] === root;
    return holds ? this.localDeltas[local] : undefined;
  }

  /** The earliest operator before which a local already held its present value. */
  heldFrom(local: number): number {
    return this.localSince[local]! + 1;
  }

  /** Executes operator `i`. Returns whether it is a merge point, after which roots have new names. */
  advance(i: number): boolean {
    const opcode = this.code.opcodes[i]!;
    const merged = this.control(i, opcode);
    if (merged === true) this.epochStart = i;
    if (merged !== undefined) return merged;
    if (this.dead) return false;
    const { operands, results } = operatorTable[opcode]!;
    if (operands === undefined) this.special(i, opcode);
    else if (opcode === this.arithmetic.constant) this.constant(i);
    else if (opcode === this.arithmetic.add || opcode === this.arithmetic.sub) this.sum(i, opcode);
    else {
      this.pop(operands.length);
      for (const type of results!) this.push(this.rootOf(type), 0, i);
    }
    return false;
  }

  private push(root: number, delta: number, pushedAt: number, source = -1): void {
    this.values.push({ root, delta, pushedAt, source });
  }

  private pop(count = 1): void {
    this.values.length = Math.max(this.values.length - count, this.frames.at(-1)?.height ?? 0);
  }

  /** A root that nothing is known of, for a value that may become an address. */
  private rootOf(type: number): number {
    return type === this.arithmetic.type ? this.fresh() : noRoot;
  }

  private constant(i: number): void {
    const reader = immediatesOf(this.code, i);
    const value = this.code.memory64 ? this.arithmetic.wrap(Number(reader.s64())) : reader.s32();
    if (value === undefined) this.push(this.fresh(), 0, i);
    else this.push(constantRoot, value, i);
  }

  private sum(i: number, opcode: number): void {
    const b = this.peek(0);
    const a = this.peek(1);
    this.pop(2);
    const { add, wrap } = this.arithmetic;
    const known = (root: number, sum: number, source: number) => {
      const delta = wrap(sum);
      if (delta === undefined) this.push(this.fresh(), 0, i);
      else this.push(root, delta, i, source);
    };
    if (a !== undefined && b?.root === constantRoot) {
      known(a.root, opcode === add ? a.delta + b.delta : a.delta - b.delta, a.source);
    } else if (b !== undefined && a?.root === constantRoot && opcode === add) {
      known(b.root, a.delta + b.delta, b.source);
    } else this.push(this.fresh(), 0, i);
  }

  /** Operators with a signature that the opcode does not determine. */
  private special(i: number, opcode: number): void {
    switch (opcode) {
      case op.drop:
      case op.globalSet:
        this.pop();
        break;
      case op.localGet: {
        const local = immediatesOf(this.code, i).u32();
        this.learnLocal(local);
        this.push(this.localRoots[local]!, this.localDeltas[local]!, i, local);
        break;
      }
      case op.localSet:
      case op.localTee: {
        const local = immediatesOf(this.code, i).u32();
        const top = this.peek(0);
        this.localEpochs[local] = this.epoch;
        this.localSince[local] = i;
        this.localRoots[local] = top?.root ?? this.fresh();
        this.localDeltas[local] = top?.delta ?? 0;
        if (opcode === op.localSet) this.pop();
        else if (top !== undefined) top.source = local;
        break;
      }
      case op.call:
        this.call(i, this.shape.functionTypeOf(immediatesOf(this.code, i).u32()));
        break;
      case op.callIndirect:
        this.pop();
        this.call(i, this.shape.types[immediatesOf(this.code, i).u32()]!);
        break;
      default: {
        const [pops, pushes] = specialEffects[opcode]!;
        this.pop(pops);
        if (pushes > 0) this.push(this.fresh(), 0, i);
      }
    }
  }

  private call(i: number, { params, results }: FunctionType): void {
    this.pop(params.length);
    // Only the last of several results is on top right behind the call.
    for (const [n, type] of results.entries()) {
      this.push(this.rootOf(type), 0, n === results.length - 1 ? i : -1);
    }
  }

  /** A local that was last set before the present epoch holds a value that nothing is known of. */
  private learnLocal(local: number): void {
    if (this.localEpochs[local] === this.epoch) return;
    this.localEpochs[local] = this.epoch;
    this.localSince[local] = this.epochStart;
    this.localRoots[local] = this.fresh();
    this.localDeltas[local] = 0;
  }

  /** Blocks and branches: whether they are merge points; undefined for every other operator. */
  private control(i: number, opcode: number): boolean | undefined {
    switch (opcode) {
      case op.block:
      case op.loop:
      case op.if:
        return this.enter(i, opcode);
      case op.else: {
        const frame = this.frames.at(-1)!;
        this.leave(frame.height, frame.params);
        this.dead = frame.dead;
        return true;
      }
      case op.end: {
        const frame = this.frames.pop()!;
        this.dead = frame.dead;
        if (!frame.dead) this.leave(frame.height, frame.results);
        return true;
      }
      case op.brIf:
        if (!this.dead) this.pop();
        return false;
      case op.unreachable:
      case op.br:
      case op.brTable:
      case op.return:
      case op.returnCall:
      case op.returnCallIndirect:
        this.dead = true;
        return false;
      default:
        return undefined;
    }
  }

  private enter(i: number, opcode: number): boolean {
    const type = Number(immediatesOf(this.code, i).s64(33));
    const shape = type < 0 ? undefined : this.shape.types[type]!;
    const params = shape?.params.length ?? 0;
    const results = shape?.results.length ?? (type === emptyBlock ? 0 : 1);
    const merges = opcode === op.loop && !this.dead;
    if (opcode === op.if && !this.dead) this.pop();
    if (merges) {
      // A branch back brings other parameters.
      this.pop(params);
      this.rename();
      for (let n = 0; n < params; n++) this.push(this.fresh(), 0, -1);
    }
    const height = Math.max(0, this.values.length - params);
    this.frames.push({ opcode, height, params, results, dead: this.dead });
    return merges;
  }

  private leave(height: number, pushes: number): void {
    this.values.length = height;
    this.rename();
    for (let n = 0; n < pushes; n++) this.push(this.fresh(), 0, -1);
  }

  /** Forgets all locals, and renames the values further down, which are known for only one of the merging paths. */
  private rename(): void {
    this.epoch++;
    const renamed = new Map<number, number>();
    for (const value of this.values) {
      value.source = -1;
      if (value.root < 0) continue;
      if (!renamed.has(value.root)) renamed.set(value.root, this.fresh());
      value.root = renamed.get(value.root)!;
    }
  }
}
