/** The common parts of texts, cut only between tags: `<|START_` is no mark. */

/** The beginning that two texts share. */
export function commonStart(a: string, b: string): string {
  const most = min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) == b.charCodeAt(length)) ++length;
  const open = length == 0 ? -1 : a.lastIndexOf('<', length - 1);
  if (open >= 0 && (length < a.length || length < b.length) && a.substring(open, length).indexOf('>') < 0)
    length = open;
  return a.substring(0, length);
}

/** The end that two texts share. */
export function commonEnd(a: string, b: string): string {
  const most = min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) == b.charCodeAt(b.length - 1 - length)) ++length;
  const shared = a.substring(a.length - length);
  const close = shared.indexOf('>');
  const open = shared.indexOf('<');
  const isCut = close >= 0 && (open < 0 || close < open) && (length < a.length || length < b.length);
  return isCut ? shared.substring(close + 1) : shared;
}

/**
 * One text for two that differ only in a number or in a word: with `digits` or `word` in its place. Otherwise the
 * first.
 */
export function generalized(a: string, b: string, digits: string, word: string): string {
  if (a == b) return a;
  const most = min(a.length, b.length);
  let start = 0;
  while (start < most && a.charCodeAt(start) == b.charCodeAt(start)) ++start;
  let end = 0;
  while (end < most - start && a.charCodeAt(a.length - 1 - end) == b.charCodeAt(b.length - 1 - end)) ++end;
  const isNumber = start < a.length && isDigit(a.charCodeAt(start));
  while (start > 0 && isOf(a.charCodeAt(start - 1), isNumber)) --start;
  while (end > 0 && isOf(a.charCodeAt(a.length - end), isNumber)) --end;
  const differs = a.substring(start, a.length - end);
  for (let i = 0; i < differs.length; ++i) if (!isOf(differs.charCodeAt(i), isNumber)) return a;
  if (differs.length == 0) return a;
  return a.substring(0, start) + (isNumber ? digits : word) + a.substring(a.length - end);
}

function isOf(unit: i32, isNumber: bool): bool {
  return isNumber ? isDigit(unit) : (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
}

function isDigit(unit: i32): bool {
  return unit >= 0x30 && unit <= 0x39;
}

/** The place after the JSON object that begins at `at` of a text; -1 if it does not end. */
export function objectEnd(text: string, at: i32): i32 {
  let depth = 0;
  let isString = false;
  for (let i = at; i < text.length; ++i) {
    const unit = text.charCodeAt(i);
    if (isString) {
      if (unit == 0x5c) ++i;
      else if (unit == 0x22) isString = false;
    } else if (unit == 0x22) {
      isString = true;
    } else if (unit == 0x7b || unit == 0x5b) {
      ++depth;
    } else if (unit == 0x7d || unit == 0x5d) {
      if (--depth == 0) return i + 1;
    }
  }
  return -1;
}

/** The innermost object that contains both places of a text; -1 if there is none. */
export function objectAround(text: string, a: i32, b: i32): i32 {
  const last = max(a, b);
  for (let at = text.lastIndexOf('{', min(a, b)); at >= 0; at = at == 0 ? -1 : text.lastIndexOf('{', at - 1)) {
    if (objectEnd(text, at) > last) return at;
  }
  return -1;
}
