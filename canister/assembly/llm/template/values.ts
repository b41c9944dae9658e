/**
 * A value of a template is one u64, so that most of them take no memory:
 *
 *     63      it is, or was made of, something that a message says
 *     56-62   kind
 *     0-55    an integer, a truth, or the address of a text, list, dictionary, number or function
 */

export type Value = u64;

export const UNDEFINED: u32 = 0;
export const NONE: u32 = 1;
export const BOOLEAN: u32 = 2;
export const INTEGER: u32 = 3;
export const FLOAT: u32 = 4;
export const STRING: u32 = 5;
export const LIST: u32 = 6;
export const TUPLE: u32 = 7;
export const DICT: u32 = 8;
export const NAMESPACE: u32 = 9;
export const LOOP: u32 = 10;
/** A function that every template has: its name's number. */
export const BUILTIN: u32 = 11;
/** A method of a value: a cell of its name's number and the value. */
export const METHOD: u32 = 12;
/** A macro or a caller: a cell of its node and the scope that it was made in. */
export const MACRO: u32 = 13;

const DATA: u64 = 1 << 63;
const PAYLOAD: u64 = (1 << 56) - 1;

export const NOTHING: Value = 0;
export const NULL: Value = (<u64>NONE) << 56;
export const FALSE: Value = (<u64>BOOLEAN) << 56;
export const TRUE: Value = FALSE | 1;

/**
 * Integers of this size and more are not calculated with: these are JavaScript's numbers, which become inexact there.
 */
export const LARGEST: i64 = 1 << 53;

// @ts-ignore: decorator
@inline
export function kindOf(value: Value): u32 {
  return (<u32>(value >> 56)) & 0x7f;
}

// @ts-ignore: decorator
@inline
export function valueOf(kind: u32, payload: usize): Value {
  return ((<u64>kind) << 56) | payload;
}

/** The address in a value. */
// @ts-ignore: decorator
@inline
export function cellOf(value: Value): usize {
  return <usize>value;
}

// @ts-ignore: decorator
@inline
export function integerValue(integer: i64): Value {
  return ((<u64>INTEGER) << 56) | ((<u64>integer) & PAYLOAD);
}

// @ts-ignore: decorator
@inline
export function integerOf(value: Value): i64 {
  return (<i64>(value << 8)) >> 8;
}

// @ts-ignore: decorator
@inline
export function booleanValue(truth: bool): Value {
  return truth ? TRUE : FALSE;
}

// @ts-ignore: decorator
@inline
export function isTrue(value: Value): bool {
  return (value & 1) != 0;
}

// @ts-ignore: decorator
@inline
export function isData(value: Value): bool {
  return (value & DATA) != 0;
}

/** A value that comes of another one: data if that is. */
// @ts-ignore: decorator
@inline
export function madeOf(value: Value, source: Value): Value {
  return value | (source & DATA);
}

// @ts-ignore: decorator
@inline
export function asData(value: Value): Value {
  return value | DATA;
}

// @ts-ignore: decorator
@inline
export function withoutSource(value: Value): Value {
  return value & ~DATA;
}

// @ts-ignore: decorator
@inline
export function isList(value: Value): bool {
  const kind = kindOf(value);
  return kind == LIST || kind == TUPLE;
}

/** A dictionary or a namespace. */
// @ts-ignore: decorator
@inline
export function hasMembers(value: Value): bool {
  const kind = kindOf(value);
  return kind == DICT || kind == NAMESPACE;
}

// @ts-ignore: decorator
@inline
export function isCallable(value: Value): bool {
  const kind = kindOf(value);
  return kind == BUILTIN || kind == METHOD || kind == MACRO;
}
