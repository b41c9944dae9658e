/** Representation-independent hashing of structured data (interface specification, "hash-of-map"). */
import { createHash } from 'node:crypto';

export type Hashable =
  | Uint8Array
  | string
  | number
  | bigint
  | readonly Hashable[]
  | { readonly [field: string]: Hashable | undefined };

export function sha256(...parts: (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Unsigned LEB128 of a natural number. */
export function leb128(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}

function hashValue(value: Hashable): Uint8Array {
  if (value instanceof Uint8Array || typeof value === 'string') return sha256(value);
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (value < 0) throw new TypeError('negative numbers are not used in hashes here');
    return sha256(leb128(BigInt(value)));
  }
  if (Array.isArray(value)) return sha256(...value.map(hashValue));
  if (typeof value !== 'object' || value === null) throw new TypeError(`a ${typeof value} has no hash`);
  return hashOfMap(value as { [field: string]: Hashable });
}

/** The hash of a map; fields that are undefined are absent. */
export function hashOfMap(map: { readonly [field: string]: Hashable | undefined }): Uint8Array {
  const fields = Object.entries(map).flatMap(([name, value]) =>
    value === undefined ? [] : [Buffer.concat([sha256(name), hashValue(value)])],
  );
  return sha256(...fields.sort(Buffer.compare));
}

/** A domain separator: its length, then its text. */
export function domain(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return Buffer.concat([Uint8Array.of(bytes.length), bytes]);
}
