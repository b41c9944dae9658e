import { Conversion } from './conversion';
import { INTEGER_LIMIT, integersBetween } from './integers';
import { Json, NUMBER } from './json';

/** Numbers that a schema of them allows, whole ones only if `isWhole`: between bounds. */
export function numberExpression(to: Conversion, schema: Json, isWhole: bool): string {
  const step = schema.member('multipleOf');
  if (step !== null && !(isWhole && step.kind == NUMBER && parseFloat(step.text) == 1)) {
    return to.fail('multipleOf is supported for integers and 1 only');
  }
  const low = bound(to, schema, 'minimum', 'exclusiveMinimum', 1);
  const high = bound(to, schema, 'maximum', 'exclusiveMaximum', -1);
  if (!isWhole) {
    if (isNaN(low) && isNaN(high)) return to.primitive('number');
    if (low == 0 && isNaN(high) && schema.member('exclusiveMinimum') === null) return to.primitive('non-negative');
    return to.fail('bounds of numbers other than "minimum": 0 are supported for integers only');
  }
  if (isNaN(low) && isNaN(high)) return to.primitive('integer');
  const limit = <f64>INTEGER_LIMIT;
  if (Math.abs(low) >= limit || Math.abs(high) >= limit) {
    return to.fail(`bounds have to be between -${INTEGER_LIMIT} and ${INTEGER_LIMIT}`);
  }
  const least = isNaN(low) ? 0 : <i64>low;
  const most = isNaN(high) ? 0 : <i64>high;
  const numbers = integersBetween(!isNaN(low), least, !isNaN(high), most);
  if (numbers.length == 0) return to.fail('no integer is between the bounds');
  return `(${numbers}) ${to.space}`;
}

/** The whole number nearest to both bounds of one side that is within them, for integers; NaN if there is none. */
function bound(to: Conversion, schema: Json, inclusive: string, exclusive: string, inward: f64): f64 {
  let bound: f64 = NaN;
  const within = schema.member(inclusive);
  if (within !== null) {
    if (within.kind != NUMBER) to.fail(`${inclusive} is no number`);
    const value = parseFloat(within.text);
    bound = inward > 0 ? Math.ceil(value) : Math.floor(value);
  }
  const beyond = schema.member(exclusive);
  if (beyond !== null) {
    if (beyond.kind != NUMBER) to.fail(`${exclusive} is no number`);
    const value = parseFloat(beyond.text);
    const next = inward > 0 ? Math.floor(value) + 1 : Math.ceil(value) - 1;
    if (isNaN(bound) || (inward > 0 ? next > bound : next < bound)) bound = next;
  }
  return bound;
}
