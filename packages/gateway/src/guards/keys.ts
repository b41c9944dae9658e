// API keys. Their file has hashes only. A key is 256 random bits, so a plain hash of it reveals nothing.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { checked } from '../asking/checked.js';
import { Refusal } from '../refusal.js';

const limit = z.number().int().min(1).optional();

const schema = z.strictObject({
  keys: z.array(
    z.strictObject({
      name: z.string().regex(/^[\w-]{1,40}$/, 'letters, digits, - and _, at most 40'),
      /** The SHA-256 of the key's text, as 64 hexadecimal digits. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
      requestsPerMinute: limit,
      tokensPerDay: limit,
      concurrent: limit,
    }),
  ),
});

export type ApiKey = z.output<typeof schema>['keys'][number];

const hash = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Makes a key: its text, which is shown once, and its entry for the file. */
export function newKey(name: string): { key: string; entry: ApiKey } {
  const key = `llama-${randomBytes(32).toString('base64url')}`;
  return { key, entry: { name, sha256: hash(key).toString('hex') } };
}

/** Reads the keys in a file's text. Throws a Refusal that names the wrong field. */
export function parseKeys(text: string): ApiKey[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Refusal('invalid', `it is not JSON: ${(cause as Error).message}`, { cause });
  }
  const { keys } = checked(schema, json);
  const names = keys.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Refusal('invalid', `there are two keys "${twice}"`);
  return keys;
}

/**
 * The entry of a key's text, if there is one. The time that it takes does not depend on which one, or whether there is
 * one.
 */
export function keyOf(keys: readonly ApiKey[], shown: string): ApiKey | undefined {
  const digest = hash(shown);
  let found: ApiKey | undefined;
  for (const key of keys) if (timingSafeEqual(digest, Buffer.from(key.sha256, 'hex'))) found = key;
  return found;
}

/** The headers in which clients of the interfaces send their key. */
export function shownKey(headers: Headers): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1];
  return bearer ?? headers.get('x-api-key') ?? undefined;
}
