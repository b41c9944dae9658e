import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import fc from 'fast-check';

type Value = fc.Arbitrary<unknown>;
type Type = fc.Arbitrary<IDL.Type>;

/** Random values of a type of @icp-sdk/core's IDL; recursive types end at `depth`. */
class Values extends IDL.Visitor<number, Value> {
  override visitBool = () => fc.boolean();
  override visitNull = () => fc.constant(null);
  override visitReserved = () => fc.constant(null);
  override visitText = () => fc.string({ unit: 'binary', maxLength: 12 });
  // A nat has to fit in an int of 128 bits, too, because that may be expected.
  override visitNat = () => fc.bigInt({ min: 0n, max: 2n ** 127n - 1n });
  override visitInt = () => fc.bigInt({ min: -(2n ** 127n), max: 2n ** 127n - 1n });
  override visitPrincipal = () => fc.uint8Array({ maxLength: 29 }).map((bytes) => Principal.fromUint8Array(bytes));

  override visitFloat(type: IDL.FloatClass) {
    const options = { noNaN: true };
    return type.name === 'float32' ? fc.float(options) : fc.double(options);
  }

  override visitFixedNat(type: IDL.FixedNatClass) {
    const bits = Number(type.name.slice(3));
    return bits === 64 ? fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) : fc.nat({ max: 2 ** bits - 1 });
  }

  override visitFixedInt(type: IDL.FixedIntClass) {
    const half = 2 ** (Number(type.name.slice(3)) - 1);
    if (type.name === 'int64') return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    return fc.integer({ min: -half, max: half - 1 });
  }

  override visitOpt<T>(_type: IDL.OptClass<T>, content: IDL.Type<T>, depth: number): Value {
    if (depth <= 0) return fc.constant([]);
    return fc.option(content.accept(this, depth - 1), { nil: undefined }).map((v) => (v === undefined ? [] : [v]));
  }

  override visitVec<T>(_type: IDL.VecClass<T>, content: IDL.Type<T>, depth: number): Value {
    if (content.name === 'nat8') return fc.uint8Array({ maxLength: 40 });
    return depth <= 0 ? fc.constant([]) : fc.array(content.accept(this, depth - 1), { maxLength: 4 });
  }

  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], depth: number): Value {
    const values = fields.map(([label, type]) => [label, type.accept(this, depth - 1)]);
    return fc.record(Object.fromEntries(values), { noNullPrototype: true });
  }

  override visitTuple<T extends unknown[]>(_type: IDL.TupleClass<T>, types: IDL.Type[], depth: number): Value {
    return fc.tuple(...types.map((type) => type.accept(this, depth - 1)));
  }

  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][], depth: number): Value {
    // The first case is the one without recursion.
    const cases = depth <= 0 ? fields.slice(0, 1) : fields;
    return fc.oneof(...cases.map(([label, type]) => type.accept(this, depth - 1).map((v) => ({ [label]: v }))));
  }

  override visitRec<T>(_type: IDL.RecClass<T>, content: IDL.ConstructType<T>, depth: number): Value {
    return content.accept(this, depth);
  }
}

export function valuesOf(type: IDL.Type, depth = 4): Value {
  return type.accept(new Values(), depth);
}

/** Types that arrive where the interface does not expect them. */
const strangers: IDL.Type[] = [
  IDL.Null,
  IDL.Bool,
  IDL.Nat,
  IDL.Int,
  IDL.Nat8,
  IDL.Int64,
  IDL.Float64,
  IDL.Text,
  IDL.Reserved,
  IDL.Principal,
  IDL.Vec(IDL.Nat8),
  IDL.Vec(IDL.Nat16),
  IDL.Vec(IDL.Bool),
  IDL.Opt(IDL.Nat64),
  IDL.Opt(IDL.Opt(IDL.Text)),
  IDL.Record({ id: IDL.Nat64, name: IDL.Opt(IDL.Text) }),
  IDL.Vec(IDL.Record({ a: IDL.Nat, b: IDL.Vec(IDL.Text) })),
  IDL.Variant({ red: IDL.Null, other: IDL.Int16 }),
  IDL.Variant({ leaf: IDL.Nat8, blue: IDL.Nat8 }),
];

const stranger: Type = fc.constantFrom(...strangers);

/** Random wire types, such as a sender with an older, newer or wrong version of a type may use. */
class Relatives extends IDL.Visitor<null, Type> {
  #or(own: Type): Type {
    return fc.oneof({ weight: 12, arbitrary: own }, { weight: 1, arbitrary: stranger });
  }

  override visitPrimitive<T>(type: IDL.PrimitiveType<T>): Type {
    return this.#or(fc.constant(type));
  }

  override visitInt(type: IDL.IntClass): Type {
    return this.#or(fc.constantFrom<IDL.Type>(type, IDL.Nat));
  }

  override visitOpt<T>(type: IDL.OptClass<T>, content: IDL.Type<T>): Type {
    const inner = content.accept(this, null);
    return fc.oneof(
      fc.constant<IDL.Type>(type),
      inner.map((t) => IDL.Opt(t)),
      inner,
      fc.constantFrom<IDL.Type>(IDL.Null, IDL.Reserved),
      stranger,
    );
  }

  override visitVec<T>(_type: IDL.VecClass<T>, content: IDL.Type<T>): Type {
    return this.#or(content.accept(this, null).map((t) => IDL.Vec(t)));
  }

  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][]): Type {
    const own = fields.map(([label, type]) => {
      const kept = type.accept(this, null).map((t): [string, IDL.Type][] => [[label, t]]);
      return fc.oneof({ weight: 15, arbitrary: kept }, { weight: 1, arbitrary: fc.constant([]) });
    });
    const extra = fc.array(fc.tuple(fc.nat({ max: 2 ** 32 - 1 }), stranger), { maxLength: 2 });
    return this.#or(
      fc.tuple(extra, ...own).map(([added, ...kept]) => {
        const unknown = added.map(([id, type]): [string, IDL.Type] => [`_${id}_`, type]);
        return IDL.Record(Object.fromEntries([...kept.flat(), ...unknown]));
      }),
    );
  }

  override visitTuple<T extends unknown[]>(_type: IDL.TupleClass<T>, types: IDL.Type[]): Type {
    return this.#or(fc.tuple(...types.map((type) => type.accept(this, null))).map((all) => IDL.Tuple(...all)));
  }

  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][]): Type {
    const own = fc
      .subarray(fields, { minLength: 1 })
      .chain((some) =>
        fc.tuple(...some.map(([label, type]) => type.accept(this, null).map((t): [string, IDL.Type] => [label, t]))),
      );
    const extra = fc.array(fc.tuple(fc.constantFrom('black', 'white'), stranger), { maxLength: 1 });
    return this.#or(fc.tuple(own, extra).map(([kept, added]) => IDL.Variant(Object.fromEntries([...kept, ...added]))));
  }

  override visitRec<T>(type: IDL.RecClass<T>): Type {
    return this.#or(fc.constant(type));
  }
}

export function relativesOf(type: IDL.Type): Type {
  return type.accept(new Relatives(), null);
}
