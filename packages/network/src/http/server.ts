/** Serves the API, canisters' own pages and the network's metrics on a local port. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Gateway } from '../gateway/gateway.js';
import type { Metrics } from '../state/metrics.js';
import type { Admission } from './admission.js';
import type { Api, ApiResponse, Destination } from './api.js';
import { type ConnectionTimeouts, endSlowReaders, serverOptions } from './connections.js';
import { expose, pagePreflight, preflight } from './cors.js';
import { type Environment, resolve, serveCanister } from './gateway-routes.js';
import { metricsReport } from './metrics-report.js';

export interface Served {
  api: Api;
  gateway: Gateway;
  metrics: Metrics;
  admission: Admission;
  timeouts: ConnectionTimeouts;
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

function routes({ api, gateway, metrics, admission, customDomains }: Served): Hono<Environment> {
  const app = new Hono<Environment>();
  app.use('*', async (context, next) => {
    await next();
    context.res.headers.set('x-request-id', randomUUID());
  });
  for (const path of ['/api/*', '/_/*']) {
    app.use(path, async (context, next) => {
      const { origin, host = '' } = context.req.header();
      const refusal = admission.hostRefusal(host) ?? admission.originRefusal(origin, host);
      if (refusal !== undefined) return respond({ status: 403, text: refusal });
      await next();
      if (context.req.method !== 'OPTIONS') expose(context.res.headers);
    });
  }
  app.use(
    '*',
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => respond({ status: 413, text: `the request is larger than ${maxBodyBytes} bytes` }),
    }),
  );
  app.options('/api/v2/status', () => new Response(null, { status: 200, headers: preflight('HEAD, GET') }));
  app.options('/api/*', () => new Response(null, { status: 200, headers: preflight('POST') }));
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
    // Everybody can read a canister's pages, but the rest is served only under this network's own names.
    const refusal = resolved?.byHost ? undefined : admission.hostRefusal(context.req.header('host') ?? '');
    if (refusal !== undefined) return respond({ status: 404, text: refusal });
    if (resolved !== undefined) return serveCanister(context, gateway, resolved);
    if (context.req.method === 'OPTIONS') return new Response(null, { status: 200, headers: pagePreflight() });
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
    const { fetch } = routes(served);
    const options = { fetch, hostname: host, port, serverOptions: serverOptions(served.timeouts) };
    const server = serve(options, (address: AddressInfo) => {
      resolve({
        port: address.port,
        close: () =>
          new Promise<void>((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    }) as Server;
    endSlowReaders(server, served.timeouts);
    server.on('error', reject);
  });
}
