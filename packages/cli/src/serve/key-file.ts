// The file of API keys: their hashes and quotas.
import { existsSync, readFileSync } from 'node:fs';
import { LlamaError } from '@llama-canister/client';
import { type ApiKey, newKey, parseKeys, Refusal } from '@llama-canister/gateway';
import { writeJson } from '../config/json-file.js';

/** Readable only by its owner. */
const MODE = 0o600;

/** Errors: `NO_SUCH_FILE`, `CANNOT_READ`, `BAD_KEY_FILE`. */
export function readKeyFile(path: string): ApiKey[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new LlamaError(
      'input',
      isMissing ? 'NO_SUCH_FILE' : 'CANNOT_READ',
      isMissing ? `there is no key file ${path}` : `${path} cannot be read: ${(cause as Error).message}`,
      {
        value: path,
        next: `Make it with a first key: \`llama-canister serve --key-file ${path} --add-key NAME\``,
        cause,
      },
    );
  }
  try {
    return parseKeys(text);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    throw new LlamaError('input', 'BAD_KEY_FILE', `${path}: ${cause.message}`, {
      value: path,
      next: 'Repair it; packages/gateway/README.md shows what such a file has.',
      cause,
    });
  }
}

/** Makes a key and saves its hash. Returns the key, which is stored nowhere. Errors: as above, `KEY_EXISTS`. */
export function addKey(path: string, name: string): string {
  const keys = existsSync(path) ? readKeyFile(path) : [];
  if (!/^[\w-]{1,40}$/.test(name)) {
    throw new LlamaError('input', 'BAD_KEY_NAME', `"${name}" is no name for a key`, {
      value: name,
      next: 'A name has letters, digits, "-" and "_", at most 40.',
    });
  }
  if (keys.some((each) => each.name === name)) {
    throw new LlamaError('input', 'KEY_EXISTS', `${path} has a key "${name}" already`, {
      value: name,
      next: 'Take another name, or remove its entry from the file first.',
    });
  }
  const { key, entry } = newKey(name);
  writeJson(path, { keys: [...keys, entry] }, MODE);
  return key;
}
