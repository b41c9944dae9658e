// The site as a source of the canister, made anew by every build: build/site.ts.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { archive } from './archive.mjs';
import { makeSite } from './site.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

const WORDS_A_LINE = 12;

/** @param {Buffer} bytes */
function staticData(bytes) {
  const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 7)]);
  const words = Array.from({ length: padded.length / 8 }, (_, i) => `0x${padded.readBigUInt64LE(8 * i).toString(16)}`);
  const lines = Array.from({ length: Math.ceil(words.length / WORDS_A_LINE) }, (_, i) =>
    words.slice(WORDS_A_LINE * i, WORDS_A_LINE * (i + 1)).join(','),
  );
  return `memory.data<u64>([\n${lines.join(',\n')}\n])`;
}

/** Bytes of the site in the canister. */
export function writeSource(file) {
  const web = join(root, 'packages/web');
  if (!existsSync(join(web, 'dist/index.html'))) throw new Error('packages/web is not built: npm run build');
  const bytes = archive(makeSite(join(web, 'dist'), JSON.parse(readFileSync(join(web, 'headers.json'), 'utf8'))));
  const head =
    '// Made of the chat page by canister/scripts/site; canister/assembly/service/http/archive.ts reads it.\n';
  writeFileSync(file, `${head}export const SITE: usize = ${staticData(bytes)};\n`);
  return bytes.length;
}
