// `web`, and the page of `serve` and `demo --web`: what a browser gets, and who does not get it.
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cli } from './process.js';

const cli = new Cli();
let id: string;
beforeAll(async () => {
  await cli.json('network', 'start', '--port', '0');
  id = (await cli.json('deploy')).canister;
});
afterAll(() => cli.dispose());

async function started(...args: string[]) {
  const running = cli.start([...args, '--json']);
  await running.until('"url"');
  return { running, result: JSON.parse(running.stdout) as { url: string; ownPage?: string; canister?: string } };
}

async function stop(running: Awaited<ReturnType<typeof started>>['running']): Promise<void> {
  running.process.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
}

/** The status with which a server answers a request under another host name. */
function statusBy(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { setHost: false, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode!);
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('web serves the page for a canister, on this machine only', async () => {
  const { running, result } = await started('web', '--port', '0');
  const page = await fetch(result.url);
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'.*frame-ancestors 'none'/);
  const [, script] = /src="\.(\/assets\/[^"]+\.js)"/.exec(await page.text())!;
  const asset = await fetch(new URL(script!, result.url));
  expect([asset.status, asset.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  const places = await (await fetch(new URL('llama-canister.json', result.url))).json();
  expect(places).toMatchObject({
    version: 1,
    networks: [{ name: 'local', local: true, rootKey: expect.stringMatching(/^[0-9a-f]{266}$/) }],
    canisters: [{ id, name: 'llama', network: 'local' }],
  });
  expect((await fetch(new URL('nothing', result.url))).status).toBe(404);
  expect((await fetch(new URL('../package.json', result.url))).status).toBe(404);
  expect((await fetch(result.url, { method: 'POST' })).status).toBe(405);
  const { port } = new URL(result.url);
  expect(await statusBy(result.url, `localhost:${port}`)).toBe(200);
  for (const host of ['example.org', `${port}.example.org:${port}`, `127.0.0.1.example.org:${port}`])
    expect([host, await statusBy(result.url, host)]).toEqual([host, 403]);
  expect(await statusBy(result.url, '')).toBe(400);
  expect(result.ownPage).toContain(`${id}.localhost:`);
  await stop(running);
});

test('problems are reported before the server listens', async () => {
  expect(await cli.failure('web', '--port', 'x')).toMatchObject({ exit: 2, code: 'USAGE' });
  expect(await cli.failure('web', '--canister', 'nobody')).toMatchObject({ code: 'UNKNOWN_CANISTER' });
  expect(await cli.failure('demo', 'Hello', '--web')).toMatchObject({ exit: 2, code: 'USAGE' });
});

test('serve shows the page to browsers without a key, and still serves programs', async () => {
  await cli.run(['serve', '--key-file', 'keys.json', '--add-key', 'bot']);
  const { running, result } = await started('serve', '--port', '0', '--key-file', 'keys.json');
  const page = await fetch(result.url, { headers: { accept: 'text/html,*/*;q=0.8' } });
  expect(page.headers.get('content-type')).toContain('text/html');
  expect((await fetch(`${result.url}/llama-canister.json`)).status).toBe(200);
  expect(await (await fetch(result.url)).text()).toBe('Ollama is running');
  expect((await fetch(`${result.url}/v1/models`)).status).toBe(401);
  await stop(running);
});
