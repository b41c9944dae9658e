import { describe, it } from 'vitest';
import { type Case, check } from './json-schema-cases.js';

describe('any value', () => {
  it.each<Case>([
    [true, ['{"a": [1, "x", null]}', '""', '-1.5e3'], ['', 'undefined', "'a'", '{a:1}', '01']],
    [{ title: 'anything' }, ['1', '[]', '{"a":{}}'], ['']],
    // As llama.cpp's help describes it; a nested schema means what JSON Schema says.
    [{}, ['{}', '{"a":[1]}'], ['1', '[]', 'null', '"a"']],
    [{ type: 'object', properties: { a: {} }, required: ['a'] }, ['{"a":1}', '{"a":{}}'], ['{}']],
    [{ const: { b: [1, 'x'], a: null } }, ['{"b":[1,"x"],"a":null}'], ['{"a":null,"b":[1,"x"]}']],
    [{ enum: ['a"b', 1, [true, { x: null }]] }, ['"a\\"b"', '1', '[true,{"x":null}]'], ['"a"', 'true']],
    [{ type: 'string', enum: ['a', 1] }, ['"a"'], ['1']],
    [{ enum: ['a', 'bc', 'def'], minLength: 2, pattern: '^[a-c]+$' }, ['"bc"'], ['"a"', '"def"']],
    [{ enum: [1, 2.5, 3], minimum: 2, allOf: [{ enum: [1, 3.0, 2.5, 4] }] }, ['2.5', '3'], ['1', '4']],
    [{ type: ['integer', 'null'], title: 'x', 'x-mine': {}, deprecated: true, $comment: '' }, ['1', 'null'], ['"1"']],
    [{ type: 'string', nullable: true }, ['null', '"a"'], ['1']],
    [{ type: 'string', nullable: true, enum: ['a'] }, ['"a"'], ['null']],
    [{ type: 'string', nullable: true, enum: ['a', null] }, ['"a"', 'null'], ['""']],
  ])('of %j', check);

  it.each<Case>([
    // The number of blanks between two tokens of JSON is bounded.
    [
      true,
      [' '.length === 1 ? '[ 1]' : '', '[\n  1,\n  2\n]', '[1]\n\n'],
      ['[  1]', '[\n\n\n1]', `[\n${' '.repeat(21)}1]`],
    ],
  ])('%j has few blanks', check);
});

describe('an integer', () => {
  it.each<Case>([
    [{ type: 'integer' }, ['0', '-0', '12', '-9999999999999999'], ['1.0', '1e3', '01', '99999999999999999']],
    [{ type: 'integer', minimum: -5, maximum: 123 }, ['-5', '-1', '0', '-0', '7', '123'], ['-6', '124', '007']],
    [{ type: 'integer', exclusiveMinimum: 9 }, ['10', '19', '100', '9007199254740992'], ['9', '0', '-10']],
    [{ type: 'integer', maximum: -10 }, ['-10', '-11', '-999999'], ['-9', '0', '10', '-0']],
    [{ type: 'integer', minimum: 0 }, ['0', '1'], ['-0', '-1']],
    [{ type: 'integer', minimum: 0.5, exclusiveMaximum: 2.5 }, ['1', '2'], ['0', '3']],
    [{ type: 'integer', minimum: 1e2, maximum: 1.5e2 }, ['100', '150'], ['99', '151']],
    [
      { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      ['-9007199254740991', '9007199254740991', '0'],
      ['-9007199254740992', '9007199254740992'],
    ],
    [
      '{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}',
      ['-9223372036854775808', '9223372036854775807', '9007199254740993'],
      ['-9223372036854775809', '9223372036854775808'],
    ],
    [
      '{"type":"integer","exclusiveMinimum":9007199254740992,"exclusiveMaximum":9007199254740995}',
      ['9007199254740993', '9007199254740994'],
      ['9007199254740992', '9007199254740995'],
    ],
    [
      '{"type":"integer","minimum":18446744073709551616}',
      ['18446744073709551616', '99999999999999999999'],
      ['18446744073709551615', '1'],
    ],
    [
      { type: 'integer', minimum: 5, exclusiveMinimum: true, maximum: 7, exclusiveMaximum: false },
      ['6', '7'],
      ['5', '8'],
    ],
    [{ type: 'integer', format: 'int32' }, ['-2147483648', '2147483647'], ['2147483648', '-2147483649']],
    [{ type: 'integer', format: 'uint8', maximum: 3 }, ['0', '3'], ['4', '-1']],
    [
      { type: 'integer', multipleOf: 5, minimum: -100, maximum: 1000 },
      ['0', '5', '-15', '1000'],
      ['3', '1005', '-105'],
    ],
    [{ type: 'integer', multipleOf: 1000 }, ['0', '1000', '-12000'], ['100', '1', '1500']],
    [
      { type: 'integer', allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], minimum: 1 },
      ['12', '24'],
      ['0', '4', '6', '18'],
    ],
  ])('of %j', check);
});

describe('a number', () => {
  it.each<Case>([
    [
      { type: 'number' },
      ['1e10', '1E-5', '-0', '-0.5', '1.5e+300', '9e307', '1e-400'],
      ['1e05', '1e308', '12e300', '.5'],
    ],
    [{ type: 'number', minimum: 0 }, ['0', '1e10', '0.5'], ['-1', '-0']],
    [
      { type: 'number', minimum: 0, maximum: 1 },
      ['0', '1', '0.5', '1.0', '0.000'],
      ['1.1', '-0.1', '2', '1.01', '0.', '10'],
    ],
    [
      { type: 'number', minimum: -2.5, exclusiveMaximum: 3.25 },
      ['-2.5', '-2.4', '-0', '3.249', '3', '0.1', '-2.50'],
      ['-2.51', '3.25', '3.250', '-3', '4', '3.3'],
    ],
    [{ type: 'number', exclusiveMinimum: 0 }, ['0.1', '1', '123.5'], ['0', '0.0', '-1']],
    // A reader with 64-bit numbers would read the last one as the bound itself.
    [{ type: 'number', exclusiveMinimum: 1000 }, ['1000.00000000001'], ['1000.0000000000000001']],
    [{ type: 'number', exclusiveMaximum: 0 }, ['-0.1', '-7'], ['0', '-0', '1']],
    [{ type: 'number', minimum: 1.5, exclusiveMinimum: true, maximum: 2.25 }, ['1.51', '2.25'], ['1.5', '2.251']],
    [{ type: 'number', minimum: -1.7976931348623157e308, maximum: 1.7976931348623157e308 }, ['1e300', '-1'], ['1e309']],
    [{ type: 'number', minimum: -3.4028234663852886e38, maximum: 3.4028234663852886e38 }, ['1.5', '-2'], ['']],
    [
      { type: 'number', minimum: 1e20, maximum: 2e20 },
      ['100000000000000000000', '150000000000000000000.5'],
      ['1', '2e20'],
    ],
    [{ type: 'number', multipleOf: 0.25 }, ['0.25', '1', '1.5', '1.50', '-2.75'], ['0.3', '0.255']],
    [{ type: 'number', multipleOf: 0.01, minimum: 0 }, ['0.07', '12.5', '3', '1.10'], ['0.001', '-1']],
    [{ minimum: 3, maximum: 4 }, ['3', '3.5'], ['5', '"a"', 'null']],
    [{ type: 'number', format: 'double' }, ['1.5', '1e5'], ['"1"']],
    [{ type: 'number', format: 'int32' }, ['1'], ['1.5']],
  ])('of %j', check);
});

describe('a string', () => {
  it.each<Case>([
    [{ type: 'string' }, ['"a\\n\\u00e4\\ud83e\\udd99🦙"'], ['"\\ud83e"', '"\\udd99"', '"\n"', '"\\x"']],
    [{ minLength: 2, maxLength: 2 }, ['"ab"', '"🦙é"', '"\\ud83e\\udd99x"'], ['"a"', '"abc"', '1']],
    [
      { type: 'string', minLength: 300, maxLength: 70_000 },
      ['a'.repeat(300), 'ä'.repeat(1000), 'a'.repeat(777), 'b'.repeat(65_536 + 300)].map((text) => `"${text}"`),
      [`"${'a'.repeat(299)}"`],
    ],
    [{ type: 'string', maxLength: 300 }, [`"${'a'.repeat(300)}"`, '""'], [`"${'a'.repeat(301)}"`]],
    [{ const: '\ud83e' }, ['"\\ud83e"'], ['""', '"\\ud83e\\udd99"']],
    [{ const: '🦙\u0001' }, ['"🦙\\u0001"'], ['"\\ud83e\\udd99\\u0001"']],
    ['{"const":"\\ud83e\\udd99"}', ['"🦙"'], ['""']],
    [{ type: 'string', contentEncoding: 'base64' }, ['"YWI="', '""', '"YWJj"'], ['"YWI"', '"a b="']],
    [{ type: 'string', contentEncoding: 'binary', contentMediaType: 'image/png' }, ['"x y"'], ['1']],
  ])('of %j', check);

  it.each<Case>([
    [{ pattern: '^[A-Z]{3}$' }, ['"ABC"'], ['"AB"', '"ABCD"', '"abc"']],
    [{ pattern: 'b' }, ['"b"', '"abc"', '"\\nb"'], ['"a"', '""']],
    [{ pattern: '^a|b$' }, ['"a"', '"axx"', '"xxb"'], ['"xa"', '"bx"', '""']],
    [{ pattern: '(^a|b$)' }, ['"a"', '"xxb"'], ['"xa"', '""']],
    [{ pattern: '^$' }, ['""'], ['"a"']],
    [{ pattern: '' }, ['""', '"x"'], ['1']],
    [{ pattern: '^(?:a|bc)*?d+$' }, ['"d"', '"abcadd"'], ['"ab"', '"bd"']],
    [{ pattern: '^\\d{2,}-\\w+\\s\\S$' }, ['"12-a_ b"', '"123-Z\\t."'], ['"1-a b"', '"12- b"']],
    [{ pattern: '^[^\\d\\s]+$' }, ['"ab"', '"\\""', '"é"'], ['"a1"', '" "', '""']],
    [
      { pattern: '^.$' },
      ['"\\""', '"\\\\"', '"a"', '"é"', '"🦙"', '"\\t"', '"\\u0001"'],
      ['"\\n"', '"ab"', '"\\u0061"'],
    ],
    [{ pattern: '^[\\u{1F980}-\\u{1F99F}\\u00e9\\x41\\ud83d\\ude00]+$' }, ['"🦙éA😀"'], ['"B"']],
    [{ pattern: '^[\\]\\-a^.+*]$' }, ['"]"', '"-"', '"^"', '"+"'], ['"b"', '"\\\\"']],
    [{ pattern: '^\\p{L}+\\P{L}$' }, ['"äöü1"', '"日本."'], ['"a"', '"1"']],
    [{ pattern: '^(?<year>\\d{4})\\/\\.$' }, ['"2024/."'], ['"2024/x"']],
    [{ pattern: '^(?=.*\\d)(?=.*[a-z])\\w{4,8}$' }, ['"abc1"', '"1a11"'], ['"abcd"', '"1234"', '"a1"', '"abcdefgh1"']],
    [{ pattern: '^(?!foo)[a-z]+$' }, ['"bar"', '"fo"'], ['"foo"', '"foobar"']],
    // The pattern that pydantic writes for a Decimal.
    [{ pattern: '^(?!^[-+.]*$)[+-]?0*\\d*\\.?\\d*$' }, ['"1"', '"-00.5"', '"12."'], ['""', '"-"', '"."', '"1.2.3"']],
    [{ pattern: '^a(?!b).(?=d$).$' }, ['"acd"'], ['"abd"', '"acc"']],
    [{ pattern: '^a+$', minLength: 2, maxLength: 3 }, ['"aa"', '"aaa"'], ['"a"', '"aaaa"']],
    [
      { allOf: [{ pattern: '^a' }, { pattern: 'b$' }], type: 'string', maxLength: 3 },
      ['"ab"', '"axb"'],
      ['"a"', '"axxb"'],
    ],
  ])('with the pattern of %j', check);

  it.each<[string, string[], string[]]>([
    ['date', ['2024-02-29', '2000-02-29', '2026-12-31'], ['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01']],
    ['time', ['23:59:59Z', '00:00:00.5+02:00'], ['24:00:00Z', '10:00:00', '10:00Z']],
    ['date-time', ['2024-02-29T23:59:59Z', '2024-01-01T00:00:00.123-08:00'], ['2024-01-01', '2024-01-01 00:00:00Z']],
    ['duration', ['P1D', 'PT5M', 'P1Y2M3DT4H', 'P2W'], ['P', 'PT', '1D']],
    ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567e89b12d3a456426614174000']],
    ['email', ['a@b.co', 'a.b+c@x-y.example.com'], ['a@b', '@b.co', 'a..b@c.de', `${'a'.repeat(65)}@b.co`]],
    ['hostname', ['api.example.com', 'localhost'], ['-a', 'a..b', 'a_b']],
    ['ipv4', ['1.2.3.4', '255.255.255.255'], ['256.1.1.1', '1.2.3', '01.2.3.4']],
    ['ipv6', ['::1', 'fe80::1', '1:2:3:4:5:6:7:8', '::'], ['1:2:3', ':::', '1::2::3']],
    ['uri', ['https://example.com/a?b=c#d', 'urn:isbn:123', 'mailto:a@b.c'], ['example', 'http://', 'a b:c']],
    ['uri-reference', ['/a/b', '../x?y', 'https://a.b', '#f', ''], ['a b', '%zz']],
    ['json-pointer', ['', '/a/b~1c'], ['a', '/~2']],
    ['byte', ['YWI='], ['YWI']],
    ['uuid4', ['123e4567-e89b-42d3-a456-426614174000'], ['123e4567-e89b-12d3-a456-426614174000']],
    ['password', ['any thing'], []],
    // A format of numbers says nothing about a string.
    ['int64', ['1', 'x'], []],
  ])('of the format %s', (format, right, wrong) => {
    const quoted = (texts: string[]) => texts.map((text) => JSON.stringify(text));
    check({ type: 'string', format }, quoted(right), quoted(wrong));
    check({ format }, format === 'int64' ? ['1'] : quoted(right), quoted(wrong));
  });

  it.each<Case>([
    // A pattern is what its generator means by the format, even by an unknown one.
    [{ type: 'string', format: 'time', pattern: '^\\d\\d:\\d\\d$' }, ['"10:20"'], ['"10:20:00Z"']],
    [{ type: 'string', format: 'cuid', pattern: '^c[a-z]+$' }, ['"cab"'], ['"x"']],
    [{ type: 'string', format: 'date', pattern: '^20' }, ['"2024-02-29"'], ['"1999-01-01"', '"20"']],
    [{ type: 'string', format: 'email', maxLength: 6 }, ['"a@b.co"'], ['"aa@b.co"']],
  ])('of a format beside others, %j', check);
});

describe('an object', () => {
  it.each<Case>([
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
      { type: 'object', properties: { '🦙"': { const: 1 } }, additionalProperties: true },
      ['{"🦙\\"":1,"🦙":2,"\\"":3}'],
      ['{"🦙\\"":2}', '{"\\ud83e\\udd99\\"":2}'],
    ],
    [{ type: 'object', properties: { a: {} }, required: ['b'] }, ['{"b":1}', '{"a":1,"b":{}}'], ['{}', '{"a":1}']],
    [{ type: 'object', properties: { a: { not: {} }, b: { type: 'null' } } }, ['{}', '{"b":null}'], ['{"a":1}']],
    [{ type: 'object', properties: { a: false } }, ['{}'], ['{"a":1}']],
    [{ type: 'object', unevaluatedProperties: false }, ['{}'], ['{"a":1}']],
    [{ type: 'object', minProperties: 1 }, ['{"a":1}', '{"a":1,"b":2}'], ['{}']],
    [
      { maxProperties: 2, additionalProperties: { type: 'null' } },
      ['{}', '{"a":null,"b":null}'],
      ['{"a":null,"b":null,"c":null}'],
    ],
    [
      { properties: { a: { const: 1 }, b: { const: 2 }, c: { const: 3 } }, minProperties: 2, maxProperties: 2 },
      ['{"a":1,"b":2}', '{"b":2,"c":3}'],
      ['{"a":1}', '{"a":1,"b":2,"c":3}', '{}'],
    ],
    [
      { type: 'object', propertyNames: { pattern: '^x-' }, additionalProperties: { type: 'boolean' } },
      ['{}', '{"x-a":true}'],
      ['{"a":true}', '{"x-a":1}'],
    ],
    [
      {
        type: 'object',
        propertyNames: { enum: ['a', 'b'] },
        additionalProperties: { type: 'integer' },
        required: ['a'],
      },
      ['{"a":1}', '{"a":1,"b":2}'],
      ['{}', '{"b":1}', '{"a":1,"c":2}', '{"a":1,"a":1}'],
    ],
    [
      { type: 'object', propertyNames: { minLength: 2, maxLength: 3 } },
      ['{"ab":1,"abc":2}'],
      ['{"a":1}', '{"abcd":1}'],
    ],
    [
      { patternProperties: { '^a': { type: 'integer' }, b$: { minimum: 3, type: 'integer' } } },
      ['{"a":1}', '{"ab":3}', '{"xb":4}', '{}'],
      ['{"ab":1}', '{"x":1}', '{"a":"1"}'],
    ],
    [
      {
        properties: { ax: { type: 'integer' }, y: { type: 'null' } },
        patternProperties: { '^a': { minimum: 5 } },
        additionalProperties: { type: 'string' },
      },
      ['{"ax":5,"y":null,"ab":5.5,"z":"s"}'],
      ['{"ax":4}', '{"z":1}', '{"ab":4}', '{"y":"s"}'],
    ],
  ])('of %j', check);
});

describe('an array', () => {
  it.each<Case>([
    [{ type: 'array' }, ['[]', '[1,"a",[]]'], ['{}', '[1,]']],
    [{ type: 'array', items: { $ref: '#' }, maxItems: 2 }, ['[]', '[[],[[]]]'], ['[[],[],[]]', '[1]']],
    [{ items: { type: 'null' }, minItems: 2 }, ['[null,null]', '[null, null, null]'], ['[]', '[null]']],
    [{ type: 'array', items: false }, ['[]', '[ ]'], ['[1]']],
    [
      { type: 'array', prefixItems: [{ type: 'integer' }], items: { type: 'null' }, maxItems: 2 },
      ['[1]', '[1,null]'],
      ['[]', '[1,1]', '[1,null,null]'],
    ],
    [
      { prefixItems: [{ const: 1 }, { const: 2 }], items: false, minItems: 2, maxItems: 2 },
      ['[1,2]'],
      ['[1]', '[1,2,3]'],
    ],
    [{ type: 'array', items: [{ const: 1 }], additionalItems: { const: 2 } }, ['[1]', '[1,2,2]'], ['[2]', '[1,1]']],
    [{ type: 'array', items: [{ const: 1 }], additionalItems: false }, ['[1]'], ['[1,1]']],
    [{ type: 'array', prefixItems: [{ const: 1 }], minItems: 2 }, ['[1,"x"]', '[1,2,3]'], ['[1]']],
    [
      { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 1 },
      ['["a"]', '["a","c"]', '["a", "b", "c"]'],
      ['[]', '["a","a"]', '["c","c"]'],
    ],
    [{ type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 1 }, ['[]', '["a"]'], ['["a","b"]']],
    [
      { type: 'array', items: { type: 'null' }, maxItems: 2000, minItems: 1000 },
      [`[${Array(1500).fill('null')}]`],
      ['[null]'],
    ],
  ])('of %j', check);
});
