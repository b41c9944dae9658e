import { expect, it } from 'vitest';
import { fileUrl, nameOfUrl, urlSource } from './url-source.js';

const url = new URL('https://hub.example/a/model%20b.gguf');
const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
const { signal } = new AbortController();

/** A host that serves ranges of the bytes, with these headers in addition. */
function host(headers: Record<string, string>, status = 206): typeof fetch {
  return async (_, init) => {
    const range = new Headers(init?.headers).get('range') ?? '';
    const [, from, to] = /(\d+)-(\d+)/.exec(range)!;
    const size = { 'content-range': `bytes ${from}-${to}/${bytes.length}` };
    const body = status === 204 ? null : bytes.slice(Number(from), Number(to) + 1);
    return new Response(body, { status, headers: status === 206 ? { ...size, ...headers } : headers });
  };
}

it('reads ranges of a file, which end where the file ends', async () => {
  const source = await urlSource(url, signal, host({ etag: '"1"' }));
  expect(source.size).toBe(100);
  expect(await source.read(90, 50)).toEqual(bytes.slice(90));
});

it('says what is wrong with a host, and whether trying again may help', async () => {
  const cases: [typeof fetch, string, string][] = [
    [host({}, 200), 'input', 'NO_RANGES'],
    [host({}, 404), 'input', 'HTTP_STATUS'],
    [host({}, 503), 'transport', 'HTTP_STATUS'],
    [host({ 'content-range': 'bytes 0-0/*' }), 'input', 'NO_RANGES'],
    [() => Promise.reject(new TypeError('Failed to fetch')), 'transport', 'UNREACHABLE'],
  ];
  for (const [fetcher, kind, code] of cases) {
    await expect(urlSource(url, signal, fetcher)).rejects.toMatchObject({ kind, code });
  }
});

it('notices that the file has been replaced by another one', async () => {
  let tag = 0;
  const source = await urlSource(url, signal, (input, init) => host({ etag: `"${++tag}"` })(input, init));
  await expect(source.read(0, 10)).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
});

it("turns the address of a file's page at the hub into the file's own, and refuses other protocols", () => {
  expect(fileUrl('https://huggingface.co/a/b/blob/main/m.gguf').href).toBe(
    'https://huggingface.co/a/b/resolve/main/m.gguf',
  );
  expect(nameOfUrl(url)).toBe('model b.gguf');
  expect(() => fileUrl('file:///etc/passwd')).toThrow('http');
  expect(() => fileUrl('nothing')).toThrow();
});
