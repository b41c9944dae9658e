/** Pieces of GBNF that stand for certain texts. */
import { ARRAY, Json, OBJECT, STRING } from './json';

const HEX: string = '0123456789abcdef';

/** A text as a GBNF literal. */
export function literal(text: string): string {
  const parts: string[] = ['"'];
  for (let i = 0; i < text.length; ++i) {
    const unit = text.charCodeAt(i);
    if (unit == 0x22 || unit == 0x5c) parts.push('\\');
    if (unit < 0x20) parts.push('\\x' + HEX.charAt(unit >> 4) + HEX.charAt(unit & 15));
    else parts.push(text.charAt(i));
  }
  parts.push('"');
  return parts.join('');
}

/** A string as JSON writes it, with the escapes that cannot be avoided. */
export function quoted(text: string): string {
  const parts: string[] = ['"'];
  for (let i = 0; i < text.length; ++i) {
    const unit = text.charCodeAt(i);
    const simple = '\b\f\n\r\t"\\'.indexOf(text.charAt(i));
    if (simple >= 0) parts.push('\\' + 'bfnrt"\\'.charAt(simple));
    else if (unit < 0x20 || unit == 0x7f) parts.push('\\u00' + HEX.charAt(unit >> 4) + HEX.charAt(unit & 15));
    else if (unit >= 0xd800 && unit < 0xe000 && !isPaired(text, i)) parts.push('\\u' + unit.toString(16));
    else parts.push(text.charAt(i));
  }
  parts.push('"');
  return parts.join('');
}

/** Whether a surrogate has its other half. */
function isPaired(text: string, index: i32): bool {
  const isHigh = text.charCodeAt(index) < 0xdc00;
  const other = isHigh ? index + 1 : index - 1;
  if (other < 0 || other >= text.length) return false;
  const unit = text.charCodeAt(other);
  return isHigh ? unit >= 0xdc00 && unit < 0xe000 : unit >= 0xd800 && unit < 0xdc00;
}

/** A value in JSON's shortest form. */
export function compact(value: Json): string {
  if (value.kind == STRING) return quoted(value.text);
  if (value.kind < ARRAY) return value.text;
  const parts: string[] = [];
  for (let i = 0; i < value.items.length; ++i) {
    const item = compact(value.items[i]);
    parts.push(value.kind == OBJECT ? quoted(value.keys[i]) + ':' + item : item);
  }
  return value.kind == OBJECT ? '{' + parts.join(',') + '}' : '[' + parts.join(',') + ']';
}

/** `item` so many times, `most` < 0: without bound. */
export function repeated(item: string, least: i64, most: i64): string {
  if (most == 0) return '""';
  if (least == 0 && most == 1) return item + '?';
  if (least == 1 && most == 1) return item;
  if (most < 0) return least == 0 ? item + '*' : least == 1 ? item + '+' : `${item}{${least},}`;
  return least == most ? `${item}{${least}}` : `${item}{${least},${most}}`;
}
