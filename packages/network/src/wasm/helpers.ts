/** The small wasm functions that instrumented code calls: dynamic charges, page checks of ranges, bulk operators. */
import { ByteWriter } from './bytes.js';
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

const { i32 } = ValueType;
const signature = (params: number, results: number): FunctionType => ({
  params: new Array<number>(params).fill(i32),
  results: new Array<number>(results).fill(i32),
});

/** Signatures of the host imports. */
export function helperTypes(): Record<HostImport, FunctionType> {
  return {
    readMiss: signature(2, 0), // addresses of the first and the last byte
    writeMiss: signature(2, 0),
    outOfBounds: signature(0, 0),
    grow: signature(1, 1),
    bulkBegin: signature(1, 0), // bytes, of a large bulk operator: charges them
    bulkEnd: signature(0, 0),
  };
}

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
export function helperFunctions({ hosts, first }: HelperIndices, globals: Globals, dataSegments: number): Helper[] {
  const [charge, touchRead, touchWrite] = [first, first + 1, first + 2];
  const helpers: Helper[] = [
    { type: signature(1, 1), body: chargeBody(hosts, globals) },
    { type: signature(2, 0), body: touchBody(hosts.readMiss, 1, hosts, globals) },
    { type: signature(2, 0), body: touchBody(hosts.writeMiss, 2, hosts, globals) },
  ];
  // Charge, then touch, then do it, then let the host look at what it came to.
  const bulk = (touch: (w: ByteWriter) => void, operator: (w: ByteWriter) => void): Helper => {
    const w = new ByteWriter();
    w.u8(0x00);
    w.u8(0x20, 2, 0x10).u32(charge).u8(0x1a);
    touch(w);
    operator(w);
    w.u8(0x20, 2, 0x41).s32(largeBulk).u8(0x4f, 0x04, 0x40, 0x10).u32(hosts.bulkEnd).u8(0x0b, 0x0b);
    return { type: signature(3, 0), body: w.finish() };
  };
  const touch = (w: ByteWriter, local: number, helper: number) => w.u8(0x20, local, 0x20, 2, 0x10).u32(helper);
  const shifted = (w: ByteWriter, local: number) => w.u8(0x20, local, 0x41).s32(65536).u8(0x6a);
  helpers.push(
    bulk(
      (w) => touch(w, 0, touchWrite),
      (w) => shifted(w, 0).u8(0x20, 1, 0x20, 2, 0xfc, 0x0b, 0),
    ),
    bulk(
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
        (w) => touch(w, 0, touchWrite),
        (w) => shifted(w, 0).u8(0x20, 1, 0x20, 2, 0xfc, 0x08).u32(segment).u8(0),
      ),
    );
  }
  return helpers;
}

/** Charges the parameter (unsigned) and stops when nothing is left; returns the parameter. */
function chargeBody(hosts: HelperIndices['hosts'], { leftGlobal, exhaustedGlobal }: Globals): Uint8Array {
  const w = new ByteWriter();
  w.u8(0x00);
  w.u8(0x20, 0, 0x41).s32(largeBulk).u8(0x4f, 0x04, 0x40); // if n >= largeBulk
  w.u8(0x20, 0, 0x10).u32(hosts.bulkBegin);
  w.u8(0x05); // else left -= n; if left < 0: exhausted
  w.u8(0x23).u32(leftGlobal).u8(0x20, 0, 0xad, 0x7d, 0x24).u32(leftGlobal);
  w.u8(0x23).u32(leftGlobal).u8(0x42, 0, 0x53, 0x04, 0x40, 0x41, 1, 0x24).u32(exhaustedGlobal).u8(0x00, 0x0b);
  w.u8(0x0b, 0x20, 0, 0x0b);
  return w.finish();
}

/** Checks that [address, address + length) is in the canister's memory, then marks its pages. Locals: 2 page, 3 last page. */
function touchBody(miss: number, bit: number, hosts: HelperIndices['hosts'], { pagesGlobal }: Globals): Uint8Array {
  const w = new ByteWriter();
  w.u8(1, 2, i32);
  w.u8(0x20, 0, 0xad, 0x20, 1, 0xad, 0x7c); // u64(address) + u64(length)
  w.u8(0x23).u32(pagesGlobal).u8(0xad, 0x42, 16, 0x86, 0x56); // > u64(pages) << 16
  w.u8(0x04, 0x40, 0x10).u32(hosts.outOfBounds).u8(0x00, 0x0b);
  w.u8(0x20, 1, 0x45, 0x04, 0x40, 0x0f, 0x0b); // length 0: return
  w.u8(0x20, 0, 0x41, 16, 0x76, 0x21, 2); // page = address >> 16
  w.u8(0x20, 0, 0x20, 1, 0x6a, 0x41, 1, 0x6b, 0x41, 16, 0x76, 0x21, 3); // last = (address + length - 1) >> 16
  w.u8(0x03, 0x40);
  w.u8(0x20, 2, 0x2d, 0, 0, 0x41, bit, 0x71, 0x45, 0x04, 0x40); // if the page's mark lacks the bit
  w.u8(0x20, 2, 0x41, 16, 0x74, 0x22, 1, 0x20, 1, 0x10).u32(miss).u8(0x0b); // miss(page << 16, page << 16)
  w.u8(0x20, 2, 0x41, 1, 0x6a, 0x22, 2, 0x20, 3, 0x4d, 0x0d, 0, 0x0b); // while ++page <= last
  w.u8(0x0b);
  return w.finish();
}

/** Two functions that read and write a v128 global as two i64, low half first. */
export function vectorAccess(global: number): Helper[] {
  const { i64 } = ValueType;
  const get = new ByteWriter().u8(0x00);
  for (const lane of [0, 1]) get.u8(0x23).u32(global).u8(0xfd, 0x1d, lane);
  const set = new ByteWriter().u8(0x00, 0x20, 0, 0xfd, 0x12, 0x20, 1, 0xfd, 0x1e, 1, 0x24).u32(global);
  return [
    { type: { params: [], results: [i64, i64] }, body: get.u8(0x0b).finish() },
    { type: { params: [i64, i64], results: [] }, body: set.u8(0x0b).finish() },
  ];
}
