/** A proxy in front of a network that delays the result of one call. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SlowProxy {
  url: string;
  /** Resolves when a call of the slow method has reached the network. */
  sent: Promise<void>;
  /** Whether a call of this method has passed through. */
  hasCalled(method: string): boolean;
  close(): void;
}

/** Starts a proxy that delays the answers to calls of this method by this many milliseconds. */
export async function slowTo(method: string, ms: number, target: string, at = 0): Promise<SlowProxy> {
  const calls: Buffer[] = [];
  let tell = () => {};
  const sent = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const isCall = request.url!.endsWith('/call');
    if (isCall) calls.push(body);
    const isSlow = isCall && body.includes(method);
    const reply = await fetch(new URL(request.url!, target), {
      method: request.method!,
      headers: { 'content-type': 'application/cbor' },
      ...(body.length > 0 ? { body } : {}),
    });
    const bytes = Buffer.from(await reply.arrayBuffer());
    if (isSlow) {
      tell();
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
    const type = reply.headers.get('content-type') ?? 'application/cbor';
    response.writeHead(reply.status, { 'content-type': type }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, sent },
    hasCalled: (name) => calls.some((body) => body.includes(name)),
    close: () => void server.close().closeAllConnections(),
  };
}
