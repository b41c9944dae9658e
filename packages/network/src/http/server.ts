/** Serves the API, canisters' own pages and the network's metrics on a local port. */
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Gateway } from '../gateway/gateway.js';
import type { Metrics } from '../state/metrics.js';
import type { Api, ApiResponse, Destination } from './api.js';
import { type Environment, resolve, serveCanister } from './gateway-routes.js';
import { metricsReport } from './metrics-report.js';

export interface Served {
  api: Api;
  gateway: Gateway;
  metrics: Metrics;
  /** File of hosts that stand for canisters. */
  customDomains: string | undefined;
}

/** More than any request that is accepted. */
const maxBodyBytes = 8 * 2 ** 20;

function respond({ status, cbor, text }: ApiResponse): Response {
  if (cbor !== undefined) {
    return new Response(cbor as Uint8Array<ArrayBuffer>, { status, headers: { 'content-type': 'application/cbor' } });
  }
  if (text === undefined) return new Response(null, { status });
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

const preflight = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, HEAD, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-max-age': '3600',
};

function routes({ api, gateway, metrics, customDomains }: Served): Hono<Environment> {
  const app = new Hono<Environment>();
  app.use('*', async (context, next) => {
    await next();
    // Pages on any origin may talk to a local network, as they may to the main net's boundary nodes.
    const { headers } = context.res;
    if (!headers.has('access-control-allow-origin')) headers.set('access-control-allow-origin', '*');
  });
  app.use(
    '*',
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => respond({ status: 413, text: `the request is larger than ${maxBodyBytes} bytes` }),
    }),
  );
  app.options('/api/*', () => new Response(null, { status: 204, headers: preflight }));
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
  app.all('/api/*', (context) => respond({ status: 404, text: `there is nothing at ${context.req.path}` }));
  app.all('*', (context) => {
    const resolved = resolve(context, customDomains);
    if (resolved !== undefined) return serveCanister(context, gateway, resolved);
    if (context.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: preflight });
    if (context.req.path === '/_/metrics') return context.json(metricsReport(metrics));
    const text = `There is nothing at ${context.req.path}. This is a local Internet Computer: its API is below /api/, its canisters' pages are at http://<canister id>.localhost:<port>/ or with ?canisterId=<canister id>.`;
    return respond({ status: 404, text });
  });
  app.onError((error) => {
    console.error('network: internal error:', error);
    return respond({ status: 500, text: `Internal error: ${error.message}` });
  });
  return app;
}

export interface HttpServer {
  port: number;
  close: () => Promise<void>;
}

/** Listens on a port; 0 picks a free one. */
export function listen(served: Served, host: string, port: number): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: routes(served).fetch, hostname: host, port }, (address: AddressInfo) => {
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
