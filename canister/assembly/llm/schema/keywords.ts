/** The supported keywords of JSON Schema, and the kinds of values that they limit. */
import { ARRAY, BOOLEAN, JsonDocument, NOWHERE, NULL, NUMBER, OBJECT, STRING, isAscii } from '../../json/document';
import { HashIndex, mix } from '../../memory/hash-index';

/** Kinds of values, as bits. Whole numbers are numbers, too. */
export const OF_NULL: u32 = 1;
export const OF_BOOLEAN: u32 = 2;
export const OF_INTEGER: u32 = 4;
export const OF_FRACTION: u32 = 8;
export const OF_NUMBER: u32 = OF_INTEGER | OF_FRACTION;
export const OF_STRING: u32 = 16;
export const OF_ARRAY: u32 = 32;
export const OF_OBJECT: u32 = 64;
export const OF_ANY: u32 = 127;

/** Words that a member of a schema can be named; 0 is any other. */
export const TYPE: u32 = 1;
export const CONST: u32 = 2;
export const ENUM: u32 = 3;
export const REF: u32 = 4;
export const ALL_OF: u32 = 5;
export const ANY_OF: u32 = 6;
export const ONE_OF: u32 = 7;
export const NOT: u32 = 8;
export const NULLABLE: u32 = 9;
export const DISCRIMINATOR: u32 = 10;
export const ID: u32 = 11;
export const OLD_ID: u32 = 12;
export const ANCHOR: u32 = 13;
export const DEFS: u32 = 14;
export const PROPERTIES: u32 = 16;
export const REQUIRED: u32 = 17;
export const ADDITIONAL_PROPERTIES: u32 = 18;
export const PATTERN_PROPERTIES: u32 = 19;
export const PROPERTY_NAMES: u32 = 20;
export const MIN_PROPERTIES: u32 = 21;
export const MAX_PROPERTIES: u32 = 22;
export const UNEVALUATED_PROPERTIES: u32 = 23;
export const ITEMS: u32 = 24;
export const PREFIX_ITEMS: u32 = 25;
export const ADDITIONAL_ITEMS: u32 = 26;
export const MIN_ITEMS: u32 = 27;
export const MAX_ITEMS: u32 = 28;
export const UNIQUE_ITEMS: u32 = 29;
export const UNEVALUATED_ITEMS: u32 = 30;
export const MIN_LENGTH: u32 = 31;
export const MAX_LENGTH: u32 = 32;
export const PATTERN: u32 = 33;
export const FORMAT: u32 = 34;
export const CONTENT_ENCODING: u32 = 35;
export const MINIMUM: u32 = 36;
export const MAXIMUM: u32 = 37;
export const EXCLUSIVE_MINIMUM: u32 = 38;
export const EXCLUSIVE_MAXIMUM: u32 = 39;
export const MULTIPLE_OF: u32 = 40;
/** Describes a value to people or to tools. */
const ANNOTATION: u32 = 41;

const NAMES: StaticArray<string> = [
  '',
  'type',
  'const',
  'enum',
  '$ref',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'nullable',
  'discriminator',
  '$id',
  'id',
  '$anchor',
  '$defs',
  'definitions',
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'unevaluatedProperties',
  'items',
  'prefixItems',
  'additionalItems',
  'minItems',
  'maxItems',
  'uniqueItems',
  'unevaluatedItems',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'contentEncoding',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  '$schema',
  '$comment',
  '$vocabulary',
  'title',
  'description',
  'markdownDescription',
  'default',
  'example',
  'examples',
  'deprecated',
  'deprecationMessage',
  'readOnly',
  'writeOnly',
  'contentMediaType',
  'contentSchema',
  'externalDocs',
  'xml',
  'enumNames',
  'enumDescriptions',
  'errorMessage',
  'tsType',
  'components',
];

/** The name of a word below ANNOTATION. */
export function nameOfWord(word: u32): string {
  return NAMES[word];
}

/** Tells all members of a document their words. */
export function findWords(document: JsonDocument): bool {
  const index = new HashIndex();
  let isThere = true;
  for (let i = 1; i < NAMES.length && isThere; ++i) {
    isThere = index.insert(asciiHash(NAMES[i]), i);
  }
  for (let node: u32 = 1; node < document.count && isThere; ++node) {
    if (!document.isMember(node)) continue;
    const name = document.name(node);
    const length = document.nameLength(node);
    for (let at = index.find(pointsHash(name, length)); at >= 0; at = index.next()) {
      if (!isAscii(name, length, NAMES[at])) continue;
      document.setWord(node, min(<u32>at, ANNOTATION));
      break;
    }
    const first = length > 1 ? load<u32>(name) : 0;
    if ((first == 0x78 || first == 0x58) && load<u32>(name, 4) == 0x2d) document.setWord(node, ANNOTATION);
  }
  index.dispose();
  return isThere;
}

function asciiHash(text: string): u64 {
  let hash: u64 = text.length;
  for (let i = 0; i < min(text.length, 24); ++i) hash = mix(hash, text.charCodeAt(i));
  return hash;
}

function pointsHash(points: usize, length: u32): u64 {
  let hash: u64 = length;
  for (let i: u32 = 0; i < min<u32>(length, 24); ++i) hash = mix(hash, load<u32>(points + ((<usize>i) << 2)));
  return hash;
}

/** Bits of the kinds that a word says something about; 0 if of none. A format says it by its name. */
export function kindsOf(word: u32): u32 {
  if (word < PROPERTIES || word >= ANNOTATION) return 0;
  if (word <= UNEVALUATED_PROPERTIES) return OF_OBJECT;
  if (word <= UNEVALUATED_ITEMS) return OF_ARRAY;
  return word <= CONTENT_ENCODING ? OF_STRING : OF_NUMBER;
}

/** Whether a word says something about values that a schema next to it does not say. */
export function isAssertion(word: u32): bool {
  return word == TYPE || word == CONST || word == ENUM || kindsOf(word) != 0;
}

/** A schema's member for a keyword; NOWHERE if missing. */
export function member(document: JsonDocument, schema: u32, word: u32): u32 {
  if (document.kind(schema) != OBJECT) return NOWHERE;
  let at = document.first(schema);
  while (at != NOWHERE && document.word(at) != word) at = document.next(at);
  return at;
}

const TYPES: StaticArray<string> = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
const TYPE_BITS: StaticArray<u32> = [OF_NULL, OF_BOOLEAN, OF_INTEGER, OF_NUMBER, OF_STRING, OF_ARRAY, OF_OBJECT];

function typeBits(document: JsonDocument, node: u32): u32 {
  if (document.kind(node) != STRING) return 0;
  for (let i = 0; i < TYPES.length; ++i) {
    if (isAscii(document.text(node), document.length(node), TYPES[i])) return TYPE_BITS[i];
  }
  return 0;
}

/** Bits of the names in `type`, a name or a list of names; 0 if it is neither. */
export function declaredTypes(document: JsonDocument, type: u32): u32 {
  if (document.kind(type) != ARRAY) return typeBits(document, type);
  let bits: u32 = 0;
  for (let at = document.first(type); at != NOWHERE; at = document.next(at)) {
    const one = typeBits(document, at);
    if (one == 0) return 0;
    bits |= one;
  }
  return bits;
}

/** Bits of the kind of a value, `isWhole` if it is a number without fraction. */
export function bitsOf(kind: u32, isWhole: bool): u32 {
  if (kind == OBJECT) return OF_OBJECT;
  if (kind == ARRAY) return OF_ARRAY;
  if (kind == STRING) return OF_STRING;
  if (kind == BOOLEAN) return OF_BOOLEAN;
  if (kind == NULL) return OF_NULL;
  return kind == NUMBER && isWhole ? OF_INTEGER : OF_FRACTION;
}
