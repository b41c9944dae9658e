import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SchemaPart } from './json-schema-part.js';
import { matches, type Schema } from './reference/json-schema.js';

let part: SchemaPart;
beforeAll(async () => {
  part = await SchemaPart.load();
});

const name = fc.constantFrom('a', 'ab', 'b', 'name', 'ä', 'quote"d', 'x/y~z', '', '🦙', 'x-1');
const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1.5, 12, '', 'a', 'é"\\\n\u007f', '🦙', 'b2'),
  fc.array(fc.nat(3), { maxLength: 2 }),
);
const bounds = (number: fc.Arbitrary<number>) =>
  fc.tuple(fc.option(number), fc.option(fc.nat(3000)), fc.boolean(), fc.boolean()).map(([low, span, open, ends]) => ({
    ...(low === null ? {} : { [open ? 'exclusiveMinimum' : 'minimum']: low }),
    ...(span === null ? {} : { [ends ? 'exclusiveMaximum' : 'maximum']: (low ?? 0) + span + 2 }),
  }));
const tenths = fc.integer({ min: -20_000, max: 20_000 }).map((tenth) => tenth / 10);
const lengths = (least: string, most: string) =>
  fc.tuple(fc.option(fc.nat(3)), fc.option(fc.nat(3))).map(([low, more]) => ({
    ...(low === null ? {} : { [least]: low }),
    ...(more === null ? {} : { [most]: (low ?? 0) + more }),
  }));
const pattern = fc.constantFrom(
  '^a+$',
  'b',
  '^[^x]{2,4}$',
  '^\\d+(\\.\\d+)?$',
  '^(?:ab|c)*$',
  '\\s',
  '^(?=.*\\d)\\w+$',
  '^(?!a)[ab]+$',
  'x$|^y',
  '^.{1,3}$',
  '^[\\p{L}🦙]+$',
);
const format = fc.constantFrom(
  'date',
  'time',
  'date-time',
  'uuid',
  'email',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'hostname',
  'duration',
  'base64',
  'json-pointer',
);
const members = (schema: fc.Arbitrary<Schema>) =>
  fc.uniqueArray(fc.tuple(name, schema, fc.boolean()), { maxLength: 4, selector: ([key]) => key }).map((list) => ({
    properties: Object.fromEntries(list.map(([key, value]) => [key, value])),
    required: list.filter(([, , required]) => required).map(([key]) => key),
  }));
const schemas = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Schema>({ type: 'boolean' }, { type: 'null' }, { type: 'number' }, { type: 'number', minimum: 0 }),
    fc.constantFrom<Schema>({ type: 'string', nullable: true }, { type: 'integer', format: 'int32' }, {}),
    format.map((format) => ({ type: 'string', format })),
    pattern.map((pattern) => ({ type: 'string', pattern })),
    fc.tuple(pattern, lengths('minLength', 'maxLength')).map(([pattern, keywords]) => ({ pattern, ...keywords })),
    fc.constantFrom<Schema>({ $ref: '#/$defs/leaf' }, { $ref: '#/$defs/list' }),
    bounds(fc.integer({ min: -2000, max: 2000 })).map((keywords) => ({ type: 'integer', ...keywords })),
    bounds(tenths).map((keywords) => ({ type: 'number', ...keywords })),
    fc.constantFrom(1, 2, 3, 7, 10, 12, 250).map((multipleOf) => ({ type: 'integer', multipleOf })),
    fc.constantFrom(0.5, 0.25, 1.5, 10, 0.01).map((multipleOf) => ({ type: 'number', multipleOf, minimum: -5 })),
    lengths('minLength', 'maxLength').map((keywords) => ({ type: 'string', ...keywords })),
    fc.array(scalar, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
    scalar.map((value) => ({ const: value })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((oneOf) => ({ oneOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
    fc
      .tuple(tie('schema'), lengths('minItems', 'maxItems'), fc.boolean())
      .map(([items, keywords, uniqueItems]) => ({ type: 'array', items, uniqueItems, ...keywords })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((prefixItems) => ({ type: 'array', prefixItems })),
    fc
      .tuple(members(tie('schema')), fc.option(fc.oneof(fc.boolean(), tie('schema')), { nil: undefined }))
      .map(([keywords, additionalProperties]) => ({
        type: 'object',
        ...keywords,
        ...(additionalProperties === undefined ? {} : { additionalProperties }),
      })),
    fc
      .tuple(members(tie('schema')), fc.dictionary(pattern, tie('schema'), { maxKeys: 2 }), pattern)
      .map(([keywords, patternProperties, names]) => ({
        ...keywords,
        patternProperties,
        ...(keywords.required.length === 0 ? { propertyNames: { pattern: names } } : {}),
      })),
    fc
      .tuple(members(tie('schema')), lengths('minProperties', 'maxProperties'))
      .map(([keywords, counts]) => ({ type: 'object', ...keywords, ...counts })),
    fc
      .tuple(members(tie('schema')), fc.array(members(tie('schema')), { minLength: 1, maxLength: 2 }))
      .map(([keywords, anyOf]) => ({ type: 'object', ...keywords, anyOf })),
  ),
})).schema;

describe('any JSON schema', () => {
  it('is refused, or makes a grammar that accepts only texts that the schema allows', () => {
    let drawn = 0;
    const refused = new Map<string, number>();
    const property = fc.property(schemas, fc.array(fc.nat(), { maxLength: 60 }), (schema, choices) => {
      const root = {
        ...(schema as object),
        $defs: { leaf: { type: 'integer', minimum: 3 }, list: { type: 'array', items: { $ref: '#/$defs/leaf' } } },
      };
      const wrong = part.open(root);
      if (wrong !== '') {
        const reason = wrong.replace(/^#[^:]*: /, '').slice(0, 24);
        refused.set(reason, (refused.get(reason) ?? 0) + 1);
        return;
      }
      const text = part.draw(choices);
      if (text === undefined) return;
      drawn++;
      expect([root, text, matches(root, root, JSON.parse(text))]).toEqual([root, text, true]);
    });
    fc.assert(property, { numRuns: Number(process.env.SCHEMA_RUNS ?? 250) });
    if (process.env.SCHEMA_RUNS) console.log(drawn, refused);
    expect(drawn).toBeGreaterThan(120);
  }, 600_000);
});
