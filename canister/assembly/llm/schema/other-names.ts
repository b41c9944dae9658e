/** Names of properties that are none of some others, as GBNF: a trie of the others, with a way out at every node. */
import { literal } from './gbnf-text';

/** Characters that a name is written with as they are: no escapes, so that no name can be written in two ways. */
const PLAIN: string = '"\\\\\\x7F\\x00-\\x1F';

/** What a name of the schema would have to be escaped for: no such name can be met. */
function isPlain(name: string): bool {
  for (let i = 0; i < name.length; ++i) {
    const unit = name.charCodeAt(i);
    if (unit < 0x20 || unit == 0x22 || unit == 0x5c || unit == 0x7f) return false;
  }
  return true;
}

function inClass(unit: i32): string {
  return '\\u' + unit.toString(16).padStart(4, '0');
}

/** Code units of the longest name that is kept apart: each is a node of the trie. */
const LONGEST: i32 = 256;

/** Whether a name can be kept apart: it is not too long, and has no characters beyond U+FFFF, which classes lack here. */
export function canBeAside(name: string): bool {
  for (let i = 0; i < name.length; ++i) if ((name.charCodeAt(i) & 0xf800) == 0xd800) return false;
  return name.length <= LONGEST;
}

/** Keeps `names` apart, all of which can be: appends rules to `lines`, named `prefix` and a number; the one that makes the rest of a quoted name, its end included. */
export function otherNames(names: string[], prefix: string, lines: string[]): string {
  const plain: string[] = [];
  for (let i = 0; i < names.length; ++i) if (isPlain(names[i])) plain.push(names[i]);
  return node(plain, 0, prefix, lines);
}

function node(names: string[], depth: i32, prefix: string, lines: string[]): string {
  const units: i32[] = [];
  let isName = false;
  for (let i = 0; i < names.length; ++i) {
    if (names[i].length == depth) isName = true;
    else if (!units.includes(names[i].charCodeAt(depth))) units.push(names[i].charCodeAt(depth));
  }
  const ways: string[] = [];
  if (!isName) ways.push('"\\""');
  let others = `[^${PLAIN}`;
  for (let i = 0; i < units.length; ++i) {
    others += inClass(units[i]);
    const below: string[] = [];
    for (let j = 0; j < names.length; ++j) {
      if (names[j].length > depth && names[j].charCodeAt(depth) == units[i]) below.push(names[j]);
    }
    ways.push(`${literal(String.fromCharCode(units[i]))} ${node(below, depth + 1, prefix, lines)}`);
  }
  ways.push(`${others}] [^${PLAIN}]* "\\""`);
  const rule = `${prefix}-${lines.length}`;
  lines.push(`${rule} ::= ${ways.join(' | ')}`);
  return rule;
}
