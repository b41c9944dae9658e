import { IDL, idlLabelToId } from '@icp-sdk/core/candid';

/** The error for a value that does not have the expected type. */
export class Mismatch extends Error {}

type Fields = [string, IDL.Type][];

/** Replaces a recursive type by its definition. */
function unfold(type: IDL.Type): IDL.Type {
  return type instanceof IDL.RecClass ? (type.getType() as IDL.Type) : type;
}

function fieldsOf(type: IDL.Type): Fields {
  return (type as IDL.RecordClass)._fields;
}

function find(fields: Fields, label: string): [string, IDL.Type] | undefined {
  return fields.find(([other]) => idlLabelToId(other) === idlLabelToId(label));
}

/** `null <: type`: whether a record may lack a field of this type. */
function takesNull(expected: IDL.Type): boolean {
  const type = unfold(expected);
  return type instanceof IDL.OptClass || type.name === 'null' || type.name === 'reserved';
}

function toOpt(value: unknown, from: IDL.Type, content: IDL.Type): unknown {
  if (from.name === 'null' || from.name === 'reserved') return [];
  if (from instanceof IDL.OptClass && (value as unknown[]).length === 0) return [];
  try {
    return from instanceof IDL.OptClass
      ? [coerce((value as unknown[])[0], from._type, content)]
      : [coerce(value, from, content)];
  } catch (error) {
    if (error instanceof Mismatch) return [];
    throw error;
  }
}

/** The values of a tuple are in an array, those of a record in an object. */
function property(value: unknown, type: IDL.Type, label: string): unknown {
  if (type instanceof IDL.TupleClass) return (value as unknown[])[idlLabelToId(label)];
  return (value as Record<string, unknown>)[label];
}

function toRecord(value: unknown, from: IDL.Type, to: IDL.Type): unknown {
  if (!(from instanceof IDL.RecordClass)) throw new Mismatch(`${from.name} is no record`);
  const entries = fieldsOf(to).map(([label, type]): [string, unknown] => {
    const source = find(fieldsOf(from), label);
    if (source) return [label, coerce(property(value, from, source[0]), source[1], type)];
    if (!takesNull(type)) throw new Mismatch(`${label} is missing`);
    return [label, unfold(type) instanceof IDL.OptClass ? [] : null];
  });
  return to instanceof IDL.TupleClass ? entries.map(([, v]) => v) : Object.fromEntries(entries);
}

/**
 * The Candid specification's "Coercion" for @icp-sdk/core's values and types: what a value of one type becomes when
 * another type is expected. The canister's decoder is compared with it, because core's own decoder is more lenient.
 */
function coerce(value: unknown, fromType: IDL.Type, toType: IDL.Type): unknown {
  const from = unfold(fromType);
  const to = unfold(toType);
  if (to.name === 'reserved') return null;
  if (to instanceof IDL.OptClass) return toOpt(value, from, to._type);
  if (to instanceof IDL.RecordClass) return toRecord(value, from, to);
  if (to instanceof IDL.VecClass) {
    if (!(from instanceof IDL.VecClass)) throw new Mismatch(`${from.name} is no vec`);
    const items = Array.from(value as unknown[], (item) => coerce(item, from._type, to._type));
    return to._type.name === 'nat8' ? Uint8Array.from(items as number[]) : items;
  }
  if (to instanceof IDL.VariantClass) {
    if (!(from instanceof IDL.VariantClass)) throw new Mismatch(`${from.name} is no variant`);
    const [label, content] = Object.entries(value as object)[0] as [string, unknown];
    const source = find(from._fields, label)!;
    const target = find(to._fields, label);
    if (!target) throw new Mismatch(`${label} is no case`);
    return { [target[0]]: coerce(content, source[1], target[1]) };
  }
  if (from.name === to.name || (from.name === 'nat' && to.name === 'int')) return value;
  throw new Mismatch(`${from.name} is not ${to.name}`);
}

/** The same for a list of arguments: extra ones are dropped, missing ones are null if their type allows that. */
export function coerceArguments(values: unknown[], from: IDL.Type[], to: IDL.Type[]): unknown[] {
  return to.map((type, i) => {
    const source = from[i];
    if (source) return coerce(values[i], source, type);
    if (!takesNull(type)) throw new Mismatch(`argument ${i} is missing`);
    return unfold(type) instanceof IDL.OptClass ? [] : null;
  });
}
