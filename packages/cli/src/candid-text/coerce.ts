import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { UsageError } from '../failure.js';
import type { Written } from './parse.js';

/** The name of a written value in an error. */
function called(written: Written): string {
  switch (written.kind) {
    case 'number':
      return written.text;
    case 'bool':
      return String(written.value);
    case 'text':
      return `the text "${Buffer.from(written.bytes).toString().slice(0, 40)}"`;
    case 'variant':
      return `variant ${written.label}`;
    default:
      return written.kind;
  }
}

function mismatch(path: string, expected: string, written: Written): UsageError {
  const where = path === '' ? 'the argument' : path;
  return new UsageError(`${where} is to be ${expected}, not ${called(written)}`);
}

interface Place {
  written: Written;
  path: string;
}

function unwrap(written: Written): Written {
  return written.kind === 'typed' ? unwrap(written.value) : written;
}

function whole(place: Place, expected: string): bigint {
  const { written } = place;
  if (written.kind !== 'number' || !/^[+-]?(0x[0-9a-f]+|\d+)$/i.test(written.text)) {
    throw mismatch(place.path, expected, written);
  }
  const digits = written.text.replace(/^[+-]/, '');
  return written.text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
}

function between(place: Place, expected: string, min: bigint, max: bigint): bigint {
  const value = whole(place, expected);
  if (value < min || value > max) throw mismatch(place.path, `${expected} (${min} to ${max})`, place.written);
  return value;
}

function textOf(place: Place): string {
  const { written, path } = place;
  if (written.kind !== 'text') throw mismatch(path, 'a text', written);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(written.bytes);
  } catch {
    throw new UsageError(`${path || 'the argument'} is not valid UTF-8`);
  }
}

/** Turns a written value into the JavaScript value that the agent encodes at the method's type. */
class Coercion extends IDL.Visitor<Place, unknown> {
  /** Types that a command line cannot write. */
  override visitType(type: IDL.Type, place: Place): never {
    throw mismatch(place.path, `a value of type ${type.name}, which has no text form here`, place.written);
  }

  override visitBool(_type: IDL.BoolClass, { written, path }: Place): boolean {
    if (written.kind !== 'bool') throw mismatch(path, 'true or false', written);
    return written.value;
  }

  override visitNull(_type: IDL.NullClass, { written, path }: Place): null {
    if (written.kind !== 'null') throw mismatch(path, 'null', written);
    return null;
  }

  override visitReserved(): null {
    return null;
  }

  override visitText(_type: IDL.TextClass, place: Place): string {
    return textOf(place);
  }

  override visitNat(_type: IDL.NatClass, place: Place): bigint {
    const value = whole(place, 'a natural number');
    if (value < 0n) throw mismatch(place.path, 'a natural number', place.written);
    return value;
  }

  override visitInt(_type: IDL.IntClass, place: Place): bigint {
    return whole(place, 'a whole number');
  }

  override visitFixedNat(type: IDL.FixedNatClass, place: Place): bigint | number {
    const value = between(place, type.name, 0n, (1n << BigInt(type._bits)) - 1n);
    return type._bits <= 32 ? Number(value) : value;
  }

  override visitFixedInt(type: IDL.FixedIntClass, place: Place): bigint | number {
    const half = 1n << BigInt(type._bits - 1);
    const value = between(place, type.name, -half, half - 1n);
    return type._bits <= 32 ? Number(value) : value;
  }

  override visitFloat(_type: IDL.FloatClass, { written, path }: Place): number {
    if (written.kind !== 'number') throw mismatch(path, 'a number', written);
    return Number(written.text);
  }

  override visitPrincipal(_type: IDL.PrincipalClass, { written, path }: Place): Principal {
    if (written.kind !== 'principal') throw mismatch(path, 'principal "..."', written);
    try {
      return Principal.fromText(written.text);
    } catch {
      throw new UsageError(`${path || 'the argument'}: "${written.text}" is no principal`);
    }
  }

  override visitOpt(_type: IDL.OptClass<unknown>, inner: IDL.Type, { written, path }: Place): unknown {
    if (written.kind === 'null') return [];
    // Candid accepts a plain value for an optional one.
    const value = written.kind === 'opt' ? written.value : written;
    return [coerce(inner, value, path)];
  }

  override visitVec(_type: IDL.VecClass<unknown>, inner: IDL.Type, { written, path }: Place): unknown {
    const bytes = inner instanceof IDL.FixedNatClass && inner._bits === 8;
    if (bytes && (written.kind === 'blob' || written.kind === 'text')) return written.bytes;
    if (written.kind !== 'vec') throw mismatch(path, bytes ? 'a blob' : 'a vec', written);
    const values = written.values.map((value, i) => coerce(inner, value, `${path}[${i}]`));
    return bytes ? Uint8Array.from(values as number[]) : values;
  }

  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], { written, path }: Place): unknown {
    if (written.kind !== 'record') throw mismatch(path, 'a record', written);
    const given = new Map(written.fields.map(([label, value]) => [fieldName(label, fields), value]));
    const value: Record<string, unknown> = {};
    for (const [name, type] of fields) {
      const field = given.get(name);
      given.delete(name);
      if (field) value[name] = coerce(type, field, `${path}.${name}`);
      else if (type instanceof IDL.OptClass) value[name] = [];
      else throw new UsageError(`${path || 'the record'} lacks the field ${name}`);
    }
    const [extra] = given.keys();
    if (extra !== undefined) {
      const names = fields.map(([name]) => name).join(', ');
      throw new UsageError(`${path || 'the record'} has no field ${extra}`, `Its fields are ${names || 'none'}.`);
    }
    return value;
  }

  override visitTuple(_type: IDL.TupleClass<unknown[]>, components: IDL.Type[], { written, path }: Place): unknown {
    if (written.kind !== 'record' || written.fields.length !== components.length) {
      throw mismatch(path, `a record of ${components.length} values`, written);
    }
    return components.map((type, i) => coerce(type, written.fields[i]![1], `${path}[${i}]`));
  }

  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][], { written, path }: Place): unknown {
    if (written.kind !== 'variant') throw mismatch(path, 'a variant', written);
    const label = fieldName(written.label, fields);
    const field = fields.find(([name]) => name === label);
    if (!field) {
      const names = fields.map(([name]) => name).join(', ');
      throw new UsageError(`${path || 'the variant'} has no ${written.label}`, `It is one of ${names}.`);
    }
    return { [label]: coerce(field[1], written.value, `${path}.${label}`) };
  }

  override visitRec<T>(_type: IDL.RecClass<T>, inner: IDL.ConstructType<T>, place: Place): unknown {
    return inner.accept(this, place);
  }
}

/** A field may be given by the number of its name. */
function fieldName(label: string, fields: readonly [string, IDL.Type][]): string {
  const number = /^_(\d+)_$/.exec(label)?.[1];
  if (number === undefined) return label;
  return fields.find(([name]) => fieldId(name) === Number(number))?.[0] ?? label;
}

/** The number of a field's name. Source: dfinity/candid, spec/Candid.md, "Shorthand: Symbolic Field Ids". */
function fieldId(name: string): number {
  let id = 0;
  for (const byte of new TextEncoder().encode(name)) id = (Math.imul(id, 223) + byte) >>> 0;
  return id;
}

const coercion = new Coercion();

/** A written value at a type. Errors: UsageError with the place and the expected type. */
export function coerce(type: IDL.Type, written: Written, path = ''): unknown {
  return type.accept(coercion, { written: unwrap(written), path });
}
