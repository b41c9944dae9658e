/** The canister with less memory than it could have, because a busy canister normally has a full heap. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const wasm = readFileSync(join(dirname(dirname(fileURLToPath(import.meta.url))), 'build/llama.wasm'));

/** The program with a memory of at most this many pages: growing it further fails, as it does at 4 GiB. */
export function limited(pages: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(wasm);
  // magic, version, then sections: number, size in LEB128, content.
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at++]!;
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = bytes[at++]!;
      size += (byte & 127) * 2 ** shift;
      more = byte > 127;
    }
    if (id === 5) {
      // One memory with a minimum and a maximum of 65536 pages, which is three bytes.
      const end = at + size;
      if (bytes[end - 3] !== 0x80 || bytes[end - 2] !== 0x80 || bytes[end - 1] !== 4)
        throw new Error('another maximum');
      bytes.set([0x80 | (pages & 127), 0x80 | ((pages >> 7) & 127), pages >> 14], end - 3);
      return bytes;
    }
    at += size;
  }
  throw new Error('the program has no memory');
}
