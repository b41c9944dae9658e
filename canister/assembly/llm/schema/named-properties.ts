import { ARRAY, JsonDocument, NOWHERE, OBJECT, STRING } from '../../json/document';
import {
  ADDITIONAL_PROPERTIES,
  ALL_OF,
  ANY_OF,
  ONE_OF,
  PATTERN_PROPERTIES,
  PROPERTIES,
  PROPERTY_NAMES,
  REF,
  REQUIRED,
  member,
} from './keywords';

/** A schema's subschema for a property, NOWHERE if it does not name it. */
export function propertyOf(document: JsonDocument, schema: u32, name: usize, length: u32): u32 {
  const properties = member(document, schema, PROPERTIES);
  if (properties == NOWHERE || document.kind(properties) != OBJECT) return NOWHERE;
  return document.member(properties, name, length);
}

/** Whether a schema allows no properties that it does not name. */
export function forbidsOthers(document: JsonDocument, schema: u32): bool {
  const additional = member(document, schema, ADDITIONAL_PROPERTIES);
  const patterns = member(document, schema, PATTERN_PROPERTIES);
  return additional != NOWHERE && document.isFalse(additional) && patterns == NOWHERE;
}

/** Whether no property is written for a schema that it does not name. */
export function writesNoOthers(document: JsonDocument, schema: u32): bool {
  if (forbidsOthers(document, schema)) return true;
  const isPlain = member(document, schema, REF) == NOWHERE && member(document, schema, ALL_OF) == NOWHERE;
  const hasChoice = member(document, schema, ANY_OF) != NOWHERE || member(document, schema, ONE_OF) != NOWHERE;
  const isOpen =
    member(document, schema, ADDITIONAL_PROPERTIES) != NOWHERE ||
    member(document, schema, PATTERN_PROPERTIES) != NOWHERE ||
    member(document, schema, PROPERTY_NAMES) != NOWHERE ||
    member(document, schema, REQUIRED) != NOWHERE;
  const properties = member(document, schema, PROPERTIES);
  const hasNames = properties != NOWHERE && document.length(properties) > 0;
  return isPlain && !hasChoice && hasNames && (!isOpen || requiresOnlyItsOwn(document, schema));
}

/** Whether a schema that speaks of no other properties asks only for some that it names. */
function requiresOnlyItsOwn(document: JsonDocument, schema: u32): bool {
  const isOpen =
    member(document, schema, ADDITIONAL_PROPERTIES) != NOWHERE ||
    member(document, schema, PATTERN_PROPERTIES) != NOWHERE ||
    member(document, schema, PROPERTY_NAMES) != NOWHERE;
  const required = member(document, schema, REQUIRED);
  if (isOpen || required == NOWHERE || document.kind(required) != ARRAY) return false;
  for (let at = document.first(required); at != NOWHERE; at = document.next(at)) {
    if (document.kind(at) != STRING) return false;
    if (propertyOf(document, schema, document.text(at), document.length(at)) == NOWHERE) return false;
  }
  return true;
}
