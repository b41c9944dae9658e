import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SchemaPart } from './json-schema-part.js';

let part: SchemaPart;
beforeAll(async () => {
  part = await SchemaPart.load();
});

function check(schema: unknown, expected: string | RegExp): void {
  const problem = part.open(schema);
  if (typeof expected === 'string') expect(problem).toBe(expected);
  else expect(problem).toMatch(expected);
}

describe('a JSON schema is refused before any token', () => {
  it.each<[unknown, string | RegExp]>([
    ['{', /^it is no JSON: the name of a member is missing, at byte \d+$/],
    ['{"a":1,"a":2}', /^it is no JSON: the member "a" is there twice/],
    ['{"type":"string"} x', /^it is no JSON: nothing may follow the value/],
    ['"a', /^it is no JSON: a string is not ended/],
    ['[01]', /^it is no JSON/],
    ['{"const":"\\uD83g"}', /^it is no JSON: there is no such escape/],
    ['['.repeat(100), /^it is no JSON: more than 64 values within one another/],
    [1, '#: a schema is an object, true or false'],
    [`{"title":"${'x'.repeat(140_000)}"}`, 'the schema has 140012 bytes; at most 131072 are accepted'],
  ])('because it is no schema: %j', check);

  it.each<[unknown, string | RegExp]>([
    [
      { properties: { a: { items: { not: { type: 'null' } } } } },
      /^#\/properties\/a\/items: the keyword "not" is supported/,
    ],
    [{ $ref: '#/$defs/x', $defs: { x: { if: true } } }, '#/$defs/x: the keyword "if" is not supported'],
    [{ items: { contains: {} } }, '#/items: the keyword "contains" is not supported'],
    [{ dependentRequired: {} }, '#: the keyword "dependentRequired" is not supported'],
    [{ minimun: 3 }, '#: the keyword "minimun" is not supported'],
    [{ $ref: 'https://example.org/s' }, '#: "$ref": "https://example.org/s" leads to no part of this schema'],
    [{ properties: { 'a/b': { $ref: '#/nowhere' } } }, /^#\/properties\/a~1b: "\$ref": "#\/nowhere" leads to no part/],
    [{ oneOf: [{ type: 'integer' }, { type: 'number' }] }, /^#: a value may match both schemas 0 and 1 of oneOf/],
    [{ oneOf: [{ properties: { a: { const: 1 } } }, { properties: { a: { const: 2 } } }] }, /may match both schemas/],
    [{ oneOf: [{ type: 'string' }, { type: 'string', format: 'date' }] }, /may match both schemas 0 and 1/],
    [{ type: 'decimal' }, '#: type is no name of a type of JSON and no list of them'],
    [{ type: 'string', format: 'phone' }, '#: the format "phone" is not supported; a pattern beside it is what counts'],
    [{ type: 'string', contentEncoding: 'zip' }, /^#: the encoding "zip" is not supported/],
    [{ type: 'integer', multipleOf: 12_345_678 }, /^#: multipleOf is supported up to 10000/],
    [{ type: 'array', uniqueItems: true }, /^#: uniqueItems is supported for items of an enum/],
    [
      { type: 'object', unevaluatedProperties: { type: 'null' } },
      /^#: unevaluatedProperties is supported as true or false/,
    ],
    [{ enum: [{ a: 1 }], properties: {} }, '#: the keyword "properties" is not supported beside such a list of values'],
    [{ required: 'a' }, '#: required is no list'],
    [{ properties: [] }, '#: properties is no object'],
    [{ minLength: -1 }, '#: minLength is no number of something'],
    [{ minItems: 1.5 }, '#: minItems is no number of something'],
    [{ minimum: '1' }, '#: minimum is no number'],
    [{ type: 'object', minProperties: 2 }, /^#: minProperties is above 1, so many as can be told apart/],
    [
      { pattern: '^a+$', minLength: 100_000 },
      /^#: lengths beside patterns and formats, and of names, are counted to 8192/,
    ],
    [{ propertyNames: { maxLength: 10_000 } }, /^#\/propertyNames: lengths .* of names, are counted to 8192/],
  ])('because it is not supported: %j', check);

  it.each<[string, RegExp]>([
    ['(?<=a)b', /lookbehind.*not supported \(at character 4/],
    ['(a)\\1', /references to groups are not supported \(at character 5/],
    ['(?<n>a)\\k<n>', /references to groups are not supported/],
    ['a\\b', /word boundaries, \\b and \\B, are not supported/],
    ['(?i)a', /groups with flags are not supported/],
    ['(?:a(?=b))*', /lookahead within a repetition without bound is not supported/],
    ['(?=a)^b', /"\^" in or behind a lookahead is not supported/],
    ['\\p{Lu}', /only L, N, P, S and M are supported, not "Lu"/],
    ['\\Aa', /there is no such escape/],
    ['a{,3}', /repetitions need a lower bound/],
    ['a{3,2}', /out of order/],
    ['(a', /a group is not closed/],
    ['a)', /a "\)" closes nothing/],
    ['[a', /a class of characters is not closed/],
    ['[b-a]', /a range of characters is out of order/],
    ['*a', /there is nothing to be repeated/],
    ['(?:(?:a{1000}){1000}){1000}', /too large|too much work/],
    [`(?:${'(?:a|b)*c'.repeat(20)}){60}a.{20}b`, /too large|too much work|more than/],
  ])('because of its pattern %s', (pattern, expected) => {
    check({ type: 'string', pattern }, expected);
    expect(part.open({ properties: { a: { pattern } } })).toMatch(/^#\/properties\/a: pattern: /);
  });

  it.each<[unknown, string | RegExp]>([
    [false, '#: nothing is allowed here'],
    [{ not: {} }, '#: nothing is allowed here'],
    [{ enum: [] }, '#: nothing is allowed here: no value is left of those listed'],
    [{ type: 'string', const: 1 }, '#: nothing is allowed here: no value is left of those listed'],
    [{ allOf: [{ type: 'string' }, { type: 'null' }] }, /nothing is allowed here: the types have none in common/],
    [
      { properties: { a: { type: 'integer', minimum: 2, maximum: 1 } } },
      '#/properties/a: no number is between the bounds',
    ],
    [{ type: 'integer', minimum: 0.2, maximum: 0.8 }, '#: no integer is between the bounds'],
    [{ type: 'integer', exclusiveMinimum: 1, exclusiveMaximum: 2 }, '#: no integer is between the bounds'],
    [{ type: 'integer', multipleOf: 10, minimum: 1, maximum: 9 }, /^#: no number is a multiple of multipleOf/],
    [{ minLength: 3, maxLength: 2 }, '#: minLength is above maxLength'],
    [{ pattern: '^a{3}$', maxLength: 2 }, '#: no text has these patterns or formats and this length'],
    [{ allOf: [{ pattern: '^a' }, { pattern: '^b' }] }, /no text has all of these patterns and formats$/],
    [{ pattern: '[]' }, '#: the pattern matches no text'],
    [{ type: 'array', items: false, minItems: 1 }, '#: minItems is above what may be there'],
    [{ type: 'array', minItems: 3, maxItems: 2 }, '#: minItems is above what may be there'],
    [{ required: ['a'], properties: { a: false } }, '#/properties/a: nothing is allowed here'],
    [{ required: ['a'], additionalProperties: false }, '#/additionalProperties: nothing is allowed here'],
    [{ required: ['a'], propertyNames: { const: 'b' } }, '#: the property "a" cannot be there'],
    [{ required: ['a', 'b'], maxProperties: 1 }, /^#: maxProperties is below minProperties or the number of those/],
    [{ properties: { a: { $ref: '#' } }, required: ['a'] }, /^#: no value is finite that the schema allows/],
    [{ $ref: '#/$defs/a', $defs: { a: { items: { $ref: '#/$defs/a' }, minItems: 1 } } }, /^#: no value is finite/],
    [{ anyOf: [{ minimum: 2, maximum: 1 }, { type: 'null' }] }, '#/anyOf/0: no number is between the bounds'],
  ])('for allowing nothing: %j', check);

  it('and the reader never traps', () => {
    const keyword = fc.constantFrom(
      ...['type', 'properties', 'items', 'enum', 'required', 'oneOf', 'anyOf', 'allOf', '$ref', 'minimum', 'maximum'],
      ...['additionalProperties', 'prefixItems', 'minLength', 'maxLength', 'const', 'x', 'pattern', 'format', 'not'],
      ...[
        'multipleOf',
        'propertyNames',
        'patternProperties',
        'nullable',
        'discriminator',
        'uniqueItems',
        '$id',
        '$defs',
      ],
      ...['minItems', 'maxItems', 'minProperties', 'maxProperties', 'exclusiveMinimum', 'contentEncoding', '^a', 'b'],
    );
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom<unknown>(
          'object',
          'string',
          '#',
          '#/items',
          1,
          -1,
          1e300,
          0.01,
          null,
          true,
          false,
          [],
          {},
          'date',
        ),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keyword, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    const text = fc.oneof(
      fc.json(),
      value.map((each) => JSON.stringify(each)),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (text) => {
        part.open(text);
      }),
      { numRuns: 1500 },
    );
  });

  it('and the reader never traps on a pattern, and matches the same texts as JavaScript', () => {
    const piece = fc.constantFrom(
      ...['a', 'b', '.', '^', '$', '|', '(', ')', '(?:', '(?=', '(?!', '*', '+', '?', '{2}', '{1,}', '{0,2}', '[ab]'],
      ...['[^a]', '\\d', '\\w', '\\s', '\\', '\\S', '[', ']', '-', '{', '}', '\\u0061', '\\p{L}', '🦙', '1', ' '],
    );
    let compared = 0;
    const property = fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.array(fc.constantFrom('', 'a', 'b', 'ab', 'ba', 'aab', '1', 'a1 ', '🦙', 'bbbb', 'a\n'), { maxLength: 3 }),
      (pieces, texts) => {
        const pattern = pieces.join('');
        if (part.open({ type: 'string', pattern }) !== '') return;
        let expression: RegExp;
        try {
          expression = new RegExp(pattern, 'u');
        } catch {
          return;
        }
        for (const text of texts) {
          compared++;
          expect([pattern, text, part.makes(JSON.stringify(text))]).toEqual([pattern, text, expression.test(text)]);
        }
      },
    );
    fc.assert(property, { numRuns: 1500 });
    expect(compared).toBeGreaterThan(300);
  });
});
