/** The largest legal inputs for grammars: one for each keyword with a bound, and those that are made to take long. */
import type { Schema } from './reference/json-schema.js';

const SCHEMA_BYTES = 128 << 10;

/** `make(n)` for the greatest n whose text is still within the bound for schemas. */
function largest(make: (count: number) => unknown): string {
  const text = (count: number) => JSON.stringify(make(count));
  let low = 1;
  while (text(2 * low).length <= SCHEMA_BYTES) low *= 2;
  for (let step = low >> 1; step > 0; step >>= 1) if (text(low + step).length <= SCHEMA_BYTES) low += step;
  return text(low);
}

const list = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const named = (count: number, make: (index: number) => unknown) =>
  Object.fromEntries(list(count, (i) => [`n${i}`, make(i)]));
const kind = (i: number): Schema => ({
  type: 'object',
  properties: { kind: { const: `kind-${i}` }, [`value${i}`]: { type: 'string' } },
  required: ['kind', `value${i}`],
  additionalProperties: false,
});

/** Name, schema, and whether it is accepted. */
export const largeSchemas: [name: string, schema: string, isTaken: boolean][] = [
  ['enum of 16,741 numbers', JSON.stringify({ enum: list(16_741, (i) => i) }), true],
  ['enum of short texts', largest((n) => ({ enum: list(n, (i) => i.toString(36)) })), true],
  ['enum of long texts', largest((n) => ({ enum: list(n, (i) => `${i}${'x'.repeat(2000)}`) })), true],
  ['enum of one value many times', largest((n) => ({ enum: list(n, () => 1) })), true],
  ['const of one long text', largest((n) => ({ const: 'ab'.repeat(n) })), true],
  ['const of a list', largest((n) => ({ const: list(n, () => 0) })), true],
  ['oneOf of 256 objects', JSON.stringify({ oneOf: list(256, kind) }), true],
  ['oneOf of 257 objects', JSON.stringify({ oneOf: list(257, kind) }), false],
  [
    'oneOf of 256 with large enums',
    largest((n) => ({ oneOf: list(256, (i) => ({ enum: list(n, (j) => i * n + j) })) })),
    false,
  ],
  [
    'oneOf of 256 patterns',
    JSON.stringify({ oneOf: list(256, (i) => ({ type: 'string', pattern: `^${i}-` })) }),
    false,
  ],
  [
    'oneOf of 256 ranges',
    JSON.stringify({ oneOf: list(256, (i) => ({ type: 'integer', minimum: 3 * i, maximum: 3 * i + 1 })) }),
    true,
  ],
  [
    'oneOf of 250 lengths',
    JSON.stringify({ oneOf: list(250, (i) => ({ type: 'string', minLength: i, maxLength: i })) }),
    true,
  ],
  ['oneOf of 250 numbers', JSON.stringify({ oneOf: list(250, (i) => ({ const: i })) }), true],
  ['consts', largest((n) => ({ properties: named(n, () => ({ const: 1 })) })), true],
  ['objects', largest((n) => ({ properties: named(n, () => ({ required: ['b'] })) })), true],
  [
    'objects with others',
    largest((n) => ({ properties: named(n, () => ({ properties: { b: true }, additionalProperties: true })) })),
    true,
  ],
  ['numbers', largest((n) => ({ properties: named(n, () => ({ format: 'int32' })) })), true],
  ['texts', largest((n) => ({ properties: named(n, () => ({ format: 'date' })) })), true],
  ['anyOf of 4096', JSON.stringify({ anyOf: list(4096, (i) => ({ const: i })) }), true],
  [
    'anyOf beside anyOf',
    JSON.stringify({ allOf: list(4, (k) => ({ anyOf: list(64, (i) => ({ minLength: i + k })) })) }),
    false,
  ],
  ['properties', largest((n) => ({ properties: named(n, () => ({ type: 'null' })) })), true],
  [
    'properties that are required',
    largest((n) => ({ properties: named(n, () => true), required: Object.keys(named(n, () => 0)) })),
    true,
  ],
  [
    'properties beside others',
    largest((n) => ({ properties: named(n, () => true), additionalProperties: true })),
    false,
  ],
  ['names of 128 kB', largest((n) => ({ properties: { ['a'.repeat(n)]: true }, additionalProperties: true })), false],
  [
    'integers of different bounds',
    largest((n) => ({ properties: named(n, (i) => ({ type: 'integer', minimum: i * 977 })) })),
    false,
  ],
  [
    'integers of safe bounds',
    largest((n) => ({
      properties: named(n, () => ({ type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 })),
    })),
    true,
  ],
  [
    'numbers of many digits',
    JSON.stringify({ type: 'number', minimum: 0 }).replace('0', `0.${'1234567890'.repeat(39)}`),
    true,
  ],
  [
    'patterns of many kinds',
    largest((n) => ({ properties: named(n, (i) => ({ pattern: `^[a-z]{${i % 9}}${i}$` })) })),
    false,
  ],
  [
    'patternProperties',
    JSON.stringify({ patternProperties: Object.fromEntries(list(16, (i) => [`^${i}-`, {}])) }),
    true,
  ],
  [
    'patternProperties that overlap',
    JSON.stringify({ patternProperties: Object.fromEntries(list(16, (i) => [`x.{${i}}y`, {}])) }),
    false,
  ],
  ['propertyNames of an enum', largest((n) => ({ propertyNames: { enum: list(n, (i) => `n${i}`) } })), false],
  ['minProperties', JSON.stringify({ properties: named(100, () => true), minProperties: 50, maxProperties: 60 }), true],
  ['prefixItems', JSON.stringify({ prefixItems: list(4096, () => true) }), true],
  ['uniqueItems', JSON.stringify({ items: { enum: list(256, (i) => i) }, uniqueItems: true }), true],
  ['maxItems', JSON.stringify({ items: { type: 'null' }, maxItems: 2_147_483_647, minItems: 1_000_000 }), true],
  ['maxLength', JSON.stringify({ minLength: 16_000_000, maxLength: 2_147_483_647 }), true],
  [
    'maxLength of many',
    largest((n) => ({ properties: named(n, (i) => ({ type: 'string', maxLength: 1000 + i })) })),
    true,
  ],
  ['maxLength beside a pattern', JSON.stringify({ pattern: '^[a-z]+$', maxLength: 16_384 }), true],
  ['multipleOf', JSON.stringify({ type: 'integer', multipleOf: 9973 }), false],
  [
    'definitions',
    largest((n) => ({
      $ref: '#/$defs/n0',
      $defs: named(n, (i) => ({ items: { $ref: `#/$defs/n${(i * 7 + 1) % n}` } })),
    })),
    true,
  ],
  [
    'references in a row',
    largest((n) => ({
      $ref: '#/$defs/n0',
      $defs: named(n, (i) => (i + 1 < n ? { $ref: `#/$defs/n${i + 1}` } : { type: 'null' })),
    })),
    false,
  ],
  ['allOf', largest((n) => ({ allOf: list(n, (i) => ({ minLength: i })) })), true],
  ['annotations', largest((n) => ({ type: 'null', ...Object.fromEntries(list(n, (i) => [`x-${i}`, 0])) })), true],
  ['nesting', `${'{"items":'.repeat(63)}true${'}'.repeat(63)}`, true],
  ['an email and a length', JSON.stringify({ format: 'email', maxLength: 254 }), true],
  [
    'a host name of zod',
    JSON.stringify({
      pattern:
        '^(?=.{1,253}\\.?$)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[-0-9a-zA-Z]{0,61}[0-9a-zA-Z])?)*\\.?$',
    }),
    false,
  ],
  ['letters of all scripts', JSON.stringify({ pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M} .-]{0,98}$' }), true],
  ['a pattern that doubles', JSON.stringify({ pattern: '(a|b)*a(a|b){20}$' }), false],
  ['a pattern that triples', JSON.stringify({ pattern: `(?:${'(?:a|b)*c'.repeat(20)}){60}a.{20}b` }), false],
  ['a pattern of 120 kB', JSON.stringify({ pattern: 'ab|c.*d+'.repeat(15_000) }), false],
  ['a long pattern', JSON.stringify({ pattern: `^${'[a-c]x'.repeat(16_000)}$` }), true],
  ['repetitions', JSON.stringify({ pattern: '^(?:a{1,100}b){1,100}$' }), true],
  ['repetitions of nothing', JSON.stringify({ pattern: '(((){60000}){60000}){60000}' }), false],
  ['lookahead many times', JSON.stringify({ pattern: `^${'(?=.*[a-z]{3})(?!.*x{4})'.repeat(12)}.*$` }), true],
];

/** Grammars in GBNF of the largest size. */
export const largeGrammars: [name: string, grammar: string, isTaken: boolean][] = [
  ['one rule of 256 KiB', `root ::= "${'a'.repeat((256 << 10) - 12)}"`, true],
  ['many rules', `root ::= r0\n${list(11_000, (i) => `r${i} ::= "a"? r${i + 1}\n`).join('')}r11000 ::= "b"`, true],
  ['many alternatives', `root ::= "a"${' | "b"'.repeat(10_000)}`, true],
  ['many classes', `root ::= ${'[a-z0-9]'.repeat(32_000)}`, true],
  ['many errors', `root ::= ${'r'.repeat(250_000)}`, false],
];
