/** Type codes of the wire format (Candid specification, "Types"). A code >= 0 is an index into the type table. */

export const NULL: i32 = -1;
export const BOOL: i32 = -2;
export const NAT: i32 = -3;
export const INT: i32 = -4;
export const NAT8: i32 = -5;
export const NAT16: i32 = -6;
export const NAT32: i32 = -7;
export const NAT64: i32 = -8;
export const INT8: i32 = -9;
export const INT16: i32 = -10;
export const INT32: i32 = -11;
export const INT64: i32 = -12;
export const FLOAT32: i32 = -13;
export const FLOAT64: i32 = -14;
export const TEXT: i32 = -15;
export const RESERVED: i32 = -16;
export const EMPTY: i32 = -17;
export const OPT: i32 = -18;
export const VEC: i32 = -19;
export const RECORD: i32 = -20;
export const VARIANT: i32 = -21;
export const FUNC: i32 = -22;
export const SERVICE: i32 = -23;
export const PRINCIPAL: i32 = -24;

/** Stands for all types of later versions of the format; their values state their own length. */
export const FUTURE: i32 = -25;

/** Whether a code stands for a type by itself, without an entry in the type table. */
export function isPrimitive(code: i32): bool {
  return (code <= NULL && code >= EMPTY) || code == PRINCIPAL;
}

const NAMES: StaticArray<string> = [
  'null',
  'bool',
  'nat',
  'int',
  'nat8',
  'nat16',
  'nat32',
  'nat64',
  'int8',
  'int16',
  'int32',
  'int64',
  'float32',
  'float64',
  'text',
  'reserved',
  'empty',
  'opt',
  'vec',
  'record',
  'variant',
  'func',
  'service',
  'principal',
  'a type of a later version of Candid',
];

export function nameOf(code: i32): string {
  return NAMES[-1 - code];
}
