import { copyOf, listOf } from './container-methods';
import { keyAt, newDictionary, setKey, sizeOf, valueAt } from './dictionaries';
import { nameOfKind } from './kinds';
import { countOf, itemOf, newList, push } from './lists';
import { Machine } from './machine';
import { Name } from './names';
import { bytesOf, lengthOf } from './texts';
import { formatTime } from './times';
import * as values from './values';
import { NOTHING, Value, cellOf, integerOf, integerValue, kindOf, valueOf } from './values';

/** Characters of a template's own message that an error shows. */
const SHOWN: u32 = 1000;

/** The functions that every template has. */
export function isBuiltin(name: u32): bool {
  switch (name) {
    case Name.Range:
    case Name.Namespace:
    case Name.Dict:
    case Name.RaiseException:
    case Name.StrftimeNow:
      return true;
    default:
      return false;
  }
}

export function callBuiltin(machine: Machine, name: u32, positional: usize, keywords: usize): Value {
  const first = countOf(positional) > 0 ? itemOf(positional, 0) : NOTHING;
  switch (name) {
    case Name.Range:
      return range(machine, positional);
    case Name.Namespace:
      return members(machine, values.NAMESPACE, first, keywords);
    case Name.Dict:
      return members(machine, values.DICT, first, keywords);
    case Name.StrftimeNow: {
      const form = machine.textArgument(first, name);
      return form == 0 ? NOTHING : formatTime(machine, form);
    }
    default:
      return raise(machine, first);
  }
}

function raise(machine: Machine, value: Value): Value {
  if (kindOf(value) != values.STRING) return machine.fail('the template refuses the conversation');
  const text = cellOf(value);
  return machine.fail(String.UTF8.decodeUnsafe(bytesOf(text), min(lengthOf(text), SHOWN)));
}

function range(machine: Machine, positional: usize): Value {
  const count = countOf(positional);
  for (let i: u32 = 0; i < count; ++i) {
    if (kindOf(itemOf(positional, i)) != values.INTEGER) return machine.fail('"range" needs integers');
  }
  if (count == 0 || count > 3) return machine.fail('"range" needs one to three integers');
  const from = count == 1 ? 0 : integerOf(itemOf(positional, 0));
  const to = integerOf(itemOf(positional, count == 1 ? 0 : 1));
  const step = count == 3 ? integerOf(itemOf(positional, 2)) : 1;
  if (step == 0) return machine.fail('the step of a range is 0');
  const list = newList(machine.arena, 0);
  for (let i = from; (step > 0 ? i < to : i > to) && !machine.hasFailed; i += step) {
    push(machine.arena, list, integerValue(i));
    machine.spend(1);
  }
  return valueOf(values.LIST, list);
}

/** A namespace or dictionary with the members of another, or of pairs, and of named arguments. */
function members(machine: Machine, kind: u32, source: Value, keywords: usize): Value {
  let result = newDictionary(machine.arena);
  if (kindOf(source) == values.DICT) {
    result = copyOf(machine, cellOf(source));
  } else if (source != NOTHING) {
    const pairs = listOf(machine, source);
    for (let i: u32 = 0; i < countOf(pairs) && !machine.hasFailed; ++i) {
      const pair = listOf(machine, itemOf(pairs, i));
      if (countOf(pair) != 2) return machine.fail(`${nameOfKind(itemOf(pairs, i))} is no key with a value`);
      machine.spend((sizeOf(result) >> 2) + 1);
      setKey(machine.arena, result, itemOf(pair, 0), itemOf(pair, 1));
    }
  }
  if (keywords != 0) {
    for (let i: u32 = 0; i < sizeOf(keywords) && !machine.hasFailed; ++i) {
      machine.spend((sizeOf(result) >> 2) + 1);
      setKey(machine.arena, result, keyAt(keywords, i), valueAt(keywords, i));
    }
  }
  return valueOf(kind, result);
}
