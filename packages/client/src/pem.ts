import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Identity } from '@icp-sdk/core/agent';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { check } from './checks/checked.js';
import { text } from './checks/shapes.js';
import { LlamaError } from './errors.js';
import { unopened } from './unopened.js';

/** DER of the Ed25519 algorithm and of the octet string with the 32-byte seed. Source: RFC 8410, section 7. */
const ED25519_SEED = Buffer.from('06032b657004220420', 'hex');
const SEED_BYTES = 32;

export function badPem(where: string, message: string, next: string, cause?: unknown): LlamaError {
  return new LlamaError('input', 'BAD_IDENTITY', `${where} ${message}`, { value: where, next, cause });
}

/**
 * The seed of an Ed25519 key with its public key attached (RFC 5958 version 2), which dfx writes and OpenSSL cannot
 * read.
 */
function seedOf(pem: string): Uint8Array | undefined {
  const body = /-----BEGIN PRIVATE KEY-----([\s\S]*?)-----END PRIVATE KEY-----/.exec(pem)?.[1];
  if (body === undefined) return undefined;
  const der = Buffer.from(body, 'base64');
  const at = der.indexOf(ED25519_SEED);
  const start = at + ED25519_SEED.length;
  return at < 0 || der.length < start + SEED_BYTES ? undefined : der.subarray(start, start + SEED_BYTES);
}

async function identityOf(key: KeyObject, where: string): Promise<Identity> {
  const jwk = key.export({ format: 'jwk' });
  const secret = Uint8Array.from(Buffer.from(jwk.d ?? '', 'base64url'));
  if (jwk.crv === 'Ed25519') return Ed25519KeyIdentity.fromSecretKey(secret);
  if (jwk.crv === 'secp256k1') {
    // Imported on demand: it includes the word lists of seed phrases, which take a quarter of a second to load.
    const { Secp256k1KeyIdentity } = await import('@icp-sdk/core/identity/secp256k1');
    return Secp256k1KeyIdentity.fromSecretKey(secret);
  }
  throw badPem(where, `has a ${jwk.crv ?? jwk.kty} key`, 'Ed25519 and secp256k1 keys can be used.');
}

/**
 * The identity of a private key in PEM: Ed25519 (PKCS#8) or secp256k1 (PKCS#8 or SEC1), as `icp identity export` and
 * `dfx identity export` print them. Errors: `BAD_IDENTITY`. `where` is the key's name in an error.
 */
export async function identityFromPem(pem: string, where = 'the key'): Promise<Identity> {
  check('identityFromPem: pem', text, pem);
  check('identityFromPem: where', text, where);
  if (/ENCRYPTED/.test(pem)) {
    throw badPem(where, 'is encrypted', `Decrypt it first: openssl pkey -in ${where} -out decrypted.pem`);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    const seed = seedOf(pem);
    if (seed) return Ed25519KeyIdentity.fromSecretKey(Uint8Array.from(seed));
    throw badPem(
      where,
      'is no private key in PEM',
      'Export one: icp identity export NAME, or dfx identity export NAME.',
      cause,
    );
  }
  return identityOf(key, where);
}

/** The identity of a PEM file. Errors: `NO_SUCH_FILE`, `CANNOT_READ`, `BAD_IDENTITY`. */
export async function readIdentity(path: string): Promise<Identity> {
  check('readIdentity: path', text, path);
  let pem: string;
  try {
    pem = await readFile(path, 'utf8');
  } catch (cause) {
    throw unopened(path, cause as NodeJS.ErrnoException);
  }
  return identityFromPem(pem, path);
}
