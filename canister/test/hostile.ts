/** Files that were made to do harm, or were damaged: sound files with changes. */
import fc from 'fast-check';
import { VALUE, type ValueType } from '../../test/gguf/layout.js';

/** A number in a header, and what it stands for. */
interface Field {
  offset: number;
  bytes: 1 | 2 | 4 | 8;
  kind: 'magic' | 'version' | 'count' | 'length' | 'type' | 'rank' | 'dimension' | 'offset' | 'value';
}

const widths: Record<ValueType, 0 | 1 | 2 | 4 | 8> = {
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  f32: 4,
  bool: 1,
  string: 0,
  array: 0,
  u64: 8,
  i64: 8,
  f64: 8,
};
const names = Object.fromEntries(Object.entries(VALUE).map(([name, number]) => [number, name as ValueType]));

/** The numbers of a sound file's header (only the first few of long arrays), and the places of texts. */
export function fieldsOf(file: Uint8Array): {
  fields: Field[];
  texts: { offset: number; bytes: number }[];
  end: number;
} {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const fields: Field[] = [];
  const texts: { offset: number; bytes: number }[] = [];
  let at = 0;
  const number = (bytes: Field['bytes'], kind: Field['kind'], isShown = true): number => {
    if (isShown) fields.push({ offset: at, bytes, kind });
    const value = bytes === 8 ? Number(view.getBigUint64(at, true)) : bytes === 4 ? view.getUint32(at, true) : 0;
    at += bytes;
    return value;
  };
  const text = (isShown = true): void => {
    const bytes = number(8, 'length', isShown);
    if (isShown && bytes > 0) texts.push({ offset: at, bytes });
    at += bytes;
  };
  const value = (type: number, isShown = true): void => {
    const width = widths[names[type]!];
    if (width === 0) text(isShown);
    else number(width, 'value', isShown);
  };
  number(4, 'magic');
  number(4, 'version');
  const tensors = number(8, 'count');
  const keys = number(8, 'count');
  for (let key = 0; key < keys; key++) {
    text();
    const type = number(4, 'type');
    if (type !== VALUE.array) {
      value(type);
      continue;
    }
    const element = number(4, 'type');
    const count = number(8, 'count');
    for (let i = 0; i < count; i++) value(element, i < 3);
  }
  for (let tensor = 0; tensor < tensors; tensor++) {
    text();
    const rank = number(4, 'rank');
    for (let i = 0; i < rank; i++) number(8, 'dimension');
    number(4, 'type');
    number(8, 'offset');
  }
  return { fields, texts, end: at };
}

const evil = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 3n, 8n, 9n, 31n, 255n, 256n, 65535n, 65536n, 1n << 20n, 1n << 30n),
  fc.constantFrom(
    (1n << 31n) - 1n,
    1n << 31n,
    (1n << 32n) - 1n,
    1n << 32n,
    1n << 40n,
    1n << 62n,
    1n << 63n,
    (1n << 64n) - 1n,
  ),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
);

type Change =
  | { kind: 'number'; field: number; value: bigint; relative: boolean }
  | { kind: 'byte'; place: number; value: number }
  | { kind: 'text'; text: number; value: Uint8Array }
  | { kind: 'swap'; one: number; other: number }
  | { kind: 'cut'; place: number; inHeader: boolean }
  | { kind: 'insert'; place: number; bytes: Uint8Array };

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('number' as const),
      field: fc.nat(),
      value: evil,
      relative: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('byte' as const), place: fc.nat(), value: fc.nat(255) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      text: fc.nat(),
      value: fc.uint8Array({ maxLength: 24 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('swap' as const), one: fc.nat(), other: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), place: fc.nat(), inHeader: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      place: fc.nat(),
      bytes: fc.uint8Array({ maxLength: 40 }),
    }),
  },
);

/** One to three changes of a file. */
export const changes = fc.array(change, { minLength: 1, maxLength: 3 });

/** The file with the changes. Places are those in the sound file, so later changes may miss their target. */
export function changed(sound: Uint8Array, list: readonly Change[]): Uint8Array {
  const { fields, texts, end } = fieldsOf(sound);
  let file = sound.slice();
  const write = (offset: number, bytes: number, value: bigint): void => {
    for (let i = 0; i < bytes && offset + i < file.length; i++)
      file[offset + i] = Number((value >> BigInt(8 * i)) & 255n);
  };
  const read = ({ offset, bytes }: { offset: number; bytes: number }): bigint => {
    let value = 0n;
    for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(file[offset + i] ?? 0);
    return value;
  };
  for (const change of list) {
    if (change.kind === 'number') {
      const field = fields[change.field % fields.length]!;
      write(field.offset, field.bytes, change.relative ? read(field) + change.value : change.value);
    } else if (change.kind === 'byte') {
      file[change.place % Math.min(end, file.length)] = change.value;
    } else if (change.kind === 'text') {
      const { offset, bytes } = texts[change.text % texts.length]!;
      file.set(
        change.value.subarray(0, Math.max(0, Math.min(bytes, file.length - offset))),
        Math.min(offset, file.length),
      );
    } else if (change.kind === 'swap') {
      const [one, other] = [fields[change.one % fields.length]!, fields[change.other % fields.length]!];
      const [a, b] = [read(one), read(other)];
      write(one.offset, one.bytes, b);
      write(other.offset, other.bytes, a);
    } else if (change.kind === 'cut') {
      file = file.slice(0, change.place % (change.inHeader ? end : file.length));
    } else {
      const place = change.place % end;
      file = new Uint8Array(Buffer.concat([file.subarray(0, place), change.bytes, file.subarray(place)]));
    }
    if (file.length === 0) file = new Uint8Array(1);
  }
  return file;
}
