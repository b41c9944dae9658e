/** A proxy in front of a network, which is slow to say what has become of one call. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The proxy's URL, and when a call of the method has got to the network, whose answer then takes so many milliseconds. */
export async function slowTo(
  method: string,
  ms: number,
  target: string,
): Promise<{ url: string; sent: Promise<void>; close: () => void }> {
  let tell = () => {};
  const sent = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const isSlow = request.url!.endsWith('/call') && body.includes(method);
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, sent, close: () => void server.close().closeAllConnections() };
}
