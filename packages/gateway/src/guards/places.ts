// Which names the gateway may be reached by, and which pages may use it. A page of another site must not reach it:
// neither under a name of its own that resolves to our address (DNS rebinding), nor from its own origin.
import { invalid, Refusal } from '../refusal.js';

export interface Places {
  /** Names by which it may be reached, beside those of this machine; `*`: any. */
  hosts: readonly string[];
  /** Origins whose pages may use it; `*`: any. */
  origins: readonly string[];
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(host) || host === '[::1]';

/** The name in a Host header, without the port, and without the dot that may end a name (the root of the DNS). */
function nameOf(host: string): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]*[a-z0-9_-])\.?(?::\d{1,5})?$/i.exec(host);
  return match?.[1]?.toLowerCase();
}

/** What is wrong with an origin that is to be allowed, and what may be meant; undefined if it is well-formed. */
function wrongOrigin(origin: string): string | undefined {
  if (origin === '*') return undefined;
  const likely = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+(?=[/?#]|$)/i.exec(origin)?.[0];
  if (likely === undefined || !URL.canParse(likely)) return 'an origin is like https://app.example.org, or * for any';
  const url = new URL(likely);
  const meant = url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
  return meant === origin ? undefined : `browsers write it as "${meant}"`;
}

function wrongHost(host: string): string | undefined {
  if (host === '*' || nameOf(host) === host) return undefined;
  const name = nameOf(host);
  if (name === undefined) return 'a name is like llm.example.org, or * for any';
  return /:\d+$/.test(host) ? `it has no port: "${name}"` : `browsers write it as "${name}"`;
}

/** Errors: a Refusal for a name or an origin that no client can have, because it would allow nothing. */
export function checkPlaces({ hosts, origins }: Places): void {
  for (const host of hosts) {
    const why = wrongHost(host);
    if (why !== undefined) throw invalid('hosts', `"${host}": ${why}`);
  }
  for (const origin of origins) {
    const why = wrongOrigin(origin);
    if (why !== undefined) throw invalid('origins', `"${origin}": ${why}`);
  }
}

export function checkHost(host: string | undefined, { hosts }: Places): void {
  const name = nameOf(host ?? '');
  if (name !== undefined && (isLoopback(name) || hosts.includes('*') || hosts.includes(name))) return;
  throw new Refusal(
    'forbidden',
    `this gateway does not accept the host name "${(host ?? '').slice(0, 100)}"; whoever runs it can allow that (--allow-host)`,
    { code: 'host_not_allowed' },
  );
}

/** Whether pages of an origin may use the gateway. Requests without an origin come from no page. */
export function checkOrigin(origin: string | undefined, host: string | undefined, { origins }: Places): void {
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return;
  // The page comes from the same server.
  if (origin === `http://${host}` || origin === `https://${host}`) return;
  throw new Refusal(
    'forbidden',
    `pages of "${origin.slice(0, 100)}" may not use this gateway; whoever runs it can allow that (--allow-origin)`,
    { code: 'origin_not_allowed' },
  );
}

const EXPOSED = 'x-request-id, retry-after, llama-stream, llama-ignored, mcp-session-id';

/** The headers for a page of an allowed origin. */
export function corsHeaders(origin: string): Record<string, string> {
  return { 'access-control-allow-origin': origin, vary: 'Origin', 'access-control-expose-headers': EXPOSED };
}

/**
 * @param asked  headers that the page wants to send
 * @param isPrivate  whether a page of the Internet wants to reach this machine
 */
export const preflightHeaders = (asked: string | undefined, isPrivate: boolean): Record<string, string> => ({
  'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
  // Clients send many headers of their own, none of which grants anything here.
  'access-control-allow-headers': asked && /^[\w, -]{1,2000}$/.test(asked) ? asked : 'authorization, content-type',
  'access-control-max-age': '600',
  ...(isPrivate ? { 'access-control-allow-private-network': 'true' } : {}),
});
