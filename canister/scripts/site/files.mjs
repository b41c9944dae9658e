// The files of the chat page as the canister serves them: their types, headers and encodings.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'fflate';

const types = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['json', 'application/json'],
  ['webmanifest', 'application/manifest+json'],
  ['svg', 'image/svg+xml'],
  ['txt', 'text/plain; charset=utf-8'],
  ['png', 'image/png'],
  ['webp', 'image/webp'],
  ['ico', 'image/x-icon'],
  ['woff2', 'font/woff2'],
]);

/** Names with a hash of what is in the file, as vite gives them: what has such a name never changes. */
const hashed = /^assets\/.+-[\w-]{8}\.\w+$/;

/** Bytes up to which a file is kept as it is, too, for clients that take no gzip. */
const SMALL = 4096;

/** As the asset canisters of the Internet Computer have it. */
const common = [
  ['x-content-type-options', 'nosniff'],
  // Where the address names the canister (?canisterId=), a gateway finds it by this.
  ['referrer-policy', 'same-origin'],
  ['strict-transport-security', 'max-age=31536000; includeSubDomains'],
];

export const plain = [
  ['content-type', types.get('txt')],
  ...common.filter(([name]) => name !== 'referrer-policy'),
  ['referrer-policy', 'no-referrer'],
  ['cache-control', 'no-cache'],
];

/** The same bytes wherever it is done: those of Node's zlib differ between its versions. No time is written. */
const gzip = (content) => Buffer.from(gzipSync(content, { level: 9, mtime: 0 }));

/**
 * @typedef {{ path: string, headers: [string, string][], identity?: Buffer, gzip?: Buffer }} File a file by its path
 *   from the root, without the first slash; that of the page is empty. At least one encoding is there.
 */

/**
 * @param {string} folder
 * @param {Record<string, string>} pageHeaders what pages are sent with besides: what they may do
 * @returns {File[]}
 */
export function filesOf(folder, pageHeaders) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  return names.sort().map((name) => {
    const ending = name.slice(name.lastIndexOf('.') + 1);
    const type = types.get(ending);
    if (type === undefined)
      throw new Error(`${name}: what type it is of is not known (canister/scripts/site/files.mjs)`);
    const content = readFileSync(join(folder, name));
    const packed = gzip(content);
    const headers = [
      ['content-type', type],
      ['cache-control', hashed.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache'],
      ...common,
      ...(ending === 'html' ? Object.entries(pageHeaders) : []),
    ];
    const isWorthIt = packed.length < 0.9 * content.length;
    return {
      path: name === 'index.html' ? '' : name,
      headers,
      ...(isWorthIt ? { gzip: packed } : {}),
      ...(!isWorthIt || content.length <= SMALL ? { identity: content } : {}),
    };
  });
}

/** @returns {File} a file that is not among those of the page */
export function jsonFile(path, value) {
  const headers = [['content-type', types.get('json')], ['cache-control', 'no-cache'], ...common];
  return { path, headers, identity: Buffer.from(`${JSON.stringify(value)}\n`) };
}
