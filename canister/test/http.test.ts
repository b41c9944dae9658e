import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf } from '../../test/gguf/writer.js';
import { anonymous, Llama, owner, person } from './llama.js';
import { TINY, tinyModel } from './tiny-model.js';

interface HttpResponse {
  status_code: number;
  headers: [string, string][];
  body: Uint8Array;
}

const web = fileURLToPath(new URL('../../packages/web/dist', import.meta.url));

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
});

function ask(url: string, method = 'GET', more: object = {}) {
  const request = { method, url, headers: [], body: new Uint8Array(0), certificate_version: [2], ...more };
  const { status_code, headers, body } = llama.call('http_request', request, anonymous) as HttpResponse;
  return { status: status_code, headers: Object.fromEntries(headers), body: Buffer.from(body).toString() };
}
const status = () => JSON.parse(ask('/status').body);
const metric = (name: string) => Number(new RegExp(`^llama_${name} (\\d+)$`, 'm').exec(ask('/metrics').body)![1]);

describe('http_request', () => {
  it('tells everybody the canister’s state, and describes the model only if everybody has access', () => {
    expect(status()).toEqual({
      ready: false,
      state: 'Model not yet loaded',
      access: 'restricted',
      model: null,
      max_tokens_update: 0,
      max_tokens_query: 0,
      heap_bytes: null,
      stable_bytes: null,
    });
    const model = tinyModel();
    llama.load('m', model);
    expect(status()).toMatchObject({ ready: true, state: 'ready', model: null });
    llama.letEveryoneIn();
    const { heap, stable } = llama.canister.memory;
    expect(status()).toMatchObject({ heap_bytes: heap, stable_bytes: stable });
    const sha256 = createHash('sha256').update(model).digest('hex');
    expect(status()).toMatchObject({ access: 'everyone', model: { sha256, filesize: model.length } });
  });

  it('counts for Prometheus', () => {
    const lines = ask('/metrics').body.split('\n');
    expect(lines.pop()).toBe('');
    for (let i = 0; i < lines.length; i += 3) {
      const name = /^# HELP (llama_[a-z_]+) \S.*$/.exec(lines[i]!)![1]!;
      expect(lines[i + 1]).toMatch(new RegExp(`^# TYPE ${name} (gauge|counter)$`));
      expect(lines[i + 2]).toMatch(new RegExp(`^${name} \\d+$`));
    }
    llama.letEveryoneIn();
    llama.load('m', tinyModel());
    expect(metric('ready')).toBe(1);
    const { n_prompt_tokens_decoded, n_tokens_generated } = llama.run([
      '--prompt-cache',
      'c',
      '-n',
      '3',
      '-p',
      'hello',
    ]);
    expect(metric('runs_total')).toBe(1);
    expect(metric('prompt_tokens_total')).toBe(Number(n_prompt_tokens_decoded[0]));
    expect(metric('generated_tokens_total')).toBe(Number(n_tokens_generated[0]));
    expect(metric('run_instructions_total')).toBeGreaterThan(1_000);
    expect(metric('resident_sessions')).toBe(1);
    llama.call('upload_begin', { filename: 'a', filesize: 9n, sha256: '0'.repeat(64), chunksize: 9n });
    expect(metric('open_uploads')).toBe(1);
  });

  it('tells strangers of a private canister neither its model, nor its file, nor a reason, nor sums over calls', () => {
    const ready = (caller = anonymous) =>
      (llama.call('ready', undefined, caller) as { Err: { Other: string } }).Err?.Other;
    // A model that is removed, one that is invalid, and one that is being loaded.
    llama.load('secret/m', tinyModel());
    const before = ask('/metrics').body;
    const statusBefore = status();
    llama.run(['-n', '3', '-p', 'hello', '--prompt-cache', 'c']);
    expect(ask('/metrics').body).toBe(before);
    expect(status()).toEqual(statusBefore);
    expect(before).toMatch(/^llama_ready 1$/m);
    const states = [
      () => llama.call('filesystem_remove', { filename: 'secret/m' }),
      () => {
        llama.load('secret/m', tinyModel());
        llama.budget(3e6);
        expect(llama.error('load_model', ['--model', 'secret/m'])).toMatch(/a step of loading takes/);
      },
      () => {
        llama.budget(64e6);
        expect(llama.ok('load_model', ['--model', 'secret/m']).status_code).toBe(202);
      },
    ];
    for (const become of states) {
      become();
      expect(ready(owner)).toMatch(/secret/);
      for (const text of [ready(), ready(person(1)), ...['/', '/status', '/metrics'].map((page) => ask(page).body)]) {
        expect(text).not.toMatch(/secret/);
      }
      expect(['Model not yet loaded', 'loading 0 %']).toContain(ready()!.replace(/\d+ %/, '0 %'));
      expect(status()).toMatchObject({ ready: false, model: null, state: ready() });
    }
    llama.letEveryoneIn();
    expect(ready(person(1))).toMatch(/secret/);
  });

  it('shows the longest names, with all characters', () => {
    const everything = Array.from({ length: 0x300 }, (_, i) => String.fromCharCode(i)).join('');
    for (const name of ['n'.repeat(4000), '\u0001'.repeat(4000), `${everything}\u2028\u2029\ud83e\udd99`]) {
      const { metadata, tensors } = randomModel(TINY);
      llama.load('m', gguf({ ...metadata, 'general.name': { type: 'string', value: name } }, tensors));
      llama.letEveryoneIn();
      const shown: string = status().model.name;
      expect(name.startsWith(shown.replace(/\.\.\.$/, ''))).toBe(true);
      expect(shown.length).toBeGreaterThan(60);
    }
    const path = `${'d'.repeat(255)}/`.repeat(15) + 'm'.repeat(200);
    llama.upload(path, new Uint8Array(9));
    expect(llama.error('load_model', ['--model', path])).toMatch(/not a GGUF file/);
    llama.load(path, tinyModel());
    llama.call('filesystem_remove', { filename: path });
    expect(status().state).toContain(path);
  });

  it('shows nothing of callers and their questions', () => {
    llama.load('m', tinyModel());
    llama.letEveryoneIn();
    llama.run(['--prompt-cache', 'my-secret-name', '-n', '2', '-p', 'my secret prompt'], person(1));
    llama.call('assignAdminRole', {
      principal: person(2).toText(),
      role: { AdminQuery: null },
      note: 'my secret note',
    });
    for (const page of ['/', '/status', '/metrics']) {
      const { body } = ask(page);
      expect(body).not.toMatch(/secret/);
      for (const who of [owner, person(1), person(2)]) expect(body).not.toContain(who.toText());
    }
  });

  it('has a page that runs its own scripts and nothing else, and that no other page may embed', () => {
    const { status, headers } = ask('/');
    expect(status).toBe(200);
    const policy = headers['content-security-policy']!.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy.filter((each) => /unsafe|^script-src .*(\*|https?:)/.test(each))).toEqual([]);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'cache-control': 'no-cache',
    });
  });

  const script = readdirSync(join(web, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ path: `assets/${name}`, content: readFileSync(join(web, 'assets', name)) }))
    .sort((one, other) => other.content.length - one.content.length)[0]!;
  const askWith = (path: string, encodings: string | undefined, method = 'GET') => {
    const headers = encodings === undefined ? [] : [['Accept-Encoding', encodings]];
    const request = { method, url: path, headers, body: new Uint8Array(0), certificate_version: [2] };
    const { status_code, headers: sent, body } = llama.call('http_request', request, anonymous) as HttpResponse;
    return { status: status_code, encoding: Object.fromEntries(sent)['content-encoding'], body: Buffer.from(body) };
  };

  it.each([
    ['gzip, deflate, br, zstd', true],
    ['br;q=1.0, GZIP ; q=0.5', true],
    ['x-gzip', true],
    ['*', true],
    ['identity, *;q=0', false],
    ['gzip;q=0, *', false],
    ['gzip; q=0.000', false],
    ['br', false],
    ['', false],
    ['zgzip', false],
  ])('compresses its answer for a client that accepts "%s": %s', (encodings, isPacked) => {
    const page = askWith('/', encodings);
    expect(page.encoding).toBe(isPacked ? 'gzip' : undefined);
    const html = readFileSync(join(web, 'index.html'), 'utf8');
    expect((isPacked ? gunzipSync(page.body) : page.body).toString()).toBe(html);
    const large = askWith(`/${script.path}`, encodings);
    if (isPacked) expect(gunzipSync(large.body).equals(script.content)).toBe(true);
    else expect(large).toMatchObject({ status: 406, encoding: undefined });
    expect(askWith(`/${script.path}`, encodings, 'HEAD')).toEqual({ ...large, body: Buffer.alloc(0) });
  });

  it('sends what it has stored if the client says nothing of encodings', () => {
    expect(askWith('/', undefined).encoding).toBeUndefined();
    expect(askWith(`/${script.path}`, undefined)).toMatchObject({ status: 200, encoding: 'gzip' });
    expect(askWith(`/${script.path}`, 'g'.repeat(5000))).toMatchObject({ status: 200, encoding: 'gzip' });
  });

  it.each([
    ['ID.raw.icp0.io', '/?a=b', 'https://ID.icp0.io/?a=b'],
    ['id.RAW.ic0.app:443', '/none', 'https://id.ic0.app/none'],
    ['ID.raw.icp0.io', '/a b\r\nx: y', 'https://ID.icp0.io/'],
    ['ID.raw.icp0.io', 'x.example', 'https://ID.icp0.io/'],
    ['a.b.raw.icp0.io', '/', undefined],
    ['raw.icp0.io', '/', undefined],
    ['ID.icp0.io', '/', undefined],
    ['ID.raw.icp0.io', '/status', undefined],
    ['ID.raw.icp0.io', '/metrics', undefined],
  ])('of %s %s sends to %s', (host, url, location) => {
    const answer = ask(url, 'GET', { headers: [['Host', host]] });
    if (location === undefined) return expect(answer.status).toBe(200);
    expect(answer).toMatchObject({ status: 308, body: '', headers: { location: location.replace('ID', 'id') } });
    expect(ask(url, 'POST', { headers: [['Host', host]] }).status).toBe(405);
  });

  it('answers every request', () => {
    const known = new Map([
      ['/', 200],
      ['/status', 200],
      ['/metrics', 200],
    ]);
    const url = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.string({ unit: fc.constantFrom('/', '%', '2', 'f', 'F', '?', '#', 's', '.', '\0'), maxLength: 20 }),
      fc.constantFrom(...known.keys()),
      fc.constantFrom(...known.keys()).map((path) => path + '?'.repeat(3)),
    );
    const header = fc.tuple(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }));
    fc.assert(
      fc.property(
        url,
        fc.oneof(fc.constantFrom('GET', 'HEAD', 'POST'), fc.string({ maxLength: 30 })),
        fc.array(header, { maxLength: 5 }),
        fc.option(fc.nat(65535), { nil: undefined }),
        (url, method, headers, version) => {
          const answer = ask(url, method, { headers, certificate_version: version === undefined ? [] : [version] });
          let path = /^[^?#]*/.exec(url)![0];
          const isRooted = path.startsWith('/');
          try {
            path = decodeURIComponent(path);
          } catch {
            path = '/%';
          }
          // Verifying gateways treat several slashes at the beginning like one.
          const found = isRooted ? (known.get(path.replace(/^\/*/, '/')) ?? 404) : 404;
          expect(answer.status).toBe(method === 'GET' || method === 'HEAD' ? found : 405);
          if (method === 'HEAD') expect(answer.body).toBe('');
          if (answer.status === 405) expect(answer.headers.allow).toBe('GET, HEAD');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not read huge requests', () => {
    const body = Buffer.alloc(2_000_000);
    expect(ask('/', 'GET', { body }).status).toBe(200);
    expect(ask(`/${'x'.repeat(2_000_000)}`).status).toBe(404);
    expect(llama.spent.instructions).toBeLessThan(50_000_000);
    expect(ask(`/?${'x'.repeat(2_000_000)}`).status).toBe(404);
    expect(ask('/', 'G'.repeat(1_000_000)).status).toBe(405);
    const headers = new Array(4000).fill(['x-header', 'y'.repeat(100)]);
    expect(ask('/', 'GET', { headers }).status).toBe(200);
    for (const page of ['/', '/status', '/metrics', '/none']) {
      ask(page);
      expect(llama.spent.instructions).toBeLessThan(20_000_000);
    }
  });
});

describe('the log', () => {
  const setLevel = (level: string) => llama.call('set_log_level', { level: { [level]: null } });
  const cleanUp = () => {
    llama.call('cache_cleanup_now');
    return llama.spent.logs;
  };
  const failUpload = () => {
    const input = { filename: 'a', filesize: 0n, sha256: '0'.repeat(64), chunksize: 1n };
    llama.call('upload_begin', input);
    return llama.spent.logs;
  };

  it('has what matters enough, also after an upgrade', () => {
    const info = [
      'cleanup: 0 sessions examined, 0 deleted; 0 saved chats, 0 documents and 0 abandoned uploads deleted',
    ];
    expect(llama.call('get_log_level')).toEqual({ Ok: { level: { info: null } } });
    expect(cleanUp()).toEqual(info);
    expect(failUpload()).toEqual(['warn: upload 1 has failed']);
    expect(setLevel('warn')).toEqual({ Ok: { status_code: 200 } });
    llama.upgrade();
    expect(llama.call('get_log_level')).toEqual({ Ok: { level: { warn: null } } });
    expect(cleanUp()).toEqual([]);
    expect(failUpload()).toHaveLength(1);
    setLevel('error');
    expect(failUpload()).toEqual([]);
    setLevel('debug');
    expect(cleanUp()).toEqual(info);
    llama.call('log_pause');
    expect(failUpload()).toEqual([]);
    llama.call('log_resume');
    expect(failUpload()).toHaveLength(1);
  });
});
