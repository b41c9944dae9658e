/** A second reading of wasm binaries, for the second meter: it shares no code with the network, and trusts its input. */
import { operatorNames, prefixStep } from './names.test-support.js';

export interface Signature {
  params: number;
  results: number;
}

/** A function of the module: its operators in order, with their immediates. */
export interface Code {
  signature: Signature;
  locals: number;
  /** Operator numbers as in names.test-support.ts. */
  ops: Uint16Array;
  /** Immediates: an index, a constant's bits, an address offset; the index of `end` for block, loop and if. */
  a: Float64Array;
  /** A lane; the index of `else` (or `end`) for if. */
  b: Int32Array;
  /** Constants of 64 and 128 bits, branch tables, block signatures. */
  more: unknown[];
}

interface Segment {
  offset: number | undefined;
  bytes: Uint8Array;
}

export interface Binary {
  types: Signature[];
  imports: { name: string; signature: Signature }[];
  functions: Code[];
  memory: { min: number; max: number } | undefined;
  tables: number[];
  /** The initial value of each global: bits, low half first. */
  globals: bigint[];
  exports: Map<string, number>;
  start: number | undefined;
  elements: { table: number; offset: number; functions: number[] }[];
  data: Segment[];
}

class Reader {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    return this.bytes[this.at++]!;
  }

  /** LEB128 without a sign, up to 2^53. */
  unsigned(): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * weight;
      if (byte < 128) return value;
      weight *= 128;
    }
  }

  signed(): bigint {
    let value = 0n;
    let shift = 0n;
    for (;;) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      shift += 7n;
      if (byte < 128) return BigInt.asIntN(Number(shift), value);
    }
  }

  part(length: number): Uint8Array {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text(): string {
    return Buffer.from(this.part(this.unsigned())).toString();
  }

  list<T>(item: () => T): T[] {
    return Array.from({ length: this.unsigned() }, item);
  }

  /** The bits of a little-endian number. */
  bits(bytes: number): bigint {
    let value = 0n;
    this.part(bytes).forEach((byte, i) => {
      value |= BigInt(byte) << BigInt(8 * i);
    });
    return value;
  }

  limits(): { min: number; max: number | undefined } {
    const flags = this.byte();
    const min = this.unsigned();
    return { min, max: flags & 1 ? this.unsigned() : undefined };
  }

  /** A constant's bits, or a function's index. */
  constant(): bigint {
    let value = 0n;
    for (let op = this.byte(); op !== 0x0b; op = this.byte()) {
      if (op === 0x41) value = BigInt.asUintN(32, this.signed());
      else if (op === 0x42) value = BigInt.asUintN(64, this.signed());
      else if (op === 0x43) value = this.bits(4);
      else if (op === 0x44) value = this.bits(8);
      else if (op === 0xd0) this.byte();
      else if (op === 0xd2) value = BigInt(this.unsigned());
      else if (op === 0xfd && this.unsigned() === 12) value = this.bits(16);
      else throw new Error(`a constant of operator ${op}`);
    }
    return value;
  }
}

export function readBinary(bytes: Uint8Array): Binary {
  const whole = new Reader(bytes);
  whole.at = 8;
  const binary: Binary = {
    types: [],
    imports: [],
    functions: [],
    memory: undefined,
    tables: [],
    globals: [],
    exports: new Map(),
    start: undefined,
    elements: [],
    data: [],
  };
  let declared: number[] = [];
  while (whole.at < bytes.length) {
    const id = whole.byte();
    const r = new Reader(whole.part(whole.unsigned()));
    switch (id) {
      case 1:
        binary.types = r.list(() => {
          r.byte();
          return { params: r.part(r.unsigned()).length, results: r.part(r.unsigned()).length };
        });
        break;
      case 2:
        binary.imports = r.list(() => {
          r.text();
          const name = r.text();
          r.byte();
          return { name, signature: binary.types[r.unsigned()]! };
        });
        break;
      case 3:
        declared = r.list(() => r.unsigned());
        break;
      case 4:
        binary.tables = r.list(() => {
          r.byte();
          return r.limits().min;
        });
        break;
      case 5:
        for (const { min, max } of r.list(() => r.limits())) binary.memory = { min, max: max ?? 65536 };
        break;
      case 6:
        binary.globals = r.list(() => {
          r.part(2);
          return r.constant();
        });
        break;
      case 7:
        r.list(() => {
          const name = r.text();
          const kind = r.byte();
          const index = r.unsigned();
          if (kind === 0) binary.exports.set(name, index);
        });
        break;
      case 8:
        binary.start = r.unsigned();
        break;
      case 9:
        r.list(() => readElements(r, binary));
        break;
      case 10: {
        const bodies = r.list(() => r.part(r.unsigned()));
        binary.functions = bodies.map((body, i) => readCode(body, binary.types[declared[i]!]!, binary.types));
        break;
      }
      case 11:
        binary.data = r.list(() => {
          const flags = r.unsigned();
          const offset = flags === 1 ? undefined : Number(r.constant());
          return { offset, bytes: r.part(r.unsigned()) };
        });
    }
  }
  return binary;
}

function readElements(r: Reader, binary: Binary): void {
  const flags = r.unsigned();
  const active = (flags & 1) === 0;
  const table = active && flags & 2 ? r.unsigned() : 0;
  const offset = active ? Number(r.constant()) : 0;
  if ((flags & 3) !== 0) r.byte();
  const functions = flags & 4 ? r.list(() => Number(r.constant())) : r.list(() => r.unsigned());
  if (active) binary.elements.push({ table, offset, functions });
}

const numberOf = new Map(operatorNames.flatMap((name, i) => (name === undefined ? [] : [[name, i] as const])));
const [block, loop, ifOp, elseOp, end] = ['block', 'loop', 'if', 'else', 'end'].map((name) => numberOf.get(name)!);

function readCode(bytes: Uint8Array, signature: Signature, types: readonly Signature[]): Code {
  const r = new Reader(bytes);
  let locals = 0;
  r.list(() => {
    locals += r.unsigned();
    r.byte();
  });
  const ops: number[] = [];
  const a: number[] = [];
  const b: number[] = [];
  const more: unknown[] = [];
  const open: number[] = [];
  while (r.at < bytes.length) {
    const here = ops.length;
    const first = r.byte();
    const op = first < 0xfc ? first : prefixStep * (first - 0xfb) + r.unsigned();
    ops.push(op);
    a.push(0);
    b.push(0);
    more.push(undefined);
    if (op === block || op === loop || op === ifOp) {
      const type = Number(r.signed());
      more[here] = type >= 0 ? types[type] : { params: 0, results: type === -64 ? 0 : 1 };
      open.push(here);
    } else if (op === elseOp) b[open.at(-1)!] = here;
    else if (op === end) {
      const begin = open.pop();
      if (begin !== undefined) {
        a[begin] = here;
        if (ops[begin] === ifOp && b[begin] === 0) b[begin] = here;
        if (b[begin] !== 0 && b[begin] !== here) a[b[begin]!] = here;
      }
    } else [a[here], b[here], more[here]] = immediates(r, operatorNames[op]!);
  }
  return {
    signature,
    locals,
    ops: Uint16Array.from(ops),
    a: Float64Array.from(a),
    b: Int32Array.from(b),
    more,
  };
}

function immediates(r: Reader, name: string): [number, number, unknown] {
  if (/^(br|br_if|call|return_call|local|global|table|ref\.func|data\.drop|elem\.drop)/.test(name)) {
    if (name === 'br_table') {
      const targets = r.list(() => r.unsigned());
      return [r.unsigned(), 0, targets];
    }
    const index = r.unsigned();
    const indirect = name.endsWith('call_indirect');
    return [index, indirect || name === 'table.init' || name === 'table.copy' ? r.unsigned() : 0, undefined];
  }
  if (name === 'select_t') return [r.part(r.unsigned()).length, 0, undefined];
  if (name === 'ref.null') return [r.byte(), 0, undefined];
  if (name === 'i32.const') return [Number(r.signed()), 0, undefined];
  if (name === 'i64.const') return [0, 0, r.signed()];
  if (name === 'f32.const') return [0, 0, r.bits(4)];
  if (name === 'f64.const') return [0, 0, r.bits(8)];
  if (name === 'v128.const') return [0, 0, r.bits(16)];
  if (name === 'i8x16.shuffle') return [0, 0, r.part(16)];
  if (name === 'memory.init') return [r.unsigned(), r.byte(), undefined];
  if (name === 'memory.copy') return [r.byte(), r.byte(), undefined];
  if (/^memory\.(size|grow|fill)$/.test(name)) return [r.byte(), 0, undefined];
  if (/\.(load|store)/.test(name)) {
    r.unsigned();
    const offset = r.unsigned();
    return [offset, name.endsWith('_lane') ? r.byte() : 0, undefined];
  }
  if (/_lane(_[su])?$/.test(name)) return [0, r.byte(), undefined];
  return [0, 0, undefined];
}
