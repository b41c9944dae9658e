import { compare, equals, isNumeric, isSame, numeric } from './comparisons';
import { isTruthy, nameOfKind } from './kinds';
import { writeLower, writeUpper } from './cases';
import { countOf, itemOf } from './lists';
import { Machine } from './machine';
import { Name } from './names';
import { isNumber } from './numbers';
import { contains } from './operators';
import { lengthOf, sameTexts } from './texts';
import * as values from './values';
import { NOTHING, Value, cellOf, integerOf, isCallable, isList, isTrue, kindOf } from './values';

/** Tests, which follow "is" and are used by `select` and others. */
export function passesTest(machine: Machine, value: Value, name: u32, positional: usize): bool {
  const kind = kindOf(value);
  machine.spend(1);
  switch (name) {
    case Name.Defined:
      return kind != values.UNDEFINED;
    case Name.Undefined:
      return kind == values.UNDEFINED;
    case Name.None:
      return kind == values.NONE;
    case Name.Boolean:
      return kind == values.BOOLEAN;
    case Name.True:
      return kind == values.BOOLEAN && isTrue(value);
    case Name.False:
      return kind == values.BOOLEAN && !isTrue(value);
    case Name.String:
      return kind == values.STRING;
    case Name.Number:
      return isNumber(value);
    case Name.Integer:
      return kind == values.INTEGER;
    case Name.Float:
      return kind == values.FLOAT;
    case Name.Mapping:
      return kind == values.DICT || kind == values.LOOP;
    case Name.Iterable:
      return kind == values.LIST || kind == values.STRING;
    case Name.Sequence:
      return isList(value) || kind == values.STRING || kind == values.DICT;
    case Name.Callable:
      return isCallable(value);
    case Name.Odd:
    case Name.Even:
      if (kind != values.INTEGER) {
        machine.fail(`${nameOfKind(value)} is neither odd nor even`);
        return false;
      }
      return (integerOf(value) & 1) == i64(name == Name.Odd);
    case Name.Lower:
    case Name.Upper:
      return kind == values.STRING && hasCase(machine, cellOf(value), name == Name.Upper);
    default:
      return passesComparison(machine, value, name, countOf(positional) > 0 ? itemOf(positional, 0) : NOTHING);
  }
}

function passesComparison(machine: Machine, value: Value, name: u32, other: Value): bool {
  switch (name) {
    case Name.Eq:
    case Name.Equalto:
      return isSame(value, other);
    case Name.Sameas:
      return isSame(value, other);
    case Name.Ne:
      return !equals(machine, value, other);
    case Name.Lt:
      return compare(machine, value, other, true) < 0;
    case Name.Le:
      return compare(machine, value, other, true) <= 0;
    case Name.Gt:
      return compare(machine, value, other, true) > 0;
    case Name.Ge:
      return compare(machine, value, other, true) >= 0;
    case Name.In:
      return contains(machine, other, value);
    case Name.Divisibleby:
      if (!isNumeric(value) || !isNumeric(other) || numeric(other) == 0) {
        machine.fail('"divisibleby" needs numbers, the second not 0');
        return false;
      }
      return numeric(value) % numeric(other) == 0;
    default:
      machine.fail(`there is no test "${machine.shownName(name)}"`);
      return false;
  }
}

/** Whether a text has no letters of the other case. */
function hasCase(machine: Machine, text: usize, isUpper: bool): bool {
  const from = machine.output.length;
  machine.spend(lengthOf(text) + 1);
  if (isUpper) writeUpper(machine.output, text, 0, lengthOf(text));
  else writeLower(machine.output, text);
  return sameTexts(cellOf(machine.taken(from)), text);
}

/** Whether a value passes a test that is named by a value; without one, whether it is truthy. */
export function passesNamed(machine: Machine, value: Value, test: Value, positional: usize): bool {
  if (kindOf(test) == values.UNDEFINED) return isTruthy(value);
  const text = machine.textArgument(test, Name.Select);
  const name = text == 0 ? -1 : machine.names.find(text);
  if (name < 0) {
    machine.fail('there is no such test');
    return false;
  }
  return machine.passes(value, name, positional);
}
