// The gateway on a port.
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { serve } from '@hono/node-server';
import type { Gateway } from './app.js';

export interface Listening {
  host: string;
  port: number;
  /** Takes no new requests, waits a while for those that are being answered, then ends them. */
  close(graceMs?: number): Promise<void>;
}

/** For requests to come whole. Answers may take as long as they like. */
const REQUEST_MS = 60_000;
const KEEP_ALIVE_MS = 75_000;
const MAX_HEADER_BYTES = 32 * 1024;

/** What cannot be read as HTTP, smuggled headers among it, has no path and so no interface of its own. */
function answerBadRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, why] = tooLarge
    ? ['431 Request Header Fields Too Large', 'the headers are too large']
    : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ['408 Request Timeout', 'the request did not come whole in time']
      : ['400 Bad Request', 'this is not HTTP as it has to be'];
  const body = JSON.stringify({
    error: { message: why, type: 'invalid_request_error', param: null, code: error.code ?? null },
  });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** Listens on a port; 0 picks a free one. Rejects with Node's error where that cannot be. */
export function listen(gateway: Gateway, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: gateway.fetch,
        hostname: host,
        port,
        serverOptions: {
          requestTimeout: REQUEST_MS,
          headersTimeout: REQUEST_MS / 2,
          keepAliveTimeout: KEEP_ALIVE_MS,
          maxHeaderSize: MAX_HEADER_BYTES,
          insecureHTTPParser: false,
        },
      },
      (address: AddressInfo) => {
        resolve({ host, port: address.port, close: (graceMs = 5_000) => close(server, gateway, graceMs) });
      },
    ) as Server;
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => answerBadRequest(error, socket));
    server.on('error', reject);
    // An answer in pieces is not to wait for more of them.
    server.on('connection', (socket: Socket) => socket.setNoDelay(true));
    server.on('request', (request: IncomingMessage) => request.socket.setTimeout(0));
  });
}

function close(server: Server, gateway: Gateway, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      gateway.close();
      // They end by themselves, with what they have; who does not read that is cut off.
      setTimeout(() => server.closeAllConnections(), 500).unref();
    }, graceMs);
    // Connections over which an answer has ended would be kept for a next request, which is not taken.
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
