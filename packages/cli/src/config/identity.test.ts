import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignIdentity } from '@icp-sdk/core/agent';
import { Principal } from '@icp-sdk/core/principal';
import { identityFromPem, readIdentity } from '@llama-canister/client/node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadIdentity, ownIdentityPath } from './identity.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
  vi.stubEnv('XDG_CONFIG_HOME', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A self-authenticating principal: SHA-224 of the public key in DER, and the byte 2. */
function principalOf(publicKeyDer: Uint8Array): string {
  const hash = createHash('sha224').update(publicKeyDer).digest();
  return Principal.fromUint8Array(Uint8Array.from([...hash, 2])).toText();
}

function publicDer(pem: string): Buffer {
  return createPublicKey(pem).export({ format: 'der', type: 'spki' });
}

test.each([
  ['Ed25519 in PKCS#8', () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })],
  [
    'secp256k1 in PKCS#8, as icp exports it',
    () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export({ format: 'pem', type: 'pkcs8' }),
  ],
  [
    'secp256k1 in SEC1, as dfx exports it',
    () =>
      `-----BEGIN EC PARAMETERS-----\nBgUrgQQACg==\n-----END EC PARAMETERS-----\n${generateKeyPairSync('ec', {
        namedCurve: 'secp256k1',
      }).privateKey.export({ format: 'pem', type: 'sec1' })}`,
  ],
])('%s gives the principal of its public key', async (_, make) => {
  const pem = String(make());
  const identity = (await identityFromPem(pem, 'key.pem')) as SignIdentity;
  expect(identity.getPrincipal().toText()).toBe(principalOf(publicDer(pem)));
  expect((await identity.sign(new Uint8Array(8))).length).toBe(64);
});

test('an Ed25519 key with its public key attached, which OpenSSL does not read', async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = privateKey.export({ format: 'jwk' });
  const [seed, raw] = [Buffer.from(jwk.d!, 'base64url'), Buffer.from(jwk.x!, 'base64url')];
  const der = Buffer.concat([
    Buffer.from('3053020101300506032b657004220420', 'hex'),
    seed,
    Buffer.from('a123032100', 'hex'),
    raw,
  ]);
  const pem = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  const expected = principalOf(publicDer(String(privateKey.export({ format: 'pem', type: 'pkcs8' }))));
  expect((await identityFromPem(pem, 'key.pem')).getPrincipal().toText()).toBe(expected);
});

test.each([
  ['an RSA key', () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'Ed25519 and secp256k1'],
  ['a P-256 key', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, 'Ed25519 and secp256k1'],
])('%s is refused', async (_, make, next) => {
  const pem = String(make().export({ format: 'pem', type: 'pkcs8' }));
  await expect(identityFromPem(pem, 'key.pem')).rejects.toMatchObject({ next: expect.stringContaining(next) });
});

test('an encrypted key, a public key and no key at all are refused with advice', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const encrypted = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' });
  await expect(identityFromPem(String(encrypted), 'key.pem')).rejects.toThrow('is encrypted');
  for (const text of [String(publicKey.export({ format: 'pem', type: 'spki' })), 'hello', '']) {
    await expect(identityFromPem(text, 'key.pem')).rejects.toThrow('no private key in PEM');
  }
});

test('without a choice an identity is made once, for the user alone', async () => {
  const made: string[] = [];
  const own = async () => (await loadIdentity(undefined, (path) => made.push(path))).getPrincipal().toText();
  const first = await own();
  expect(await own()).toBe(first);
  expect(made).toEqual([ownIdentityPath()]);
  expect(statSync(ownIdentityPath()).mode & 0o777).toBe(0o600);
  expect((await loadIdentity(ownIdentityPath(), () => {})).getPrincipal().toText()).toBe(first);
  expect(readFileSync(ownIdentityPath(), 'utf8')).toContain('BEGIN PRIVATE KEY');
});

test('anonymous, and files that are not there or hold something else', async () => {
  const load = (choice: string) => loadIdentity(choice, () => {});
  expect((await load('anonymous')).getPrincipal().toText()).toBe('2vxsx-fae');
  await expect(load(join(folder, 'none.pem'))).rejects.toThrow('does not exist');
  writeFileSync(join(folder, 'text.pem'), 'text');
  await expect(load(join(folder, 'text.pem'))).rejects.toThrow('no private key');
  await expect(load(folder)).rejects.toThrow('cannot be read');
});

test('the client reads the same files by itself', async () => {
  const path = join(folder, 'key.pem');
  await expect(readIdentity(path)).rejects.toMatchObject({ code: 'NO_SUCH_FILE' });
  await expect(readIdentity(folder)).rejects.toMatchObject({ code: 'CANNOT_READ' });
  writeFileSync(path, String(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })));
  const own = await loadIdentity(path, () => {});
  expect((await readIdentity(path)).getPrincipal().toText()).toBe(own.getPrincipal().toText());
});
