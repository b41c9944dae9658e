import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AnonymousIdentity, type Identity } from '@icp-sdk/core/agent';
import { badPem, identityFromPem } from '@llama-canister/client/node';
import { makeFolder } from './folder.js';
import { configFolder } from './paths.js';

/** The file of the identity that is created when none is given. */
export function ownIdentityPath(): string {
  return join(configFolder(), 'identity.pem');
}

function readPem(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw badPem(
      path,
      `cannot be read: ${(cause as Error).message}`,
      'Check its permissions, or give another: --identity FILE.pem.',
      cause,
    );
  }
}

/** Creates an Ed25519 key, in a file that only the user can read. */
function makeOwn(path: string): string {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  try {
    makeFolder(dirname(path), 0o700);
    // If two first commands run at once, the first file counts.
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
 * The identity to sign with: `anonymous`, a PEM file, or by default the user's own, which is created if it does not
 * exist (then `onMade` gets its path).
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
