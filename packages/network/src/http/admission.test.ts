/** Access to the network, and time limits of connections. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { echoModule } from '../echo.test-support.js';
import { encodeResponse, Slots } from '../gateway/slots.test-support.js';
import { Network } from '../index.js';
import { wat } from '../wasm/wat.test-support.js';

const folder = mkdtempSync(join(tmpdir(), 'network-admission-'));
const customDomains = join(folder, 'domains.txt');
let network: Network;
let canister: Principal;

beforeAll(async () => {
  network = await Network.start({
    systemCanisters: false,
    customDomains,
    domains: ['box.example'],
    origins: ['https://page.example'],
    timeouts: { headers: 300, request: 600, keepAlive: 300, answer: 300 },
  });
  canister = network.createCanister();
  await network.install(canister, echoModule);
  writeFileSync(customDomains, `shop.test:${canister}\n`);
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

function ask(headers: Record<string, string>, path = '/api/v2/status', method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: network.port, host: '127.0.0.1', path, method, headers }, (answer) => {
      let body = '';
      answer.on('data', (part) => {
        body += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('the Host of a request', () => {
  it.each([
    '127.0.0.1',
    'localhost:4943',
    'LOCALHOST',
    'anything.localhost',
    '[::1]:4943',
    '192.168.1.7:80',
    'box.example',
    'a.box.example:4943',
    'shop.test',
  ])('may be %s', async (host) => {
    expect((await ask({ host })).status).toBe(200);
  });

  it.each(['evil.example', 'localhost.evil.example', 'notbox.example', '127.0.0.1.evil.example', 'evil.example:4943'])(
    'may not be %s',
    async (host) => {
      for (const path of ['/api/v2/status', '/', '/_/metrics', `/?canisterId=${canister}`]) {
        const { status, body } = await ask({ host }, path);
        expect([path, status]).toEqual([path, path.startsWith('/api') || path.startsWith('/_') ? 403 : 404]);
        expect(body).toContain('--domain');
      }
    },
  );
});

it("the host of a canister's pages may have any name, but is none for the API", async () => {
  const host = `${canister}.elsewhere.example`;
  expect((await ask({ host }, '/api/v2/status')).status).toBe(403);
  // The canister has no http_request, and the error says so.
  expect((await ask({ host }, '/')).body).toContain("has no query method 'http_request'");
});

describe('the page that a request comes from', () => {
  it.each([
    'http://localhost:3000',
    'http://x.localhost',
    'http://127.0.0.1:5173',
    'https://page.example',
    'http://shop.test',
  ])('may be %s', async (origin) => {
    expect((await ask({ origin })).status).toBe(200);
  });

  it.each(['https://evil.example', 'null', 'http://6.6.6.6', 'https://page.example.evil', 'http://page.example'])(
    'may not be %s',
    async (origin) => {
      for (const method of ['OPTIONS', 'POST']) {
        const { status, headers } = await ask({ origin }, `/api/v3/canister/${canister}/call`, method);
        expect([method, status, headers['access-control-allow-origin']]).toEqual([method, 403, undefined]);
      }
      expect((await ask({ origin }, '/_/metrics')).status).toBe(403);
    },
  );

  it('may be on the machine that the request goes to', async () => {
    const [host, origin] = ['192.168.1.7:4943', 'http://192.168.1.7:5173'];
    expect((await ask({ host, origin })).status).toBe(200);
  });
});

describe('a canister of the embedding program', () => {
  it("is the network's own, not everybody's", async () => {
    const own = network.controller.getPrincipal().toText();
    expect(network.canister(canister).settings.controllers.map(String)).toEqual([own]);
    const stop = { methodName: 'stop_canister', effectiveCanisterId: canister, arg: idArgument(canister) };
    for (const identity of [undefined, Ed25519KeyIdentity.generate()]) {
      await expect(network.agent(identity).update('aaaaa-aa', stop)).rejects.toThrow(/IC0512/);
    }
    await network.agent(network.controller).update('aaaaa-aa', { ...stop, methodName: 'start_canister' });
  });

  it('is controlled by the same key when the network goes on', async () => {
    const state = join(folder, 'state');
    const first = await Network.start({ state, systemCanisters: false });
    await first.stop();
    const second = await Network.start({ state, systemCanisters: false });
    await second.stop();
    expect(second.controller.getPrincipal().toText()).toBe(first.controller.getPrincipal().toText());
  });
});

/** Candid of `record { canister_id }`. */
function idArgument(id: Principal): Uint8Array {
  const bytes = id.toUint8Array();
  return Uint8Array.from([
    ...Buffer.from('DIDL'),
    1,
    0x6c,
    1,
    0xb3,
    0xc4,
    0xb1,
    0xf2,
    0x04,
    0x68,
    1,
    0,
    1,
    bytes.length,
    ...bytes,
  ]);
}

/** The answer on a connection to these parts, sent one by one, and the time until it is closed. */
function converse(parts: string[], every: number): Promise<{ heard: string; milliseconds: number }> {
  return new Promise((resolve) => {
    const begin = performance.now();
    let heard = '';
    const socket = connect(network.port, '127.0.0.1');
    socket.on('data', (part) => {
      heard += part;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve({ heard, milliseconds: performance.now() - begin }));
    (async () => {
      for (const part of parts) {
        if (socket.writable) socket.write(part);
        await sleep(every);
      }
    })();
  });
}

describe('a connection', () => {
  it.each([
    ['that says nothing', [], 0],
    [
      'whose headers come bit by bit',
      ['GET / HTTP/1.1\r\n', ...Array.from({ length: 200 }, (_, i) => `x${i}: 1\r\n`)],
      20,
    ],
    [
      'whose body comes bit by bit',
      [
        'POST /api/v3/canister/aaaaa-aa/call HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n',
        ...Array(200).fill('x'),
      ],
      20,
    ],
    ['on which nothing more is asked', ['GET /api/v2/status HTTP/1.1\r\nhost: localhost\r\n\r\n'], 0],
  ])('%s is closed', async (_, parts, every) => {
    const { milliseconds } = await converse(parts, every);
    expect(milliseconds).toBeLessThan(3000);
  });

  it('whose client does not take its answer is closed', async () => {
    // A page of 2 MB, more than the system keeps for a client that does not read.
    const large = await Slots.create(network);
    await large.set(0, encodeResponse({ body: 'x'.repeat(2_000_000) }));
    const socket = connect(network.port, '127.0.0.1');
    socket.pause();
    socket.on('error', () => {});
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (let i = 0; i < 12; i++) socket.write(`GET / HTTP/1.1\r\nhost: ${large.id}.raw.localhost\r\n\r\n`);
    // A paused socket does not notice its end: the data is read late, and is incomplete.
    await sleep(3000);
    let bytes = 0;
    socket.on('data', (part) => {
      bytes += part.length;
    });
    socket.resume();
    await closed;
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(12 * 2_000_000);
  });

  it('waits for an answer that takes longer than that', async () => {
    const slow = network.createCanister();
    const loop =
      '(loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 700000000))))';
    const body = `(func (export "canister_query http_request") (local i32) ${loop} (call $reply))`;
    await network.install(slow, wat(`(module (import "ic0" "msg_reply" (func $reply)) ${body})`));
    const begin = performance.now();
    const { status } = await ask({ host: 'localhost' }, `/?canisterId=${slow}`);
    expect(performance.now() - begin).toBeGreaterThan(300);
    // It is no response of HTTP, but it is an answer.
    expect(status).toBeGreaterThanOrEqual(500);
  });
});
