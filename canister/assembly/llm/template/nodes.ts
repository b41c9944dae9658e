import { Arena } from './arena';

/**
 * A template's syntax tree, in raw memory:
 *
 *     node   [ kind: u8 | detail: u8 | unused: u16 | line | a | b | c | d | next: u32 ]
 *
 * a to d are addresses of nodes (0 for none) or numbers, as written beside each kind; `next` links the nodes of a list.
 */

export const enum Kind {
  /** a: text */
  Text,
  /** a: expression */
  Print,
  /** a: condition, b: body, c: otherwise; detail: whether that is another If rather than a body */
  If,
  /** a: target, b: iterated value, c: body, d: otherwise */
  For,
  /** a: target, b: value, or none; then c: body, d: its filters */
  Set,
  /** a: name, b: parameters, c: body; detail: whether it uses kwargs (1), varargs (2) */
  Macro,
  /** a: call, b: parameters, c: body; detail as of a macro */
  CallBlock,
  /** a: filters, c: body */
  FilterBlock,
  Break,
  Continue,
  /** a: expression; its value is dropped */
  Do,
  /** a, b: value, lower and upper half */
  Constant,
  /** a: name */
  Variable,
  /** a: items */
  List,
  Tuple,
  /** a: pairs */
  Dictionary,
  /** a: key, b: value */
  Pair,
  /** detail: operator, perhaps IN_BRACKETS; a, b: operands */
  Binary,
  And,
  Or,
  Not,
  Negative,
  Positive,
  /** a: condition, b: value, c: otherwise */
  Ternary,
  /** a: value, b: condition */
  Select,
  /** a: value (none in a block), b: name, c: arguments; detail: whether there are brackets */
  Filter,
  /** a: value, b: name, c: arguments; detail: whether it is negated */
  Test,
  /** a: function, b: arguments */
  Call,
  /** a: value, b: name */
  Member,
  /** a: value, b: index */
  Index,
  /** a: value, b: from, c: to, d: step */
  Slice,
  /** a: name, b: value or none: an argument, or a parameter with its default */
  Keyword,
  /** a: list */
  Spread,
  /** a: dictionary */
  KeywordSpread,
}

export const enum Operator {
  Add,
  Subtract,
  Concatenate,
  Multiply,
  Divide,
  FloorDivide,
  Remainder,
  Power,
  Equal,
  Unequal,
  Less,
  Greater,
  AtMost,
  AtLeast,
  In,
  NotIn,
}

/** Beside a binary operator: the operation is in brackets, so no chain of comparisons goes on behind it. */
export const IN_BRACKETS: u32 = 0x80;

export const USES_KWARGS: u32 = 1;
export const USES_VARARGS: u32 = 2;

const NODE: usize = 28;

/** A node without anything in it. */
export function newNode(arena: Arena, kind: Kind, line: u32): usize {
  const node = arena.take(NODE);
  memory.fill(node, 0, NODE);
  store<u8>(node, <u8>kind);
  store<u32>(node, line, 4);
  return node;
}

// @ts-ignore: decorator
@inline
export function kindOfNode(node: usize): Kind {
  return load<u8>(node);
}

// @ts-ignore: decorator
@inline
export function detailOf(node: usize): u32 {
  return load<u8>(node, 1);
}

export function setDetail(node: usize, detail: u32): void {
  store<u8>(node, detail, 1);
}

// @ts-ignore: decorator
@inline
export function lineOf(node: usize): u32 {
  return load<u32>(node, 4);
}

// @ts-ignore: decorator
@inline
export function a(node: usize): u32 {
  return load<u32>(node, 8);
}

// @ts-ignore: decorator
@inline
export function b(node: usize): u32 {
  return load<u32>(node, 12);
}

// @ts-ignore: decorator
@inline
export function c(node: usize): u32 {
  return load<u32>(node, 16);
}

// @ts-ignore: decorator
@inline
export function d(node: usize): u32 {
  return load<u32>(node, 20);
}

// @ts-ignore: decorator
@inline
export function nextOf(node: usize): u32 {
  return load<u32>(node, 24);
}

export function setA(node: usize, value: usize): void {
  store<u32>(node, <u32>value, 8);
}

export function setB(node: usize, value: usize): void {
  store<u32>(node, <u32>value, 12);
}

export function setC(node: usize, value: usize): void {
  store<u32>(node, <u32>value, 16);
}

export function setD(node: usize, value: usize): void {
  store<u32>(node, <u32>value, 20);
}

export function setNext(node: usize, next: usize): void {
  store<u32>(node, <u32>next, 24);
}
