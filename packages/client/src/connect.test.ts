import { Cbor } from '@icp-sdk/core/agent';
import { expect, test, vi } from 'vitest';
import { connect, fetchRootKey, isLoopback, isMainnet } from './connect.js';

const rootKey = new Uint8Array(133).fill(7);
const statusFetch = () =>
  vi.fn(async () => new Response(Cbor.encode({ root_key: rootKey }) as Uint8Array<ArrayBuffer>));

test('the main network is known by its key and never asked for it', async () => {
  for (const host of ['https://icp-api.io', 'https://ic0.app', 'https://boundary.icp0.io']) {
    const fetcher = statusFetch();
    const agent = await connect({ host, fetch: fetcher, fetchRootKey: true, rootKey });
    expect(fetcher).not.toHaveBeenCalled();
    expect(agent.rootKey).not.toEqual(rootKey);
  }
  expect(isMainnet(new URL('https://notic0.app'))).toBe(false);
});

test('this machine is asked for its key, a stranger only when told to', async () => {
  const fetcher = statusFetch();
  for (const host of ['http://127.0.0.1:4944', 'http://localhost:1', 'http://[::1]:1', 'http://a.localhost:1']) {
    expect(isLoopback(new URL(host))).toBe(true);
    expect((await connect({ host, fetch: fetcher })).rootKey).toEqual(rootKey);
  }
  const host = 'https://testnet.example';
  await expect(connect({ host, fetch: fetcher })).rejects.toMatchObject({ code: 'ROOT_KEY_UNKNOWN', kind: 'trust' });
  expect((await connect({ host, fetch: fetcher, fetchRootKey: true })).rootKey).toEqual(rootKey);
  expect((await connect({ host, rootKey })).rootKey).toEqual(rootKey);
});

test.each([
  ['nonsense', 'BAD_HOST'],
  ['ftp://127.0.0.1', 'BAD_HOST'],
])('%s is no host', async (host, code) => {
  await expect(connect({ host })).rejects.toMatchObject({ code, kind: 'input' });
});

test('a root key of another length is refused', async () => {
  const options = { host: 'http://127.0.0.1:1', rootKey: new Uint8Array(5) };
  await expect(connect(options)).rejects.toMatchObject({ code: 'BAD_ROOT_KEY' });
});

test.each([
  ['nobody there', () => Promise.reject(new TypeError('fetch failed')), 'UNREACHABLE'],
  ['another server', async () => new Response('<html>'), 'NOT_A_NETWORK'],
  ['an error page', async () => new Response('', { status: 500 }), 'HTTP_STATUS'],
  ['a short key', async () => new Response(Cbor.encode({ root_key: new Uint8Array(3) }) as never), 'NOT_A_NETWORK'],
])('%s: an error that says what to do', async (_, fetcher, code) => {
  const failing = fetcher as unknown as typeof fetch;
  await expect(fetchRootKey('http://127.0.0.1:4944', failing)).rejects.toMatchObject({
    kind: 'transport',
    code,
    next: expect.any(String),
  });
});
