/** Canisters' pages as a browser gets them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Network } from '../index.js';
import { encodeChunk, encodeResponse, type PlainResponse, Slots } from './slots.test-support.js';

const folder = mkdtempSync(join(tmpdir(), 'network-gateway-'));
const customDomains = join(folder, 'domains.txt');
let network: Network;
let canister: Slots;
let other: Slots;

beforeAll(async () => {
  network = await Network.start({ customDomains });
  [canister, other] = await Promise.all([Slots.create(network), Slots.create(network)]);
});
afterAll(async () => {
  await network.stop();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A client's response from a host; the name is not resolved. */
function get(host: string, path = '/', { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const { port } = network;
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, method, headers: { ...headers, host } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const page = (path = '/', asked: Asked = {}) => get(`${canister.id}.localhost:${network.port}`, path, asked);
const raw = (path = '/', asked: Asked = {}) => get(`${canister.id}.raw.localhost`, path, asked);
const answers = (response: PlainResponse) => canister.set(0, encodeResponse(response));

describe('pages of other origins', () => {
  const allowed =
    'user-agent, dnt, if-none-match, if-modified-since, cache-control, content-type, range, cookie, x-requested-with, x-ic-canister-id';
  const vary = 'origin, access-control-request-method, access-control-request-headers';

  it.each([
    ['/api/v2/status', 'HEAD, GET', allowed],
    ['/api/v3/canister/aaaaa-aa/call', 'POST', allowed],
    [
      '/?canisterId=rwlgt-iiaaa-aaaaa-aaaaa-cai',
      'HEAD, GET, POST, PUT, DELETE, PATCH',
      `${allowed}, x-oc-jwt, x-oc-api-key`,
    ],
  ])('are told what main net tells them: preflight of %s', async (path, methods, headers) => {
    const answer = await get('localhost', path, { method: 'OPTIONS', headers: { origin: 'http://localhost:3000' } });
    expect(answer).toMatchObject({
      status: 200,
      body: '',
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': methods,
        'access-control-allow-headers': headers,
        'access-control-max-age': '7200',
        vary,
      },
    });
  });

  it("may see the same headers, and get the canister's own answer to a preflight request if it is one", async () => {
    await answers({ body: 'a page' });
    const exposed = 'accept-ranges, content-length, content-range, x-request-id, x-ic-canister-id';
    for (const answer of [await raw(), await get('localhost', '/api/v2/status')]) {
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': exposed,
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        vary,
      });
    }
    expect((await raw()).headers['x-ic-canister-id']).toBe(canister.id.toText());
    // A response with a body does not answer a preflight request.
    expect((await raw('/', { method: 'OPTIONS' })).headers['access-control-allow-methods']).toContain('PATCH');
    await answers({
      headers: [
        ['Access-Control-Allow-Methods', 'PUT'],
        ['Access-Control-Allow-Origin', 'https://a.example'],
      ],
    });
    expect((await raw('/', { method: 'OPTIONS' })).headers).toMatchObject({
      'access-control-allow-methods': 'PUT',
      'access-control-allow-origin': 'https://a.example',
      'access-control-max-age': '7200',
    });
  });
});

describe('verification', () => {
  it('lets nothing through that is not certified, except on raw hosts', async () => {
    await answers({ body: 'not certified', headers: [['X-Own', 'mine']] });
    const refused = await page();
    expect(refused.status).toBe(500);
    expect(refused.body).toContain('Response verification failed');
    expect(await raw()).toMatchObject({ status: 200, body: 'not certified', headers: { 'x-own': 'mine' } });
  });

  it('version 2: passes on only certified headers', async () => {
    const response: PlainResponse = {
      body: 'true',
      status: 404,
      headers: [
        ['Content-Type', 'text/plain'],
        ['X-Own', 'a'],
      ],
    };
    await canister.setCertified2(['there', '<$>'], response, { certified: ['Content-Type'] });
    const answer = await page('/there?a=b');
    expect(answer).toMatchObject({ status: 404, body: 'true', headers: { 'content-type': 'text/plain' } });
    expect(answer.headers['x-own']).toBeUndefined();
    expect((await page('/elsewhere')).body).toContain('Response verification failed');
    await canister.setCertified2(['<*>'], { body: 'anywhere' }, { certified: [] });
    expect(await page('/elsewhere/and/further')).toMatchObject({ status: 200, body: 'anywhere' });
  });

  it('version 2: refuses another body, another status, an old certificate', async () => {
    await canister.setCertified2(['<*>'], { body: 'false' }, { certified: [], bodyOf: 'true' });
    expect((await page()).body).toContain('Response verification failed');
    await canister.setCertified2(['<*>'], { body: 'true' }, { certified: [] });
    expect((await page()).status).toBe(200);
    network.advanceTime(6 * 60_000);
    expect((await page()).body).toContain('Response verification failed');
  });

  it('version 2: a canister may certify that a page is not', async () => {
    await canister.setCertified2(['<*>'], { body: 'whatever', headers: [['Set-Cookie', 'a=b']] });
    expect(await page('/at/all')).toMatchObject({ status: 200, body: 'whatever' });
  });

  it('version 1: the body of a path, but no redirects', async () => {
    await canister.setCertified1('/old.html', { body: 'old' });
    expect(await page('/old.html')).toMatchObject({ status: 200, body: 'old' });
    expect((await page('/other.html')).status).toBe(500);
    await canister.setCertified1('/old.html', { body: '', status: 302, headers: [['Location', '/x']] });
    expect((await page('/old.html')).body).toContain('does not allow redirects');
  });
});

describe('an upgrade to an update call', () => {
  it('needs no certificate, and what it changes stays', async () => {
    await answers({ upgrade: true });
    await canister.set(1, encodeResponse({ status: 201, body: 'made', headers: [['Location', '/new']] }));
    const asked = { method: 'PUT', headers: { 'content-type': 'text/x', 'x-own': 'a' }, body: 'things' };
    expect(await page('/new?thing=1', asked)).toMatchObject({
      status: 201,
      body: 'made',
      headers: { location: '/new' },
    });
    const { Nat8, Record, Text, Tuple, Vec } = IDL;
    const argument = Record({ method: Text, url: Text, headers: Vec(Tuple(Text, Text)), body: Vec(Nat8) });
    const [kept] = IDL.decode([argument], await canister.get(2)) as unknown as [
      { method: string; url: string; headers: [string, string][]; body: Uint8Array },
    ];
    expect(kept).toMatchObject({ method: 'PUT', url: '/new?thing=1' });
    expect(Buffer.from(kept.body).toString()).toBe('things');
    expect(kept.headers).toEqual(
      expect.arrayContaining([
        ['content-type', 'text/x'],
        ['x-own', 'a'],
      ]),
    );
  });

  it('whose answer is an upgrade again is passed on as it is', async () => {
    await answers({ upgrade: true });
    await canister.set(1, encodeResponse({ body: 'again', upgrade: true }));
    expect(await page()).toMatchObject({ status: 200, body: 'again' });
  });
});

describe('streaming', () => {
  const chunks = async (count: number) => {
    for (let i = 0; i < count; i++)
      await canister.set(10 + i, encodeChunk(`part ${i};`, i + 1 < count ? 11 + i : undefined));
    return Array.from({ length: count }, (_, i) => `part ${i};`).join('');
  };
  const stream = (callback: [Principal, string] = [canister.id, 'stream']) => ({ callback, slot: 10 });

  it('puts the parts together and verifies the whole', async () => {
    const rest = await chunks(3);
    await canister.setCertified2(
      ['<*>'],
      { body: 'first;', stream: stream() },
      { certified: [], bodyOf: `first;${rest}` },
    );
    expect(await page()).toMatchObject({ status: 200, body: `first;${rest}` });
    await canister.setCertified2(['<*>'], { body: 'first;', stream: stream() }, { certified: [], bodyOf: 'first;' });
    expect((await page()).body).toContain('Response verification failed');
  });

  it('goes on for as long as there are parts', async () => {
    const rest = await chunks(12);
    await answers({ body: 'first;', stream: stream() });
    expect(await raw()).toMatchObject({ status: 200, body: `first;${rest}` });
    expect(await page()).toMatchObject({ status: 200, body: `first;${rest}` });
  });

  it('by another canister, or by no method, is refused', async () => {
    await answers({ body: 'first;', stream: stream([other.id, 'stream']) });
    expect(await raw()).toMatchObject({ status: 500, body: expect.stringContaining('belongs to another canister') });
    await answers({ body: 'first;', stream: stream([canister.id, 'nothing']) });
    expect(await raw()).toMatchObject({ status: 500, body: expect.stringContaining("no query method 'nothing'") });
  });
});

describe('a canister is found', () => {
  it.each([
    ['by ?canisterId=', 'localhost', () => `/?canisterId=${canister.id}`, {}],
    [
      'by the page that the request comes from',
      '127.0.0.1:1',
      () => '/x',
      () => `http://localhost/?canisterId=${canister.id}`,
    ],
    ['by its own host before all others', () => `${canister.id}.anywhere.test`, () => `/?canisterId=${other.id}`, {}],
  ])('%s', async (_, host, path, referer) => {
    await canister.setCertified2(['<*>'], { body: 'this one' }, { certified: [] });
    const headers = typeof referer === 'function' ? { referer: referer() } : {};
    expect(await get(typeof host === 'string' ? host : host(), path(), { headers })).toMatchObject({
      body: 'this one',
    });
  });

  it('by a name of a list that may change', async () => {
    await canister.setCertified2(['<*>'], { body: 'named' }, { certified: [] });
    expect((await get('shop.test')).status).toBe(404);
    writeFileSync(customDomains, `shop.test:${canister.id}\n`);
    expect(await get('shop.test:8000')).toMatchObject({ status: 200, body: 'named' });
  });

  it('or not, which says where they are', async () => {
    expect(await get('localhost')).toMatchObject({ status: 404, body: expect.stringContaining('?canisterId=') });
    expect((await get('localhost', '/?canisterId=nonsense')).status).toBe(404);
    const nobody = Principal.fromUint8Array(Uint8Array.of(0, 0, 0, 0, 9, 9, 9, 9, 1, 1));
    expect(await get(`${nobody}.localhost`)).toMatchObject({ status: 404, body: expect.stringContaining('not found') });
  });
});

describe('an answer that is none', () => {
  it.each<[string, () => Uint8Array, number, string]>([
    ['no Candid', () => Buffer.from('nonsense'), 500, 'Failed to parse response'],
    ['a status that there is not', () => encodeResponse({ status: 99 }), 500, 'status code: 99'],
    ['a header that there cannot be', () => encodeResponse({ headers: [['a b', 'c']] }), 502, 'cannot be passed on'],
    ['a part without saying which', () => encodeResponse({ status: 206, body: 'x' }), 500, 'missing Content-Range'],
  ])('%s', async (_, answer, status, text) => {
    await canister.set(0, answer());
    expect(await raw()).toMatchObject({ status, body: expect.stringContaining(text) });
  });

  it('of a canister without code or without the method', async () => {
    const empty = network.createCanister();
    const host = `${empty}.localhost`;
    expect(await get(host)).toMatchObject({ status: 502, body: expect.stringContaining('IC0537') });
    await network.install(empty, Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    expect(await get(host)).toMatchObject({ status: 502, body: expect.stringContaining('IC0536') });
  });

  it('has no body for HEAD', async () => {
    await answers({ body: 'a body', headers: [['content-type', 'text/css']] });
    expect(await raw('/', { method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-type': 'text/css' },
    });
  });
});
