/**
 * A proxy that loses connections: before a request has arrived, or after it was executed and before its answer is back.
 */

import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** The number of connections that were cut. */
  cuts = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  /**
   * @param target URL of the server behind it
   * @param fate of a connection, by its number: how many bytes pass, in both directions together, before it is cut;
   *   Infinity: it is never cut
   */
  static async start(target: string, fate: (connection: number) => number): Promise<CuttingProxy> {
    const { hostname, port } = new URL(target);
    let connections = 0;
    const server = createServer((client) => {
      let left = fate(connections++);
      const upstream = dial(Number(port), hostname);
      const cut = () => {
        client.resetAndDestroy();
        upstream.destroy();
      };
      const forward = (from: Socket, to: Socket) => {
        from.on('data', (bytes) => {
          left -= bytes.length;
          if (left > 0) to.write(bytes);
          else {
            // The network has the whole request and the client has no answer, which is the worst time for a cut.
            if (to === upstream) to.write(bytes, () => setTimeout(cut, 20));
            else cut();
            proxy.cuts++;
          }
        });
        from.on('end', () => to.end());
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
      };
      forward(client, upstream);
      forward(upstream, client);
      proxy.#sockets.add(client).add(upstream);
    });
    const proxy = new CuttingProxy(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
