import { HeaderReader } from './reader';
import {
  ARRAY,
  BOOL,
  FLOAT32,
  FLOAT64,
  INT32,
  STRING,
  isInteger,
  loadInteger,
  valueBytes,
  valueTypeName,
} from './value-types';

/** Name of an overriding value's type, as in llama.cpp's `--override-kv`. */
function givenTypeName(type: u32): string {
  return type == STRING ? 'str' : type == BOOL ? 'bool' : isInteger(type) ? 'int' : 'float';
}

/** The part of a key that is being read, for errors. */
const VALUE: string = 'the value of metadata key';

/** One key's value: a scalar by its bits, any other by its place in the file. */
export class MetadataEntry {
  /** Whether the value was read by a getter. */
  isAskedFor: bool = false;

  constructor(
    /** Type of the value, or of the elements if it is an array (value-types.ts). */
    readonly type: u32,
    readonly isArray: bool,
    /** Elements of an array, bytes of a string, 1 for other scalars. */
    readonly count: u64,
    /** Offset in the file of the value's first byte: of a string's text, of an array's first element. */
    readonly offset: u64,
    /** Bytes of the value in the file from `offset`. */
    readonly bytes: u64,
    /** Bits of a scalar, integers sign-extended. */
    readonly bits: u64,
    /** For an overriding value: the bytes of its text if it is one; null for values of the file. */
    readonly given: ArrayBuffer | null = null,
  ) {}

  describe(): string {
    if (this.given !== null) return `overridden with a value of type ${givenTypeName(this.type)}`;
    return this.isArray ? `an array of ${valueTypeName(this.type)}` : 'a value of type ' + valueTypeName(this.type);
  }
}

/** Skips the type and value of a key that is not kept. */
export function skipEntry(reader: HeaderReader): void {
  const type = reader.u32(VALUE);
  const width = valueBytes(type);
  if (type == ARRAY) skipArray(reader);
  else if (type == STRING) reader.skip(reader.u64(VALUE), VALUE);
  else if (width == 0) reader.failAt(VALUE, ` has unknown type ${type}`);
  else reader.skip(width, VALUE);
}

/** Reads the type and value after a key. On failure the entry is meaningless and `reader.problem` says why. */
export function parseEntry(reader: HeaderReader): MetadataEntry {
  const type = reader.u32(VALUE);
  if (type == ARRAY) return skipArray(reader);
  const width = valueBytes(type);
  if (type == STRING) {
    const length = reader.u64(VALUE);
    const offset = reader.position;
    reader.skip(length, VALUE);
    return new MetadataEntry(STRING, false, length, offset, length, 0);
  }
  if (width == 0) reader.failAt(VALUE, ` has unknown type ${type}`);
  const offset = reader.position;
  const ptr = reader.take(width, VALUE);
  if (ptr == 0) return new MetadataEntry(INT32, false, 0, 0, 0, 0);
  const bits = type == FLOAT32 ? <u64>load<u32>(ptr) : type == FLOAT64 ? load<u64>(ptr) : <u64>loadInteger(type, ptr);
  if (type == BOOL && bits > 1) reader.failAt(VALUE, ` is a bool of value ${bits}`);
  return new MetadataEntry(type, false, 1, offset, width, bits);
}

/** An array's entry: its elements are read on demand. */
function skipArray(reader: HeaderReader): MetadataEntry {
  const type = reader.u32(VALUE);
  const count = reader.u64(VALUE);
  const offset = reader.position;
  const width = valueBytes(type);
  if (type == ARRAY) {
    // The specification allows nested arrays, but no model has them, and they would need a bounded depth.
    reader.failAt(VALUE, ' is an array of arrays, which is not supported');
  } else if (type == STRING) {
    reader.skipStrings(count, VALUE);
  } else if (width == 0) {
    reader.failAt(VALUE, ` is an array of unknown type ${type}`);
  } else if (count > u64.MAX_VALUE / width) {
    reader.failAt(VALUE, ` claims ${count} elements`);
  } else {
    reader.skip(count * width, VALUE);
  }
  return new MetadataEntry(type, true, count, offset, reader.position - offset, 0);
}
