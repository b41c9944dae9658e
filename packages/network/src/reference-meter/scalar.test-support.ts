/** The second meter's operators on single numbers. */
import { type Stack, Trap } from './stack.test-support.js';

export type Handler = (m: Stack, a: number, b: number, more: unknown) => void;

const bool = (value: boolean) => (value ? 1 : 0);
const unsigned = (value: bigint) => BigInt.asUintN(64, value);
const least64 = -(2n ** 63n);

/** To the nearest whole number, halves to even ones. */
function nearest(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 52) return value;
  const floor = Math.floor(value);
  const rest = value - floor;
  const whole = rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
  return whole === 0 && (value < 0 || Object.is(value, -0)) ? -0 : whole;
}

function divide(a: number, b: number, least: number): number {
  if (b === 0) throw new Trap('integer division by 0');
  if (a === least && b === -1) throw new Trap('integer overflow');
  return Math.trunc(a / b);
}

function divide64(a: bigint, b: bigint, least: bigint): bigint {
  if (b === 0n) throw new Trap('integer division by 0');
  if (a === least && b === -1n) throw new Trap('integer overflow');
  return a / b;
}

function remainder(a: number, b: number): number {
  if (b === 0) throw new Trap('integer division by 0');
  return a % b;
}

const i32Binary: Record<string, (a: number, b: number) => number> = {
  eq: (a, b) => bool(a === b),
  ne: (a, b) => bool(a !== b),
  lt_s: (a, b) => bool(a < b),
  lt_u: (a, b) => bool(a >>> 0 < b >>> 0),
  gt_s: (a, b) => bool(a > b),
  gt_u: (a, b) => bool(a >>> 0 > b >>> 0),
  le_s: (a, b) => bool(a <= b),
  le_u: (a, b) => bool(a >>> 0 <= b >>> 0),
  ge_s: (a, b) => bool(a >= b),
  ge_u: (a, b) => bool(a >>> 0 >= b >>> 0),
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: Math.imul,
  div_s: (a, b) => divide(a, b, -(2 ** 31)),
  div_u: (a, b) => divide(a >>> 0, b >>> 0, -1),
  rem_s: remainder,
  rem_u: (a, b) => remainder(a >>> 0, b >>> 0),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shl: (a, b) => a << b,
  shr_s: (a, b) => a >> b,
  shr_u: (a, b) => a >>> b,
  rotl: (a, b) => (a << b) | (a >>> (-b & 31)),
  rotr: (a, b) => (a >>> b) | (a << (-b & 31)),
};

const i64Compare: Record<string, (a: bigint, b: bigint) => boolean> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt_s: (a, b) => a < b,
  lt_u: (a, b) => unsigned(a) < unsigned(b),
  gt_s: (a, b) => a > b,
  gt_u: (a, b) => unsigned(a) > unsigned(b),
  le_s: (a, b) => a <= b,
  le_u: (a, b) => unsigned(a) <= unsigned(b),
  ge_s: (a, b) => a >= b,
  ge_u: (a, b) => unsigned(a) >= unsigned(b),
};

const i64Binary: Record<string, (a: bigint, b: bigint) => bigint> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div_s: (a, b) => divide64(a, b, least64),
  div_u: (a, b) => divide64(unsigned(a), unsigned(b), -1n),
  rem_s: (a, b) => (b === -1n ? 0n : a - b * divide64(a, b, least64)),
  rem_u: (a, b) => unsigned(a) - unsigned(b) * divide64(unsigned(a), unsigned(b), -1n),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shl: (a, b) => a << (b & 63n),
  shr_s: (a, b) => a >> (b & 63n),
  shr_u: (a, b) => unsigned(a) >> (b & 63n),
  rotl: (a, b) => (unsigned(a) << (b & 63n)) | (unsigned(a) >> (-b & 63n)),
  rotr: (a, b) => (unsigned(a) >> (b & 63n)) | (unsigned(a) << (-b & 63n)),
};

export function bitCount(value: number): number {
  let count = 0;
  for (let rest = value >>> 0; rest !== 0; rest >>>= 1) count += rest & 1;
  return count;
}

const trailing = (value: number) => (value === 0 ? 32 : 31 - Math.clz32(value & -value));
const i32Unary: Record<string, (a: number) => number> = {
  eqz: (a) => bool(a === 0),
  clz: Math.clz32,
  ctz: trailing,
  popcnt: bitCount,
  extend8_s: (a) => (a << 24) >> 24,
  extend16_s: (a) => (a << 16) >> 16,
};

export const floatUnary: Record<string, (a: number) => number> = {
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  nearest,
  sqrt: Math.sqrt,
};

export const floatBinary: Record<string, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: Math.min,
  max: Math.max,
  pmin: (a, b) => (b < a ? b : a),
  pmax: (a, b) => (a < b ? b : a),
};

export const floatCompare: Record<string, (a: number, b: number) => boolean> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
  le: (a, b) => a <= b,
  ge: (a, b) => a >= b,
};

/** The whole number in `value`, if it lies in [least, most]. */
function truncated(value: number, least: number, most: number): number {
  if (Number.isNaN(value)) throw new Trap('invalid conversion to integer');
  const whole = Math.trunc(value);
  if (whole < least || whole > most) throw new Trap('integer overflow');
  return whole;
}

export function saturated(value: number, least: number, most: number): number {
  return Number.isNaN(value) ? 0 : Math.min(Math.max(Math.trunc(value), least), most);
}

/**
 * A 64-bit integer as a double that rounds to the same single float: the bits out of its reach become one sticky bit.
 */
function forSingle(value: bigint): number {
  const negative = value < 0n;
  const size = negative ? -value : value;
  const reduced = size < 2n ** 53n ? Number(size) : Number((size >> 11n) | ((size & 0x7ffn) === 0n ? 0n : 1n)) * 2048;
  return negative ? -reduced : reduced;
}

const ranges: Record<string, [least: number, most: number]> = {
  i32_s: [-(2 ** 31), 2 ** 31 - 1],
  i32_u: [0, 2 ** 32 - 1],
  // The doubles next to the ends: 2^63 and 2^64 themselves are out.
  i64_s: [-(2 ** 63), 2 ** 63 - 1024],
  i64_u: [0, 2 ** 64 - 2048],
};

function conversions(): Record<string, Handler> {
  const handlers: Record<string, Handler> = {};
  for (const from of ['f32', 'f64'] as const) {
    const value = (m: Stack) => (from === 'f32' ? m.f32[4 * m.sp - 4]! : m.f64[2 * m.sp - 2]!);
    for (const sign of ['s', 'u'] as const) {
      const [least, most] = ranges[`i32_${sign}`]!;
      const [least64, most64] = ranges[`i64_${sign}`]!;
      const end64 = sign === 's' ? 2n ** 63n - 1n : 2n ** 64n - 1n;
      handlers[`i32.trunc_${from}_${sign}`] = (m) => {
        m.i32[4 * m.sp - 4] = truncated(value(m), least, most);
      };
      handlers[`i32.trunc_sat_${from}_${sign}`] = (m) => {
        m.i32[4 * m.sp - 4] = saturated(value(m), least, most);
      };
      handlers[`i64.trunc_${from}_${sign}`] = (m) => {
        m.i64[2 * m.sp - 2] = BigInt(truncated(value(m), least64, most64));
      };
      handlers[`i64.trunc_sat_${from}_${sign}`] = (m) => {
        const v = value(m);
        m.i64[2 * m.sp - 2] = v > most64 ? end64 : BigInt(saturated(v, least64, most64));
      };
    }
  }
  handlers['f32.convert_i32_s'] = (m) => {
    m.f32[4 * m.sp - 4] = m.i32[4 * m.sp - 4]!;
  };
  handlers['f32.convert_i32_u'] = (m) => {
    m.f32[4 * m.sp - 4] = m.u32[4 * m.sp - 4]!;
  };
  handlers['f64.convert_i32_s'] = (m) => {
    m.f64[2 * m.sp - 2] = m.i32[4 * m.sp - 4]!;
  };
  handlers['f64.convert_i32_u'] = (m) => {
    m.f64[2 * m.sp - 2] = m.u32[4 * m.sp - 4]!;
  };
  handlers['f32.convert_i64_s'] = (m) => {
    m.f32[4 * m.sp - 4] = forSingle(m.i64[2 * m.sp - 2]!);
  };
  handlers['f32.convert_i64_u'] = (m) => {
    m.f32[4 * m.sp - 4] = forSingle(m.u64[2 * m.sp - 2]!);
  };
  handlers['f64.convert_i64_s'] = (m) => {
    m.f64[2 * m.sp - 2] = Number(m.i64[2 * m.sp - 2]!);
  };
  handlers['f64.convert_i64_u'] = (m) => {
    m.f64[2 * m.sp - 2] = Number(m.u64[2 * m.sp - 2]!);
  };
  handlers['f32.demote_f64'] = (m) => {
    m.f32[4 * m.sp - 4] = m.f64[2 * m.sp - 2]!;
  };
  handlers['f64.promote_f32'] = (m) => {
    m.f64[2 * m.sp - 2] = m.f32[4 * m.sp - 4]!;
  };
  handlers['i32.wrap_i64'] = () => {};
  handlers['i64.extend_i32_s'] = (m) => {
    m.i64[2 * m.sp - 2] = BigInt(m.i32[4 * m.sp - 4]!);
  };
  handlers['i64.extend_i32_u'] = (m) => {
    m.i64[2 * m.sp - 2] = BigInt(m.u32[4 * m.sp - 4]!);
  };
  for (const name of ['i32.reinterpret_f32', 'i64.reinterpret_f64', 'f32.reinterpret_i32', 'f64.reinterpret_i64']) {
    handlers[name] = () => {};
  }
  return handlers;
}

function integers(): Record<string, Handler> {
  const handlers: Record<string, Handler> = {};
  for (const [name, f] of Object.entries(i32Binary)) {
    handlers[`i32.${name}`] = (m) => {
      const s = --m.sp;
      m.i32[4 * s - 4] = f(m.i32[4 * s - 4]!, m.i32[4 * s]!);
    };
  }
  for (const [name, f] of Object.entries(i32Unary)) {
    handlers[`i32.${name}`] = (m) => {
      m.i32[4 * m.sp - 4] = f(m.i32[4 * m.sp - 4]!);
    };
  }
  for (const [name, f] of Object.entries(i64Binary)) {
    handlers[`i64.${name}`] = (m) => {
      const s = --m.sp;
      m.i64[2 * s - 2] = f(m.i64[2 * s - 2]!, m.i64[2 * s]!);
    };
  }
  for (const [name, f] of Object.entries(i64Compare)) {
    handlers[`i64.${name}`] = (m) => {
      const s = --m.sp;
      m.i32[4 * s - 4] = bool(f(m.i64[2 * s - 2]!, m.i64[2 * s]!));
    };
  }
  const halves = (f: (low: number, high: number) => number): Handler => {
    return (m) => {
      m.i64[2 * m.sp - 2] = BigInt(f(m.i32[4 * m.sp - 4]!, m.i32[4 * m.sp - 3]!));
    };
  };
  handlers['i64.clz'] = halves((low, high) => (high === 0 ? 32 + Math.clz32(low) : Math.clz32(high)));
  handlers['i64.ctz'] = halves((low, high) => (low === 0 ? 32 + trailing(high) : trailing(low)));
  handlers['i64.popcnt'] = halves((low, high) => bitCount(low) + bitCount(high));
  handlers['i64.eqz'] = (m) => {
    m.i32[4 * m.sp - 4] = bool(m.i64[2 * m.sp - 2] === 0n);
  };
  for (const bits of [8, 16, 32]) {
    handlers[`i64.extend${bits}_s`] = (m) => {
      m.i64[2 * m.sp - 2] = BigInt.asIntN(bits, m.i64[2 * m.sp - 2]!);
    };
  }
  return handlers;
}

function floats(): Record<string, Handler> {
  const handlers: Record<string, Handler> = {};
  for (const [type, per] of [
    ['f32', 4],
    ['f64', 2],
  ] as const) {
    // The word with the sign.
    const sign = (slot: number) => 4 * slot + (type === 'f32' ? 0 : 1);
    for (const [name, f] of Object.entries(floatUnary)) {
      handlers[`${type}.${name}`] = (m) => {
        m[type][per * (m.sp - 1)] = f(m[type][per * (m.sp - 1)]!);
      };
    }
    for (const [name, f] of Object.entries(floatBinary).filter(([each]) => !each.startsWith('p'))) {
      handlers[`${type}.${name}`] = (m) => {
        const s = --m.sp;
        m[type][per * (s - 1)] = f(m[type][per * (s - 1)]!, m[type][per * s]!);
      };
    }
    for (const [name, f] of Object.entries(floatCompare)) {
      handlers[`${type}.${name}`] = (m) => {
        const s = --m.sp;
        m.i32[4 * s - 4] = bool(f(m[type][per * (s - 1)]!, m[type][per * s]!));
      };
    }
    handlers[`${type}.abs`] = (m) => {
      m.i32[sign(m.sp - 1)]! &= 0x7fffffff;
    };
    handlers[`${type}.neg`] = (m) => {
      m.i32[sign(m.sp - 1)]! ^= -0x80000000;
    };
    handlers[`${type}.copysign`] = (m) => {
      const s = --m.sp;
      const at = sign(s - 1);
      m.i32[at] = (m.i32[at]! & 0x7fffffff) | (m.i32[sign(s)]! & -0x80000000);
    };
  }
  return handlers;
}

/** Constants. */
function constants(): Record<string, Handler> {
  const bits: Handler = (m, _a, _b, more) => m.pushBits(more as bigint);
  return {
    'i32.const': (m, a) => m.pushI32(a),
    'i64.const': bits,
    'f32.const': bits,
    'f64.const': bits,
    'v128.const': bits,
  };
}

export const scalarHandlers: Readonly<Record<string, Handler>> = {
  ...integers(),
  ...floats(),
  ...conversions(),
  ...constants(),
};
