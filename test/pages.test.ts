/** The canister's pages as a browser gets them: through a gateway that verifies them as the main net's gateways do. */
import { readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Principal } from '@icp-sdk/core/principal';
import { Network } from '@llama-canister/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './cli/model.js';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

let network: Network;
let id: string;

beforeAll(async () => {
  network = await Network.start();
  const canister = network.createCanister();
  await network.install(canister, readFileSync(join(root, 'canister/build/llama.wasm')));
  id = canister.toText();
});
afterAll(() => network?.stop());

function page(path: string, method = 'GET', body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { host: `${id}.localhost:${network.port}` };
    const asked = request({ port: network.port, host: '127.0.0.1', path, method, headers }, (answer) => {
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

describe('pages, verified', () => {
  it('for people', async () => {
    for (const path of ['/', '/?id=1', '/?', '//', '/%2f']) {
      const { status, headers, body } = await page(path);
      expect(status, body).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['content-security-policy']).toMatch(/script-src 'sha256-/);
      expect(body).toContain('<h1>llama canister</h1>');
    }
    expect(await page('/', 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it('for programs', async () => {
    for (const path of ['/status', '/%73tatus', '/status?x', '//status', '/%2F%2fstatus']) {
      const { status, headers, body } = await page(path);
      expect(status, body).toBe(200);
      expect(headers['content-type']).toBe('application/json');
      expect(JSON.parse(body)).toMatchObject({ ready: false, state: 'Model not yet loaded', model: null });
    }
    const { status, body } = await page('/metrics');
    expect(status).toBe(200);
    expect(body).toContain('\nllama_ready 0\n');
    expect(await page('/metrics', 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(await page('/metrics', 'POST', 'x=1')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('that there are not', async () => {
    for (const path of [
      '/none',
      '/status/',
      '/status/x',
      '//a',
      '//a/b',
      '/./',
      '/a/..',
      '/%2e',
      '/%2Fnone',
      '/status%2F',
      '/sta%74us%',
      '/;',

      '/a/b/c',
      '/index.html',
      '/metrics%20',
      '/%00',
    ]) {
      const { status, body } = await page(path);
      expect(status, `${path}: ${body}`).toBe(404);
      expect(body).toContain('There is no such page');
    }
    expect(await page('/none', 'HEAD')).toMatchObject({ status: 404, body: '' });
    for (const path of ['/', '/none']) {
      expect(await page(path, 'PUT', 'x'.repeat(100_000))).toMatchObject({
        status: 405,
        headers: { allow: 'GET, HEAD' },
      });
    }
  });

  it('keep the canister that their address names in what they ask for', async () => {
    const { body } = await page('/');
    const script = /<script>([\s\S]*)<\/script>/.exec(body)![1]!;
    const asked: string[] = [];
    const links = [{ search: '' }, { search: '' }];
    const fetch = (path: string) => {
      asked.push(path);
      return new Promise(() => {});
    };
    const search = `?canisterId=${id}`;
    runInNewContext(script, { document: { links }, location: { search }, fetch });
    expect(asked).toEqual([`/status${search}`]);
    expect(links).toEqual([{ search }, { search }]);
    // And the gateway finds it there, without a word from the page that it is on.
    const answer = await globalThis.fetch(`${network.url}${asked[0]}`);
    expect(await answer.json()).toMatchObject({ ready: false });
  });

  it('stay certified after an upgrade', async () => {
    await network.upgrade(Principal.fromText(id), readFileSync(join(root, 'canister/build/llama.wasm')));
    expect((await page('/')).status).toBe(200);
    expect((await page('/nothing')).status).toBe(404);
  });
});
