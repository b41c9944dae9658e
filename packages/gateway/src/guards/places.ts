// From where the gateway may be asked. A page of another site must not reach it: by its own name for our address (DNS
// rebinding), nor from its own origin.
import { Refusal } from '../refusal.js';

export interface Places {
  /** Names by which it is reached, beside those of this machine; `*`: any. */
  hosts: readonly string[];
  /** Origins whose pages may use it; `*`: any. */
  origins: readonly string[];
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(host) || host === '[::1]';

/** The name in a Host header, without the port. */
function nameOf(host: string): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host);
  return match?.[1]?.toLowerCase();
}

export function checkHost(host: string | undefined, { hosts }: Places): void {
  const name = nameOf(host ?? '');
  if (name !== undefined && (isLoopback(name) || hosts.includes('*') || hosts.includes(name))) return;
  throw new Refusal(
    'forbidden',
    `this gateway does not go by the name "${(host ?? '').slice(0, 100)}"; whoever runs it can allow that (--allow-host)`,
    { code: 'host_not_allowed' },
  );
}

/** Whether pages of an origin may use it. Requests without one come from no page. */
export function checkOrigin(origin: string | undefined, host: string | undefined, { origins }: Places): void {
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return;
  // A page that the same server gave.
  if (origin === `http://${host}` || origin === `https://${host}`) return;
  throw new Refusal(
    'forbidden',
    `pages of "${origin.slice(0, 100)}" may not use this gateway; whoever runs it can allow that (--allow-origin)`,
    { code: 'origin_not_allowed' },
  );
}

const EXPOSED = 'x-request-id, retry-after, llama-stream, llama-ignored, mcp-session-id';

/** What a browser is told about an allowed origin. */
export function corsHeaders(origin: string): Record<string, string> {
  return { 'access-control-allow-origin': origin, vary: 'Origin', 'access-control-expose-headers': EXPOSED };
}

/**
 * @param asked  headers that the page wants to send
 * @param isPrivate  a page of the Internet asks for something on this machine
 */
export const preflightHeaders = (asked: string | undefined, isPrivate: boolean): Record<string, string> => ({
  'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
  // Clients send many of their own; none of them means more here than it says.
  'access-control-allow-headers': asked && /^[\w, -]{1,2000}$/.test(asked) ? asked : 'authorization, content-type',
  'access-control-max-age': '600',
  ...(isPrivate ? { 'access-control-allow-private-network': 'true' } : {}),
});
