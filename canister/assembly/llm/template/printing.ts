import { countOf, itemOf } from './lists';
import { writeJson } from './json';
import { Machine } from './machine';
import { stepsOfNumber, writeNumber } from './numbers';
import * as values from './values';
import { Value, cellOf, isData, isTrue, kindOf } from './values';

/** How values become text, as @huggingface/jinja writes them: lists and dictionaries as JSON, truths in small letters. */

/** Writes a value as a template prints it: of nothing and none, nothing. */
export function print(machine: Machine, value: Value): void {
  const kind = kindOf(value);
  if (kind == values.UNDEFINED || kind == values.NONE) return;
  show(machine, value);
}

/** Writes a value as it is shown in a text. */
export function show(machine: Machine, value: Value): void {
  const output = machine.output;
  const own = !isData(value);
  switch (kindOf(value)) {
    case values.UNDEFINED:
    case values.NONE:
      return output.writeWord('undefined', own);
    case values.BOOLEAN:
      return output.writeWord(isTrue(value) ? 'true' : 'false', own);
    case values.INTEGER:
    case values.FLOAT:
      machine.spend(stepsOfNumber(value));
      return writeNumber(output, value, true, own);
    case values.STRING:
      machine.spendBytes(load<u32>(cellOf(value), 4));
      return output.writeText(cellOf(value));
    case values.LIST:
    case values.TUPLE:
    case values.DICT:
    case values.NAMESPACE:
      machine.json.reset();
      machine.json.showsUndefined = true;
      return writeJson(machine, value, 0);
    default:
      machine.fail('a function cannot be shown');
  }
}

/** Writes a value as "+", "~" and `join` put it into a text: a float that is whole as an integer, lists with commas. */
export function writePlain(machine: Machine, value: Value): void {
  const kind = kindOf(value);
  if (kind == values.FLOAT) {
    machine.spend(stepsOfNumber(value));
    return writeNumber(machine.output, value, false, !isData(value));
  }
  if (kind == values.DICT || kind == values.NAMESPACE) {
    return machine.output.writeWord('[object Map]', !isData(value));
  }
  if (kind != values.LIST && kind != values.TUPLE) return show(machine, value);
  const list = cellOf(value);
  for (let i: u32 = 0; i < countOf(list) && !machine.hasFailed; ++i) {
    if (i > 0) machine.output.writeByte(0x2c, !isData(value));
    machine.spend(1);
    show(machine, itemOf(list, i));
  }
}
