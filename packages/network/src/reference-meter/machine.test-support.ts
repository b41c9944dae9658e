/**
 * The second meter: a plain interpreter of wasm that counts instructions as it goes. It shares no code with the network,
 * takes its prices from instruction-costs.json, and follows the rules of docs/metering.md: a basic block is charged when
 * it is entered, bulk operators by the byte, pages of 64 KiB when a message first accesses and first writes them. More than 300
 * lines: it is one machine, whose operators are in files beside it.
 */
import { readFileSync } from 'node:fs';
import { type Binary, type Code, readBinary, type Signature } from './binary.test-support.js';
import { operatorNames } from './names.test-support.js';
import { type Handler, scalarHandlers } from './scalar.test-support.js';
import { Stack, Trap } from './stack.test-support.js';
import { vectorHandlers } from './vector.test-support.js';

export interface PriceList {
  default: number;
  cost: Record<string, number>;
  ic0_overhead: Record<string, number>;
}

export const prices: PriceList = JSON.parse(readFileSync(new URL('./instruction-costs.json', import.meta.url), 'utf8'));

const pagePrice = 16 * 5000;
const pageBytes = 65536;

const number = (name: string) => operatorNames.indexOf(name);
const costs = operatorNames.map((name) => prices.cost[name === 'select_t' ? 'select' : (name ?? '')] ?? prices.default);
const blockEnds = new Set(
  'unreachable loop if else end br br_if br_table return return_call return_call_indirect'.split(' ').map(number),
);

/**
 * The cost of entering each operator's position: all of a basic block at its first operator, 1 more for the function.
 */
function blockCharges({ ops }: Code): Float64Array {
  const charges = new Float64Array(ops.length + 1);
  let first = 0;
  let sum = 1;
  ops.forEach((op, i) => {
    sum += costs[op]!;
    if (!blockEnds.has(op)) return;
    charges[first] = sum;
    first = i + 1;
    sum = 0;
  });
  return charges;
}

/** Numbers of the operators that steer. */
const op = {
  unreachable: number('unreachable'),
  nop: number('nop'),
  block: number('block'),
  loop: number('loop'),
  if: number('if'),
  else: number('else'),
  end: number('end'),
  br: number('br'),
  brIf: number('br_if'),
  brTable: number('br_table'),
  return: number('return'),
  call: number('call'),
  callIndirect: number('call_indirect'),
  returnCall: number('return_call'),
  returnCallIndirect: number('return_call_indirect'),
  localGet: number('local.get'),
  localSet: number('local.set'),
  localTee: number('local.tee'),
};

export type SystemCall = (machine: Machine) => void;

export class Machine extends Stack {
  readonly binary: Binary;
  readonly system: Readonly<Record<string, SystemCall>>;
  memory: Uint8Array;
  view: DataView;
  pages: number;
  globals: BigUint64Array;
  tables: (number | undefined)[][];
  dropped = new Set<number>();
  /** Of the present message. */
  used = 0;
  chargesWrites = true;
  accessed = new Set<number>();
  written = new Set<number>();
  private readonly charges: (Float64Array | undefined)[] = [];
  private readonly handlers: (Handler | undefined)[];
  private readonly labels: { target: number; height: number; arity: number; loop: boolean }[] = [];

  constructor(wasm: Uint8Array, system: Readonly<Record<string, SystemCall>> = {}) {
    super(1 << 18);
    this.binary = readBinary(wasm);
    this.system = system;
    this.pages = this.binary.memory?.min ?? 0;
    this.memory = new Uint8Array(this.pages * pageBytes);
    this.view = new DataView(this.memory.buffer);
    for (const { offset, bytes } of this.binary.data) if (offset !== undefined) this.memory.set(bytes, offset);
    this.globals = new BigUint64Array(2 * this.binary.globals.length);
    this.binary.globals.forEach((bits, i) => {
      this.globals[2 * i] = BigInt.asUintN(64, bits);
      this.globals[2 * i + 1] = bits >> 64n;
    });
    this.tables = this.binary.tables.map((size) => new Array(size).fill(undefined));
    for (const { table, offset, functions } of this.binary.elements) {
      functions.forEach((index, i) => {
        this.tables[table]![offset + i] = index;
      });
    }
    const all: Record<string, Handler> = { ...scalarHandlers, ...vectorHandlers, ...this.moduleHandlers() };
    this.handlers = operatorNames.map((name) => (name === undefined ? undefined : all[name]));
  }

  /** Begins a message: nothing has been used or touched. */
  begin(): void {
    this.sp = 0;
    this.labels.length = 0;
    this.used = 0;
    this.accessed.clear();
    this.written.clear();
    this.dropped.clear();
  }

  touch(address: number, length: number, write: boolean): void {
    if (address + length > this.pages * pageBytes) throw new Trap('heap out of bounds');
    if (length === 0) return;
    const last = Math.floor((address + length - 1) / pageBytes);
    for (let page = Math.floor(address / pageBytes); page <= last; page++) {
      if (!this.accessed.has(page)) {
        this.accessed.add(page);
        this.used += pagePrice;
      }
      if (!write || this.written.has(page)) continue;
      this.written.add(page);
      if (this.chargesWrites) this.used += pagePrice;
    }
  }

  grow(pages: number): number {
    const before = this.pages;
    if (before + pages > (this.binary.memory?.max ?? 0)) return -1;
    this.pages += pages;
    if (this.pages * pageBytes > this.memory.length) {
      const larger = new Uint8Array(Math.max(this.pages * pageBytes, 2 * this.memory.length));
      larger.set(this.memory);
      this.memory = larger;
      this.view = new DataView(larger.buffer);
    }
    return before;
  }

  private signature(index: number): Signature {
    const { imports, functions } = this.binary;
    return index < imports.length ? imports[index]!.signature : functions[index - imports.length]!.signature;
  }

  private fromTable(table: number): number {
    const index = this.tables[table]![this.popU32()];
    if (index === undefined) throw new Trap('table out of bounds');
    return index;
  }

  /** Calls a function with its operands on the stack; its results replace them. */
  invoke(first: number): void {
    let index = first;
    const { imports, functions } = this.binary;
    const base = this.sp - this.signature(index).params;
    for (;;) {
      if (index < imports.length) {
        const { name } = imports[index]!;
        const call = this.system[name];
        if (call === undefined) throw new Error(`this meter does not know ic0.${name}`);
        call(this);
        return;
      }
      const code = functions[index - imports.length]!;
      this.charges[index] ??= blockCharges(code);
      const next = this.execute(code, this.charges[index]!, base);
      if (next < 0) return;
      // A tail call: its operands become the first locals.
      this.keep(this.signature(next).params, base);
      index = next;
    }
  }

  /** Runs a function's operators; returns the function that it ends by calling, or -1. */
  private execute(code: Code, charges: Float64Array, base: number): number {
    const { ops, a, b, more, signature } = code;
    const { handlers, labels } = this;
    const bottom = labels.length;
    this.u64.fill(0n, 2 * this.sp, 2 * (this.sp + code.locals));
    this.sp += code.locals;
    labels.push({ target: -1, height: base, arity: signature.results, loop: false });
    let pc = 0;
    const branch = (depth: number): void => {
      const at = labels.length - 1 - depth;
      const { target, height, arity, loop } = labels[at]!;
      this.keep(arity, height);
      labels.length = loop ? at + 1 : at;
      pc = target;
    };
    for (;;) {
      this.used += charges[pc]!;
      const operator = ops[pc]!;
      switch (operator) {
        case op.unreachable:
          throw new Trap('unreachable');
        case op.nop:
          pc++;
          break;
        case op.block:
        case op.loop: {
          const { params, results } = more[pc] as Signature;
          const loop = operator === op.loop;
          const target = loop ? pc + 1 : a[pc]! + 1;
          labels.push({ target, height: this.sp - params, arity: loop ? params : results, loop });
          pc++;
          break;
        }
        case op.if: {
          const { params, results } = more[pc] as Signature;
          const condition = this.popI32();
          labels.push({ target: a[pc]! + 1, height: this.sp - params, arity: results, loop: false });
          if (condition !== 0) pc++;
          else pc = b[pc] === a[pc] ? a[pc]! : b[pc]! + 1;
          break;
        }
        case op.else:
          pc = a[pc]!;
          break;
        case op.end:
          labels.pop();
          if (labels.length === bottom) {
            this.keep(signature.results, base);
            return -1;
          }
          pc++;
          break;
        case op.br:
          branch(a[pc]!);
          if (pc < 0) return -1;
          break;
        case op.brIf:
          if (this.popI32() === 0) pc++;
          else {
            branch(a[pc]!);
            if (pc < 0) return -1;
          }
          break;
        case op.brTable:
          branch((more[pc] as number[])[this.popU32()] ?? a[pc]!);
          if (pc < 0) return -1;
          break;
        case op.return:
          labels.length = bottom;
          this.keep(signature.results, base);
          return -1;
        case op.call:
          this.invoke(a[pc]!);
          pc++;
          break;
        case op.callIndirect:
          this.invoke(this.fromTable(b[pc]!));
          pc++;
          break;
        case op.returnCall:
          labels.length = bottom;
          return a[pc]!;
        case op.returnCallIndirect:
          labels.length = bottom;
          return this.fromTable(b[pc]!);
        case op.localGet:
          this.copy(base + a[pc]!, this.sp++);
          pc++;
          break;
        case op.localSet:
          this.copy(--this.sp, base + a[pc]!);
          pc++;
          break;
        case op.localTee:
          this.copy(this.sp - 1, base + a[pc]!);
          pc++;
          break;
        default: {
          const handler = handlers[operator];
          if (handler === undefined) throw new Error(`this meter does not know ${operatorNames[operator]}`);
          handler(this, a[pc]!, b[pc]!, more[pc]);
          pc++;
        }
      }
    }
  }

  /** The operators that work on the module: memory, globals, tables, and those that only move values. */
  private moduleHandlers(): Record<string, Handler> {
    const select: Handler = () => {
      const condition = this.popI32();
      this.sp--;
      if (condition === 0) this.copy(this.sp, this.sp - 1);
    };
    const dynamic = (bytes: number) => {
      this.used += bytes;
    };
    const drop: Handler = () => {
      this.sp--;
    };
    return {
      drop,
      select,
      select_t: select,
      'global.get': (_, index) => {
        this.u64[2 * this.sp] = this.globals[2 * index]!;
        this.u64[2 * this.sp + 1] = this.globals[2 * index + 1]!;
        this.sp++;
      },
      'global.set': (_, index) => {
        this.sp--;
        this.globals[2 * index] = this.u64[2 * this.sp]!;
        this.globals[2 * index + 1] = this.u64[2 * this.sp + 1]!;
      },
      // A reference is its function's index and 1; null is 0.
      'table.get': (_, table) => {
        const at = this.popU32();
        if (at >= this.tables[table]!.length) throw new Trap('table out of bounds');
        this.pushI32((this.tables[table]![at] ?? -1) + 1);
      },
      'table.size': (_, table) => this.pushI32(this.tables[table]!.length),
      'elem.drop': () => {},
      'ref.null': () => this.pushI32(0),
      'ref.is_null': () => this.pushI32(this.popI32() === 0 ? 1 : 0),
      'ref.func': (_, index) => this.pushI32(index + 1),
      'memory.size': () => this.pushI32(this.pages),
      'memory.grow': () => this.pushI32(this.grow(this.popU32())),
      'data.drop': (_, segment) => void this.dropped.add(segment),
      'memory.fill': () => {
        const [length, value, to] = [this.popU32(), this.popU32(), this.popU32()];
        dynamic(length);
        this.touch(to, length, true);
        this.memory.fill(value, to, to + length);
      },
      'memory.copy': () => {
        const [length, from, to] = [this.popU32(), this.popU32(), this.popU32()];
        dynamic(length);
        this.touch(from, length, false);
        this.touch(to, length, true);
        this.memory.copyWithin(to, from, from + length);
      },
      'memory.init': (_, segment) => {
        const [length, from, to] = [this.popU32(), this.popU32(), this.popU32()];
        dynamic(length);
        this.touch(to, length, true);
        const { bytes, offset } = this.binary.data[segment]!;
        const there = this.dropped.has(segment) || offset !== undefined ? new Uint8Array() : bytes;
        if (from + length > there.length) throw new Trap('heap out of bounds');
        this.memory.set(there.subarray(from, from + length), to);
      },
      ...this.loads(),
      ...this.stores(),
    };
  }

  /** The address on the stack and an offset, once its bytes have been touched. */
  private address(offset: number, width: number, write: boolean): number {
    const at = this.popU32() + offset;
    this.touch(at, width, write);
    return at;
  }

  private loads(): Record<string, Handler> {
    const handlers: Record<string, Handler> = {};
    const i32 = (name: string, width: number, read: (at: number) => number) => {
      handlers[name] = (_, offset) => this.pushI32(read(this.address(offset, width, false)));
    };
    const i64 = (name: string, width: number, read: (at: number) => bigint | number) => {
      handlers[name] = (_, offset) => this.pushI64(BigInt(read(this.address(offset, width, false))));
    };
    const raw = (at: number) => this.view.getInt32(at, true);
    i32('i32.load', 4, raw);
    i32('f32.load', 4, raw);
    i64('i64.load', 8, (at) => this.view.getBigUint64(at, true));
    i64('f64.load', 8, (at) => this.view.getBigUint64(at, true));
    for (const [type, define] of [
      ['i32', i32],
      ['i64', i64],
    ] as const) {
      define(`${type}.load8_s`, 1, (at) => this.view.getInt8(at));
      define(`${type}.load8_u`, 1, (at) => this.view.getUint8(at));
      define(`${type}.load16_s`, 2, (at) => this.view.getInt16(at, true));
      define(`${type}.load16_u`, 2, (at) => this.view.getUint16(at, true));
    }
    i64('i64.load32_s', 4, raw);
    i64('i64.load32_u', 4, (at) => this.view.getUint32(at, true));
    /** `bytes` are read and put at the slot's beginning; `then` makes the vector of them. */
    const vector = (name: string, bytes: number, then: (slot: number) => void) => {
      handlers[name] = (_, offset) => {
        const at = this.address(offset, bytes, false);
        const slot = this.sp++;
        this.u8.fill(0, 16 * slot, 16 * slot + 16);
        this.u8.set(this.memory.subarray(at, at + bytes), 16 * slot);
        then(slot);
      };
    };
    vector('v128.load', 16, () => {});
    vector('v128.load32_zero', 4, () => {});
    vector('v128.load64_zero', 8, () => {});
    for (const bits of [8, 16, 32, 64]) {
      const bytes = bits / 8;
      vector(`v128.load${bits}_splat`, bytes, (slot) => {
        for (let i = bytes; i < 16; i++) this.u8[16 * slot + i] = this.u8[16 * slot + (i % bytes)]!;
      });
      handlers[`v128.load${bits}_lane`] = (_, offset, lane) => {
        this.sp--;
        const at = this.address(offset, bytes, false);
        this.copy(this.sp + 1, this.sp);
        this.u8.set(this.memory.subarray(at, at + bytes), 16 * this.sp + lane * bytes);
        this.sp++;
      };
    }
    for (const [bits, lanes] of [
      [8, 8],
      [16, 4],
      [32, 2],
    ] as const) {
      for (const sign of ['s', 'u']) {
        const name = `i${2 * bits}x${lanes}.extend_low_i${bits}x${2 * lanes}_${sign}`;
        vector(`v128.load${bits}x${lanes}_${sign}`, 8, () => vectorHandlers[name]!(this, 0, 0, undefined));
      }
    }
    return handlers;
  }

  private stores(): Record<string, Handler> {
    const handlers: Record<string, Handler> = {};
    /** Stores `bytes` of the topmost value, from byte `lane * bytes` on. */
    const store = (name: string, bytes: number) => {
      handlers[name] = (_, offset, lane) => {
        const from = 16 * --this.sp + lane * bytes;
        const at = this.address(offset, bytes, true);
        this.memory.set(this.u8.subarray(from, from + bytes), at);
      };
    };
    for (const type of ['i32', 'f32']) store(`${type}.store`, 4);
    for (const type of ['i64', 'f64']) store(`${type}.store`, 8);
    for (const type of ['i32', 'i64']) {
      store(`${type}.store8`, 1);
      store(`${type}.store16`, 2);
    }
    store('i64.store32', 4);
    store('v128.store', 16);
    for (const bits of [8, 16, 32, 64]) store(`v128.store${bits}_lane`, bits / 8);
    return handlers;
  }
}
