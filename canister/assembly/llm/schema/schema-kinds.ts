import { ARRAY, JsonDocument, NOWHERE, NUMBER, STRING } from '../../json/document';
import { Conversion } from './conversion';
import { numberFormatOf } from './formats';
import {
  ALL_OF,
  ANY_OF,
  CONST,
  ENUM,
  FORMAT,
  NULLABLE,
  OF_ANY,
  OF_NULL,
  OF_NUMBER,
  OF_STRING,
  ONE_OF,
  REF,
  TYPE,
  bitsOf,
  declaredTypes,
  kindsOf,
  member,
} from './keywords';

/** Kinds of the values that a schema by itself matches, or of those that are written for it. */
export function kindsOfSchema(to: Conversion, schema: u32, isWritten: bool): u32 {
  const document = to.document;
  let bits: u32 = 0;
  const constant = member(document, schema, CONST);
  const list = member(document, schema, ENUM);
  if (constant != NOWHERE) return bitsOfValue(to, constant);
  if (list != NOWHERE && document.kind(list) == ARRAY) {
    for (let at = document.first(list); at != NOWHERE; at = document.next(at)) bits |= bitsOfValue(to, at);
    return bits;
  }
  const type = member(document, schema, TYPE);
  if (type != NOWHERE) {
    bits = declaredTypes(document, type);
    const nullable = member(document, schema, NULLABLE);
    return nullable != NOWHERE && document.isTrue(nullable) ? bits | OF_NULL : bits;
  }
  const isPlain = member(document, schema, REF) == NOWHERE && member(document, schema, ALL_OF) == NOWHERE;
  const hasChoice = member(document, schema, ANY_OF) != NOWHERE || member(document, schema, ONE_OF) != NOWHERE;
  if (isWritten && isPlain && !hasChoice) bits = impliedKinds(document, schema);
  return bits == 0 ? OF_ANY : bits;
}

function bitsOfValue(to: Conversion, value: u32): u32 {
  const document = to.document;
  const kind = document.kind(value);
  return bitsOf(kind, kind == NUMBER && to.decimals.isWhole(to.number(value)));
}

/** Kinds that a schema without a type speaks of. */
function impliedKinds(document: JsonDocument, schema: u32): u32 {
  let bits: u32 = 0;
  for (let at = document.first(schema); at != NOWHERE; at = document.next(at)) {
    bits |= impliedBy(document, at);
  }
  return bits;
}

/** Kinds that a member of a schema without a type speaks of. */
export function impliedBy(document: JsonDocument, member: u32): u32 {
  const word = document.word(member);
  if (word == FORMAT && document.kind(member) == STRING) {
    const name = document.shown(document.text(member), document.length(member));
    return numberFormatOf(name) >= 0 ? OF_NUMBER : OF_STRING;
  }
  return kindsOf(word);
}
