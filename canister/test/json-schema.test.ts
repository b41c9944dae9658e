import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GrammarPart } from './grammar-part.js';
import { matches, type Schema } from './reference/json-schema.js';
import { byteAlphabet, spell, type TokenizerFile } from './reference/tokenizer.js';

const words = ['":', '{"', '","', '"}', '12', 'true', 'null', '\\u', 'é', '  '];
const tokens = [...byteAlphabet, ...words.map(spell)].map((text) => ({ text }));
const vocabulary: TokenizerFile = {
  model: 'gpt2',
  pre: 'gpt-2',
  tokens: [...tokens, { text: '<|im_end|>', type: 'control' }],
  merges: [],
  extra: [['tokenizer.ggml.eos_token_id', ['u32', tokens.length]]],
};
const end = tokens.length;

let grammar: GrammarPart;
beforeAll(async () => {
  grammar = await GrammarPart.load();
  grammar.readFile(vocabulary);
});

function open(schema: unknown): void {
  const text = grammar.ofSchema(schema);
  const wrong = grammar.open(text);
  if (wrong !== '') throw new Error(`${wrong}: ${text}`);
}

/** Whether a text is one of the grammar's, byte by byte. */
function makes(text: string): boolean {
  const sequence: number[] = [];
  for (const byte of Buffer.from(text)) {
    expect(grammar.follow(sequence)).toBe('');
    const token = byteAlphabet.indexOf(byteAlphabet[byte]!);
    if (!grammar.allows(token)) return false;
    sequence.push(token);
  }
  expect(grammar.follow(sequence)).toBe('');
  return grammar.allows(end);
}

/** A text of the grammar, drawn by `choices`, which end it as soon as may be once they are used up. */
function draw(choices: readonly number[]): string | undefined {
  const sequence: number[] = [];
  const texts: Uint8Array[] = [];
  for (let i = 0; i < 400; i++) {
    expect(grammar.follow(sequence)).toBe('');
    const allowed = grammar.allowed();
    expect(allowed).not.toEqual([]);
    if (allowed.includes(end)) return Buffer.concat(texts).toString();
    const closing = ['"}', '}', ']', '"', '0', '1'].map((text) =>
      tokens.findIndex((token) => token.text === spell(text)),
    );
    const hurried = closing.find((token) => allowed.includes(token));
    const choice = choices[i];
    const token =
      choice === undefined || (choice % 3 === 0 && hurried !== undefined)
        ? (hurried ?? allowed[0]!)
        : allowed[choice % allowed.length]!;
    sequence.push(token);
    texts.push(grammar.textOf(token));
  }
  return undefined;
}

const name = fc.constantFrom('a', 'ab', 'b', 'name', 'ä', 'quote"d', 'x/y~z', '');
const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1.5, 12, '', 'a', 'é"\\\n\u007f', '🦙'),
  fc.array(fc.nat(3), { maxLength: 2 }),
);
const bounds = fc
  .tuple(fc.option(fc.integer({ min: -2000, max: 2000 })), fc.option(fc.nat(3000)), fc.boolean(), fc.boolean())
  .map(([low, span, lowOpen, highOpen]) => ({
    ...(low === null ? {} : { [lowOpen ? 'exclusiveMinimum' : 'minimum']: low }),
    ...(span === null ? {} : { [highOpen ? 'exclusiveMaximum' : 'maximum']: (low ?? 0) + span + 2 }),
  }));
const lengths = (least: string, most: string) =>
  fc.tuple(fc.option(fc.nat(3)), fc.option(fc.nat(3))).map(([low, more]) => ({
    ...(low === null ? {} : { [least]: low }),
    ...(more === null ? {} : { [most]: (low ?? 0) + more }),
  }));
const schemas = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Schema>({ type: 'boolean' }, { type: 'null' }, { type: 'number' }, { type: 'number', minimum: 0 }),
    fc.constantFrom('date', 'time', 'date-time', 'uuid').map((format) => ({ type: 'string', format })),
    fc.constantFrom<Schema>({ $ref: '#/$defs/leaf' }, { $ref: '#/$defs/list' }),
    bounds.map((keywords) => ({ type: 'integer', ...keywords })),
    lengths('minLength', 'maxLength').map((keywords) => ({ type: 'string', ...keywords })),
    fc.array(scalar, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
    scalar.map((value) => ({ const: value })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc
      .tuple(tie('schema'), lengths('minItems', 'maxItems'))
      .map(([items, keywords]) => ({ type: 'array', items, ...keywords })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((prefixItems) => ({ type: 'array', prefixItems })),
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(name, tie('schema'), fc.boolean()), { maxLength: 4, selector: ([key]) => key }),
        fc.option(fc.oneof(fc.boolean(), tie('schema')), { nil: undefined }),
      )
      .map(([members, additionalProperties]) => ({
        type: 'object',
        properties: Object.fromEntries(members.map(([key, value]) => [key, value])),
        required: members.filter(([, , required]) => required).map(([key]) => key),
        ...(additionalProperties === undefined ? {} : { additionalProperties }),
      })),
  ),
})).schema;

describe('a JSON schema', () => {
  it('makes a grammar of which every text is what the schema allows', () => {
    let drawn = 0;
    const property = fc.property(schemas, fc.array(fc.nat(), { maxLength: 60 }), (schema, choices) => {
      const root = {
        ...(schema as object),
        $defs: { leaf: { type: 'integer', minimum: 3 }, list: { type: 'array', items: { $ref: '#/$defs/leaf' } } },
      };
      open(root);
      const text = draw(choices);
      if (text === undefined) return;
      drawn++;
      expect([root, text, matches(root, root, JSON.parse(text))]).toEqual([root, text, true]);
    });
    fc.assert(property, { numRuns: 200 });
    expect(drawn).toBeGreaterThan(150);
  }, 120_000);

  it.each<[Schema, string[], string[]]>([
    [true, ['{"a": [1, "x", null]}', '""', '-1.5e3'], ['', 'undefined', "'a'", '{a:1}', '01']],
    [{ type: 'integer', minimum: -5, maximum: 123 }, ['-5', '-1', '0', '7', '99', '123'], ['-6', '124', '-0', '007']],
    [{ type: 'integer', exclusiveMinimum: 9 }, ['10', '19', '100', '9007199254740992'], ['9', '0', '-10']],
    [{ type: 'integer', maximum: -10 }, ['-10', '-11', '-999999'], ['-9', '0', '10']],
    [{ type: 'integer', minimum: 0.5, exclusiveMaximum: 2.5 }, ['1', '2'], ['0', '3']],
    [
      { type: ['string', 'null'], maxLength: 2 },
      ['"ab"', 'null', '"\\u00e4ä"', '"🦙"'],
      ['"abc"', '"\\ud83e\\udd99"', '1'],
    ],
    [{ enum: ['a"b', 1, [true, { x: null }]] }, ['"a\\"b"', '1', '[true,{"x":null}]'], ['"a"', 'true']],
    [{ type: 'string', enum: ['a', 1] }, ['"a"'], ['1']],
    [
      { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'boolean' } }, required: ['b'] },
      ['{"a":1,"b":true}', '{"b": false}', '{ "a" : 1, "b" : true }'],
      ['{}', '{"a":1}', '{"b":true,"a":1}', '{"a":1,}', '{"b":true,"c":1}'],
    ],
    [
      { properties: { ab: { const: 1 } }, additionalProperties: { type: 'string' } },
      ['{"ab":1}', '{}', '{"ab":1,"x":"y"}', '{"a":"y"}', '{"abc":"y","b":""}', '{"":"y"}'],
      ['{"ab":"y"}', '{"x":1}', '{"\\u0061b":"y"}'],
    ],
    [
      { type: 'array', prefixItems: [{ type: 'integer' }], items: { type: 'null' }, maxItems: 2 },
      ['[1]', '[1,null]'],
      ['[]', '[1,1]', '[1,null,null]'],
    ],
    [{ type: 'array', items: { $ref: '#' }, maxItems: 2 }, ['[]', '[[],[[]]]'], ['[[],[],[]]', '[1]']],
    [
      { oneOf: [{ type: 'object', properties: { kind: { const: 'a' } }, required: ['kind'] }, { type: 'string' }] },
      ['{"kind":"a"}', '"x"'],
      ['{}', '{"kind":"b"}'],
    ],
    [
      { allOf: [{ $ref: '#/$defs/a~1b' }], $defs: { 'a/b': { format: 'date' } } },
      ['"2026-02-28"', '"2026-12-31"'],
      ['"2026-02-30"', '"2026-04-31"', '"2026-13-01"'],
    ],
  ])('%j allows what it says', (schema, right, wrong) => {
    open(schema);
    for (const text of right) expect([text, makes(text)]).toEqual([text, true]);
    for (const text of wrong) expect([text, makes(text)]).toEqual([text, false]);
  });

  it.each([
    ['{', /^it is no JSON: the name of a member is missing, at byte \d+$/],
    ['{"a":1,"a":2}', /^it is no JSON: the member "a" is there twice/],
    ['{"type":"string"} x', /^it is no JSON: nothing may follow the value/],
    ['"a', /^it is no JSON: a string is not ended/],
    ['[01]', /^it is no JSON/],
    ['['.repeat(100), /^it is no JSON: more than 64 values within one another/],
    [{ type: 'string', pattern: '^a$' }, '#: the keyword "pattern" is not supported'],
    [{ properties: { a: { items: { not: {} } } } }, '#/properties/a/items: the keyword "not" is not supported'],
    [{ $ref: '#/$defs/x', $defs: { x: { if: true } } }, '#/$defs/x: the keyword "if" is not supported'],
    [{ $ref: 'https://example.org/s' }, /^#: only references within the schema/],
    [{ $ref: '#/nowhere' }, '#/nowhere: a reference leads here, and there is no such part of the schema'],
    [{ $ref: '#', minLength: 1 }, '#: the keyword "minLength" is not supported beside "$ref"'],
    [{ anyOf: [true], properties: {} }, '#: the keyword "properties" is not supported beside "anyOf"'],
    [{ oneOf: [{ type: 'integer' }, { type: 'number' }] }, /^#: a value may match both schemas 0 and 1 of oneOf/],
    [{ oneOf: [{ properties: { a: { const: 1 } } }, { properties: { a: { const: 2 } } }] }, /may match both schemas/],
    [{ allOf: [true, true] }, '#: allOf is supported with one schema only'],
    [{ type: 'decimal' }, '#: type is no name of a type of JSON and no list of them'],
    [{ minLength: 1, minimum: 1 }, '#: keywords about values of several kinds need a type'],
    [{ type: 'string', format: 'email' }, '#: only the formats date, time, date-time and uuid are supported'],
    [{ type: 'number', maximum: 3 }, /^#: bounds of numbers/],
    [{ type: 'integer', multipleOf: 3 }, /^#: multipleOf/],
    [{ type: 'integer', minimum: 1e15 }, /^#: bounds have to be between/],
    [{ type: 'integer', minimum: 2, maximum: 1 }, '#: no integer is between the bounds'],
    [{ type: 'array', uniqueItems: true }, '#: uniqueItems is not supported'],
    [{ type: 'array', items: false, minItems: 1 }, '#: minItems is too large'],
    [{ required: ['a'] }, '#: "a" is required and none of the properties'],
    [{ type: 'object', minProperties: 1 }, /^#: minProperties above/],
    [{ enum: [] }, '#: nothing is allowed here'],
    [false, '#: nothing is allowed here'],
    [1, '#: a schema is an object, true or false'],
    [
      { properties: { '🦙': {} }, additionalProperties: true },
      '#: additionalProperties is not supported beside such names',
    ],
    [`{"title":"${'x'.repeat(70_000)}"}`, 'the schema has 70012 bytes; at most 65536 are accepted'],
  ])('%j is refused with the place and the reason', (schema, expected) => {
    const message = (() => {
      try {
        return grammar.ofSchema(schema);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    if (typeof expected === 'string') expect(message).toBe(expected);
    else expect(message).toMatch(expected);
  });

  it('whatever it is, is no trap', () => {
    const keyword = fc.constantFrom(
      'type',
      'properties',
      'items',
      'enum',
      'required',
      'oneOf',
      '$ref',
      'minimum',
      'additionalProperties',
      'prefixItems',
      'minLength',
      'const',
      'x',
    );
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom<unknown>('object', 'string', '#', '#/items', 1, -1, 1e300, null, true, false, [], {}),
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
        let made = '';
        try {
          made = grammar.ofSchema(text);
        } catch (error) {
          expect((error as Error).message).not.toBe('');
          return;
        }
        // What is no grammar for GBNF, such as one that only leads back to itself, says so.
        grammar.open(made);
      }),
      { numRuns: 500 },
    );
  });
});
