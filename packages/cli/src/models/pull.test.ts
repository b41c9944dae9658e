import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Context } from '../context.js';
import { Output } from '../output.js';
import { modelCache } from './cache.js';
import { cutAfter, FakeHub, instead, status } from './hub.test-support.js';
import { modelPath } from './local.js';
import { pull } from './pull.js';

const hub = new FakeHub();
let folder: string;
let said: string;

/** Bytes that begin as a GGUF file does. */
function model(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0, x = seed; i < size; i++) {
    x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = x >>> 24;
  }
  bytes.write('GGUF', 'latin1');
  return bytes;
}

function context(signal: AbortSignal = new AbortController().signal): Context {
  const write = (text: string) => {
    said += text;
    return true;
  };
  const stream = { write, isTTY: false } as never;
  const output = new Output(false, { stdout: stream, stderr: stream });
  return new Context(output, signal, { network: 'local', cache: folder }, [], []);
}

const bytesOf = (path: string) => readFileSync(path);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const failure = async (name: string, options = {}): Promise<LlamaError> => {
  const error = await pull(context(), name, options).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(LlamaError);
  return error as LlamaError;
};

const big = model(300_000, 1);
beforeAll(async () => {
  await hub.start();
  vi.stubEnv('HF_ENDPOINT', hub.url);
  vi.stubEnv('HF_TOKEN', '');
  hub.files.set('owner/repo-GGUF/README.md', Buffer.from('# a model'));
  hub.files.set('owner/repo-GGUF/mmproj-Q4_K_M.gguf', model(100, 2));
  hub.files.set('owner/repo-GGUF/m-Q8_0.gguf', model(2_000, 3));
  hub.files.set('owner/repo-GGUF/m-Q4_K_M.gguf', big);
  hub.files.set('owner/repo-GGUF/m-IQ4_K_M.gguf', model(100, 4));
  hub.files.set('owner/split/s/big-00001-of-00002.gguf', model(900, 5));
  hub.files.set('owner/split/s/big-00002-of-00002.gguf', model(800, 6));
  hub.files.set('owner/broken/big-00001-of-00002.gguf', model(900, 7));
  hub.files.set('owner/weights/model.safetensors', Buffer.from('x'));
  hub.files.set('library/tiny:0.5b', model(5_000, 8));
  hub.files.set('library/tensors:latest', model(100, 9));
});
afterAll(() => {
  hub.stop();
  vi.unstubAllEnvs();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pull-'));
  said = '';
  hub.calm();
  return () => rmSync(folder, { recursive: true, force: true });
});

describe('from the hub', () => {
  test('the type of weights that is meant, wherever it is in the list', async () => {
    const { model, received } = await pull(context(), 'hf:owner/repo-GGUF', {});
    expect(model).toMatchObject({ source: 'hf:owner/repo-GGUF:m-Q4_K_M.gguf', names: ['hf:owner/repo-GGUF'] });
    expect(model.files).toEqual([{ name: 'm-Q4_K_M.gguf', size: 300_000, sha256: sha256(big) }]);
    expect([received, bytesOf(model.path).equals(big)]).toEqual([300_000, true]);
    // Nothing of the way is left.
    expect(readdirSync(join(folder, 'models/hf/owner/repo-GGUF')).sort()).toEqual([
      'm-Q4_K_M.gguf',
      'm-Q4_K_M.gguf.model.json',
    ]);
  });

  test('once is enough; what its server has replaced comes anew', async () => {
    await pull(context(), 'hf:owner/repo-GGUF:q8_0', {});
    hub.seen.length = 0;
    const again = await pull(context(), 'hf:owner/repo-GGUF:m-Q8_0.gguf', {});
    expect([again.received, hub.seen.some(({ host }) => host === 'files')]).toEqual([0, false]);
    expect(again.model.names).toEqual(['hf:owner/repo-GGUF:Q8_0']);
    const old = hub.files.get('owner/repo-GGUF/m-Q8_0.gguf')!;
    hub.files.set('owner/repo-GGUF/m-Q8_0.gguf', model(2_000, 33));
    expect((await pull(context(), 'hf:owner/repo-GGUF:Q8_0', {})).received).toBe(2_000);
    hub.files.set('owner/repo-GGUF/m-Q8_0.gguf', old);
  });

  test('all parts of a split model', async () => {
    for (const name of ['hf:owner/split', 'hf:owner/split:s/big-00002-of-00002.gguf']) {
      const { model } = await pull(context(), name, {});
      expect(model.files.map(({ name }) => name)).toEqual(['big-00001-of-00002.gguf', 'big-00002-of-00002.gguf']);
      expect(model.path.endsWith('hf/owner/split/s/big-00001-of-00002.gguf')).toBe(true);
    }
    expect(await failure('hf:owner/broken')).toMatchObject({ code: 'PART_MISSING' });
  });

  test('the token goes to the hub, and to nobody that it leads to', async () => {
    hub.gated = { repo: 'owner/repo-GGUF', token: 'secret' };
    expect(await failure('hf:owner/repo-GGUF')).toMatchObject({
      code: 'NO_ACCESS',
      next: expect.stringContaining('HF_TOKEN'),
    });
    expect(await failure('hf:owner/repo-GGUF', { token: 'other' })).toMatchObject({
      code: 'NO_ACCESS',
      message: expect.stringContaining('this token'),
    });
    hub.seen.length = 0;
    vi.stubEnv('HF_TOKEN', 'secret');
    await pull(context(), 'hf:owner/repo-GGUF', {}).finally(() => vi.stubEnv('HF_TOKEN', ''));
    expect(
      hub.seen.filter(({ host }) => host === 'hub').every(({ authorization }) => authorization === 'Bearer secret'),
    ).toBe(true);
    expect(hub.seen.filter(({ host }) => host === 'files').map(({ authorization }) => authorization)).toEqual([
      undefined,
    ]);
  });

  test.each([
    ['hf:owner/nothing', 'NO_SUCH_REPOSITORY', 'models?library=gguf'],
    ['hf:owner/weights', 'NO_GGUF', 'ends with GGUF'],
    ['hf:owner/repo-GGUF:Q5_K_M', 'NO_SUCH_TAG', 'm-Q8_0.gguf'],
    ['hf:owner/repo-GGUF:other.gguf', 'NO_SUCH_FILE', 'm-Q8_0.gguf'],
    ['ollama:HUB/library/none', 'NO_SUCH_MODEL', '/tags'],
    ['ollama:HUB/library/tensors', 'NO_GGUF', 'hf:OWNER/REPO'],
  ])('%s: %s', async (name, code, next) => {
    const error = await failure(name.replace('HUB', hub.url));
    expect([error.code, error.next]).toEqual([code, expect.stringContaining(next)]);
  });

  test.each([
    [{ status: 401 }, 'BAD_TOKEN'],
    [{ status: 403 }, 'NO_ACCESS'],
    [{ status: 404, headers: { 'x-error-code': 'RevisionNotFound' } }, 'NO_SUCH_REVISION'],
    [{ status: 429, headers: { 'retry-after': '3600' } }, 'RATE_LIMITED'],
    [{ status: 429, headers: { ratelimit: '"api";r=0;t=3000' } }, 'RATE_LIMITED'],
    [{ status: 503, headers: { 'retry-after': '0' } }, 'SERVER_FAILED'],
    [{ status: 200, headers: { 'content-type': 'text/html' } }, 'NOT_JSON'],
    [{ status: 302, headers: { location: '/' } }, 'TOO_MANY_REDIRECTS'],
  ])('the hub answers %j: %s', async (refuses, code) => {
    hub.refuses = refuses;
    const error = await failure('hf:owner/repo-GGUF', { token: 'mine' });
    expect(error.code).toBe(code);
  });
});

describe('what goes wrong on the way', () => {
  const received = () => hub.seen.filter(({ host }) => host === 'files').map(({ range }) => range);

  test('a connection that is cut is gone on with, more than once', async () => {
    hub.troubles = [cutAfter(100_000), cutAfter(50_000), status(429, { 'retry-after': '0' })];
    const { model } = await pull(context(), 'hf:owner/repo-GGUF', {});
    expect(bytesOf(model.path).equals(big)).toBe(true);
    expect(received()).toHaveLength(4);
    expect(
      received()
        .slice(1)
        .every((range) => /^bytes=[1-9]\d*-$/.test(range ?? '')),
    ).toBe(true);
  });

  test('another run goes on where one has stopped, and the hash is of all of it', async () => {
    const controller = new AbortController();
    hub.troubles = [
      (_request, response, bytes) => {
        response.writeHead(200, { 'content-length': bytes.length });
        response.write(bytes.subarray(0, 120_000), () => setTimeout(() => controller.abort(), 30));
        return true;
      },
    ];
    await expect(pull(context(controller.signal), 'hf:owner/repo-GGUF', {})).rejects.toThrow();
    expect(said).toContain('run the same command again');
    const parts = readdirSync(join(folder, 'models/hf/owner/repo-GGUF')).sort();
    expect(parts).toEqual(['m-Q4_K_M.gguf.part', 'm-Q4_K_M.gguf.part.json']);
    hub.seen.length = 0;
    const { model } = await pull(context(), 'hf:owner/repo-GGUF', {});
    expect([received(), bytesOf(model.path).equals(big)]).toEqual([['bytes=120000-'], true]);
  });

  test('what is left of another file is not gone on with', async () => {
    const at = join(folder, 'models/hf/owner/repo-GGUF');
    hub.troubles = [cutAfter(100_000), ...Array(4).fill(cutAfter(0))];
    expect(await failure('hf:owner/repo-GGUF')).toMatchObject({ code: 'CUT_OFF' });
    const part = JSON.parse(readFileSync(join(at, 'm-Q4_K_M.gguf.part.json'), 'utf8'));
    writeFileSync(join(at, 'm-Q4_K_M.gguf.part.json'), JSON.stringify({ ...part, sha256: 'a'.repeat(64) }));
    hub.calm();
    const { model } = await pull(context(), 'hf:owner/repo-GGUF', {});
    expect([received(), bytesOf(model.path).equals(big)]).toEqual([[undefined], true]);
  });

  test('a server that knows no ranges sends it all again', async () => {
    hub.troubles = [cutAfter(100_000), instead((bytes) => bytes)];
    const { model } = await pull(context(), 'hf:owner/repo-GGUF', {});
    expect(bytesOf(model.path).equals(big)).toBe(true);
    expect(said).toContain('from the beginning');
  });

  test('bytes that are others than was said, a page, and a file of another size', async () => {
    hub.troubles = [instead((bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([7])]))];
    expect(await failure('hf:owner/repo-GGUF')).toMatchObject({ code: 'WRONG_HASH' });
    expect(readdirSync(join(folder, 'models/hf/owner/repo-GGUF'))).toEqual([]);
    hub.troubles = [status(200, { 'content-type': 'text/html' }, '<html>log in</html>')];
    expect(await failure('hf:owner/repo-GGUF')).toMatchObject({ code: 'NOT_GGUF' });
    const pointer = 'version https://git-lfs.github.com/spec/v1';
    hub.troubles = [status(200, {}, pointer)];
    expect(await failure('hf:owner/split')).toMatchObject({ code: 'NOT_GGUF' });
    hub.troubles = [status(200, { 'content-length': String(pointer.length) }, pointer)];
    expect(await failure('hf:owner/split')).toMatchObject({ code: 'SIZE_DIFFERS' });
  });

  test('a disk without room, before a byte is sent, and a folder that cannot be written', async () => {
    hub.said.set('owner/repo-GGUF/m-Q4_K_M.gguf', { size: 1e17, oid: '' });
    hub.troubles = [status(200, { 'content-length': '100000000000000000' })];
    expect(await failure('hf:owner/repo-GGUF')).toMatchObject({
      code: 'DISK_FULL',
      next: expect.stringContaining('--cache'),
    });
    hub.calm();
    writeFileSync(join(folder, 'file'), '');
    folder = join(folder, 'file');
    expect(await failure('hf:owner/repo-GGUF')).toMatchObject({
      code: 'CANNOT_WRITE',
      next: expect.stringContaining('--cache'),
    });
    folder = join(folder, '..');
    if (process.getuid?.() !== 0) {
      chmodSync(folder, 0o500);
      expect(await failure('hf:owner/repo-GGUF')).toMatchObject({ code: 'CANNOT_WRITE' });
    }
  });

  test('of two at once one waits for the other', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    hub.troubles = [
      (_, response, bytes) => {
        response.writeHead(200, { 'content-length': bytes.length });
        response.write(bytes.subarray(0, 1000));
        void held.then(() => response.end(bytes.subarray(1000)));
        return true;
      },
    ];
    const first = pull(context(), 'hf:owner/repo-GGUF', {});
    await expect.poll(() => existsSync(join(folder, 'models/hf/owner/repo-GGUF/m-Q4_K_M.gguf.part'))).toBe(true);
    const second = pull(context(), 'hf:owner/repo-GGUF:Q4_K_M', {});
    await expect.poll(() => said).toContain('waiting for it');
    release();
    expect([(await first).received, (await second).received]).toEqual([300_000, 0]);
    expect(modelCache(context()).list()).toMatchObject([
      { names: ['hf:owner/repo-GGUF', 'hf:owner/repo-GGUF:Q4_K_M'] },
    ]);
  });

  test('a lock of a process that is gone holds nobody up', async () => {
    await pull(context(), 'hf:owner/repo-GGUF:Q8_0', {});
    const lock = join(folder, 'models/hf/owner/repo-GGUF/m-Q8_0.gguf.lock');
    writeFileSync(lock, `999999999 ${hostname()}`);
    expect((await pull(context(), 'hf:owner/repo-GGUF:Q8_0', {})).received).toBe(0);
    expect(existsSync(lock)).toBe(false);
  });
});

test('from the registry of Ollama', async () => {
  const name = `ollama:${hub.url}/library/tiny:0.5b`;
  hub.troubles = [cutAfter(2_000)];
  const { model } = await pull(context(), name, {});
  expect(model.files).toEqual([
    { name: 'tiny-0.5b.gguf', size: 5_000, sha256: sha256(hub.files.get('library/tiny:0.5b')!) },
  ]);
  expect(modelPath(context(), name)).toBe(model.path);
});

test('from any address, which may say nothing of the file', async () => {
  const url = `${hub.filesUrl}/owner/repo-GGUF/m-Q4_K_M.gguf?download=true`;
  hub.troubles = [cutAfter(10_000), status(200, {}, '')].slice(0, 1);
  const { model } = await pull(context(), url, {});
  expect([bytesOf(model.path).equals(big), model.source]).toEqual([true, url]);
  expect((await pull(context(), url, { sha256: sha256(big) })).received).toBe(0);
  expect(await failure(url, { sha256: 'b'.repeat(64) })).toMatchObject({ code: 'WRONG_HASH' });
  expect(await failure(`${hub.filesUrl}/nothing.gguf`)).toMatchObject({ code: 'NOT_GIVEN' });
  expect(await failure('http://127.0.0.1:9/x.gguf')).toMatchObject({ code: 'UNREACHABLE' });
}, 20_000);
