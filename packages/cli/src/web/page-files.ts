// The chat page as this machine serves it: the files of packages/web, with the headers that say what it may do.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import type { Places } from './canisters.js';

const require = createRequire(import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** What the page asks for beside itself (packages/web/README.md). */
const PLACES = '/llama-canister.json';

interface PageFile {
  body: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

/** The page's policy, which lets it reach the networks that it is for, too. */
function policyFor(policy: string, { networks }: Places): string {
  const origins = networks.filter(({ url }) => URL.canParse(url)).map(({ url }) => new URL(url).origin);
  return policy.replace(/connect-src [^;]*/, (list) => [...new Set([...list.split(' '), ...origins])].join(' '));
}

/** Errors: `NOT_BUILT`. */
function readFiles(places: Places): Map<string, PageFile> {
  const headersPath = require.resolve('@llama-canister/web/headers.json');
  const folder = join(dirname(headersPath), 'dist');
  if (!existsSync(join(folder, 'index.html'))) {
    throw new LlamaError('input', 'NOT_BUILT', `there is no page in ${folder}`, {
      value: folder,
      next: 'Build it: npm run build.',
    });
  }
  const ofPages = JSON.parse(readFileSync(headersPath, 'utf8')) as Record<string, string>;
  const policy = policyFor(ofPages['content-security-policy'] ?? '', places);
  const files = new Map<string, PageFile>();
  const add = (path: string, body: Uint8Array<ArrayBuffer>, isFixed: boolean) => {
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    files.set(path === '/index.html' ? '/' : path, {
      body,
      headers: {
        'content-type': type,
        'cache-control': isFixed ? 'public, max-age=31536000, immutable' : 'no-cache',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        ...(type.startsWith('text/html') ? { ...ofPages, 'content-security-policy': policy } : {}),
      },
    });
  };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).replaceAll(sep, '/')}`;
    add(name, Uint8Array.from(readFileSync(path)), name.startsWith('/assets/'));
  }
  add(PLACES, new TextEncoder().encode(`${JSON.stringify(places)}\n`), false);
  return files;
}

/**
 * What answers for a path of the page, undefined where it has no such path.
 * @param places  the networks and canisters that the page is for
 */
export function pageFiles(places: Places): (path: string) => Response | undefined {
  const files = readFiles(places);
  return (path) => {
    const file = files.get(path);
    return file && new Response(file.body, { headers: file.headers });
  };
}
