// A server of the page for this machine alone.
import type { Gateway } from '@llama-canister/gateway';

/** Names of this machine; a page of another site that has its own name lead here must not be given this one's answers. */
const isOwn = (host: string | null): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host ?? '');

function refuse(status: number, text: string): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return new Response(`${text}\n`, { status, headers: status === 405 ? { ...headers, allow: 'GET, HEAD' } : headers });
}

/** As what listens takes it. */
export function pageServer(answer: (path: string) => Response | undefined): Gateway {
  return {
    fetch: (request) => {
      if (!isOwn(request.headers.get('host'))) return refuse(403, 'This server is for this machine: use 127.0.0.1.');
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return refuse(405, 'Only GET and HEAD are answered here.');
      const found = answer(new URL(request.url).pathname) ?? refuse(404, 'There is no such page.');
      return request.method === 'HEAD' ? new Response(null, found) : found;
    },
    close: () => {},
  };
}
