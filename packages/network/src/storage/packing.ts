/** Values as bytes: V8's structured cloning, which supports bigint, Map and byte arrays, and a form for principals. */
import { deserialize, serialize } from 'node:v8';
import { Principal } from '@icp-sdk/core/principal';

/** The serialised form of a principal: no other value here has a field of this name. */
interface PackedPrincipal {
  '\u0000principal': Uint8Array;
}

const key = '\u0000principal';

function map(value: unknown, leaf: (value: object) => unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const replaced = leaf(value);
  if (replaced !== value) return replaced;
  if (Array.isArray(value)) return value.map((item) => map(item, leaf));
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name, map(item, leaf)]));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, map(item, leaf)]));
}

export function pack(value: unknown): Uint8Array {
  return serialize(map(value, (object) => (Principal.isPrincipal(object) ? { [key]: object.toUint8Array() } : object)));
}

export function unpack(bytes: Uint8Array): unknown {
  return map(deserialize(bytes), (object) =>
    key in object ? Principal.fromUint8Array(Uint8Array.from((object as PackedPrincipal)[key])) : object,
  );
}
