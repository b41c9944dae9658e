import { lengthOf, bytesOf, find, findLast } from './texts';
import { countOf, itemOf, newList, push } from './lists';
import { Machine } from './machine';
import { skipSpace, skipSpaceBack, spaceAt, spaceBefore } from './spaces';
import { LIST, STRING, TUPLE, Value, cellOf, kindOf, valueOf } from './values';

/** Cuts texts as Python does. */

/** The parts between separators, or between white space without one; at most `most` cuts, from the left. */
export function split(machine: Machine, text: usize, separator: Value, most: i64): Value {
  machine.spendBytes(lengthOf(text) << 1);
  const list = newList(machine.arena, 0);
  const result = valueOf(LIST, list);
  if (kindOf(separator) != STRING) {
    splitAtSpace(machine, text, list, most);
    return result;
  }
  const sought = cellOf(separator);
  if (lengthOf(sought) == 0) return machine.fail('a text cannot be split at an empty one');
  let from: u32 = 0;
  for (let cuts: i64 = 0; cuts != most && !machine.hasFailed; ++cuts) {
    const at = find(text, sought, from);
    if (at < 0) break;
    machine.spend(1);
    push(machine.arena, list, machine.partOf(text, from, at));
    from = at + lengthOf(sought);
  }
  push(machine.arena, list, machine.partOf(text, from, lengthOf(text)));
  return result;
}

function splitAtSpace(machine: Machine, text: usize, list: usize, most: i64): void {
  const start = bytesOf(text);
  const end = start + lengthOf(text);
  let at = skipSpace(start, end);
  for (let cuts: i64 = 0; at < end && !machine.hasFailed; ++cuts) {
    machine.spend(1);
    let to = at;
    if (cuts == most) to = end;
    while (to < end && spaceAt(to, end) == 0) ++to;
    push(machine.arena, list, machine.partOf(text, <u32>(at - start), <u32>(to - start)));
    at = skipSpace(to, end);
  }
}

/** As `split`, but the cuts are made from the right. */
export function splitFromRight(machine: Machine, text: usize, separator: Value, most: i64): Value {
  if (most < 0) return split(machine, text, separator, most);
  machine.spendBytes(lengthOf(text) << 1);
  const backward = newList(machine.arena, 0);
  if (kindOf(separator) == STRING) {
    const sought = cellOf(separator);
    if (lengthOf(sought) == 0) return machine.fail('a text cannot be split at an empty one');
    let to = lengthOf(text);
    for (let cuts: i64 = 0; cuts != most && !machine.hasFailed; ++cuts) {
      machine.spendBytes(to << 1);
      const at = findLast(text, sought, to);
      if (at < 0) break;
      push(machine.arena, backward, machine.partOf(text, at + lengthOf(sought), to));
      to = at;
    }
    push(machine.arena, backward, machine.partOf(text, 0, to));
  } else {
    splitAtSpaceFromRight(machine, text, backward, most);
  }
  return valueOf(LIST, reversed(machine, backward));
}

function splitAtSpaceFromRight(machine: Machine, text: usize, list: usize, most: i64): void {
  const start = bytesOf(text);
  let end = skipSpaceBack(start, start + lengthOf(text));
  for (let cuts: i64 = 0; end > start && !machine.hasFailed; ++cuts) {
    machine.spend(1);
    let from = end;
    if (cuts == most) from = start;
    while (from > start && spaceBefore(start, from) == 0) --from;
    push(machine.arena, list, machine.partOf(text, <u32>(from - start), <u32>(end - start)));
    end = skipSpaceBack(start, from);
  }
}

/** A list from its end to its beginning. */
export function reversed(machine: Machine, list: usize): usize {
  const count = countOf(list);
  machine.spend(count);
  const result = newList(machine.arena, count);
  for (let i = count; i > 0; --i) push(machine.arena, result, itemOf(list, i - 1));
  return result;
}

/** The lines of a text without their ends. */
export function splitLines(machine: Machine, text: usize): Value {
  const bytes = bytesOf(text);
  const length = lengthOf(text);
  machine.spendBytes(length);
  const list = newList(machine.arena, 0);
  let from: u32 = 0;
  for (let at: u32 = 0; at < length && !machine.hasFailed; ++at) {
    const byte = load<u8>(bytes + at);
    if (byte != 0x0a && byte != 0x0d) continue;
    machine.spend(1);
    push(machine.arena, list, machine.partOf(text, from, at));
    if (byte == 0x0d && at + 1 < length && load<u8>(bytes + at + 1) == 0x0a) ++at;
    from = at + 1;
  }
  if (from < length) push(machine.arena, list, machine.partOf(text, from, length));
  return valueOf(LIST, list);
}

/** The text before a separator, the separator, and the text after it. */
export function partition(machine: Machine, text: usize, separator: Value, isLast: bool): Value {
  const sought = cellOf(separator);
  const length = lengthOf(text);
  machine.spendBytes(length << 1);
  const at = isLast ? findLast(text, sought, length) : find(text, sought, 0);
  const tuple = newList(machine.arena, 3);
  const arena = machine.arena;
  if (at < 0) {
    const whole = valueOf(STRING, text);
    push(arena, tuple, isLast ? machine.emptyText() : whole);
    push(arena, tuple, machine.emptyText());
    push(arena, tuple, isLast ? whole : machine.emptyText());
  } else {
    push(arena, tuple, machine.partOf(text, 0, at));
    push(arena, tuple, separator);
    push(arena, tuple, machine.partOf(text, at + lengthOf(sought), length));
  }
  return valueOf(TUPLE, tuple);
}
