// Serves the gateway on a port.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { serve } from '@hono/node-server';
import type { Gateway } from './app.js';

export interface Listening {
  host: string;
  port: number;
  /** Accepts no new requests, waits for open answers for a while, then ends them. */
  close(graceMs?: number): Promise<void>;
}

/** The longest time in which a request has to arrive completely. Answers may take as long as they like. */
const REQUEST_MS = 60_000;
const KEEP_ALIVE_MS = 75_000;
const MAX_HEADER_BYTES = 32 * 1024;

/** A request without a valid path belongs to no interface: its errors have OpenAI's shape. */
function answer(status: number, why: string, code: string | undefined, headers: readonly string[] = []): string {
  const body = JSON.stringify({
    error: { message: why, type: 'invalid_request_error', param: null, code: code ?? null },
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    ...headers,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** Refuses what cannot be parsed as HTTP, including smuggled headers. */
function answerBadRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const [status, why] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'the headers are too large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'the request was not complete in time']
        : [400, 'this is not valid HTTP'];
  socket.end(answer(status, why, error.code));
}

/** Why a request that is valid HTTP cannot be answered; undefined if it can. */
function refusal({ url = '', headers, httpVersion }: IncomingMessage): [status: number, why: string] | undefined {
  const { host, 'transfer-encoding': encoding } = headers;
  if (host === undefined && httpVersion === '1.1') return [400, 'there is no host header'];
  if (host !== undefined && !/^[^\s,/?#@\\]+$/.test(host)) {
    return [400, `"${host.slice(0, 100)}" is not a single host`];
  }
  if (encoding !== undefined && encoding.toLowerCase() !== 'chunked') {
    return [501, `transfer-encoding: ${encoding.slice(0, 40)} is not supported; send the body without it`];
  }
  if (url.startsWith('/')) return undefined;
  // The form for proxies is accepted only if both names agree, because otherwise it is not clear which one counts.
  if (URL.canParse(url) && new URL(url).host === host) return undefined;
  return [400, `"${url.slice(0, 100)}" is no path of this server`];
}

/** Passes on only requests that can be answered. */
const checked =
  (handle: RequestListener): RequestListener =>
  (request, response) => {
    const [status, why] = refusal(request) ?? [];
    if (status === undefined) return handle(request, response);
    request.socket.end(answer(status, why!, undefined));
  };

const create = (options: ServerOptions, handle: RequestListener): Server => createServer(options, checked(handle));

/** Listens on a port; 0 picks a free one. Rejects with Node's error if that fails. */
export function listen(gateway: Gateway, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: gateway.fetch,
        createServer: create as typeof createServer,
        hostname: host,
        port,
        serverOptions: {
          requestTimeout: REQUEST_MS,
          headersTimeout: REQUEST_MS / 2,
          keepAliveTimeout: KEEP_ALIVE_MS,
          maxHeaderSize: MAX_HEADER_BYTES,
          insecureHTTPParser: false,
          // This is refused in our own words.
          requireHostHeader: false,
        },
      },
      (address: AddressInfo) => {
        resolve({ host, port: address.port, close: (graceMs = 5_000) => close(server, gateway, graceMs) });
      },
    ) as Server;
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => answerBadRequest(error, socket));
    // The gateway is no proxy, and a request has nothing to wait for.
    server.on('connect', (_, socket: Duplex) => {
      socket.end(answer(405, 'this server is no proxy', undefined, ['allow: GET, POST, DELETE, OPTIONS']));
    });
    server.on('checkExpectation', ({ socket, headers }: IncomingMessage) => {
      socket.end(answer(417, `expect: ${headers.expect?.slice(0, 40)} is not known`, undefined));
    });
    server.on('error', reject);
    // The pieces of an answer are not delayed to be sent together.
    server.on('connection', (socket: Socket) => socket.setNoDelay(true));
    server.on('request', (request: IncomingMessage) => request.socket.setTimeout(0));
  });
}

function close(server: Server, gateway: Gateway, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      gateway.close();
      // Answers end by themselves, with what they have so far; a client that does not read is cut off.
      setTimeout(() => server.closeAllConnections(), 500).unref();
    }, graceMs);
    // Idle connections would be kept for a next request, which is not accepted any more.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(idle);
      gateway.close();
      resolve();
    });
    server.closeIdleConnections();
  });
}
