import { IDL } from '@icp-sdk/core/candid';
import { UsageError } from '../failure.js';
import { coerce } from './coerce.js';
import type { Written } from './parse.js';

const NAMED: Readonly<Record<string, IDL.Type>> = {
  null: IDL.Null,
  bool: IDL.Bool,
  nat: IDL.Nat,
  int: IDL.Int,
  nat8: IDL.Nat8,
  nat16: IDL.Nat16,
  nat32: IDL.Nat32,
  nat64: IDL.Nat64,
  int8: IDL.Int8,
  int16: IDL.Int16,
  int32: IDL.Int32,
  int64: IDL.Int64,
  float32: IDL.Float32,
  float64: IDL.Float64,
  text: IDL.Text,
  principal: IDL.Principal,
  reserved: IDL.Reserved,
};

/**
 * The type of a value by its notation, for methods of unknown type: whole numbers are `int` (write `5 : nat` for a
 * `nat`), texts are `text`.
 */
function inferType(written: Written): IDL.Type {
  switch (written.kind) {
    case 'null':
      return IDL.Null;
    case 'bool':
      return IDL.Bool;
    case 'number':
      return /^[+-]?(0x|\d+$)/i.test(written.text) ? IDL.Int : IDL.Float64;
    case 'text':
      return IDL.Text;
    case 'blob':
      return IDL.Vec(IDL.Nat8);
    case 'principal':
      return IDL.Principal;
    case 'opt':
      return IDL.Opt(inferType(written.value));
    case 'vec': {
      const [first, ...rest] = written.values;
      const type = first ? inferType(first) : IDL.Empty;
      for (const value of rest) {
        if (inferType(value).display() !== type.display()) {
          throw new UsageError(
            'the values of a vec have different types',
            'Give the type, as in vec { 5 : nat; 6 : nat }.',
          );
        }
      }
      return IDL.Vec(type);
    }
    case 'record':
      return IDL.Record(Object.fromEntries(written.fields.map(([label, value]) => [label, inferType(value)])));
    case 'variant':
      return IDL.Variant({ [written.label]: inferType(written.value) });
    case 'typed': {
      const type = NAMED[written.type];
      if (!type) throw new UsageError(`"${written.type}" is no type that can be named here`);
      return type;
    }
  }
}

/** Arguments with inferred types. */
export function inferArguments(values: readonly Written[]): { types: IDL.Type[]; values: unknown[] } {
  const types = values.map(inferType);
  return { types, values: values.map((value, i) => coerce(types[i]!, value)) };
}
