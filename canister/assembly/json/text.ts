import { ARRAY, JsonDocument, NOWHERE, NULL, NUMBER, OBJECT, STRING } from './document';
import { quoted } from './quoted';

/** The text of code points. */
export function pointsText(points: usize, length: u32): string {
  const units: i32[] = [];
  for (let i: u32 = 0; i < length; ++i) {
    const point = load<u32>(points + ((<usize>i) << 2));
    if (point > 0xffff) units.push(0xd7c0 + (point >> 10));
    units.push(point > 0xffff ? 0xdc00 + (point & 0x3ff) : point);
  }
  return String.fromCharCodes(units);
}

/** A value as JSON without white space; numbers as they were written. */
export function jsonOf(document: JsonDocument, node: u32): string {
  const kind = document.kind(node);
  if (kind == STRING) return quoted(pointsText(document.text(node), document.length(node)));
  if (kind == NUMBER) return String.UTF8.decodeUnsafe(document.text(node), document.length(node));
  if (kind == NULL) return 'null';
  if (kind != ARRAY && kind != OBJECT) return document.isTrue(node) ? 'true' : 'false';
  const parts: string[] = [];
  for (let child = document.first(node); child != NOWHERE; child = document.next(child)) {
    const value = jsonOf(document, child);
    if (kind == ARRAY) parts.push(value);
    else parts.push(`${quoted(pointsText(document.name(child), document.nameLength(child)))}:${value}`);
  }
  return kind == ARRAY ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}
