/** References of a schema to other parts of itself, and whether two of its parts can match the same value. */
import { ARRAY, Json, OBJECT, STRING } from './json';
import { OF_ANY, OF_ARRAY, OF_NUMBER, OF_OBJECT, OF_STRING, bitsOf, declaredTypes, kindsOf } from './keywords';

/** References that lead to one another. */
const MAX_HOPS: i32 = 16;
/** Schemas that are looked at to tell what one of them can match; the work is bounded by it. */
const MAX_LOOKED_AT: i32 = 256;

let lookedAt: i32 = 0;

/** What a JSON pointer such as "#/$defs/item" leads to; null if nothing is there. */
export function resolve(root: Json, pointer: string): Json | null {
  if (pointer == '#') return root;
  if (!pointer.startsWith('#/')) return null;
  const steps = pointer.substring(2).split('/');
  let at: Json | null = root;
  for (let i = 0; i < steps.length && at !== null; ++i) {
    const step = steps[i].replaceAll('~1', '/').replaceAll('~0', '~');
    if (at.kind == ARRAY) {
      const index = <i32>parseInt(step);
      at = index >= 0 && index < at.items.length && index.toString() == step ? at.items[index] : null;
    } else {
      at = at.member(step);
    }
  }
  return at;
}

/** The schema itself, where it is nothing but a reference to another. */
function followed(root: Json, schema: Json): Json {
  let at = schema;
  for (let hop = 0; hop < MAX_HOPS; ++hop) {
    const reference = at.member('$ref');
    const next: Json | null = reference === null ? null : resolve(root, reference.text);
    if (next === null) return at;
    at = next;
  }
  return at;
}

/** The values that a schema lists, or null if it lists none. */
function listed(schema: Json): Json[] | null {
  const constant = schema.member('const');
  if (constant !== null) return [constant];
  const values = schema.member('enum');
  return values === null || values.kind != ARRAY ? null : values.items;
}

/** Kinds that a schema can match, at most. */
function kinds(root: Json, schema: Json): u32 {
  if (schema.kind != OBJECT || ++lookedAt > MAX_LOOKED_AT) return OF_ANY;
  const values = listed(schema);
  let bits: u32 = 0;
  if (values !== null) {
    for (let i = 0; i < values.length; ++i) bits |= bitsOf(values[i]);
    return bits;
  }
  const type = schema.member('type');
  if (type !== null) return declaredTypes(type);
  const either = schema.member('anyOf');
  const alternatives = either !== null ? either : schema.member('oneOf');
  if (alternatives !== null) {
    for (let i = 0; i < alternatives.items.length; ++i) {
      bits |= kinds(root, followed(root, alternatives.items[i]));
    }
    return bits;
  }
  // As the converter has it: a keyword of one kind asks for that kind.
  for (let i = 0; i < schema.keys.length; ++i) bits |= kindsOf(schema.keys[i]);
  return bits == OF_OBJECT || bits == OF_ARRAY || bits == OF_STRING || bits == OF_NUMBER ? bits : OF_ANY;
}

function areApart(left: Json[], right: Json[]): bool {
  for (let i = 0; i < left.length; ++i) {
    for (let j = 0; j < right.length; ++j) if (left[i].equals(right[j])) return false;
  }
  return true;
}

/** Whether an object has to have a property. */
function requires(schema: Json, name: string): bool {
  const required = schema.member('required');
  if (required === null) return false;
  for (let i = 0; i < required.items.length; ++i) {
    if (required.items[i].kind == STRING && required.items[i].text == name) return true;
  }
  return false;
}

/**
 * Whether no value can match both schemas, as far as that can be seen: they match values of different kinds, or list
 * different values, or objects that list different values of a property that both require.
 */
export function areDisjoint(root: Json, left: Json, right: Json): bool {
  lookedAt = 0;
  const a = followed(root, left);
  const b = followed(root, right);
  if ((kinds(root, a) & kinds(root, b)) == 0) return true;
  const valuesOfA = listed(a);
  const valuesOfB = listed(b);
  if (valuesOfA !== null && valuesOfB !== null) return areApart(valuesOfA, valuesOfB);
  const properties = a.member('properties');
  const others = b.member('properties');
  if (properties === null || others === null) return false;
  for (let i = 0; i < properties.keys.length; ++i) {
    const name = properties.keys[i];
    const other = others.member(name);
    if (other === null || !requires(a, name) || !requires(b, name)) continue;
    const mine = listed(followed(root, properties.items[i]));
    const its = listed(followed(root, other));
    if (mine !== null && its !== null && areApart(mine, its)) return true;
  }
  return false;
}
