import { countOf } from './lists';
import { sizeOf } from './dictionaries';
import { numberOf } from './numbers';
import { lengthOf } from './texts';
import * as values from './values';
import { Value, cellOf, integerOf, isTrue, kindOf } from './values';

/** Whether a value counts as true: neither nothing, nor zero, nor empty. */
export function isTruthy(value: Value): bool {
  switch (kindOf(value)) {
    case values.UNDEFINED:
    case values.NONE:
      return false;
    case values.BOOLEAN:
      return isTrue(value);
    case values.INTEGER:
      return integerOf(value) != 0;
    case values.FLOAT: {
      const float = numberOf(value);
      return float != 0 && !isNaN(float);
    }
    case values.STRING:
      return lengthOf(cellOf(value)) > 0;
    case values.LIST:
    case values.TUPLE:
      return countOf(cellOf(value)) > 0;
    case values.DICT:
      return sizeOf(cellOf(value)) > 0;
    default:
      return true;
  }
}

/** The name of a value's kind in errors. */
export function nameOfKind(value: Value): string {
  switch (kindOf(value)) {
    case values.UNDEFINED:
      return 'what is not defined';
    case values.NONE:
      return 'none';
    case values.BOOLEAN:
      return 'a boolean';
    case values.INTEGER:
    case values.FLOAT:
      return 'a number';
    case values.STRING:
      return 'a text';
    case values.LIST:
    case values.TUPLE:
      return 'a list';
    case values.DICT:
    case values.LOOP:
      return 'a dictionary';
    case values.NAMESPACE:
      return 'a namespace';
    default:
      return 'a function';
  }
}
