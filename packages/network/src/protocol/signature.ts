/** Signatures of requests: of plain keys, of security keys and of canisters, with DER-encoded public keys. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type CertificateCheck, canisterSignatureAlgorithm, verifyCanisterSignature } from './canister-signature.js';
import { unwrapKey } from './der.js';
import { verifyWebAuthnSignature, webAuthnAlgorithm } from './web-authn.js';

const curves: Record<string, string> = { secp256k1: 'secp256k1', prime256v1: 'P-256' };

/** Reads a DER-encoded key of Ed25519 or ECDSA. Throws the problem as text. */
function parsePlainKey(der: Uint8Array): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    throw new Error(
      'the public key is not a DER-encoded key of a supported kind (Ed25519, ECDSA over secp256k1 or P-256, Web Authentication, canister signature)',
    );
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  if (key.asymmetricKeyType === 'ec' && curve in curves) return key;
  throw new Error(`public keys of kind ${key.asymmetricKeyType ?? 'unknown'} ${curve} are not supported`);
}

/** ECDSA signatures are r || s over the message's SHA-256. */
function verifyPlain(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.asymmetricKeyType === 'ed25519') return signature.length === 64 && verify(null, message, key, signature);
  return signature.length === 64 && verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** Whether `signature` is the key's for `message`. Throws a problem with key or signature as text. */
export function verifySignature(
  der: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  isCertified: CertificateCheck,
): boolean {
  const wrapped = unwrapKey(der);
  const is = (algorithm: Uint8Array) => wrapped !== undefined && Buffer.compare(wrapped.algorithm, algorithm) === 0;
  if (is(canisterSignatureAlgorithm)) return verifyCanisterSignature(wrapped!.key, message, signature, isCertified);
  if (is(webAuthnAlgorithm)) return verifyWebAuthnSignature(wrapped!.key, message, signature);
  return verifyPlain(parsePlainKey(der), message, signature);
}
