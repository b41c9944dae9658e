/** The canister's pages as a browser gets them: through a gateway that verifies them like the main net's gateways. */
import { readdirSync, readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Principal } from '@icp-sdk/core/principal';
import { Network } from '@llama-canister/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './cli/model.js';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

const wasm = readFileSync(join(root, 'canister/build/llama.wasm'));
const web = join(root, 'packages/web/dist');
let network: Network;
let id: string;

beforeAll(async () => {
  network = await Network.start();
  const canister = network.createCanister();
  await network.install(canister, wasm);
  id = canister.toText();
});
afterAll(() => network?.stop());

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  host?: string;
  body?: string;
}

/** The decompressed body. */
function page(path: string, { method = 'GET', headers = {}, host = `${id}.localhost`, body }: Asked = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const all = { ...headers, host: `${host}:${network.port}` };
    const asked = request({ port: network.port, host: '127.0.0.1', path, method, headers: all }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const sent = Buffer.concat(parts);
        const content = answer.headers['content-encoding'] === 'gzip' && sent.length > 0 ? gunzipSync(sent) : sent;
        resolve({ status: answer.statusCode!, headers: answer.headers, body: content.toString() });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const files = readdirSync(web, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(web, join(entry.parentPath, entry.name)));

describe('pages, verified', () => {
  it('for people', async () => {
    const html = readFileSync(join(web, 'index.html'), 'utf8');
    for (const path of ['/', '/?id=1', '/?', '//', '/%2f']) {
      const { status, headers, body } = await page(path);
      expect(status, body).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['content-security-policy']).toMatch(/script-src 'self'/);
      expect(body).toBe(html);
    }
    expect(await page('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it.each(files.filter((name) => name !== 'index.html'))('beside %s', async (name) => {
    const content = readFileSync(join(web, name), 'utf8');
    for (const encodings of ['gzip, deflate, br', undefined, 'identity']) {
      const headers = encodings === undefined ? {} : { 'accept-encoding': encodings };
      for (const method of ['GET', 'HEAD']) {
        const answer = await page(`/${name}`, { method, headers });
        if (answer.status === 406) {
          expect(encodings).toBe('identity');
          continue;
        }
        expect(answer.status, answer.body).toBe(200);
        expect(answer.body).toBe(method === 'GET' ? content : '');
        expect(answer.headers).toMatchObject({
          'content-type': expect.stringMatching(/javascript|css|json|svg/),
          'cache-control': name.startsWith('assets/') ? expect.stringContaining('immutable') : 'no-cache',
          'x-content-type-options': 'nosniff',
        });
      }
    }
    expect((await page(`/${name}`, { method: 'DELETE' })).status).toBe(405);
    expect((await page(`/${name}x`)).status).toBe(404);
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
    expect(await page('/metrics', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(await page('/metrics', { method: 'POST', body: 'x=1' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });

  it('that do not exist', async () => {
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
      '/assets',
      '/assets/',
      '/assets/none.js',
      '/metrics%20',
      '/%00',
    ]) {
      const { status, body } = await page(path);
      expect(status, `${path}: ${body}`).toBe(404);
      expect(body).toContain('There is no such page');
    }
    expect(await page('/none', { method: 'HEAD' })).toMatchObject({ status: 404, body: '' });
    for (const path of ['/', '/none']) {
      expect(await page(path, { method: 'PUT', body: 'x'.repeat(100_000) })).toMatchObject({
        status: 405,
        headers: { allow: 'GET, HEAD' },
      });
    }
  });

  it('only verified: a request to a host that verifies nothing is redirected', async () => {
    expect(await page('/?a', { host: `${id}.raw.icp0.io` })).toMatchObject({
      status: 308,
      headers: { location: `https://${id}.icp0.io/?a` },
    });
    // Monitoring may still use the raw host.
    expect((await page('/metrics', { host: `${id}.raw.icp0.io` })).status).toBe(200);
  });

  it('are found if their address names the canister, and so are their files', async () => {
    const url = `${network.url}/?canisterId=${id}`;
    const answer = await fetch(url);
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    const [, beside] = /src="\.\/(assets\/[^"]+)"/.exec(await answer.text())!;
    expect((await fetch(`${network.url}/${beside}`, { headers: { referer: url } })).status).toBe(200);
  });

  it('stay certified after an upgrade', async () => {
    await network.upgrade(Principal.fromText(id), wasm);
    expect((await page('/')).status).toBe(200);
    expect((await page('/nothing')).status).toBe(404);
  });
});
