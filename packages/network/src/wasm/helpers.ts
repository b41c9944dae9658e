/** The small wasm functions that instrumented code calls: dynamic charges, page checks of ranges, bulk operators. */
import { ByteWriter } from './bytes.js';
import { heapLayout } from './heap-layout.js';
import type { FunctionType } from './module.js';
import { ValueType } from './opcodes.js';

/** Names of the functions that the host has to provide, in module `__`. */
export const hostImports = ['readMiss', 'writeMiss', 'outOfBounds', 'grow', 'bulkBegin', 'bulkEnd'] as const;
export type HostImport = (typeof hostImports)[number];

export interface HelperIndices {
  /** Function index of each host import. */
  hosts: Record<HostImport, number>;
  /** Function index of the first helper; see helperFunctions for their order. */
  first: number;
}

interface Globals {
  leftGlobal: number;
  exhaustedGlobal: number;
  pagesGlobal: number;
}

const { i32, i64 } = ValueType;

/** A signature by letters: a for an address or a size, i for an i32. */
function signature(memory64: boolean, params: string, results = ''): FunctionType {
  const types = (letters: string) => [...letters].map((letter) => (letter === 'a' && memory64 ? i64 : i32));
  return { params: types(params), results: types(results) };
}

/** Signatures of the host imports. */
export function helperTypes(memory64: boolean): Record<HostImport, FunctionType> {
  return {
    readMiss: signature(memory64, 'aa'), // addresses of the first and the last byte
    writeMiss: signature(memory64, 'aa'),
    outOfBounds: signature(memory64, ''),
    grow: signature(memory64, 'a', 'a'),
    bulkBegin: signature(memory64, 'a'), // bytes, of a large bulk operator: charges them
    bulkEnd: signature(memory64, ''),
  };
}

/** The operators for addresses, by the memory's address type. */
const operators32 = {
  constant: 0x41,
  add: 0x6a,
  sub: 0x6b,
  shl: 0x74,
  shr: 0x76,
  eqz: 0x45,
  le: 0x4d,
  ge: 0x4f,
} as const;
const operators64 = {
  constant: 0x42,
  add: 0x7c,
  sub: 0x7d,
  shl: 0x86,
  shr: 0x88,
  eqz: 0x50,
  le: 0x58,
  ge: 0x5a,
} as const;

/**
 * From this many bytes on a bulk operator tells the host when it begins and ends, so that the rule that one operator must
 * fit its slice can be applied; smaller ones cannot come near 2 B instructions with all the pages they touch.
 */
export const largeBulk = 1 << 20;

export interface Helper {
  type: FunctionType;
  body: Uint8Array;
}

/** Distance of each helper from the first; init is the first of one for each data segment. */
export const helperOrder = { charge: 0, touchRead: 1, touchWrite: 2, fill: 3, copy: 4, init: 5 } as const;

/**
 * In this order: charge (n) -> n; touchRead (address, length); touchWrite (address, length); fill (d, v, n); copy (d, s, n);
 * then init (d, s, n) for each data segment.
 */
export function helperFunctions(
  { hosts, first }: HelperIndices,
  globals: Globals,
  dataSegments: number,
  memory64: boolean,
): Helper[] {
  const a = memory64 ? operators64 : operators32;
  const base = heapLayout(memory64).base;
  const [charge, touchRead, touchWrite] = [first, first + 1, first + 2];
  const helpers: Helper[] = [
    { type: signature(memory64, 'a', 'a'), body: chargeBody(hosts, globals, memory64) },
    { type: signature(memory64, 'aa'), body: touchBody(hosts.readMiss, 1, hosts, globals, memory64) },
    { type: signature(memory64, 'aa'), body: touchBody(hosts.writeMiss, 2, hosts, globals, memory64) },
  ];
  // Charge, then touch, then do it, then let the host look at what it came to.
  const bulk = (params: string, touch: (w: ByteWriter) => void, operator: (w: ByteWriter) => void): Helper => {
    const size = params[2] === 'a' ? a : operators32;
    // The segment's operands are i32 whatever the memory is.
    const widened = size === a || !memory64 ? [] : [0xad];
    const narrowed = widened.length > 0 ? [0xa7] : [];
    const w = new ByteWriter();
    w.u8(0x00);
    w.u8(0x20, 2, ...widened, 0x10)
      .u32(charge)
      .u8(...narrowed, 0x1a);
    touch(w);
    operator(w);
    w.u8(0x20, 2, size.constant).s32(largeBulk).u8(size.ge, 0x04, 0x40, 0x10).u32(hosts.bulkEnd).u8(0x0b, 0x0b);
    return { type: signature(memory64, params), body: w.finish() };
  };
  const touch = (w: ByteWriter, local: number, helper: number) => w.u8(0x20, local, 0x20, 2, 0x10).u32(helper);
  const shifted = (w: ByteWriter, local: number) => w.u8(0x20, local, a.constant).s32(base).u8(a.add);
  helpers.push(
    bulk(
      'aia',
      (w) => touch(w, 0, touchWrite),
      (w) => shifted(w, 0).u8(0x20, 1, 0x20, 2, 0xfc, 0x0b, 0),
    ),
    bulk(
      'aaa',
      (w) => {
        touch(w, 1, touchRead);
        touch(w, 0, touchWrite);
      },
      (w) => {
        shifted(w, 0);
        shifted(w, 1).u8(0x20, 2, 0xfc, 0x0a, 0, 0);
      },
    ),
  );
  for (let segment = 0; segment < dataSegments; segment++) {
    helpers.push(
      bulk(
        'aii',
        (w) => w.u8(0x20, 0, 0x20, 2, ...(memory64 ? [0xad] : []), 0x10).u32(touchWrite),
        (w) => shifted(w, 0).u8(0x20, 1, 0x20, 2, 0xfc, 0x08).u32(segment).u8(0),
      ),
    );
  }
  return helpers;
}

/** Charges the parameter (unsigned) and stops when nothing is left; returns the parameter. */
function chargeBody(
  hosts: HelperIndices['hosts'],
  { leftGlobal, exhaustedGlobal }: Globals,
  memory64: boolean,
): Uint8Array {
  const w = new ByteWriter();
  const a = memory64 ? operators64 : operators32;
  w.u8(0x00);
  w.u8(0x20, 0, a.constant).s32(largeBulk).u8(a.ge, 0x04, 0x40); // if n >= largeBulk
  w.u8(0x20, 0, 0x10).u32(hosts.bulkBegin);
  w.u8(0x05); // else left -= n; if left < 0: exhausted
  w.u8(0x23)
    .u32(leftGlobal)
    .u8(0x20, 0, ...(memory64 ? [] : [0xad]), 0x7d, 0x24)
    .u32(leftGlobal);
  w.u8(0x23).u32(leftGlobal).u8(0x42, 0, 0x53, 0x04, 0x40, 0x41, 1, 0x24).u32(exhaustedGlobal).u8(0x00, 0x0b);
  w.u8(0x0b, 0x20, 0, 0x0b);
  return w.finish();
}

/** Checks that [address, address + length) is in the canister's memory, then marks its pages. Locals: 2 page, 3 last page. */
function touchBody(
  miss: number,
  bit: number,
  hosts: HelperIndices['hosts'],
  { pagesGlobal }: Globals,
  memory64: boolean,
): Uint8Array {
  const w = new ByteWriter();
  const a = memory64 ? operators64 : operators32;
  w.u8(1, 2, memory64 ? i64 : i32);
  const end = (writer: ByteWriter) => writer.u8(0x23).u32(pagesGlobal).u8(0xad, 0x42, 16, 0x86); // u64(pages) << 16
  if (memory64) {
    end(w.u8(0x20, 0)).u8(0x56); // address > end
    end(w.u8(0x20, 1)).u8(0x20, 0, 0x7d, 0x56, 0x72); // or length > end - address
  } else {
    end(w.u8(0x20, 0, 0xad, 0x20, 1, 0xad, 0x7c)).u8(0x56); // u64(address) + u64(length) > end
  }
  w.u8(0x04, 0x40, 0x10).u32(hosts.outOfBounds).u8(0x00, 0x0b);
  w.u8(0x20, 1, a.eqz, 0x04, 0x40, 0x0f, 0x0b); // length 0: return
  w.u8(0x20, 0, a.constant, 16, a.shr, 0x21, 2); // page = address >> 16
  w.u8(0x20, 0, 0x20, 1, a.add, a.constant, 1, a.sub, a.constant, 16, a.shr, 0x21, 3); // last = (address + length - 1) >> 16
  w.u8(0x03, 0x40);
  w.u8(0x20, 2, 0x2d, 0, 0, 0x41, bit, 0x71, 0x45, 0x04, 0x40); // if the page's mark lacks the bit
  w.u8(0x20, 2, a.constant, 16, a.shl, 0x22, 1, 0x20, 1, 0x10).u32(miss).u8(0x0b); // miss(page << 16, page << 16)
  w.u8(0x20, 2, a.constant, 1, a.add, 0x22, 2, 0x20, 3, a.le, 0x0d, 0, 0x0b); // while ++page <= last
  w.u8(0x0b);
  return w.finish();
}

/** Two functions that read and write a v128 global as two i64, low half first. */
export function vectorAccess(global: number): Helper[] {
  const get = new ByteWriter().u8(0x00);
  for (const lane of [0, 1]) get.u8(0x23).u32(global).u8(0xfd, 0x1d, lane);
  const set = new ByteWriter().u8(0x00, 0x20, 0, 0xfd, 0x12, 0x20, 1, 0xfd, 0x1e, 1, 0x24).u32(global);
  return [
    { type: { params: [], results: [i64, i64] }, body: get.u8(0x0b).finish() },
    { type: { params: [i64, i64], results: [] }, body: set.u8(0x0b).finish() },
  ];
}
