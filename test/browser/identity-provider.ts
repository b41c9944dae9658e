/**
 * A page that people sign in with, in the place of Internet Identity: one person, known by a key, whose delegations it gives
 * when a button is pressed. Sources: ICRC-29 (how windows speak to each other) and ICRC-34 (delegations).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SignIdentity } from '@icp-sdk/core/agent';
import { DelegationChain } from '@icp-sdk/core/identity';

/** Members of requests for a delegation: the key of the page's session in DER as base64, and nanoseconds as digits. */
interface Asked {
  publicKey: string;
  maxTimeToLive: string;
}

const SCRIPT = `
  const say = (message, to) => to.source.postMessage({ jsonrpc: '2.0', ...message }, to.origin);
  addEventListener('message', (event) => {
    const { id, method, params } = event.data;
    if (event.source !== opener) return;
    if (method === 'icrc29_status') return say({ id, result: 'ready' }, event);
    if (method !== 'icrc34_delegation') return say({ id, error: { code: 2000, message: 'Not supported' } }, event);
    document.querySelector('p').textContent = event.origin + ' wants to know you';
    document.querySelector('#refuse').onclick = () => say({ id, error: { code: 3001, message: 'You said no' } }, event);
    document.querySelector('#continue').onclick = async () => {
      const answer = await fetch('/delegation', { method: 'POST', body: JSON.stringify(params) });
      say({ id, result: await answer.json() }, event);
    };
  });`;

const PAGE = `<!doctype html><html lang="en"><title>Who are you?</title><p></p>
  <button id="continue">Continue</button> <button id="refuse">Refuse</button><script>${SCRIPT}</script></html>`;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

async function delegation(person: SignIdentity, { publicKey, maxTimeToLive }: Asked) {
  const session = Buffer.from(publicKey, 'base64');
  const until = new Date(Date.now() + Number(BigInt(maxTimeToLive) / 1_000_000n));
  const chain = await DelegationChain.create(person, { toDer: () => new Uint8Array(session) as never }, until);
  return {
    publicKey: base64(chain.publicKey),
    signerDelegation: chain.delegations.map(({ delegation: { pubkey, expiration }, signature }) => ({
      delegation: { pubkey: base64(pubkey), expiration: String(expiration) },
      signature: base64(signature),
    })),
  };
}

/** Runs it while `use` does; what was asked of it is in `asked`. */
export async function withIdentityProvider(
  person: SignIdentity,
  use: (url: string, asked: Asked[]) => Promise<void>,
): Promise<void> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    asked.push(JSON.parse(await text(request)) as Asked);
    response.end(JSON.stringify(await delegation(person, asked.at(-1)!)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/authorize`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
