// API keys. Their file has hashes only; a key is 256 random bits, so that a plain hash of it tells nothing.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { checked } from '../asking/checked.js';
import { Refusal } from '../refusal.js';

const limit = z.number().int().min(1).optional();

const schema = z.strictObject({
  keys: z.array(
    z.strictObject({
      name: z.string().regex(/^[\w-]{1,40}$/, 'letters, digits, - and _, at most 40'),
      /** Of the key's text, 64 hexadecimal digits. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
      requestsPerMinute: limit,
      tokensPerDay: limit,
      concurrent: limit,
    }),
  ),
});

export type ApiKey = z.output<typeof schema>['keys'][number];

const hash = (key: string): Buffer => createHash('sha256').update(key).digest();

/** A new key: its text, which is shown once, and its entry in the file. */
export function newKey(name: string): { key: string; entry: ApiKey } {
  const key = `llama-${randomBytes(32).toString('base64url')}`;
  return { key, entry: { name, sha256: hash(key).toString('hex') } };
}

/** Keys of a file's text. Throws a Refusal that names the field. */
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

/** The key that was shown, if it is one of them. It takes as long whichever it is, and whether it is one. */
export function keyOf(keys: readonly ApiKey[], shown: string): ApiKey | undefined {
  const digest = hash(shown);
  let found: ApiKey | undefined;
  for (const key of keys) if (timingSafeEqual(digest, Buffer.from(key.sha256, 'hex'))) found = key;
  return found;
}

/** What clients of the interfaces show keys in. */
export function shownKey(headers: Headers): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1];
  return bearer ?? headers.get('x-api-key') ?? undefined;
}
