/** As much of DER as public keys need (SubjectPublicKeyInfo, RFC 5280): an algorithm's identifier and a bit string. */

const tags = { sequence: 0x30, objectIdentifier: 0x06, bitString: 0x03 };

export interface WrappedKey {
  /** The content of the algorithm's object identifier. */
  algorithm: Uint8Array;
  /** The bits; always whole bytes. */
  key: Uint8Array;
}

/** One element at `at`: its content, and the start of the next one. Undefined if it is not of this kind. */
function element(bytes: Uint8Array, at: number, tag: number): { content: Uint8Array; next: number } | undefined {
  if (bytes[at] !== tag) return undefined;
  const first = bytes[at + 1] ?? 0x80;
  const extra = first < 0x80 ? 0 : first - 0x80;
  if (first === 0x80 || extra > 4) return undefined;
  let length = extra === 0 ? first : 0;
  for (let i = 0; i < extra; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const begin = at + 2 + extra;
  const next = begin + length;
  return next > bytes.length ? undefined : { content: bytes.subarray(begin, next), next };
}

/** Undefined if the structure differs, or holds more than an algorithm without parameters and a key. */
export function unwrapKey(der: Uint8Array): WrappedKey | undefined {
  const whole = element(der, 0, tags.sequence);
  const algorithm = whole && element(whole.content, 0, tags.sequence);
  const identifier = algorithm && element(algorithm.content, 0, tags.objectIdentifier);
  const bits = algorithm && element(whole.content, algorithm.next, tags.bitString);
  if (identifier === undefined || bits === undefined) return undefined;
  const nothingElse =
    whole!.next === der.length &&
    identifier.next === algorithm!.content.length &&
    bits.next === whole!.content.length &&
    bits.content[0] === 0;
  return nothingElse ? { algorithm: identifier.content, key: bits.content.subarray(1) } : undefined;
}
