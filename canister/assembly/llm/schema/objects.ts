import { Conversion } from './conversion';
import { literal, quoted } from './gbnf-text';
import { ARRAY, Json, OBJECT, STRING } from './json';
import { canBeAside, otherNames } from './other-names';

/** Objects that a schema of them allows: its properties in its order, and others behind them where it lets them be. */
export function objectExpression(to: Conversion, schema: Json): string {
  const properties = schema.member('properties');
  const additional = schema.member('additionalProperties');
  const required = requiredNames(to, schema, properties);
  if (properties !== null && properties.kind != OBJECT) return to.fail('properties is no object');
  const count = properties === null ? 0 : properties.keys.length;
  const isOpen = additional === null ? count == 0 : !additional.isFalse;
  if (to.count(schema, 'minProperties', 0) > <i64>required.length) {
    return to.fail('minProperties above the number of those required is not supported');
  }
  const most = to.count(schema, 'maxProperties', -1);
  if (most >= 0 && (isOpen || most < <i64>count)) return to.fail('maxProperties is not supported here');
  const pairs: string[] = [];
  const names: string[] = count == 0 ? [] : properties!.keys;
  for (let i = 0; i < count; ++i) {
    const value = to.schema(properties!.items[i], 'properties', names[i]);
    pairs.push(to.rule(`${literal(quoted(names[i]))} ${to.space} ":" space ${value}`));
  }
  if (isOpen) pairs.push(additionalPair(to, names, additional));
  return `"{" ${to.space} ${members(to, pairs, names, required, isOpen)} "}" space`;
}

/** Names that `required` lists. */
function requiredNames(to: Conversion, schema: Json, properties: Json | null): string[] {
  const names: string[] = [];
  const required = schema.member('required');
  if (required === null) return names;
  if (required.kind != ARRAY) to.fail('required is no list');
  for (let i = 0; i < required.items.length; ++i) {
    const name = required.items[i];
    if (name.kind != STRING) to.fail('required is no list of names');
    else if (properties === null || properties.member(name.text) === null) {
      to.fail(`"${name.text}" is required and none of the properties`);
    }
    names.push(name.text);
  }
  return names;
}

/** The rule of a property that the schema does not name, and its value. */
function additionalPair(to: Conversion, names: string[], additional: Json | null): string {
  const value = additional === null ? to.primitive('value') : to.schema(additional, 'additionalProperties');
  if (names.length == 0) return to.rule(`${to.primitive('string')} ":" space ${value}`);
  for (let i = 0; i < names.length; ++i) {
    if (!canBeAside(names[i])) return to.fail('additionalProperties is not supported beside such names');
  }
  const name = otherNames(names, 'other', to.lines);
  return to.rule(`"\\"" ${name} ${to.space} ":" space ${value}`);
}

/**
 * The members of an object in the order of the schema: each of the first ones may be the one that has no comma before
 * it, up to the first that is required.
 */
function members(to: Conversion, pairs: string[], names: string[], required: string[], isOpen: bool): string {
  const count = names.length;
  // What may follow once a member is there.
  const tails: string[] = [isOpen ? `("," space ${pairs[count]})*` : ''];
  for (let i = count - 1; i > 0; --i) {
    const next = `"," space ${pairs[i]}`;
    const tail = `${required.includes(names[i]) ? next : `(${next})?`} ${tails[tails.length - 1]}`;
    tails.push(to.rule(tail));
  }
  const ways: string[] = [];
  for (let i = 0; i < count; ++i) {
    ways.push(`${pairs[i]} ${tails[count - 1 - i]}`);
    if (required.includes(names[i])) return `(${ways.join(' | ')})`;
  }
  if (isOpen) ways.push(`${pairs[count]} ${tails[0]}`);
  return ways.length == 0 ? '' : `(${ways.join(' | ')})?`;
}
