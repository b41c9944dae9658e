// What every request passes before an interface sees it, and what every answer gets.
import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { brokenOff } from '../asking/body.js';
import type { Caller, Environment, Request } from '../faces/desk.js';
import { Refusal } from '../refusal.js';
import { isDrained } from './drained.js';
import { type ApiKey, keyOf, shownKey } from './keys.js';
import { Limits } from './limits.js';
import { checkHost, checkOrigin, corsHeaders, type Places, preflightHeaders } from './places.js';
import type { Tally } from './tally.js';

export interface GuardOptions {
  /** Empty: everybody who reaches the gateway may use it. */
  keys: readonly ApiKey[];
  places: Places;
  maxBodyBytes: number;
  log: (line: LogLine) => void;
  logPrompts: boolean;
  tally: Tally;
  pages: Pages;
}

/** The response to a browser for a path; undefined if the path has no page. */
export type Pages = (path: string) => Response | undefined;

export function pageAt(pages: Pages, { req }: Request): Response | undefined {
  return req.method === 'GET' ? pages(req.path) : undefined;
}

/** What is logged of a request. */
export interface LogLine {
  time: string;
  id: string;
  method: string;
  path: string;
  status: number;
  /** Milliseconds until the answer began. */
  ms: number;
  key: string;
  /** Why the request was refused. */
  error?: string;
  /** The prompt, if prompts are logged. */
  prompt?: string;
}

/** The name of every caller if no keys are needed. */
const ANYBODY: ApiKey = { name: 'anybody', sha256: '' };

/** Paths that only tell that the gateway is there. */
const OPEN = ['/', '/health', '/v1/health'];

export function guard({
  keys,
  places,
  maxBodyBytes,
  log,
  logPrompts,
  tally,
  pages,
}: GuardOptions): MiddlewareHandler<Environment>[] {
  const limits = new Limits();

  const identify = (request: Request): ApiKey => {
    if (keys.length === 0 || OPEN.includes(request.req.path) || pageAt(pages, request) !== undefined) return ANYBODY;
    const shown = shownKey(request.req.raw.headers);
    const key = shown === undefined ? undefined : keyOf(keys, shown);
    if (key !== undefined) return key;
    const why = shown === undefined ? 'this gateway needs an API key' : 'this API key is not known';
    throw new Refusal('unauthorized', `${why}; send it as "authorization: Bearer KEY" or as "x-api-key: KEY"`, {
      code: 'invalid_api_key',
    });
  };

  const record: MiddlewareHandler<Environment> = async (request, next) => {
    const began = performance.now();
    const requestId = randomUUID();
    const caller: Caller = { name: '', requestId, used: () => {}, ignored: [] };
    request.set('caller', caller);
    await next();
    const ms = Math.round(performance.now() - began);
    const { status } = request.res;
    tally.request(request.req.routePath, status, ms);
    const { method, path } = request.req;
    const error = caller.refused;
    log({
      time: new Date().toISOString(),
      id: requestId,
      method,
      path: path.slice(0, 200),
      status,
      ms,
      key: caller.name,
      ...(error === undefined ? {} : { error: error.slice(0, 500) }),
      ...(logPrompts && caller.prompt !== undefined ? { prompt: caller.prompt } : {}),
    });
    request.header('x-request-id', requestId);
    // Anthropic's clients read the request's id from this header.
    request.header('request-id', requestId);
    if (caller.ignored.length > 0) {
      const text = [...new Set(caller.ignored)].join(', ').replace(/[^\x20-\x7e]/g, '?');
      request.header('llama-ignored', text.slice(0, 1000));
    }
    const { origin } = request.req.header();
    if (origin !== undefined && status !== 403) {
      for (const [name, value] of Object.entries(corsHeaders(origin))) request.header(name, value);
    }
  };

  const admit: MiddlewareHandler<Environment> = async (request, next) => {
    const { host, origin } = request.req.header();
    checkHost(host, places);
    checkOrigin(origin, host, places);
    if (request.req.method === 'OPTIONS') {
      const asked = request.req.header('access-control-request-headers');
      const isPrivate = request.req.header('access-control-request-private-network') === 'true';
      return new Response(null, { status: 204, headers: preflightHeaders(asked, isPrivate) });
    }
    const key = identify(request);
    const leave = limits.enter(key);
    const caller = request.get('caller');
    caller.name = key.name;
    caller.used = (tokens) => {
      limits.used(key.name, tokens);
      tally.used(tokens);
    };
    try {
      await next();
    } catch (error) {
      leave();
      throw error;
    }
    const { body } = request.res;
    if (body === null || request.error !== undefined) leave();
    else request.res = new Response(whenOver(body, leave), request.res);
  };

  const limit = bodyLimit({
    maxSize: maxBodyBytes,
    onError: async (request) => {
      const closes = !(await isDrained(request.req.raw.body));
      const why = `the body is larger than ${maxBodyBytes} bytes`;
      throw new Refusal('too-large', why, { code: 'request_too_large', closes });
    },
  });
  const measure: MiddlewareHandler<Environment> = async (request, next) => {
    try {
      return await limit(request, next);
    } catch (cause) {
      // Bodies without a stated length are read here, and may break off.
      throw cause instanceof Refusal ? cause : brokenOff(cause);
    }
  };

  return [record, admit, measure];
}

/** Passes the same bytes on, and reports when there are no more or nobody wants them. */
function whenOver(body: ReadableStream<Uint8Array>, over: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          over();
          controller.close();
        } catch (error) {
          over();
          controller.error(error);
        }
      },
      cancel(reason) {
        over();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
