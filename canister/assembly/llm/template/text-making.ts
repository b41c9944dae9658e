import { characterBytes, countCharacters } from './characters';
import { writeUpper } from './cases';
import { countOf, itemOf } from './lists';
import { Machine } from './machine';
import { Name } from './names';
import { Output } from './output';
import { writePlain } from './printing';
import { bytesOf, find, lengthOf } from './texts';
import * as values from './values';
import { NOTHING, Value, cellOf, integerOf, isList, isTrue, kindOf } from './values';

/** Texts that are made of others. */

/** Writes a text with its words in capitals at their beginning. */
export function titled(output: Output, text: usize): void {
  const bytes = bytesOf(text);
  const length = lengthOf(text);
  let isInWord = false;
  for (let at: u32 = 0; at < length && !output.isFull; ++at) {
    const byte: u32 = load<u8>(bytes + at);
    const isWord = byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 26 || byte == 0x5f;
    if (isWord && !isInWord) writeUpper(output, text, at, at + 1);
    else output.writePart(text, at, at + 1);
    isInWord = isWord;
  }
}

/** The arguments are the text that is replaced, by which, and how often at most. */
export function replaced(machine: Machine, text: usize, positional: usize, keywords: usize): Value {
  if (countOf(positional) < 2) return machine.fail('"replace" needs two texts');
  const sought = machine.textArgument(itemOf(positional, 0), Name.Replace);
  const other = machine.textArgument(itemOf(positional, 1), Name.Replace);
  if (machine.hasFailed) return NOTHING;
  const most = machine.argument(positional, keywords, 2, Name.Count);
  let left = kindOf(most) == values.INTEGER && integerOf(most) >= 0 ? integerOf(most) : i64.MAX_VALUE;
  const output = machine.output;
  const begun = output.length;
  const length = lengthOf(text);
  machine.spendBytes(length << 1);
  let from: u32 = 0;
  let at: i32 = 0;
  while (left > 0 && !machine.hasFailed) {
    at = find(text, sought, at);
    if (at < 0) break;
    machine.spend(1);
    output.writePart(text, from, at);
    output.writeText(other);
    from = at + lengthOf(sought);
    // An empty text is found between all characters.
    at = lengthOf(sought) > 0 ? from : <u32>at < length ? at + characterBytes(text, at) : length + 1;
    --left;
  }
  output.writePart(text, from, length);
  return machine.taken(begun);
}

/** The items of a list, or the characters of a text, with a text between them. */
export function joinedBy(machine: Machine, whole: Value, between: Value): Value {
  const separator = machine.textArgument(between, Name.Join);
  if (separator == 0) return NOTHING;
  const output = machine.output;
  const from = output.length;
  if (kindOf(whole) == values.STRING) {
    const text = cellOf(whole);
    for (let at: u32 = 0; at < lengthOf(text) && !machine.hasFailed;) {
      if (at > 0) output.writeText(separator);
      const to = at + characterBytes(text, at);
      output.writePart(text, at, to);
      machine.spend(1);
      at = to;
    }
  } else if (isList(whole)) {
    const list = cellOf(whole);
    for (let i: u32 = 0; i < countOf(list) && !machine.hasFailed; ++i) {
      if (i > 0) output.writeText(separator);
      machine.spend(1);
      const item = itemOf(list, i);
      if (kindOf(item) != values.NONE && kindOf(item) != values.UNDEFINED) writePlain(machine, item);
    }
  } else {
    machine.fail('"join" needs a list or a text');
  }
  return machine.taken(from);
}

/** The lines of a text behind blanks, or behind another text. */
export function indented(machine: Machine, text: usize, width: Value, first: Value, blank: Value): Value {
  const output = machine.output;
  const begun = output.length;
  const bytes = bytesOf(text);
  const length = lengthOf(text);
  machine.spendBytes(length);
  const indentsFirst = kindOf(first) == values.BOOLEAN && isTrue(first);
  const indentsBlank = kindOf(blank) == values.BOOLEAN && isTrue(blank);
  let from: u32 = 0;
  for (let at: u32 = 0; at <= length && !machine.hasFailed; ++at) {
    if (at < length && load<u8>(bytes + at) != 0x0a) continue;
    const isSkipped = (from == 0 && !indentsFirst) || (from == at && !indentsBlank);
    if (!isSkipped) indent(machine, width);
    output.writePart(text, from, min(at + 1, length));
    from = at + 1;
  }
  return machine.taken(begun);
}

function indent(machine: Machine, width: Value): void {
  machine.spend(1);
  if (kindOf(width) == values.STRING) return machine.output.writeText(cellOf(width));
  const blanks = kindOf(width) == values.INTEGER ? integerOf(width) : 4;
  writeBlanks(machine, blanks, true);
}

function writeBlanks(machine: Machine, count: i64, isTemplate: bool): void {
  for (let i: i64 = 0; i < count && !machine.output.isFull; ++i) machine.output.writeByte(0x20, isTemplate);
  machine.spendBytes(<u32>max<i64>(0, min<i64>(count, 1 << 24)));
}

/** A text of so many characters at least, filled up with blanks or zeros. */
export function padded(machine: Machine, text: usize, name: u32, positional: usize): Value {
  const width = countOf(positional) > 0 ? itemOf(positional, 0) : NOTHING;
  if (kindOf(width) != values.INTEGER) return machine.fail(`${machine.shownName(name)} needs a width`);
  const missing = max<i64>(0, integerOf(width) - countCharacters(text));
  const output = machine.output;
  const from = output.length;
  if (name == Name.Zfill) {
    const isSigned = lengthOf(text) > 0 && (load<u8>(bytesOf(text)) == 0x2d || load<u8>(bytesOf(text)) == 0x2b);
    const sign: u32 = isSigned ? 1 : 0;
    output.writePart(text, 0, sign);
    for (let i: i64 = 0; i < missing && !output.isFull; ++i) output.writeByte(0x30, true);
    output.writePart(text, sign, lengthOf(text));
    return machine.taken(from);
  }
  const before = name == Name.Rjust ? missing : name == Name.Center ? missing / 2 : 0;
  writeBlanks(machine, before, true);
  output.writeText(text);
  writeBlanks(machine, missing - before, true);
  return machine.taken(from);
}
