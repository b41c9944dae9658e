import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { TENSOR_TYPES } from '../../packages/client/src/gguf/tensor-types.generated.js';
import { ggufBytes, type TensorEntry, type Value } from '../../test/gguf/header.js';
import { Part } from './part.js';
import { hasShared } from './shared.js';
import { sharedFile, sharedNames } from './shared-data.js';

interface Reader {
  gguf_open(size: number): number;
  gguf_summary(): void;
  gguf_tensor(index: number): void;
  gguf_has_tensor(ptr: number, length: number): number;
  gguf_value(getter: number, ptr: number, length: number): void;
}

let part: Part<Reader>;
beforeAll(async () => {
  part = await Part.load<Reader>();
});

/** Opens a file; returns what is wrong with it, or an empty text. */
function open(bytes: Uint8Array, size = bytes.length): string {
  part.open(bytes, size);
  const before = part.exports.taken();
  const done = part.exports.gguf_open(size);
  expect(part.exports.taken()).toBe(before);
  expect(done).toBe(part.said() === '' ? 1 : 0);
  return part.said();
}

const refused = (file: Parameters<typeof ggufBytes>[0]) => open(ggufBytes(file).bytes);

function summary() {
  part.exports.gguf_summary();
  const [version, alignment, dataOffset, keys, tensors] = part.said().split(' ').map(Number);
  return { version, alignment, dataOffset, keys, tensors };
}

function tensor(index: number) {
  part.exports.gguf_tensor(index);
  return part.said();
}

/** The value of a key and the error, from the getter that has this letter in testing/gguf.ts. */
function value(getter: string, key: string): { value: string; error: string } {
  part.withText(key, (ptr, length) => part.exports.gguf_value(getter.charCodeAt(0), ptr, length));
  const [value = '', error = ''] = part.said().split('\n');
  return { value, error };
}

const F32 = 0;
const Q8_0 = 8;
const Q4_K = 12;

const everyType: [string, Value][] = [
  ['a.u8', { type: 'u8', value: 200 }],
  ['a.i8', { type: 'i8', value: -3 }],
  ['a.u16', { type: 'u16', value: 60000 }],
  ['a.i16', { type: 'i16', value: -300 }],
  ['a.u32', { type: 'u32', value: 4_000_000_000 }],
  ['a.i32', { type: 'i32', value: -70000 }],
  ['a.f32', { type: 'f32', value: 1.5 }],
  ['a.bool', { type: 'bool', value: false }],
  ['a.string', { type: 'string', value: 'Grüße, 世界 🦙' }],
  ['a.u64', { type: 'u64', value: 2n ** 63n }],
  ['a.i64', { type: 'i64', value: -(2n ** 40n) }],
  ['a.f64', { type: 'f64', value: 0.25 }],
  ['an.array', { array: 'i16', values: [1, -2, 3] }],
  ['an.empty', { array: 'u32', values: [] }],
  ['bools', { array: 'bool', values: [true, false] }],
  ['floats', { array: 'f32', values: [0.5, -2] }],
  ['strings', { array: 'string', values: ['', 'a', 'bc'] }],
];

describe('reading a sound file', () => {
  it('knows the same tensor types as the client', () => {
    for (let type = 0; type < 64; type++) {
      const known = TENSOR_TYPES.get(type);
      const { block: elements, bytes } = known ?? { block: 1, bytes: 0 };
      const reason = refused({
        tensors: [{ name: 't', shape: [elements * 2], type, offset: 0 }],
        data: bytes * 2,
      });
      if (!known) expect(reason).toContain(`unknown tensor type ${type}`);
      else
        expect([reason, tensor(0)]).toEqual([
          '',
          expect.stringMatching(`^t ${elements * 2} ${known.name} ${bytes * 2} `),
        ]);
    }
  });

  it('gives every type of value, from versions 2 and 3', () => {
    for (const version of [2, 3]) {
      expect(refused({ version, metadata: everyType })).toBe('');
      expect(summary()).toMatchObject({ version, alignment: 32, keys: everyType.length, tensors: 0 });
      expect(value('u', 'a.u8').value).toBe('200');
      expect(value('u', 'a.u16').value).toBe('60000');
      expect(value('u', 'a.u32').value).toBe('4000000000');
      expect(value('f', 'a.f32').value).toBe('1.5');
      expect(value('f', 'a.f64').value).toBe('0.25');
      expect(value('b', 'a.bool').value).toBe('false');
      expect(value('t', 'a.string').value).toBe('Grüße, 世界 🦙');
      expect(value('i', 'an.array').value).toBe('1 -2 3');
      expect(value('i', 'an.empty').value).toBe('');
      expect(value('i', 'bools').value).toBe('1 0');
      expect(value('n', 'floats').value).toBe('0.5 -2.0');
    }
  });

  it('reports keys that are missing, of another type or out of range', () => {
    expect(refused({ metadata: everyType })).toBe('');
    expect(value('u', 'none')).toEqual({ value: '7', error: '' });
    expect(value('t', 'none')).toEqual({ value: 'fallback', error: '' });
    expect(value('U', 'none').error).toBe('metadata key "none" is missing');
    expect(value('u', 'a.i8').error).toBe('metadata key "a.i8" is -3; 0 to 4294967295 is accepted');
    expect(value('u', 'a.u64').error).toMatch(/is accepted/);
    expect(value('u', 'a.string').error).toBe('metadata key "a.string" is a value of type string, not an integer');
    expect(value('t', 'an.array').error).toBe('metadata key "an.array" is an array of i16, not a string');
    expect(value('f', 'a.u32').error).toMatch(/not a floating-point number/);
    expect(value('b', 'a.u8').error).toMatch(/not a bool/);
    expect(value('i', 'floats').error).toMatch(/not an array of integers/);
    expect(value('n', 'an.array').error).toMatch(/not an array of f32/);
  });

  it('gives tensors by place and name, with their bytes', () => {
    const tensors = [
      { name: 'token_embd.weight', shape: [64, 10], type: Q8_0, offset: 0 },
      { name: 'norm.weight', shape: [64], type: F32, offset: 704 },
      { name: 'experts', shape: [256, 2, 3], type: Q4_K, offset: 960 },
    ];
    const { bytes, dataOffset } = ggufBytes({ tensors, data: 960 + 6 * 144 });
    expect(open(bytes)).toBe('');
    expect(summary()).toMatchObject({ dataOffset, tensors: 3 });
    expect(tensor(0)).toBe(`token_embd.weight 64x10 Q8_0 68 ${dataOffset} 680`);
    expect(tensor(1)).toBe(`norm.weight 64 F32 256 ${dataOffset + 704} 256`);
    expect(tensor(2)).toBe(`experts 256x2x3 Q4_K 144 ${dataOffset + 960} 864`);
    expect(part.withText('experts', part.exports.gguf_has_tensor)).toBe(1);
    expect(part.withText('expert', part.exports.gguf_has_tensor)).toBe(0);
  });

  it('honours the alignment', () => {
    const metadata = [['general.alignment', { type: 'u32', value: 256 }]] as const;
    const tensors = [{ name: 't', shape: [1], type: F32, offset: 0 }];
    const { bytes, dataOffset } = ggufBytes({ metadata, tensors, alignment: 256, data: 4 });
    expect(open(bytes)).toBe('');
    expect(summary()).toMatchObject({ alignment: 256, dataOffset });
  });

  it('goes beyond 4 GiB', () => {
    const rows = 3_000_000;
    const size = rows * 512 * 4;
    const tensors = [
      { name: 'large', shape: [512, rows], type: F32, offset: 0 },
      { name: 'after', shape: [8], type: F32, offset: size },
    ];
    const { bytes, dataOffset } = ggufBytes({ tensors });
    expect(open(bytes, dataOffset + size + 32)).toBe('');
    expect(tensor(1)).toBe(`after 8 F32 32 ${dataOffset + size} 32`);
    expect(open(bytes, dataOffset + size + 31)).toMatch(/"after" reaches past the end/);
  });

  it('reads a header in pieces, however long its lists are', () => {
    const words = Array.from({ length: 30_000 }, (_, i) => `word ${i}`);
    const tensors = [{ name: 't', shape: [1], type: F32, offset: 0 }];
    const { bytes, dataOffset } = ggufBytes({
      metadata: [['tokens', { array: 'string', values: words }]],
      tensors,
      data: 4,
    });
    expect(bytes.length).toBeGreaterThan(400_000);
    expect(open(bytes)).toBe('');
    expect(tensor(0)).toBe(`t 1 F32 4 ${dataOffset} 4`);
  });
});

describe('refusing a file', () => {
  const sound: TensorEntry = { name: 't', shape: [32], type: F32, offset: 0 };
  const one = (change: Partial<TensorEntry>, data = 128) => refused({ tensors: [{ ...sound, ...change }], data });
  const key = (name: string) => [name, { type: 'u32', value: 1 }] as const;

  it('that is no GGUF file of this kind', () => {
    expect(open(new Uint8Array(0))).toMatch(
      /truncated: the magic "GGUF" needs 4 bytes at offset 0, and the file has 0/,
    );
    expect(open(new TextEncoder().encode('Once upon a time'))).toBe(
      'not a GGUF file: it starts with "Once" instead of "GGUF"',
    );
    expect(open(Uint8Array.of(0x50, 0x4b, 3, 4, 0))).toMatch(/it starts with "PK\?\?"/);
    expect(refused({ version: 1 })).toMatch(/version 1, which is no longer supported/);
    expect(refused({ version: 4 })).toMatch(/version 4; versions 2 and 3/);
    expect(refused({ version: 0 })).toMatch(/version 0;/);
    expect(refused({ version: 3 << 24 })).toMatch(/big-endian/);
  });

  it('with absurd counts', () => {
    expect(refused({ keyCount: 5000n })).toMatch(/claims 5000 metadata keys; at most 2048/);
    expect(refused({ keyCount: 2n ** 64n - 1n })).toMatch(/claims 18446744073709551615 metadata keys/);
    expect(refused({ tensorCount: 2n ** 40n })).toMatch(/claims 1099511627776 tensors; at most 4096/);
    expect(refused({ tensorCount: 3n })).toMatch(/truncated: the name of tensor 0/);
    expect(refused({ keyCount: 1n })).toMatch(/truncated: metadata key 0/);
  });

  it('with broken keys', () => {
    expect(refused({ metadata: [key('a'), key('a')] })).toBe('metadata key "a" is there twice');
    expect(refused({ metadata: [key('')] })).toBe('metadata key 0 is empty');
    expect(refused({ metadata: [key('x'.repeat(65536))] })).toMatch(/key 0 claims 65536 bytes; at most 65535/);
  });

  it('with broken values', () => {
    const { bytes } = ggufBytes({ metadata: [['k', { type: 'u32', value: 1 }]] });
    const typeAt = 24 + 8 + 1;
    const withType = (...bytesAt: [number, number][]) => {
      const changed = bytes.slice();
      for (const [at, byte] of bytesAt) changed[typeAt + at] = byte;
      return open(changed);
    };
    expect(withType([0, 13])).toBe('the value of metadata key "k" has unknown type 13');
    expect(withType([0, 9], [4, 9])).toMatch(/truncated/);
    const metadata = [['k', { array: 'u64', values: [0n, 0n] }]] as const;
    const nested = ggufBytes({ metadata }).bytes;
    nested[typeAt + 4] = 9;
    expect(open(nested)).toBe('the value of metadata key "k" is an array of arrays, which is not supported');
    nested[typeAt + 4] = 77;
    expect(open(nested)).toMatch(/an array of unknown type 77/);
    nested[typeAt + 4] = 10;
    nested.fill(255, typeAt + 8, typeAt + 16);
    expect(open(nested)).toMatch(/claims 18446744073709551615 elements/);
    nested[typeAt + 4] = 8;
    expect(open(nested)).toMatch(/claims 18446744073709551615 strings, more than the file has room for/);
    expect(refused({ metadata: [['k', { type: 'bool', value: 2 }]] })).toMatch(/a bool of value 2/);
    const long = ggufBytes({ metadata: [['k', { type: 'string', value: 'abc' }]] }).bytes;
    long.fill(255, typeAt + 4, typeAt + 12);
    expect(open(long)).toMatch(/truncated: the value of metadata key "k" needs 18446744073709551615 bytes/);
  });

  it('with an invalid alignment', () => {
    for (const alignment of [0, 24, 2 ** 21]) {
      expect(refused({ metadata: [['general.alignment', { type: 'u32', value: alignment }]] })).toMatch(
        `general.alignment is ${alignment}; a power of two`,
      );
    }
    expect(refused({ metadata: [['general.alignment', { type: 'string', value: '32' }]] })).toMatch(/not an integer/);
  });

  it('that is a part of a split model', () => {
    expect(refused({ metadata: [['split.count', { type: 'u16', value: 3 }]] })).toMatch(
      /^the file is part 1 of 3 of a split model: load the first, NAME-00001-of-00003.gguf, with the others beside it$/,
    );
    expect(refused({ metadata: [['split.count', { type: 'u16', value: 1 }]] })).toBe('');
  });

  it('with broken tensors', () => {
    expect(one({})).toBe('');
    expect(one({ name: '' })).toBe('tensor 0 has no name');
    expect(one({ name: 'n'.repeat(65) })).toMatch(/name of tensor 0 claims 65 bytes; at most 64/);
    expect(one({ shape: [] })).toBe('tensor "t" has 0 dimensions; 1 to 4 are accepted');
    expect(one({ shape: [1, 1, 1, 1, 1] })).toMatch(/5 dimensions/);
    expect(one({ shape: [32, 0] })).toBe('dimension 1 of tensor "t" is 0');
    expect(one({ shape: [2n ** 32n, 2n ** 32n] })).toBe('dimension 1 of tensor "t" is 4294967296');
    expect(one({ shape: [2n ** 63n] })).toBe('dimension 0 of tensor "t" is 9223372036854775808');
    expect(one({ type: 4 })).toBe('tensor "t" has unknown tensor type 4');
    expect(one({ type: 999 })).toBe('tensor "t" has unknown tensor type 999');
    expect(one({ type: Q4_K })).toBe('tensor "t" has rows of 32 elements, no multiple of the 256 in a block of Q4_K');
    expect(one({ offset: 8 })).toBe('tensor "t" is misaligned: offset 8 is no multiple of 32');
    expect(one({ offset: 32 })).toMatch(/tensor "t" reaches past the end of the file: 128 bytes at 32/);
    expect(one({ offset: 2n ** 64n - 32n })).toMatch(/reaches past the end/);
    expect(one({ shape: [2n ** 40n] })).toMatch(/reaches past the end of the file: 4398046511104 bytes/);
    expect(refused({ tensors: [sound, { ...sound, offset: 128 }], data: 256 })).toBe('tensor "t" is there twice');
    const overlap = [sound, { ...sound, name: 'u', offset: 96 }, { ...sound, name: 'v', offset: 256 }];
    expect(refused({ tensors: overlap, data: 512 })).toBe('tensors "t" and "u" overlap');
    expect(refused({ tensors: [overlap[2]!, overlap[1]!, overlap[0]!], data: 512 })).toBe(
      'tensors "t" and "u" overlap',
    );
  });

  it('that ends too early, wherever it ends', () => {
    const { bytes } = ggufBytes({ metadata: everyType, tensors: [sound], data: 128 });
    expect(open(bytes)).toBe('');
    for (let length = 0; length < bytes.length; ++length) {
      expect(open(bytes.slice(0, length))).toMatch(/truncated|past the end/);
    }
  });

  it('with an endless header', () => {
    // A list of empty strings consists of zeros, like the rest of this file.
    const { bytes } = ggufBytes({ metadata: [['k', { array: 'string', values: [''] }]] });
    const endless = bytes.slice();
    new DataView(endless.buffer).setBigUint64(24 + 8 + 1 + 8, 10_000_000n, true);
    expect(open(endless, 2 ** 33)).toMatch(/more than the file has room for|header is larger than 67108864 bytes/);
    new DataView(endless.buffer).setBigUint64(24 + 8 + 1 + 8, 8_388_608n, true);
    expect(open(endless, 2 ** 33)).toMatch(/header is larger than 67108864 bytes/);
  });
});

describe('hostile bytes', () => {
  it('never trap and never leak', () => {
    const { bytes } = ggufBytes({
      metadata: everyType,
      tensors: [
        { name: 'a', shape: [32, 2], type: Q8_0, offset: 0 },
        { name: 'b', shape: [4], type: F32, offset: 96 },
      ],
      data: 128,
    });
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.constantFrom(0, 1, 7, 8, 9, 127, 128, 254, 255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const broken = bytes.slice();
        for (const [at, byte] of changes) broken[at] = byte;
        open(broken);
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const broken = bytes.slice(0, 24 + noise.length);
        broken.set(noise, 24);
        open(broken);
      }),
      { numRuns: 1000 },
    );
  });
});

describe.skipIf(!hasShared)('files of the shared data', () => {
  const names = [...sharedNames('models', '.gguf'), ...sharedNames('vocab', '.gguf'), ...sharedNames('minis', '.gguf')];

  it.each(names)('%s is read', (name) => {
    const bytes = sharedFile(name);
    expect(open(bytes)).toBe('');
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { tensors = 0, keys } = summary();
    expect(tensors).toBe(Number(header.getBigUint64(8, true)));
    expect(keys).toBe(Number(header.getBigUint64(16, true)));
    expect(value('T', 'general.architecture')).toMatchObject({ error: '' });
    // Writers pad the last tensor too, so the tensors fill the file.
    if (tensors > 0) {
      const [offset, size] = tensor(tensors - 1)
        .split(' ')
        .slice(-2)
        .map(Number);
      expect(bytes.length - (offset! + size!)).toBeLessThan(32);
    }
  });
});
