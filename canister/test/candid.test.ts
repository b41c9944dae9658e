import { IDL } from '@icp-sdk/core/candid';
import { beforeAll, describe, expect, it } from 'vitest';
import { canisterModule } from './canister-module.js';
import { type Answer, Host } from './host.js';

let host: Host;

beforeAll(async () => {
  host = await Host.start(await canisterModule('candid.ts'));
});

/** `DIDL`, then bytes as hexadecimal digits. */
function message(...hex: string[]): Uint8Array {
  return new Uint8Array(Buffer.from(`4449444c${hex.join('').replaceAll(' ', '')}`, 'hex'));
}

function send(method: string, bytes: Uint8Array): Uint8Array | string {
  const answer = host.call(method, new Uint8Array(bytes)) as Answer;
  return 'reply' in answer ? answer.reply : answer.reject.replace(`${method}: the argument cannot be decoded: `, '');
}

/** One billion in LEB128. */
const billion = '8094ebdc03';

describe('malformed messages are refused with a text', () => {
  it.each([
    ['no byte', '', 'it is not a Candid message (it does not start with DIDL)'],
    ['another magic', '4449444d0000', 'it is not a Candid message (it does not start with DIDL)'],
    ['no types', '4449444c', 'it ends where 1 more bytes should be'],
  ])('%s', (_what, hex, text) => {
    expect(send('nothing', Buffer.from(hex, 'hex'))).toBe(text);
  });

  it.each([
    ['a byte left over', '00 00 00', '1 bytes are left over'],
    ['fewer arguments than said', '00 03 7f7f', 'there are fewer argument types than it says'],
    ['an unknown argument type', '00 01 5e', 'there is no type -34'],
    ['a table index out of range', '01 6e01 00', 'there is no type 1'],
    ['a primitive in the table', '01 7f 00', 'null stands in the type table'],
    ['principal in the table', '01 68 00', 'principal stands in the type table'],
    ['a type that is only another', '02 6e7f 00 00', 'a type is nothing but another type'],
    ['a composite among the arguments', '00 01 6e 7f', 'there is no type -18'],
    ['a field twice', '01 6c 02 007c 007e 00', 'the fields of a type are not sorted, or one is there twice'],
    ['fields unsorted', '01 6b 02 017f 007f 00', 'the fields of a type are not sorted, or one is there twice'],
    ['a field id of 33 bits', '01 6c 01 8080808010 7c 00', 'a field id has more than 32 bits'],
    ['a type code of 35 bits', '01 6e ffffffffffff00 00', 'a type code has more than 32 bits'],
    ['an endless type code', `01 6e ${'80'.repeat(12)}01 00`, 'a type code has more than 64 bits'],
    ['an endless count', `${'80'.repeat(12)}01 00`, 'a count has more than 64 bits'],
    ['an unknown annotation', '01 6a 00 00 01 04 00', 'a function has an unknown annotation'],
    ['methods unsorted', '02 6a000000 69 02 01 62 00 01 61 00 00', 'the methods of a service are not sorted'],
    ['a method twice', '02 6a000000 69 02 01 61 00 01 61 00 00', 'the methods of a service are not sorted'],
    ['a method name that is not UTF-8', '02 6a000000 69 01 03 e228a1 00 00', 'a text is not UTF-8'],
    ['a bool of 2', '00 01 7e 02', 'a bool is 2'],
    ['an opt of 2', '01 6e7c 01 00 02 2a', 'an opt starts with 2'],
    ['a case that is not there', '01 6b 01 007f 01 00 01', 'a variant has no case 1'],
    ['an empty variant', '01 6b 00 01 00 00', 'a variant has no case 0'],
    ['a value of empty', '00 01 6f', 'there is a value of the type empty'],
    ['an opaque principal', '00 01 68 00', 'a principal is an opaque reference'],
    ['a principal of 30 bytes', `00 01 68 01 1e ${'00'.repeat(30)}`, 'a principal has 30 bytes'],
    ['a text beyond the end', '00 01 71 06 616263', 'a text of 6 bytes does not fit'],
    ['overlong UTF-8', '00 01 71 02 c080', 'a text is not UTF-8'],
    ['a surrogate', '00 01 71 03 eda080', 'a text is not UTF-8'],
    ['UTF-8 over U+10FFFF', '00 01 71 04 f4908080', 'a text is not UTF-8'],
    ['UTF-8 cut off', '00 01 71 02 e298', 'a text is not UTF-8'],
    ['a record inside itself', '01 6c 01 0000 01 00', 'its values are nested more than 128 deep'],
    ['a value cut off', '00 01 78 00000000000000', 'it ends where 8 more bytes should be'],
  ])('%s', (_what, hex, text) => {
    expect(send('nothing', message(hex))).toBe(text);
  });
});

describe('unusual but valid messages are accepted', () => {
  it.each([
    ['overlong counts', '80808000 808000'],
    ['types that nothing uses', '03 6e6f 6e00 6c01 0001 00'],
    ['extra arguments', '00 03 7f 7c 71 2a 03 616263'],
    ['a negative type code with padding', '01 6e fcffffff7f 01 00 01 2a'],
    ['a function', '01 6a 01 71 00 01 01 01 00 01 01 03 caffee 01 61'],
    ['a service', '02 6a000000 69 02 01 61 00 01 62 00 01 01 01 03 caffee'],
    ['a future type and a future value', '01 67 03 010203 01 00 04 00 01020304'],
    ['a vec of nulls, as many as bytes', '01 6d7f 01 00 10'],
    ['an empty vec of empty', '01 6d6f 01 00 00'],
    ['texts of all planes', '00 01 71 0a 41 c3a9 e29883 f09f9082'],
  ])('%s', (_what, hex) => {
    expect(send('nothing', message(hex))).toEqual(message('00 00'));
  });
});

describe('bombs', () => {
  /** Records that contain the preceding record twice, with a null at the bottom: 2^20 nulls that take no bytes. */
  const doubling = `15 6c02 017f 027f ${Array.from({ length: 20 }, (_, i) => {
    const type = i.toString(16).padStart(2, '0');
    return `6c02 01${type} 02${type}`;
  }).join('')}`;

  it.each([
    ['nulls', `01 6d7f 01 00 ${billion}`, 'it has more values than any argument needs'],
    ['reserveds', `01 6d70 01 00 ${billion}`, 'it has more values than any argument needs'],
    ['empty records', `02 6d01 6c00 01 00 ${billion}`, 'it has more values than any argument needs'],
    ['vecs of nulls', '02 6d01 6d7f 01 00 03 ffff3f ffff3f ffff3f', 'it has more values than any argument needs'],
    ['records that double', `${doubling} 01 14`, 'it has more values than any argument needs'],
    ['bools', `01 6d7e 01 00 ${billion} 000000`, 'a vec has fewer elements than it says'],
    ['numbers', `01 6d78 01 00 ffffffffffffffffff01 00`, 'a vec has fewer elements than it says'],
    ['types', `${billion} 00`, 'the type table ends too early'],
    ['fields', `01 6c ${billion} 007f 00`, 'a type has fewer fields than it says'],
    ['arguments', `00 ${billion}`, 'there are fewer argument types than it says'],
    [
      'parameters of a function',
      `01 6a ${billion} 00 00 00`,
      'its functions and services have more than 4096 parameters and methods',
    ],
    ['a future type', `01 67 ${billion} 00 00`, 'it ends where 1000000000 more bytes should be'],
    ['a future value', `01 67 00 01 00 ${billion} 00 00`, 'it ends where 1000000000 more bytes should be'],
    ['opts in opts', `01 6e00 01 00 ${'01'.repeat(5000)}00`, 'its values are nested more than 128 deep'],
    ['vecs in vecs', `01 6d00 01 00 ${'01'.repeat(5000)}00`, 'its values are nested more than 128 deep'],
  ])('%s', (_what, hex, text) => {
    expect(send('nothing', message(hex))).toBe(text);
  });

  it('types and fields are counted', () => {
    expect(send('nothing', message('8104', '6e7f'.repeat(513), '00'))).toBe('the type table has more than 512 types');
    const fields = Array.from({ length: 20_000 }, (_, i) => {
      const id = [(i & 0x7f) | 0x80, ((i >> 7) & 0x7f) | 0x80, i >> 14];
      return `${Buffer.from(id).toString('hex')}7f`;
    }).join('');
    expect(send('nothing', message('02', `6ca09c01${fields}`, `6ca09c01${fields}`, '00'))).toBe(
      'the types have more than 4096 fields',
    );
  });

  it('elements that are kept as objects are counted', () => {
    const type = IDL.Record({ texts: IDL.Vec(IDL.Text) });
    const lists = (count: number) => ({
      ...{ texts: Array.from({ length: count }, () => ''), numbers: [], flags: [], blobs: [] },
      ...{ colors: [], pairs: [], nested: [] },
    });
    const wire = IDL.Record({
      ...{ texts: IDL.Vec(IDL.Text), numbers: IDL.Vec(IDL.Nat16), flags: IDL.Vec(IDL.Bool), blobs: IDL.Vec(IDL.Text) },
      ...{ colors: IDL.Vec(IDL.Text), pairs: IDL.Vec(IDL.Text), nested: IDL.Vec(IDL.Text) },
    });
    const answer = send('lists', IDL.encode([wire], [lists(10_000)])) as Uint8Array;
    expect((IDL.decode([type], answer)[0] as { texts: string[] }).texts).toHaveLength(10_000);
    expect(send('lists', IDL.encode([wire], [lists(10_001)]))).toBe('it has more than 10000 elements in vecs');
  });

  it('an argument that is larger than any message is not read', () => {
    expect(send('nothing', new Uint8Array(3 * 2 ** 20 + 1))).toBe(
      'it has 3145729 bytes, and at most 3145728 are looked at',
    );
  });
});

describe('values of the wrong type are refused by name', () => {
  it('names the field', () => {
    const wire = IDL.Record({ id: IDL.Text });
    expect(send('growth', IDL.encode([wire], [{ id: 'x' }]))).toBe('id: expected nat64, found text');
  });
  it('names the fields that lead there', () => {
    const inner = IDL.Record({ left: IDL.Variant({ leaf: IDL.Text }), right: IDL.Variant({ leaf: IDL.Nat8 }) });
    const bytes = IDL.encode([IDL.Variant({ node: inner })], [{ node: { left: { leaf: '' }, right: { leaf: 1 } } }]);
    expect(send('tree', bytes)).toBe('node.left.leaf: expected nat8, found text');
  });
  it('names the missing part', () => {
    expect(send('growth', IDL.encode([IDL.Record({})], [{}]))).toBe('the field id is missing');
    expect(send('growth', message('00 00'))).toBe('argument 1 is missing');
    expect(send('several', IDL.encode([IDL.Nat64], [1n]))).toBe('argument 3 is missing');
  });
  it('says which cases exist', () => {
    const bytes = IDL.encode([IDL.Variant({ root: IDL.Null })], [{ root: null }]);
    expect(send('tree', bytes)).toBe('the variant is none of leaf, many, node');
  });
});

describe('opt accepts matching values and is null for others', () => {
  const growth = (wire: IDL.Type, value: unknown) => {
    const { added, addedToo } = IDL.decode(
      [
        IDL.Record({
          id: IDL.Nat64,
          added: IDL.Opt(IDL.Text),
          addedToo: IDL.Opt(IDL.Record({ inner: IDL.Opt(IDL.Variant({ red: IDL.Null })), kept: IDL.Nat8 })),
        }),
      ],
      send('growth', IDL.encode([wire], [value])) as Uint8Array,
    )[0] as { added: unknown; addedToo: unknown };
    return { added, addedToo };
  };
  it.each([
    ['nothing', IDL.Record({ id: IDL.Nat64 }), { id: 1n }, { added: [], addedToo: [] }],
    ['the content itself', IDL.Record({ id: IDL.Nat64, added: IDL.Text }), { id: 1n, added: 'x' }, { added: ['x'] }],
    ['another type', IDL.Record({ id: IDL.Nat64, added: IDL.Opt(IDL.Nat) }), { id: 1n, added: [5n] }, { added: [] }],
    ['a bare other type', IDL.Record({ id: IDL.Nat64, added: IDL.Bool }), { id: 1n, added: true }, { added: [] }],
    [
      'a mismatch inside an inner opt stays there',
      IDL.Record({ id: IDL.Nat64, addedToo: IDL.Record({ inner: IDL.Variant({ x: IDL.Nat }), kept: IDL.Nat8 }) }),
      { id: 1n, addedToo: { inner: { x: 2n ** 70n }, kept: 7 } },
      { addedToo: [{ inner: [], kept: 7 }] },
    ],
    [
      'a mismatch beside it makes the outer one null',
      IDL.Record({ id: IDL.Nat64, addedToo: IDL.Record({ inner: IDL.Null, kept: IDL.Text }) }),
      { id: 1n, addedToo: { inner: null, kept: '7' } },
      { addedToo: [] },
    ],
  ])('%s', (_what, wire, value, expected) => {
    expect(growth(wire as IDL.Type, value)).toMatchObject(expected);
  });

  it('is accepted for opt opt, too', () => {
    const results = [IDL.Nat64, IDL.Opt(IDL.Text), IDL.Variant({ red: IDL.Null }), IDL.Opt(IDL.Opt(IDL.Bool))];
    const last = (type: IDL.Type, value: unknown) => {
      const wire = [IDL.Nat64, IDL.Opt(IDL.Text), IDL.Variant({ red: IDL.Null }), type];
      const answer = send('several', IDL.encode(wire, [1n, [], { red: null }, value])) as Uint8Array;
      return IDL.decode(results, answer)[3];
    };
    expect(last(IDL.Bool, true)).toEqual([[true]]);
    expect(last(IDL.Opt(IDL.Bool), [true])).toEqual([[true]]);
    expect(last(IDL.Opt(IDL.Text), ['x'])).toEqual([[]]);
    expect(last(IDL.Text, 'x')).toEqual([[]]);
    expect(last(IDL.Null, null)).toEqual([]);
  });
});

describe('integers have up to 128 bits', () => {
  const whole = (value: bigint, type: IDL.Type = IDL.Int) => {
    const answer = send('whole', IDL.encode([type], [value]));
    return typeof answer === 'string' ? answer : IDL.decode([IDL.Int], answer)[0];
  };
  const edges = [0n, 63n, 64n, -64n, -65n, 2n ** 63n - 1n, 2n ** 63n, -(2n ** 63n), -(2n ** 63n) - 1n, 2n ** 64n];
  it.each([...edges, 2n ** 126n, 2n ** 127n - 1n, -(2n ** 126n) - 1n, -(2n ** 127n)])('%s', (value) => {
    expect(whole(value)).toBe(value);
    if (value >= 0n) expect(whole(value, IDL.Nat)).toBe(value);
  });
  it.each([2n ** 127n, -(2n ** 127n) - 1n, 2n ** 200n, -(2n ** 200n)])('not %s', (value) => {
    expect(whole(value)).toBe('an integer has more than 128 bits');
  });
  it('a nat of 128 bits is no int of 128 bits', () => {
    expect(whole(2n ** 127n, IDL.Nat)).toBe('an int has more than 128 bits');
  });
  it('padded numbers are accepted', () => {
    expect(send('whole', message(`00 01 7c ff${'ff'.repeat(30)}7f`))).toEqual(message('00 01 7c 7f'));
    expect(send('whole', message(`00 01 7c aa${'80'.repeat(30)}00`))).toEqual(message('00 01 7c 2a'));
    const long = `ff${'ff'.repeat(70)}7f`;
    expect(send('whole', message(`00 01 7c ${long}`))).toBe('a number is padded to more than 64 bytes');
    expect(send('nothing', message(`01 6d ${long} 00`))).toBe('a number is padded to more than 64 bytes');
    expect(send('nothing', message(`01 6d7b 01 00 80${'80'.repeat(70)}00`))).toBe(
      'a number is padded to more than 64 bytes',
    );
    // Numbers that are skipped may be as large as they like.
    expect(send('nothing', message(`00 01 7c ${long}`))).toEqual(message('00 00'));
  });
});

it('long replies leave in pieces', () => {
  const long = 'é'.repeat(100_000);
  const answer = send('word', IDL.encode([IDL.Text], [long])) as Uint8Array;
  expect(IDL.decode([IDL.Text], answer)).toEqual([long]);
});
