/** Expensive Candid: messages of a given length whose decoding does as much work as possible. */
import { idlLabelToId } from '@icp-sdk/core/candid';

const VEC = 0x6d;
const OPT = 0x6e;
const RECORD = 0x6c;
const FUNC = 0x6a;
const SERVICE = 0x69;
const codes = { null: 0x7f, bool: 0x7e, nat: 0x7d, nat8: 0x7b, text: 0x71, reserved: 0x70, principal: 0x68 };

/** Unsigned LEB128. */
function leb(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) + 0x80);
  return [...bytes, value];
}

/**
 * Type definitions, of which 0 is the type of the value, and the value, together about as long as the given number of
 * bytes.
 */
interface Bomb {
  types: number[][];
  value: (room: number) => Uint8Array;
}

const vecOf = (...type: number[]) => [VEC, ...type];
const repeated = (bytes: readonly number[], count: number) =>
  new Uint8Array(Buffer.alloc(count * bytes.length, Uint8Array.from(bytes)));
const joined = (...parts: (readonly number[] | Uint8Array)[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));

/** A vec whose elements all have these bytes, with as many elements as there is room for. */
function vec(element: number[], bytes: readonly number[], more: number[][] = []): Bomb {
  const count = (room: number) => Math.max(0, Math.floor((room - 5) / bytes.length));
  return {
    types: [vecOf(...element), ...more],
    value: (room) => joined(leb(count(room)), repeated(bytes, count(room))),
  };
}

/** A vec of a billion values that take no bytes. */
function claim(element: number[], more: number[][] = []): Bomb {
  return { types: [vecOf(...element), ...more], value: () => Uint8Array.from(leb(1e9)) };
}

const fields = (count: number) => Array.from({ length: count }, (_, i) => [...leb(i), codes.null]).flat();

export const bombs: Record<string, Bomb> = {
  'a billion nulls': claim([codes.null]),
  'a billion empty records': claim([1], [[RECORD, 0]]),
  'a billion wide records without bytes': claim([1], [[RECORD, ...leb(1000), ...fields(1000)]]),
  bools: vec([codes.bool], [1]),
  numbers: vec([codes.nat], [0]),
  'empty texts': vec([codes.text], [0]),
  'empty blobs': vec([1], [0], [vecOf(codes.nat8)]),
  'opts without content': vec([1], [0], [[OPT, codes.text]]),
  'opts in opts': { types: [[OPT, 0]], value: (room) => repeated([1], room) },
  'empty principals': vec([codes.principal], [1, 0]),
  'a text of two bytes a character': {
    types: [vecOf(codes.text)],
    value: (room) => {
      const size = 2 * Math.floor((room - 10) / 2);
      return joined([1], leb(size), repeated([0xc3, 0xa9], size / 2));
    },
  },
  'a number of many bytes': {
    types: [[VEC, codes.nat]],
    value: (room) => joined([1], repeated([0x80], room - 2), [0]),
  },
  'a padded count': { types: [vecOf(codes.nat8)], value: (room) => joined(repeated([0x80], room - 1), [0]) },
};

/** Type tables without a value after them. */
export const tables: Record<string, (room: number) => Uint8Array> = {
  'many types': (room) => {
    const count = Math.min(512, Math.floor((room - 10) / 2));
    return joined(leb(count), repeated([VEC, codes.nat8], count));
  },
  'many fields': (room) => {
    const all = fields(Math.min(4096, Math.floor((room - 10) / 3)));
    const count = Math.min(4096, Math.floor((room - 10) / 3));
    return joined([1, RECORD], leb(count), all);
  },
  'a function of many parameters': (room) => {
    const count = Math.min(4096, room - 20);
    return joined([1, FUNC], leb(count), repeated([codes.nat8], count), [0, 0]);
  },
  'a service of many methods': (room) => {
    const count = Math.min(4096, Math.floor((room - 10) / 4));
    const names = Array.from({ length: count }, (_, i) => [2, i >> 7, i & 0x7f, 0]);
    return joined([2, FUNC, 0, 0, 0, SERVICE], leb(count), ...names);
  },
};

const MAGIC = Buffer.from('DIDL');

/** A message with the bomb in an unknown field of its one argument, or as the argument itself. */
export function bombed(bomb: Bomb, size: number, isRecord: boolean): Uint8Array {
  const known = bomb.types.length;
  const types = isRecord ? [...bomb.types, [RECORD, 1, ...leb(idlLabelToId('unknown')), 0]] : bomb.types;
  const head = joined(MAGIC, leb(types.length), ...types, [1, isRecord ? known : 0]);
  return joined(head, bomb.value(size - head.length)).subarray(0, size);
}

export function bombedTable(table: (room: number) => Uint8Array, size: number): Uint8Array {
  return joined(MAGIC, table(size - 5), [0]);
}
