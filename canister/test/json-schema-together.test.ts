/** Values that have to match several schemas at once: by $ref, allOf, anyOf, oneOf. */
import { describe, it } from 'vitest';
import { type Case, check } from './json-schema-cases.js';

describe('several schemas', () => {
  it.each<Case>([
    // The schema that is referred to first comes first, wherever it is defined.
    [
      { allOf: [{ $ref: '#/$defs/base' }, { properties: { b: {} } }], $defs: { base: { properties: { a: {} } } } },
      ['{"a":1,"b":2}', '{"b":2}'],
      ['{"b":2,"a":1}'],
    ],
    [{ anyOf: [{ type: 'integer' }, { type: 'string', maxLength: 1 }] }, ['1', '"a"'], ['"ab"', 'true']],
    [
      { oneOf: [{ type: 'object', properties: { kind: { const: 'a' } }, required: ['kind'] }, { type: 'string' }] },
      ['{"kind":"a"}', '"x"'],
      ['{}', '{"kind":"b"}'],
    ],
    [
      {
        oneOf: [
          { properties: { a: {} }, required: ['a'] },
          { properties: { b: {} }, required: ['b'] },
        ],
      },
      ['{"a":1}', '{"b":1}'],
      ['{}', '{"a":1,"b":1}'],
    ],
    [
      {
        oneOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }],
        discriminator: { propertyName: 'k', mapping: { a: '#/$defs/A' } },
        $defs: {
          A: { type: 'object', properties: { k: { const: 'a', default: 'a' }, n: { type: 'integer' } } },
          B: { type: 'object', properties: { k: { enum: ['b'] } } },
        },
      },
      ['{"k":"a"}', '{"k":"a","n":1}', '{"k":"b"}'],
      ['{}', '{"n":1}'],
    ],
    [
      { oneOf: [{ format: 'date' }, { format: 'date-time' }, { format: 'ipv4' }] },
      ['"2024-01-01"', '"1.1.1.1"'],
      ['"x"'],
    ],
    [
      {
        oneOf: [
          { type: 'integer', maximum: 3 },
          { type: 'number', exclusiveMinimum: 3 },
        ],
      },
      ['3', '3.5'],
      ['2.5'],
    ],
    [{ oneOf: [{ enum: ['a', 'b'] }, { type: 'string', pattern: '^c' }] }, ['"a"', '"cc"'], ['"d"']],
    [
      {
        allOf: [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, { properties: { b: {} } }],
      },
      ['{"a":"x"}', '{"a":"x","b":1}'],
      ['{"b":1}', '{"b":1,"a":"x"}'],
    ],
    [
      { allOf: [{ properties: { a: { type: 'integer', minimum: 3 } } }, { properties: { a: { maximum: 4 } } }] },
      ['{"a":3}', '{"a":4}', '{}'],
      ['{"a":5}', '{"a":2}'],
    ],
    [
      {
        type: 'object',
        properties: { a: { type: 'string' } },
        required: ['a'],
        anyOf: [
          { properties: { b: { const: 1 } }, required: ['b'] },
          { properties: { c: { const: 2 } }, required: ['c'] },
        ],
      },
      ['{"a":"x","b":1}', '{"a":"x","c":2}'],
      ['{"a":"x"}', '{"b":1}'],
    ],
    [{ type: 'integer', anyOf: [{ type: 'string' }, { minimum: 3 }], maximum: 4 }, ['3', '4'], ['2', '5', '"a"']],
    [{ anyOf: [{ $ref: '#' }, { type: 'null' }] }, ['null'], ['1']],
    [{ $ref: '#/$defs/a', description: 'x', $defs: { a: { type: 'null' } } }, ['null'], ['1']],
    [{ $ref: '#/$defs/a', maximum: 3, $defs: { a: { type: 'integer', minimum: 2 } } }, ['2', '3'], ['1', '4']],
    [{ allOf: [{ $ref: '#/$defs/a~1b' }], $defs: { 'a/b': { type: 'null' } } }, ['null'], ['1']],
    [{ $ref: '#/$defs/a%20b%25%C3%A9', $defs: { 'a b%é': { type: 'null' } } }, ['null'], ['1']],
    [{ $ref: '#/x-list/1', 'x-list': [{ type: 'string' }, { type: 'null' }] }, ['null'], ['"a"']],
    [{ $ref: '#here', $defs: { x: { $anchor: 'here', type: 'null' } } }, ['null'], ['1']],
    [{ $ref: 'Node', $defs: { n: { $id: 'Node', type: 'array', items: { $ref: 'Node' } } } }, ['[]', '[[]]'], ['[1]']],
    [
      { $id: 'https://x.org/s', items: { $ref: 'https://x.org/s#/$defs/a' }, $defs: { a: { type: 'null' } } },
      ['[null]'],
      ['[1]'],
    ],
    // Generators leave $defs in a schema that became a part of another one.
    [{ properties: { a: { $ref: '#/$defs/x', $defs: { x: { type: 'null' } } } } }, ['{"a":null}'], ['{"a":1}']],
  ])('of %j', check);
});
