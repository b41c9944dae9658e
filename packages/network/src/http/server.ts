/** Serves the API on a local port. */
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Api, ApiResponse, Destination } from './api.js';

/** More than any request that is accepted. */
const maxBodyBytes = 8 * 2 ** 20;

function respond({ status, cbor, text }: ApiResponse): Response {
  if (cbor !== undefined) {
    return new Response(cbor as Uint8Array<ArrayBuffer>, { status, headers: { 'content-type': 'application/cbor' } });
  }
  if (text === undefined) return new Response(null, { status });
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

function routes(api: Api): Hono {
  const app = new Hono();
  app.use('*', async (context, next) => {
    // Pages on any origin may talk to a local network, as they may to the main net's boundary nodes.
    if (context.req.method === 'OPTIONS') {
      return new Response(null, {
        status: 204,
        headers: {
          'access-control-allow-origin': '*',
          'access-control-allow-methods': 'GET, POST, OPTIONS',
          'access-control-allow-headers': '*',
          'access-control-max-age': '3600',
        },
      });
    }
    await next();
    context.res.headers.set('access-control-allow-origin', '*');
    return undefined;
  });

  app.use(
    '*',
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => respond({ status: 413, text: `the request is larger than ${maxBodyBytes} bytes` }),
    }),
  );
  app.get('/api/v2/status', () => respond(api.status()));
  const post = (path: string, handle: (destination: Destination, body: Uint8Array) => Promise<ApiResponse>) => {
    app.post(path, async (context) => {
      const body = new Uint8Array(await context.req.arrayBuffer());
      const { canister, subnet } = context.req.param() as { canister?: string; subnet?: string };
      return respond(await handle(canister === undefined ? { subnet: subnet! } : { canister }, body));
    });
  };
  for (const place of ['canister/:canister', 'subnet/:subnet']) {
    for (const version of [2, 3, 4] as const) {
      post(`/api/v${version}/${place}/call`, (destination, body) => api.call(destination, version, body));
    }
    for (const version of [2, 3]) {
      post(`/api/v${version}/${place}/query`, (destination, body) => api.query(destination, body));
      post(`/api/v${version}/${place}/read_state`, (destination, body) => api.readState(destination, body));
    }
  }
  app.notFound((context) => respond({ status: 404, text: `there is nothing at ${context.req.path}` }));
  return app;
}

export interface HttpServer {
  port: number;
  close: () => Promise<void>;
}

/** Listens on a port; 0 picks a free one. */
export function listen(api: Api, host: string, port: number): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: routes(api).fetch, hostname: host, port }, (address: AddressInfo) => {
      resolve({
        port: address.port,
        close: () =>
          new Promise<void>((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', reject);
  });
}
