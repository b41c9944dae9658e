/**
 * Signatures of security keys (interface specification, "Web Authentication"): the message is the challenge. The key
 * signs its own data and the hash of the browser's data, which contains the challenge.
 */
import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { decode } from 'cborg';
import { decodeCbor } from './cbor.js';
import { sha256 } from './request-id.js';

/** 1.3.6.1.4.1.56387.1.1 */
export const webAuthnAlgorithm = Uint8Array.of(0x2b, 6, 1, 4, 1, 0x83, 0xb8, 0x43, 1, 1);

/** Labels and values of COSE keys (RFC 9052, RFC 9053, RFC 8230). */
const label = { kind: 1, curve: -1, x: -2, y: -3, modulus: -1, exponent: -2 };
const kind = { elliptic: 2, rsa: 3 };
const p256 = 1;

const base64url = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString('base64url');

/** A COSE key of ES256 or RS256. Throws the problem as text. */
function coseKey(bytes: Uint8Array): KeyObject {
  let jwk: JsonWebKey | undefined;
  try {
    const key = decode(bytes, { useMaps: true }) as Map<number, unknown>;
    const blobs = (...labels: number[]) => labels.every((each) => key.get(each) instanceof Uint8Array);
    if (key.get(label.kind) === kind.elliptic && key.get(label.curve) === p256 && blobs(label.x, label.y)) {
      jwk = { kty: 'EC', crv: 'P-256', x: base64url(key.get(label.x)), y: base64url(key.get(label.y)) };
    } else if (key.get(label.kind) === kind.rsa && blobs(label.modulus, label.exponent)) {
      jwk = { kty: 'RSA', n: base64url(key.get(label.modulus)), e: base64url(key.get(label.exponent)) };
    }
    if (jwk !== undefined) return createPublicKey({ key: jwk, format: 'jwk' });
  } catch (error) {
    throw new Error(`the key of a Web Authentication signature cannot be read: ${(error as Error).message}`);
  }
  throw new Error('the key of a Web Authentication signature is neither of ECDSA over P-256 nor of RSA');
}

/** Whether a text is a browser's client data for a challenge. */
function isAbout(clientData: string, challenge: Uint8Array): boolean {
  try {
    return (JSON.parse(clientData) as { challenge?: unknown }).challenge === base64url(challenge);
  } catch {
    return false;
  }
}

/** `key` is a COSE key. Throws the problem as text. */
export function verifyWebAuthnSignature(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = coseKey(key);
  const value = decodeCbor(signature) as Record<string, unknown> | null;
  const { authenticator_data: authenticator, client_data_json: clientData, signature: signed } = value ?? {};
  if (!(authenticator instanceof Uint8Array && typeof clientData === 'string' && signed instanceof Uint8Array)) {
    throw new Error('a Web Authentication signature lacks authenticator_data, client_data_json or signature');
  }
  if (!isAbout(clientData, message)) throw new Error('a Web Authentication signature is about another challenge');
  return verify('sha256', Buffer.concat([authenticator, sha256(clientData)]), publicKey, signed);
}
