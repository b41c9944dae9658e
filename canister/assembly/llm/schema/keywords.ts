/** Which keywords of JSON Schema say something about which kinds of values. */
import { ARRAY, BOOLEAN, Json, NUMBER, OBJECT, STRING } from './json';

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

const TYPES: StaticArray<string> = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
const TYPE_BITS: StaticArray<u32> = [OF_NULL, OF_BOOLEAN, OF_INTEGER, OF_NUMBER, OF_STRING, OF_ARRAY, OF_OBJECT];

/** Bits of a name of a type; 0 if it is none. */
export function typeBits(name: string): u32 {
  const index = TYPES.indexOf(name);
  return index < 0 ? 0 : TYPE_BITS[index];
}

/** What describes a value to people, or holds schemas that others refer to. */
const ANNOTATIONS: Array<string> =
  '$schema $id $comment $defs definitions title description default example examples deprecated readOnly writeOnly'.split(
    ' ',
  );

const OBJECT_KEYWORDS: Array<string> = 'properties required additionalProperties minProperties maxProperties'.split(
  ' ',
);
const ARRAY_KEYWORDS: Array<string> = 'items prefixItems minItems maxItems uniqueItems'.split(' ');
const STRING_KEYWORDS: Array<string> = 'minLength maxLength format'.split(' ');
const NUMBER_KEYWORDS: Array<string> = 'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'.split(' ');

export function isAnnotation(keyword: string): bool {
  return ANNOTATIONS.includes(keyword);
}

/** Bits of the kinds that a keyword says something about; 0 if it is not known. */
export function kindsOf(keyword: string): u32 {
  if (OBJECT_KEYWORDS.includes(keyword)) return OF_OBJECT;
  if (ARRAY_KEYWORDS.includes(keyword)) return OF_ARRAY;
  if (STRING_KEYWORDS.includes(keyword)) return OF_STRING;
  return NUMBER_KEYWORDS.includes(keyword) ? OF_NUMBER : 0;
}

/** Bits of the kind of a value. */
export function bitsOf(value: Json): u32 {
  if (value.kind == OBJECT) return OF_OBJECT;
  if (value.kind == ARRAY) return OF_ARRAY;
  if (value.kind == STRING) return OF_STRING;
  if (value.kind == BOOLEAN) return OF_BOOLEAN;
  if (value.kind != NUMBER) return OF_NULL;
  const number = parseFloat(value.text);
  return Math.floor(number) == number ? OF_INTEGER : OF_FRACTION;
}

/** Bits of what `type` says, a name or a list of names; 0 if it is neither. */
export function declaredTypes(type: Json): u32 {
  if (type.kind == STRING) return typeBits(type.text);
  let bits: u32 = 0;
  for (let i = 0; i < type.items.length; ++i) {
    const one = type.kind == ARRAY && type.items[i].kind == STRING ? typeBits(type.items[i].text) : 0;
    if (one == 0) return 0;
    bits |= one;
  }
  return bits;
}
