import { Arena } from './arena';
import { sameTexts } from './texts';
import { NOTHING, STRING, Value, cellOf, kindOf, withoutSource } from './values';

/**
 * Dictionaries and namespaces in raw memory, in the members' order of insertion: cell [ count | room | entries: u32 ],
 * entries [ key | value: u64 ] * room. Keys are texts, seldom integers.
 *
 * The search is linear: dictionaries of messages and tools are small, and each step is charged.
 */

const ROOM: usize = 4;
const ENTRIES: usize = 8;
const ENTRY: usize = 16;

export function newDictionary(arena: Arena): usize {
  const dictionary = arena.take(16);
  memory.fill(dictionary, 0, 16);
  return dictionary;
}

// @ts-ignore: decorator
@inline
export function sizeOf(dictionary: usize): u32 {
  return load<u32>(dictionary);
}

// @ts-ignore: decorator
@inline
function entriesOf(dictionary: usize): usize {
  return load<u32>(dictionary, ENTRIES);
}

// @ts-ignore: decorator
@inline
export function keyAt(dictionary: usize, index: u32): Value {
  return load<u64>(entriesOf(dictionary) + <usize>index * ENTRY);
}

// @ts-ignore: decorator
@inline
export function valueAt(dictionary: usize, index: u32): Value {
  return load<u64>(entriesOf(dictionary) + <usize>index * ENTRY, 8);
}

function sameKeys(a: Value, b: Value): bool {
  if (withoutSource(a) == withoutSource(b)) return true;
  return kindOf(a) == STRING && kindOf(b) == STRING && sameTexts(cellOf(a), cellOf(b));
}

/** The place of a key; -1 if it is not there. */
export function placeOf(dictionary: usize, key: Value): i32 {
  const count = sizeOf(dictionary);
  for (let i: u32 = 0; i < count; ++i) if (sameKeys(keyAt(dictionary, i), key)) return i;
  return -1;
}

/** The value of a key; nothing if it is not there. */
export function valueOfKey(dictionary: usize, key: Value): Value {
  const place = placeOf(dictionary, key);
  return place < 0 ? NOTHING : valueAt(dictionary, place);
}

/** Sets the value of a key; without memory nothing happens, but that the arena is full. */
export function setKey(arena: Arena, dictionary: usize, key: Value, value: Value): void {
  const place = placeOf(dictionary, key);
  if (place >= 0) store<u64>(entriesOf(dictionary) + <usize>place * ENTRY, value, 8);
  else addKey(arena, dictionary, key, value);
}

/** Adds a key that is known not to be there. */
export function addKey(arena: Arena, dictionary: usize, key: Value, value: Value): void {
  const count = sizeOf(dictionary);
  if (count == load<u32>(dictionary, ROOM)) {
    const room = max<u32>(4, 2 * count);
    const entries = arena.take(<usize>room * ENTRY);
    if (entries == 0) return;
    memory.copy(entries, entriesOf(dictionary), <usize>count * ENTRY);
    store<u32>(dictionary, room, ROOM);
    store<u32>(dictionary, <u32>entries, ENTRIES);
  } else if (arena.isFull) {
    return;
  }
  const entry = entriesOf(dictionary) + <usize>count * ENTRY;
  store<u64>(entry, key);
  store<u64>(entry, value, 8);
  store<u32>(dictionary, count + 1);
}

/** Takes a member away. */
export function removeAt(dictionary: usize, index: u32): void {
  const entry = entriesOf(dictionary) + <usize>index * ENTRY;
  const after = sizeOf(dictionary) - index - 1;
  memory.copy(entry, entry + ENTRY, <usize>after * ENTRY);
  store<u32>(dictionary, sizeOf(dictionary) - 1);
}
