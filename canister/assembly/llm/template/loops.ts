import { Arena } from './arena';
import { countOf, itemOf } from './lists';
import { Machine } from './machine';
import { Name } from './names';
import { LOOP, METHOD, NOTHING, Value, booleanValue, integerValue, valueOf } from './values';

/** The value of `loop`, in raw memory: [ list | index | loops around it: u32 ]. */

export function newLoop(arena: Arena, list: usize, depth: u32): usize {
  const loop = arena.take(16);
  store<u32>(loop, <u32>list);
  store<u32>(loop, 0, 4);
  store<u32>(loop, depth, 8);
  return loop;
}

export function setLoopIndex(loop: usize, index: u32): void {
  store<u32>(loop, index, 4);
}

export function loopMember(machine: Machine, loop: usize, name: u32): Value {
  const list: usize = load<u32>(loop);
  const index = load<u32>(loop, 4);
  const count = countOf(list);
  const depth = load<u32>(loop, 8);
  switch (name) {
    case Name.Index:
      return integerValue(index + 1);
    case Name.Index0:
      return integerValue(index);
    case Name.Revindex:
      return integerValue(count - index);
    case Name.Revindex0:
      return integerValue(count - index - 1);
    case Name.First:
      return booleanValue(index == 0);
    case Name.Last:
      return booleanValue(index + 1 == count);
    case Name.Length:
      return integerValue(count);
    case Name.Depth:
      return integerValue(depth);
    case Name.Depth0:
      return integerValue(depth - 1);
    case Name.Previtem:
      return index > 0 ? itemOf(list, index - 1) : NOTHING;
    case Name.Nextitem:
      return index + 1 < count ? itemOf(list, index + 1) : NOTHING;
    case Name.Cycle:
      return method(machine.arena, name, valueOf(LOOP, loop));
    default:
      return NOTHING;
  }
}

/** `loop.cycle`: its arguments by turns. */
export function cycled(machine: Machine, loop: usize, positional: usize): Value {
  const count = countOf(positional);
  return count == 0
    ? machine.fail('"cycle" has nothing to go through')
    : itemOf(positional, load<u32>(loop, 4) % count);
}

/** A method with the value that it is one of: [ name: u32 | unused | value: u64 ]. */
export function method(arena: Arena, name: u32, value: Value): Value {
  const cell = arena.take(16);
  store<u32>(cell, name);
  store<u64>(cell, value, 8);
  return valueOf(METHOD, cell);
}
