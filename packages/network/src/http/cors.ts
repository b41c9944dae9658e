/** Answers to browsers about requests from other origins: the same as main net's gateways (ic-gateway). */

const allowedHeaders =
  'user-agent, dnt, if-none-match, if-modified-since, cache-control, content-type, range, cookie, x-requested-with, x-ic-canister-id';
/** Additional headers that canisters' pages may receive. */
const allowedPageHeaders = `${allowedHeaders}, x-oc-jwt, x-oc-api-key`;
const exposed = 'accept-ranges, content-length, content-range, x-request-id, x-ic-canister-id';
const vary = 'origin, access-control-request-method, access-control-request-headers';
const maxAge = '7200';

/** Any of these makes the answer to a preflight request one. */
const preflightHeaders = [
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-max-age',
];

const pageMethods = 'HEAD, GET, POST, PUT, DELETE, PATCH';

export const preflight = (methods: string, headers = allowedHeaders) => ({
  'access-control-allow-origin': '*',
  'access-control-allow-methods': methods,
  'access-control-allow-headers': headers,
  'access-control-max-age': maxAge,
  vary,
});

export const pagePreflight = () => preflight(pageMethods, allowedPageHeaders);

/** The answer to a preflight request for a canister's page: the canister's own if it is one. */
export function preflightAnswer(response: Response, body: Uint8Array | undefined): Response {
  const isOne = preflightHeaders.some((name) => response.headers.has(name));
  if (!response.ok || body === undefined || body.length > 0 || !isOne) {
    return new Response(null, { status: 200, headers: pagePreflight() });
  }
  addMissing(response.headers, pagePreflight());
  return response;
}

/** Completes the headers of an answer that is not to a preflight request. */
export function expose(headers: Headers): void {
  addMissing(headers, { 'access-control-allow-origin': '*', 'access-control-expose-headers': exposed, vary });
}

function addMissing(headers: Headers, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) if (!headers.has(name)) headers.set(name, value);
}
