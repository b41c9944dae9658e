/** Signatures of requests: Ed25519, and ECDSA over secp256k1 and P-256, with DER-encoded public keys. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

const curves: Record<string, string> = { secp256k1: 'secp256k1', prime256v1: 'P-256' };

/** Reads a DER-encoded public key. Throws a text that says what is wrong with it. */
export function parsePublicKey(der: Uint8Array): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    throw new Error(
      'the public key is not a DER-encoded key of a supported kind (Ed25519, ECDSA over secp256k1 or P-256)',
    );
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  if (key.asymmetricKeyType === 'ec' && curve in curves) return key;
  throw new Error(`public keys of kind ${key.asymmetricKeyType ?? 'unknown'} ${curve} are not supported`);
}

/** Whether `signature` is the key's for `message`. ECDSA signatures are r || s over the message's SHA-256. */
export function verifySignature(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.asymmetricKeyType === 'ed25519') return signature.length === 64 && verify(null, message, key, signature);
  return signature.length === 64 && verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
}
