import { ARRAY, JsonDocument, NOWHERE } from '../../json/document';
import { CONST, ENUM, member } from './keywords';

/** The first value that a schema lists, NOWHERE if it lists none. */
export function firstValue(document: JsonDocument, schema: u32): u32 {
  const constant = member(document, schema, CONST);
  if (constant != NOWHERE) return constant;
  const list = member(document, schema, ENUM);
  return list == NOWHERE || document.kind(list) != ARRAY ? NOWHERE : document.first(list);
}

/** The next of a schema's listed values, NOWHERE after the last. */
export function nextValue(document: JsonDocument, value: u32): u32 {
  return document.kind(document.parent(value)) == ARRAY ? document.next(value) : NOWHERE;
}
