// Puts the chat page into the canister: what has been compiled without it gets one more segment of data. So a page that
// has changed does not have the canister compiled again.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { archive } from './archive.mjs';
import { makeSite } from './site.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

const DATA = 11;
const DATA_COUNT = 12;

/** The site as it is in the canister, of the page as it is built. */
export function siteBytes() {
  const web = join(root, 'packages/web');
  if (!existsSync(join(web, 'dist/index.html'))) throw new Error('packages/web is not built: npm run build');
  return archive(makeSite(join(web, 'dist'), JSON.parse(readFileSync(join(web, 'headers.json'), 'utf8'))));
}

/** A number as LEB128, without a sign. */
function unsigned(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** A number as LEB128, with a sign. */
function signed(value) {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}

/** [the number at a place, the place behind it] */
function read(bytes, at) {
  const byte = bytes[at];
  if (byte < 128) return [byte, at + 1];
  const [rest, behind] = read(bytes, at + 1);
  return [(byte & 127) + rest * 128, behind];
}

/** [id, contents] of each section. */
function* sections(module) {
  for (let at = 8; at < module.length; ) {
    const [size, from] = read(module, at + 1);
    yield [module[at], module.subarray(from, from + size)];
    at = from + size;
  }
}

/** What an active segment of the first memory has: where it goes, and its bytes. */
function segment(address, bytes) {
  const [I32_CONST, END] = [0x41, 0x0b];
  const head = Buffer.from([0, I32_CONST, ...signed(address), END, ...unsigned(bytes.length)]);
  return Buffer.concat([head, bytes]);
}

/**
 * @param {Buffer} module
 * @param {{ address: number, most: number }} place
 * @param {Buffer} bytes
 * @returns {Buffer} the module with the bytes in its memory from the beginning on
 */
export function embed(module, { address, most }, bytes) {
  if (bytes.length > most) throw new Error(`the site has ${bytes.length} bytes; archive.ts has room for ${most}`);
  const parts = [module.subarray(0, 8)];
  let isIn = false;
  for (const [id, contents] of sections(module)) {
    isIn ||= id === DATA;
    const [count, behind] = read(contents, 0);
    const isCounted = id === DATA || id === DATA_COUNT;
    const more = id === DATA ? segment(address, bytes) : Buffer.alloc(0);
    const all = isCounted
      ? Buffer.concat([Buffer.from(unsigned(count + 1)), contents.subarray(behind), more])
      : contents;
    parts.push(Buffer.from([id, ...unsigned(all.length)]), all);
  }
  if (!isIn) throw new Error('the module has no section of data that the site could go to');
  return Buffer.concat(parts);
}
