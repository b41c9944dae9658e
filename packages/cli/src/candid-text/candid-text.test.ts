import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../failure.js';
import { coerce } from './coerce.js';
import { inferArguments } from './infer.js';
import { toJson } from './json.js';
import { parseArguments } from './parse.js';
import { printArguments, printValue } from './print.js';

function read(type: IDL.Type, text: string): unknown {
  const [written] = parseArguments(text);
  return coerce(type, written!);
}

const id = Principal.fromText('uxrrr-q7777-77774-qaaaq-cai');
const Color = IDL.Variant({ red: IDL.Null, rgb: IDL.Record({ r: IDL.Nat8 }) });

describe('values at a type', () => {
  test.each<[string, IDL.Type, unknown]>([
    ['(5)', IDL.Nat, 5n],
    ['(1_000_000 : nat64)', IDL.Nat64, 1_000_000n],
    ['(0xff)', IDL.Nat8, 255],
    ['(-3)', IDL.Int, -3n],
    ['(-128)', IDL.Int8, -128],
    ['(1.5e3)', IDL.Float64, 1500],
    ['("a \\"b\\" \\n \\u{1F999} \\c3\\a9")', IDL.Text, 'a "b" \n 🦙 é'],
    ['(true)', IDL.Bool, true],
    ['(null)', IDL.Opt(IDL.Nat), []],
    ['(opt 5)', IDL.Opt(IDL.Nat), [5n]],
    ['(5)', IDL.Opt(IDL.Nat), [5n]],
    ['(vec { "a"; "b"; })', IDL.Vec(IDL.Text), ['a', 'b']],
    ['(blob "a\\00\\ff")', IDL.Vec(IDL.Nat8), Uint8Array.from([97, 0, 255])],
    ['(vec { 1; 2 })', IDL.Vec(IDL.Nat8), Uint8Array.from([1, 2])],
    ['(record { name = "x"; "size" = 3 })', IDL.Record({ name: IDL.Text, size: IDL.Nat32 }), { name: 'x', size: 3 }],
    ['(record { name = "x" })', IDL.Record({ name: IDL.Text, o: IDL.Opt(IDL.Nat) }), { name: 'x', o: [] }],
    ['(record { 5; "x" })', IDL.Tuple(IDL.Nat, IDL.Text), [5n, 'x']],
    ['(variant { red })', Color, { red: null }],
    ['(variant { rgb = record { r = 9 } })', Color, { rgb: { r: 9 } }],
    ['(principal "uxrrr-q7777-77774-qaaaq-cai")', IDL.Principal, id],
    ['// a remark\n( /* another */ 5 )', IDL.Nat, 5n],
    ['record { n = 5 }', IDL.Record({ n: IDL.Nat }), { n: 5n }],
    // 1_224_700_491 is the number of "name".
    ['(record { 1_224_700_491 = "x" })', IDL.Record({ name: IDL.Text }), { name: 'x' }],
  ])('%s', (text, type, value) => {
    expect(read(type, text)).toEqual(value);
  });

  test.each<[string, IDL.Type, string]>([
    ['(-1)', IDL.Nat, 'the argument is to be a natural number, not -1'],
    ['(256)', IDL.Nat8, 'the argument is to be nat8 (0 to 255), not 256'],
    ['("5")', IDL.Nat64, 'the argument is to be nat64, not the text "5"'],
    ['(5)', IDL.Text, 'the argument is to be a text, not 5'],
    ['("\\ff")', IDL.Text, 'the argument is not valid UTF-8'],
    ['(record { n = record { m = "x" } })', IDL.Record({ n: IDL.Record({ m: IDL.Nat }) }), '.n.m is to be a natural'],
    ['(vec { 1; "x" })', IDL.Vec(IDL.Nat), '[1] is to be a natural number, not the text "x"'],
    ['(record {})', IDL.Record({ filename: IDL.Text }), 'the record lacks the field filename'],
    ['(record { filname = "x"; filename = "x" })', IDL.Record({ filename: IDL.Text }), 'has no field filname'],
    ['(variant { blue })', Color, 'the variant has no blue'],
    ['(principal "nonsense")', IDL.Principal, '"nonsense" is no principal'],
    ['(5)', IDL.Record({}), 'the argument is to be a record, not 5'],
  ])('%s is refused: %#', (text, type, message) => {
    expect(() => read(type, text)).toThrow(message);
  });
});

test.each([
  ['(', 'a value is missing'],
  ['(5', '"," is missing'],
  ['(5))', 'there is text after the end'],
  ['("x', 'a text that does not end'],
  ['("\\q")', 'an escape that does not exist'],
  ['(record { 5 6 })', '";" is missing'],
  ['(record { a = 1; a = 2 })', 'field a is there twice'],
  ['(variant { })', 'a variant needs a name'],
  ['(nonsense)', '"nonsense" is no value'],
  ['(5 : )', 'a type is missing'],
  ['(#)', '"#" means nothing here'],
  [`(${'opt '.repeat(5_000)}5)`, 'nested deeper'],
])('%s is no Candid', (text, message) => {
  expect(() => parseArguments(text)).toThrow(UsageError);
  expect(() => parseArguments(text)).toThrow(message);
});

test('whatever is typed, it is parsed or refused', () => {
  const pieces = fc.constantFrom(
    '(',
    ')',
    '{',
    '}',
    ';',
    '=',
    ':',
    ',',
    '"',
    '\\',
    'record',
    'vec',
    'opt',
    '5',
    ' ',
    'a',
    '-',
    '/*',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
      try {
        parseArguments(words.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 2000 },
  );
});

describe('what is printed can be read again', () => {
  const texts = fc.string({ unit: 'grapheme' });
  const typed: fc.Arbitrary<[IDL.Type, unknown]> = fc.oneof(
    fc.bigInt({ min: 0n, max: 1n << 90n }).map((n): [IDL.Type, unknown] => [IDL.Nat, n]),
    fc.bigInt().map((n): [IDL.Type, unknown] => [IDL.Int, n]),
    fc.nat(255).map((n): [IDL.Type, unknown] => [IDL.Nat8, n]),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n): [IDL.Type, unknown] => [IDL.Float64, n]),
    texts.map((text): [IDL.Type, unknown] => [IDL.Text, text]),
    fc.boolean().map((value): [IDL.Type, unknown] => [IDL.Bool, value]),
    fc.uint8Array().map((bytes): [IDL.Type, unknown] => [IDL.Vec(IDL.Nat8), bytes]),
    fc.array(texts).map((list): [IDL.Type, unknown] => [IDL.Vec(IDL.Text), list]),
    fc.option(fc.nat(9)).map((n): [IDL.Type, unknown] => [IDL.Opt(IDL.Nat8), n === null ? [] : [n]]),
    fc
      .record({ 'a field': texts, opt: fc.nat(9) })
      .map((value): [IDL.Type, unknown] => [IDL.Record({ 'a field': IDL.Text, opt: IDL.Nat8 }), value]),
    texts.map((text): [IDL.Type, unknown] => [IDL.Variant({ Err: IDL.Text, Ok: IDL.Null }), { Err: text }]),
  );

  test('at its type', () => {
    fc.assert(
      fc.property(typed, ([type, value]) => {
        expect(read(type, printArguments([type], [value]))).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });
});

test('replies are laid out for reading', () => {
  const Reply = IDL.Variant({ Ok: IDL.Record({ status_code: IDL.Nat16 }), Err: IDL.Text });
  expect(printArguments([Reply], [{ Ok: { status_code: 200 } }])).toBe(
    '(variant { Ok = record { status_code = 200 : nat16 } })',
  );
  const Long = IDL.Record({ text: IDL.Text, more: IDL.Text });
  expect(printValue(Long, { text: 'x'.repeat(60), more: 'y'.repeat(60) })).toBe(
    `record {\n  more = "${'y'.repeat(60)}";\n  text = "${'x'.repeat(60)}";\n}`,
  );
  expect(printArguments([IDL.Opt(IDL.Nat64)], [[5n]])).toBe('(opt (5 : nat64))');
  expect(printArguments([], [])).toBe('()');
});

test('without types they are taken from the writing', () => {
  const { types, values } = inferArguments(
    parseArguments('("x", 5, 5 : nat8, vec { true }, record { a = opt 1.5 }, variant { b })'),
  );
  expect(types.map((type) => type.display())).toEqual([
    'text',
    'int',
    'nat8',
    'vec bool',
    'record {a:opt float64}',
    'variant {b}',
  ]);
  expect(IDL.decode(types, IDL.encode(types, values))).toEqual(values);
  expect(() => inferArguments(parseArguments('(vec { 1; "x" })'))).toThrow('different types');
  expect(() => inferArguments(parseArguments('(5 : nat65)'))).toThrow('"nat65" is no type');
});

test('JSON keeps every digit and shows what is there', () => {
  const Reply = IDL.Record({
    size: IDL.Nat64,
    port: IDL.Nat16,
    some: IDL.Opt(IDL.Text),
    none: IDL.Opt(IDL.Text),
    hash: IDL.Vec(IDL.Nat8),
    owner: IDL.Principal,
    result: IDL.Variant({ Ok: IDL.Null }),
  });
  const value = {
    size: 2n ** 63n,
    port: 80,
    some: ['x'],
    none: [],
    hash: Uint8Array.from([1, 255]),
    owner: id,
    result: { Ok: null },
  };
  expect(toJson(Reply, value)).toEqual({
    size: '9223372036854775808',
    port: 80,
    some: 'x',
    none: null,
    hash: '01ff',
    owner: 'uxrrr-q7777-77774-qaaaq-cai',
    result: { Ok: null },
  });
});
