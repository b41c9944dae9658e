/** The small wasm functions that instrumented code calls: dynamic charges, page checks of ranges, bulk operators. */
import { ByteWriter } from './bytes.js';
import { heapLayout } from './heap-layout.js';
import type { FunctionType } from './module.js';
import { emptyBlock, noLocals, op, prefixed } from './op.js';
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
  constant: op.i32Const,
  add: op.i32Add,
  sub: op.i32Sub,
  shl: op.i32Shl,
  shr: op.i32ShrU,
  eqz: op.i32Eqz,
  le: op.i32LeU,
  ge: op.i32GeU,
} as const;
const operators64 = {
  constant: op.i64Const,
  add: op.i64Add,
  sub: op.i64Sub,
  shl: op.i64Shl,
  shr: op.i64ShrU,
  eqz: op.i64Eqz,
  le: op.i64LeU,
  ge: op.i64GeU,
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
  // Charges, touches, runs the operator, then reports its result to the host.
  const bulk = (params: string, touch: (w: ByteWriter) => void, operator: (w: ByteWriter) => void): Helper => {
    const size = params[2] === 'a' ? a : operators32;
    // The segment's operands are i32 in every memory.
    const widened = size === a || !memory64 ? [] : [op.i64ExtendI32U];
    const narrowed = widened.length > 0 ? [op.i32WrapI64] : [];
    const w = new ByteWriter();
    w.u8(noLocals);
    w.u8(op.localGet, 2, ...widened, op.call)
      .u32(charge)
      .u8(...narrowed, op.drop);
    touch(w);
    operator(w);
    w.u8(op.localGet, 2, size.constant)
      .s32(largeBulk)
      .u8(size.ge, op.if, emptyBlock, op.call)
      .u32(hosts.bulkEnd)
      .u8(op.end, op.end);
    return { type: signature(memory64, params), body: w.finish() };
  };
  const touch = (w: ByteWriter, local: number, helper: number) =>
    w.u8(op.localGet, local, op.localGet, 2, op.call).u32(helper);
  const shifted = (w: ByteWriter, local: number) => w.u8(op.localGet, local, a.constant).s32(base).u8(a.add);
  helpers.push(
    bulk(
      'aia',
      (w) => touch(w, 0, touchWrite),
      (w) => shifted(w, 0).u8(op.localGet, 1, op.localGet, 2, ...prefixed(op.memoryFill), 0),
    ),
    bulk(
      'aaa',
      (w) => {
        touch(w, 1, touchRead);
        touch(w, 0, touchWrite);
      },
      (w) => {
        shifted(w, 0);
        shifted(w, 1).u8(op.localGet, 2, ...prefixed(op.memoryCopy), 0, 0);
      },
    ),
  );
  for (let segment = 0; segment < dataSegments; segment++) {
    helpers.push(
      bulk(
        'aii',
        (w) => w.u8(op.localGet, 0, op.localGet, 2, ...(memory64 ? [op.i64ExtendI32U] : []), op.call).u32(touchWrite),
        (w) =>
          shifted(w, 0)
            .u8(op.localGet, 1, op.localGet, 2, ...prefixed(op.memoryInit))
            .u32(segment)
            .u8(0),
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
  w.u8(noLocals);
  w.u8(op.localGet, 0, a.constant).s32(largeBulk).u8(a.ge, op.if, emptyBlock); // if n >= largeBulk
  w.u8(op.localGet, 0, op.call).u32(hosts.bulkBegin);
  w.u8(op.else); // else left -= n; if left < 0: exhausted
  w.u8(op.globalGet)
    .u32(leftGlobal)
    .u8(op.localGet, 0, ...(memory64 ? [] : [op.i64ExtendI32U]), op.i64Sub, op.globalSet)
    .u32(leftGlobal);
  w.u8(op.globalGet)
    .u32(leftGlobal)
    .u8(op.i64Const, 0, op.i64LtS, op.if, emptyBlock, op.i32Const, 1, op.globalSet)
    .u32(exhaustedGlobal)
    .u8(op.unreachable, op.end);
  w.u8(op.end, op.localGet, 0, op.end);
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
  const end = (writer: ByteWriter) =>
    writer.u8(op.globalGet).u32(pagesGlobal).u8(op.i64ExtendI32U, op.i64Const, 16, op.i64Shl); // u64(pages) << 16
  if (memory64) {
    end(w.u8(op.localGet, 0)).u8(op.i64GtU); // address > end
    end(w.u8(op.localGet, 1)).u8(op.localGet, 0, op.i64Sub, op.i64GtU, op.i32Or); // or length > end - address
  } else {
    end(w.u8(op.localGet, 0, op.i64ExtendI32U, op.localGet, 1, op.i64ExtendI32U, op.i64Add)).u8(op.i64GtU); // u64(address) + u64(length) > end
  }
  w.u8(op.if, emptyBlock, op.call).u32(hosts.outOfBounds).u8(op.unreachable, op.end);
  w.u8(op.localGet, 1, a.eqz, op.if, emptyBlock, op.return, op.end); // length 0: return
  w.u8(op.localGet, 0, a.constant, 16, a.shr, op.localSet, 2); // page = address >> 16
  w.u8(op.localGet, 0, op.localGet, 1, a.add, a.constant, 1, a.sub, a.constant, 16, a.shr, op.localSet, 3); // last = (address + length - 1) >> 16
  w.u8(op.loop, emptyBlock);
  w.u8(op.localGet, 2, op.i32Load8U, 0, 0, op.i32Const, bit, op.i32And, op.i32Eqz, op.if, emptyBlock); // if the page's mark lacks the bit
  w.u8(op.localGet, 2, a.constant, 16, a.shl, op.localTee, 1, op.localGet, 1, op.call).u32(miss).u8(op.end); // miss(page << 16, page << 16)
  w.u8(op.localGet, 2, a.constant, 1, a.add, op.localTee, 2, op.localGet, 3, a.le, op.brIf, 0, op.end); // while ++page <= last
  w.u8(op.end);
  return w.finish();
}

/** Two functions that read and write a v128 global as two i64, low half first. */
export function vectorAccess(global: number): Helper[] {
  const get = new ByteWriter().u8(noLocals);
  for (const lane of [0, 1])
    get
      .u8(op.globalGet)
      .u32(global)
      .u8(...prefixed(op.i64x2ExtractLane), lane);
  const set = new ByteWriter()
    .u8(
      noLocals,
      op.localGet,
      0,
      ...prefixed(op.i64x2Splat),
      op.localGet,
      1,
      ...prefixed(op.i64x2ReplaceLane),
      1,
      op.globalSet,
    )
    .u32(global);
  return [
    { type: { params: [], results: [i64, i64] }, body: get.u8(op.end).finish() },
    { type: { params: [i64, i64], results: [] }, body: set.u8(op.end).finish() },
  ];
}
