import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';

/**
 * A decoded value as JSON: an `opt` is null or the value, a variant is an object with one field, numbers of 64 bits and
 * more are strings (JSON parsers lose their digits), a blob is hexadecimal, a principal its text.
 */
class ToJson extends IDL.Visitor<unknown, unknown> {
  override visitType(_type: IDL.Type, value: unknown): unknown {
    return typeof value === 'bigint' ? String(value) : (value ?? null);
  }

  override visitPrincipal(_type: IDL.PrincipalClass, value: unknown): unknown {
    return (value as Principal).toText();
  }

  override visitService(_type: IDL.ServiceClass, value: unknown): unknown {
    return (value as Principal).toText();
  }

  override visitFunc(_type: IDL.FuncClass, value: unknown): unknown {
    const [principal, method] = value as [Principal, string];
    return { canister: principal.toText(), method };
  }

  override visitOpt(_type: IDL.OptClass<unknown>, inner: IDL.Type, value: unknown): unknown {
    const some = value as unknown[];
    return some.length === 0 ? null : toJson(inner, some[0]);
  }

  override visitVec(_type: IDL.VecClass<unknown>, inner: IDL.Type, value: unknown): unknown {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    return Array.from(value as Iterable<unknown>, (item) => toJson(inner, item));
  }

  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], value: unknown): unknown {
    const record = value as Record<string, unknown>;
    return Object.fromEntries(fields.map(([name, type]) => [name, toJson(type, record[name])]));
  }

  override visitTuple(_type: IDL.TupleClass<unknown[]>, components: IDL.Type[], value: unknown): unknown {
    return components.map((type, i) => toJson(type, (value as unknown[])[i]));
  }

  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][], value: unknown): unknown {
    const variant = value as Record<string, unknown>;
    const field = fields.find(([name]) => Object.hasOwn(variant, name));
    return field ? { [field[0]]: toJson(field[1], variant[field[0]]) } : null;
  }

  override visitRec<T>(_type: IDL.RecClass<T>, inner: IDL.ConstructType<T>, value: unknown): unknown {
    return inner.accept(this, value);
  }
}

const visitor = new ToJson();

export function toJson(type: IDL.Type, value: unknown): unknown {
  return type.accept(visitor, value);
}
