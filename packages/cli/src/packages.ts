import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LlamaError } from '@llama-canister/client';

const require = createRequire(import.meta.url);

/** The canister's built program. Errors: `NOT_BUILT`. */
export function llamaWasm(): Uint8Array {
  return readWasm(require.resolve('@llama-canister/canister/llama.wasm'), 'Build it: npm run build.');
}

/** The path of the canister's interface. */
export function llamaDid(): string {
  return require.resolve('@llama-canister/canister/llama.did');
}

/** The path of the table of releases. */
export function releasesTable(): string {
  return require.resolve('@llama-canister/canister/releases.json');
}

/** The engine without a canister. Errors: `NOT_BUILT`. */
export function engineWasm(): Uint8Array<ArrayBuffer> {
  return readWasm(require.resolve('@llama-canister/canister/engine.wasm'), 'Build it: npm run build.');
}

/** A program from a file. */
export function readWasm(path: string, next = 'Give the path of a .wasm file.'): Uint8Array<ArrayBuffer> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new LlamaError('input', 'NO_SUCH_FILE', `there is no program at ${path}`, { value: path, next, cause });
  }
  const magic = bytes.subarray(0, 4).toString('hex');
  // A module, plain or compressed with gzip.
  if (magic !== '0061736d' && !magic.startsWith('1f8b')) {
    throw new LlamaError('input', 'NOT_WASM', `${path} is no WebAssembly module`, { value: path, next });
  }
  return Uint8Array.from(bytes);
}

/** The path of the demo's model. */
export function ownModel(): string {
  return require.resolve('@llama-canister/tiny-chat/tiny-chat-q8_0.gguf');
}

/** The local network's program, to run as a process. */
export function networkMain(): string {
  return join(dirname(require.resolve('@llama-canister/network')), 'main.js');
}

/** This package's version. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
