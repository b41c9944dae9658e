/** Time limits of connections, so that an idle client cannot hold many of them. */
import type { Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';

/** Milliseconds. */
export interface ConnectionTimeouts {
  /** Until a request's headers have arrived, from the connection's or the last answer's end on. */
  headers: number;
  /** Until all of a request has arrived. */
  request: number;
  /** Between two requests. */
  keepAlive: number;
  /** Within this time a client has to read some of its waiting answer. */
  answer: number;
}

export const defaultTimeouts: ConnectionTimeouts = {
  headers: 10_000,
  request: 60_000,
  keepAlive: 5_000,
  answer: 30_000,
};

/** Connections are looked at so often. */
const interval = (timeouts: ConnectionTimeouts) => Math.min(1_000, Math.max(10, timeouts.headers / 4));

export function serverOptions(timeouts: ConnectionTimeouts): ServerOptions {
  return {
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: interval(timeouts),
  };
}

/** Ends connections whose client does not read its answer; no limit applies while the answer is computed. */
export function endSlowReaders(server: Server, { answer }: ConnectionTimeouts): void {
  const answering = new WeakMap<Socket, number>();
  const count = (socket: Socket, change: number) => answering.set(socket, (answering.get(socket) ?? 0) + change);
  server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  // Nothing has passed for this long, or for the idle time between two requests.
  server.setTimeout(answer, (socket) => {
    const isBeingMade = (answering.get(socket) ?? 0) > 0 && socket.writableLength === 0;
    if (isBeingMade) socket.setTimeout(answer);
    else socket.destroy();
  });
}
