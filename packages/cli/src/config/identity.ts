import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AnonymousIdentity, type Identity } from '@icp-sdk/core/agent';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { LlamaError } from '@llama-canister/client';
import { configFolder } from './paths.js';

/** DER of the Ed25519 algorithm and of the octet string with the 32-byte seed. Source: RFC 8410, section 7. */
const ED25519_SEED = Buffer.from('06032b657004220420', 'hex');
const SEED_BYTES = 32;

function badPem(where: string, message: string, next: string, cause?: unknown): LlamaError {
  return new LlamaError('input', 'BAD_IDENTITY', `${where} ${message}`, { value: where, next, cause });
}

/**
 * The seed of an Ed25519 key with its public key attached (RFC 5958 version 2), which dfx writes and OpenSSL does not
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
    // Loaded here: it brings the word lists of seed phrases along, which take a quarter of a second.
    const { Secp256k1KeyIdentity } = await import('@icp-sdk/core/identity/secp256k1');
    return Secp256k1KeyIdentity.fromSecretKey(secret);
  }
  throw badPem(where, `has a ${jwk.crv ?? jwk.kty} key`, 'Ed25519 and secp256k1 keys can be used.');
}

/**
 * The identity of a private key in PEM: Ed25519 (PKCS#8) or secp256k1 (PKCS#8 or SEC1), as `icp identity export` and
 * `dfx identity export` print them.
 */
export async function identityFromPem(pem: string, where: string): Promise<Identity> {
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

/** Where the identity is kept that is made when none is given. */
export function ownIdentityPath(): string {
  return join(configFolder(), 'identity.pem');
}

function readPem(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw badPem(path, `cannot be read: ${(cause as Error).message}`, 'Check its permissions.', cause);
  }
}

/** Makes an Ed25519 key and keeps it where only the user can read it. */
function makeOwn(path: string): string {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Two first commands at once: the file of the one that came first counts.
    writeFileSync(path, pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch (cause) {
    const other = (cause as NodeJS.ErrnoException).code === 'EEXIST' ? readPem(path) : undefined;
    if (other) return other;
    throw badPem(
      path,
      `cannot be written: ${(cause as Error).message}`,
      'Give an identity: --identity FILE.pem.',
      cause,
    );
  }
}

/**
 * The identity to sign with: `anonymous`, a PEM file, or without a choice the user's own, which is made when there is
 * none yet (`onMade` is told where).
 */
export async function loadIdentity(choice: string | undefined, onMade: (path: string) => void): Promise<Identity> {
  if (choice === 'anonymous') return new AnonymousIdentity();
  if (choice !== undefined) {
    const pem = readPem(choice);
    if (pem === undefined) throw badPem(choice, 'does not exist', 'Give the path of a PEM file, or "anonymous".');
    return identityFromPem(pem, choice);
  }
  const path = ownIdentityPath();
  let pem = readPem(path);
  if (pem === undefined) {
    pem = makeOwn(path);
    onMade(path);
  }
  return identityFromPem(pem, path);
}
