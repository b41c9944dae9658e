/** Requests for a canister's http_request: all on a canister's host, and others that name a canister. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Gateway, GatewayResponse } from '../gateway/gateway.js';
import type { Header } from '../gateway/http-interface.js';
import { type Resolved, resolveCanister } from '../gateway/resolution.js';
import { expose, preflightAnswer } from './cors.js';

export type Environment = { Bindings: HttpBindings };

/** Statuses whose responses have no body. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Path and query as they were sent. */
function requestTarget({ env, req }: Context<Environment>): string {
  const target = env.incoming.url ?? '/';
  if (target.startsWith('/')) return target;
  const { pathname, search } = new URL(req.url);
  return pathname + search;
}

export function resolve(context: Context<Environment>, customDomains: string | undefined): Resolved | undefined {
  const host = (context.req.header('host') ?? '').replace(/:\d+$/, '');
  const referer = context.req.header('referer') ?? null;
  return resolveCanister({ host, url: requestTarget(context), referer }, customDomains);
}

export async function serveCanister(
  context: Context<Environment>,
  gateway: Gateway,
  resolved: Resolved,
): Promise<Response> {
  const { req } = context;
  const body = new Uint8Array(await req.arrayBuffer());
  const headers = [...req.raw.headers] as Header[];
  const request = { method: req.method, url: requestTarget(context), headers, body };
  const answer = await gateway.handle(request, resolved);
  const whole = answer.body instanceof Uint8Array ? answer.body : undefined;
  const response = toResponse(answer);
  response.headers.set('x-ic-canister-id', resolved.canister.toText());
  if (req.method === 'OPTIONS') return preflightAnswer(response, whole);
  expose(response.headers);
  return response;
}

function toResponse({ status, headers, body }: GatewayResponse): Response {
  try {
    const all = new Headers();
    for (const [name, value] of headers) all.append(name, value);
    if (bodiless.has(status)) return new Response(null, { status, headers: all });
    if (body instanceof Uint8Array) return new Response(body as Uint8Array<ArrayBuffer>, { status, headers: all });
    return new Response(ReadableStream.from(body) as ReadableStream<Uint8Array>, { status, headers: all });
  } catch (error) {
    const text = `The canister's response cannot be passed on: ${(error as Error).message}\n`;
    return new Response(text, { status: 502, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  }
}
