import { Arena } from './arena';
import { LIST, NOTHING, Value, valueOf } from './values';

/** Lists and tuples in raw memory: cell [ count | room | items: u32 ], items [ value: u64 ] * room. */

const ROOM: usize = 4;
const ITEMS: usize = 8;

/** An empty list with room for so many items; without memory it has none. */
export function newList(arena: Arena, room: u32): usize {
  const list = arena.take(16);
  let items: usize = 0;
  if (room > 0) items = arena.take((<usize>room) << 3);
  store<u32>(list, 0);
  store<u32>(list, items == 0 ? 0 : room, ROOM);
  store<u32>(list, <u32>items, ITEMS);
  return list;
}

export function emptyList(arena: Arena): Value {
  return valueOf(LIST, newList(arena, 0));
}

// @ts-ignore: decorator
@inline
export function countOf(list: usize): u32 {
  return load<u32>(list);
}

// @ts-ignore: decorator
@inline
function itemsOf(list: usize): usize {
  return load<u32>(list, ITEMS);
}

// @ts-ignore: decorator
@inline
export function itemOf(list: usize, index: u32): Value {
  return load<u64>(itemsOf(list) + ((<usize>index) << 3));
}

export function setItem(list: usize, index: u32, value: Value): void {
  store<u64>(itemsOf(list) + ((<usize>index) << 3), value);
}

/** Appends an item; without memory nothing happens, but that the arena is full. */
export function push(arena: Arena, list: usize, value: Value): void {
  const count = countOf(list);
  if (count == load<u32>(list, ROOM)) {
    const room = max<u32>(4, 2 * count);
    const items = arena.take((<usize>room) << 3);
    if (items == 0) return;
    memory.copy(items, itemsOf(list), (<usize>count) << 3);
    store<u32>(list, room, ROOM);
    store<u32>(list, <u32>items, ITEMS);
  } else if (arena.isFull) {
    return;
  }
  store<u64>(itemsOf(list) + ((<usize>count) << 3), value);
  store<u32>(list, count + 1);
}

/** Takes the last items away, so that so many are left. */
export function shorten(list: usize, count: u32): void {
  store<u32>(list, count);
}

/** The item at an index, which may count from the end; NOTHING if there is none. */
export function itemAt(list: usize, index: i64): Value {
  const count = <i64>countOf(list);
  const at = index < 0 ? index + count : index;
  return at < 0 || at >= count ? NOTHING : itemOf(list, <u32>at);
}
