import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AnonymousIdentity, type Identity } from '@icp-sdk/core/agent';
import { badPem, identityFromPem } from '@llama-canister/client/node';
import { configFolder } from './paths.js';

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
