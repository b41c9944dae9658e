/** CBOR as the Internet Computer's HTTP interface writes it: with the self-describing tag 55799 in front. */
import { decode, encode } from 'cborg';

const selfDescribing = Uint8Array.of(0xd9, 0xd9, 0xf7);
const tag55799 = 55799;

export function encodeCbor(value: unknown): Uint8Array {
  // In a buffer of its own, because clients in the same process read from the start of the buffer.
  const encoded = encode(value);
  const bytes = new Uint8Array(selfDescribing.length + encoded.length);
  bytes.set(selfDescribing);
  bytes.set(encoded, selfDescribing.length);
  return bytes;
}

/** Without the tag, as the replica writes its own values in the state tree. */
export function encodePlainCbor(value: unknown): Uint8Array {
  return encode(value);
}

/** Throws on anything that is not exactly one CBOR value. Unsigned integers beyond 2^53 come as bigint. */
export function decodeCbor(bytes: Uint8Array): unknown {
  return decode(bytes, {
    allowIndefinite: true,
    allowUndefined: false,
    rejectDuplicateMapKeys: true,
    tags: { [tag55799]: (inner) => inner() },
  });
}
