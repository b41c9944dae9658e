/** The second meter's operators on vectors, lane by lane. */
import { bitCount, floatBinary, floatCompare, floatUnary, type Handler, saturated } from './scalar.test-support.js';
import type { Stack } from './stack.test-support.js';

type IntegerView = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32';

const integerShapes = [
  ['i8x16', 8],
  ['i16x8', 16],
  ['i32x4', 32],
] as const;

const lanesOf = (bits: number) => 128 / bits;
const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** The lanes of a slot as numbers. */
function read(m: Stack, view: IntegerView, slot: number): number[] {
  const lanes = lanesOf(Number(view.slice(1)));
  return Array.from(m[view].subarray(slot * lanes, (slot + 1) * lanes));
}

/** [x] -> [f(x)] in place of the topmost value. */
function each(view: IntegerView, f: (x: number) => number): Handler {
  const lanes = lanesOf(Number(view.slice(1)));
  return (m) => {
    const at = (m.sp - 1) * lanes;
    for (let i = at; i < at + lanes; i++) m[view][i] = f(m[view][i]!);
  };
}

/** [x, y] -> [f(x, y)] in place of the two topmost values. */
function pairs(view: IntegerView, f: (x: number, y: number) => number): Handler {
  const lanes = lanesOf(Number(view.slice(1)));
  return (m) => {
    const other = --m.sp * lanes;
    for (let i = 0; i < lanes; i++) m[view][other - lanes + i] = f(m[view][other - lanes + i]!, m[view][other + i]!);
  };
}

const compare: Record<string, (x: number, y: number) => boolean> = {
  lt: (x, y) => x < y,
  gt: (x, y) => x > y,
  le: (x, y) => x <= y,
  ge: (x, y) => x >= y,
};

function integerLanes(): Record<string, Handler> {
  const handlers: Record<string, Handler> = {};
  for (const [shape, bits] of integerShapes) {
    const signed = `i${bits}` as IntegerView;
    const unsigned = `u${bits}` as IntegerView;
    const viewOf = { s: signed, u: unsigned };
    const mask = bits - 1;
    const mostSigned = 2 ** (bits - 1) - 1;
    handlers[`${shape}.eq`] = pairs(signed, (x, y) => (x === y ? -1 : 0));
    handlers[`${shape}.ne`] = pairs(signed, (x, y) => (x !== y ? -1 : 0));
    handlers[`${shape}.abs`] = each(signed, Math.abs);
    handlers[`${shape}.neg`] = each(signed, (x) => -x);
    handlers[`${shape}.add`] = pairs(signed, (x, y) => x + y);
    handlers[`${shape}.sub`] = pairs(signed, (x, y) => x - y);
    if (bits > 8) handlers[`${shape}.mul`] = pairs(signed, Math.imul);
    if (bits < 32) handlers[`${shape}.avgr_u`] = pairs(unsigned, (x, y) => (x + y + 1) >> 1);
    for (const sign of ['s', 'u'] as const) {
      const view = viewOf[sign];
      const [least, most] = sign === 's' ? [-mostSigned - 1, mostSigned] : [0, 2 ** bits - 1];
      for (const [name, f] of Object.entries(compare)) {
        handlers[`${shape}.${name}_${sign}`] = pairs(view, (x, y) => (f(x, y) ? -1 : 0));
      }
      handlers[`${shape}.min_${sign}`] = pairs(view, Math.min);
      handlers[`${shape}.max_${sign}`] = pairs(view, Math.max);
      if (bits < 32) {
        handlers[`${shape}.add_sat_${sign}`] = pairs(view, (x, y) => clamp(x + y, least, most));
        handlers[`${shape}.sub_sat_${sign}`] = pairs(view, (x, y) => clamp(x - y, least, most));
      }
      handlers[`${shape}.shr_${sign}`] = shift(view, (x, by) => (sign === 's' ? x >> by : x >>> by), mask);
    }
    handlers[`${shape}.shl`] = shift(signed, (x, by) => x << by, mask);
    handlers[`${shape}.all_true`] = test((m, slot) => read(m, signed, slot).every((x) => x !== 0));
    handlers[`${shape}.bitmask`] = toNumber((m, slot) =>
      read(m, signed, slot).reduce((bits, x, i) => bits | (x < 0 ? 1 << i : 0), 0),
    );
  }
  handlers['i8x16.popcnt'] = each('u8', bitCount);
  handlers['i16x8.q15mulr_sat_s'] = pairs('i16', (x, y) => clamp((x * y + 0x4000) >> 15, -32768, 32767));
  return handlers;
}

function toNumber(f: (m: Stack, slot: number) => number): Handler {
  return (m) => {
    m.i32[4 * m.sp - 4] = f(m, m.sp - 1);
  };
}

function test(f: (m: Stack, slot: number) => boolean): Handler {
  return toNumber((m, slot) => (f(m, slot) ? 1 : 0));
}

function shift(view: IntegerView, f: (x: number, by: number) => number, mask: number): Handler {
  return (m, a, b, more) => {
    const by = m.popI32() & mask;
    each(view, (x) => f(x, by))(m, a, b, more);
  };
}

function wideLanes(): Record<string, Handler> {
  const handlers: Record<string, Handler> = {};
  const two = (f: (x: bigint, y: bigint) => bigint): Handler => {
    return (m) => {
      const s = --m.sp;
      for (const i of [0, 1]) m.i64[2 * (s - 1) + i] = f(m.i64[2 * (s - 1) + i]!, m.i64[2 * s + i]!);
    };
  };
  const truth = (f: (x: bigint, y: bigint) => boolean) => two((x, y) => (f(x, y) ? -1n : 0n));
  handlers['i64x2.add'] = two((x, y) => x + y);
  handlers['i64x2.sub'] = two((x, y) => x - y);
  handlers['i64x2.mul'] = two((x, y) => x * y);
  handlers['i64x2.eq'] = truth((x, y) => x === y);
  handlers['i64x2.ne'] = truth((x, y) => x !== y);
  handlers['i64x2.lt_s'] = truth((x, y) => x < y);
  handlers['i64x2.gt_s'] = truth((x, y) => x > y);
  handlers['i64x2.le_s'] = truth((x, y) => x <= y);
  handlers['i64x2.ge_s'] = truth((x, y) => x >= y);
  const one = (f: (x: bigint) => bigint): Handler => {
    return (m) => {
      for (const i of [0, 1]) m.i64[2 * (m.sp - 1) + i] = f(m.i64[2 * (m.sp - 1) + i]!);
    };
  };
  handlers['i64x2.abs'] = one((x) => (x < 0n ? -x : x));
  handlers['i64x2.neg'] = one((x) => -x);
  const shifted = (f: (x: bigint, by: bigint) => bigint): Handler => {
    return (m, a, b, more) => {
      const by = BigInt(m.popI32() & 63);
      one((x) => f(x, by))(m, a, b, more);
    };
  };
  handlers['i64x2.shl'] = shifted((x, by) => x << by);
  handlers['i64x2.shr_s'] = shifted((x, by) => x >> by);
  handlers['i64x2.shr_u'] = shifted((x, by) => BigInt.asUintN(64, x) >> by);
  handlers['i64x2.all_true'] = test((m, slot) => m.i64[2 * slot] !== 0n && m.i64[2 * slot + 1] !== 0n);
  handlers['i64x2.bitmask'] = toNumber(
    (m, slot) => (m.i64[2 * slot]! < 0n ? 1 : 0) | (m.i64[2 * slot + 1]! < 0n ? 2 : 0),
  );
  return handlers;
}

/** Operators with result lanes of another width: all lanes are read before any is written. */
function widths(): Record<string, Handler> {
  const handlers: Record<string, Handler> = {};
  const write = (m: Stack, view: IntegerView | 'i64', slot: number, values: readonly (number | bigint)[]) => {
    const at = slot * values.length;
    values.forEach((value, i) => {
      if (view === 'i64') m.i64[at + i] = BigInt(value);
      else m[view][at + i] = Number(value);
    });
  };
  const half = (values: number[], part: string) =>
    part === 'low' ? values.slice(0, values.length / 2) : values.slice(values.length / 2);
  for (const [narrow, wide, bits] of [
    ['i8x16', 'i16x8', 8],
    ['i16x8', 'i32x4', 16],
    ['i32x4', 'i64x2', 32],
  ] as const) {
    const target = `i${2 * bits}` as IntegerView | 'i64';
    for (const sign of ['s', 'u'] as const) {
      const source = `${sign === 's' ? 'i' : 'u'}${bits}` as IntegerView;
      for (const part of ['low', 'high']) {
        handlers[`${wide}.extend_${part}_${narrow}_${sign}`] = (m) =>
          write(m, target, m.sp - 1, half(read(m, source, m.sp - 1), part));
        handlers[`${wide}.extmul_${part}_${narrow}_${sign}`] = (m) => {
          const y = half(read(m, source, --m.sp), part);
          const x = half(read(m, source, m.sp - 1), part);
          const product = (i: number) => (bits === 32 ? BigInt(x[i]!) * BigInt(y[i]!) : x[i]! * y[i]!);
          write(
            m,
            target,
            m.sp - 1,
            x.map((_, i) => product(i)),
          );
        };
      }
      if (bits === 32) continue;
      handlers[`${wide}.extadd_pairwise_${narrow}_${sign}`] = (m) => {
        const x = read(m, source, m.sp - 1);
        write(
          m,
          target,
          m.sp - 1,
          half(x, 'low').map((_, i) => x[2 * i]! + x[2 * i + 1]!),
        );
      };
      const [least, most] = sign === 's' ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
      handlers[`${narrow}.narrow_${wide}_${sign}`] = (m) => {
        const y = read(m, `i${2 * bits}` as IntegerView, --m.sp);
        const x = read(m, `i${2 * bits}` as IntegerView, m.sp - 1);
        write(
          m,
          source,
          m.sp - 1,
          [...x, ...y].map((v) => clamp(v, least, most)),
        );
      };
    }
  }
  handlers['i32x4.dot_i16x8_s'] = (m) => {
    const y = read(m, 'i16', --m.sp);
    const x = read(m, 'i16', m.sp - 1);
    const sum = (i: number) => (x[2 * i]! * y[2 * i]! + x[2 * i + 1]! * y[2 * i + 1]!) | 0;
    write(m, 'i32', m.sp - 1, [sum(0), sum(1), sum(2), sum(3)]);
  };
  return handlers;
}

function floatLanes(): Record<string, Handler> {
  const handlers: Record<string, Handler> = {};
  for (const [shape, view, lanes] of [
    ['f32x4', 'f32', 4],
    ['f64x2', 'f64', 2],
  ] as const) {
    for (const [name, f] of Object.entries(floatUnary)) {
      handlers[`${shape}.${name}`] = (m) => {
        const at = lanes * (m.sp - 1);
        for (let i = at; i < at + lanes; i++) m[view][i] = f(m[view][i]!);
      };
    }
    for (const [name, f] of Object.entries(floatBinary)) {
      handlers[`${shape}.${name}`] = (m) => {
        const other = lanes * --m.sp;
        for (let i = other; i < other + lanes; i++) m[view][i - lanes] = f(m[view][i - lanes]!, m[view][i]!);
      };
    }
    for (const [name, f] of Object.entries(floatCompare)) {
      handlers[`${shape}.${name}`] = (m) => {
        const other = lanes * --m.sp;
        for (let i = other; i < other + lanes; i++) {
          const truth = f(m[view][i - lanes]!, m[view][i]!);
          if (lanes === 4) m.i32[i - lanes] = truth ? -1 : 0;
          else m.i64[i - lanes] = truth ? -1n : 0n;
        }
      };
    }
    const signs = lanes === 4 ? [0, 1, 2, 3] : [1, 3];
    handlers[`${shape}.abs`] = (m) => {
      for (const i of signs) m.i32[4 * (m.sp - 1) + i]! &= 0x7fffffff;
    };
    handlers[`${shape}.neg`] = (m) => {
      for (const i of signs) m.i32[4 * (m.sp - 1) + i]! ^= -0x80000000;
    };
  }
  return handlers;
}

function conversions(): Record<string, Handler> {
  const floats = (m: Stack) => Array.from(m.f32.subarray(4 * (m.sp - 1), 4 * m.sp));
  const doubles = (m: Stack) => Array.from(m.f64.subarray(2 * (m.sp - 1), 2 * m.sp));
  const ranges = { s: [-(2 ** 31), 2 ** 31 - 1], u: [0, 2 ** 32 - 1] } as const;
  const handlers: Record<string, Handler> = {};
  for (const sign of ['s', 'u'] as const) {
    const view = sign === 's' ? 'i32' : 'u32';
    const [least, most] = ranges[sign];
    handlers[`i32x4.trunc_sat_f32x4_${sign}`] = (m) => {
      for (const [i, v] of floats(m).entries()) m[view][4 * (m.sp - 1) + i] = saturated(v, least, most);
    };
    handlers[`i32x4.trunc_sat_f64x2_${sign}_zero`] = (m) => {
      const values = [...doubles(m), 0, 0];
      for (const [i, v] of values.entries()) m[view][4 * (m.sp - 1) + i] = saturated(v, least, most);
    };
    handlers[`f32x4.convert_i32x4_${sign}`] = (m) => {
      for (const [i, v] of read(m, view, m.sp - 1).entries()) m.f32[4 * (m.sp - 1) + i] = v;
    };
    handlers[`f64x2.convert_low_i32x4_${sign}`] = (m) => {
      const [x, y] = read(m, view, m.sp - 1);
      m.f64[2 * (m.sp - 1)] = x!;
      m.f64[2 * (m.sp - 1) + 1] = y!;
    };
  }
  handlers['f32x4.demote_f64x2_zero'] = (m) => {
    for (const [i, v] of [...doubles(m), 0, 0].entries()) m.f32[4 * (m.sp - 1) + i] = v;
  };
  handlers['f64x2.promote_low_f32x4'] = (m) => {
    const [x, y] = floats(m);
    m.f64[2 * (m.sp - 1)] = x!;
    m.f64[2 * (m.sp - 1) + 1] = y!;
  };
  return handlers;
}

/** Between vectors and single numbers. */
function lanes(): Record<string, Handler> {
  const handlers: Record<string, Handler> = {};
  for (const [shape, view, count] of [
    ['i8x16', 'i8', 16],
    ['i16x8', 'i16', 8],
    ['i32x4', 'i32', 4],
    ['f32x4', 'u32', 4],
    ['i64x2', 'u64', 2],
    ['f64x2', 'u64', 2],
  ] as const) {
    // The low lane of the slot holds the single number's bits, or their low part.
    handlers[`${shape}.splat`] = (m) => {
      (m[view] as Uint32Array).fill(m[view][count * (m.sp - 1)] as number, count * (m.sp - 1), count * m.sp);
    };
    handlers[`${shape}.replace_lane`] = (m, _a, lane) => {
      const s = --m.sp;
      (m[view] as Uint32Array)[count * (s - 1) + lane] = m[view][count * s] as number;
    };
    handlers[`${shape}.extract_lane`] = (m, _a, lane) => {
      (m[view] as Uint32Array)[count * (m.sp - 1)] = m[view][count * (m.sp - 1) + lane] as number;
    };
    if (count < 8) continue;
    for (const sign of ['s', 'u'] as const) {
      const source = (sign === 's' ? view : view.replace('i', 'u')) as IntegerView;
      handlers[`${shape}.extract_lane_${sign}`] = (m, _a, lane) => {
        m.i32[4 * (m.sp - 1)] = m[source][count * (m.sp - 1) + lane]!;
      };
    }
  }
  handlers['i8x16.swizzle'] = (m) => {
    const indices = read(m, 'u8', --m.sp);
    const x = read(m, 'u8', m.sp - 1);
    m.u8.set(
      indices.map((i) => x[i] ?? 0),
      16 * (m.sp - 1),
    );
  };
  handlers['i8x16.shuffle'] = (m, _a, _b, more) => {
    const both = [...read(m, 'u8', m.sp - 2), ...read(m, 'u8', m.sp - 1)];
    m.sp--;
    m.u8.set(
      [...(more as Uint8Array)].map((i) => both[i]!),
      16 * (m.sp - 1),
    );
  };
  return handlers;
}

const bits: Record<string, Handler> = {
  'v128.not': each('i32', (x) => ~x),
  'v128.and': pairs('i32', (x, y) => x & y),
  'v128.andnot': pairs('i32', (x, y) => x & ~y),
  'v128.or': pairs('i32', (x, y) => x | y),
  'v128.xor': pairs('i32', (x, y) => x ^ y),
  'v128.any_true': test((m, slot) => read(m, 'i32', slot).some((x) => x !== 0)),
  'v128.bitselect': (m) => {
    m.sp -= 2;
    const at = 4 * (m.sp - 1);
    for (let i = at; i < at + 4; i++) m.i32[i] = (m.i32[i]! & m.i32[i + 8]!) | (m.i32[i + 4]! & ~m.i32[i + 8]!);
  },
};

export const vectorHandlers: Readonly<Record<string, Handler>> = {
  ...integerLanes(),
  ...wideLanes(),
  ...widths(),
  ...floatLanes(),
  ...conversions(),
  ...lanes(),
  ...bits,
};
