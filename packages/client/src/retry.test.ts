import { expect, test, vi } from 'vitest';
import { abortable, delay, retryingFetch } from './retry.js';

const url = 'http://127.0.0.1:1/';

function flaky(failures: (Error | number)[]) {
  const left = [...failures];
  return vi.fn(async () => {
    const next = left.shift();
    if (next instanceof Error) throw next;
    return new Response('ok', { status: next ?? 200 });
  });
}

test('broken connections and passing statuses are tried again', async () => {
  const base = flaky([new TypeError('fetch failed'), 503, 429]);
  const reasons: string[] = [];
  const fetcher = retryingFetch(base, { onRetry: (attempt, _, reason) => reasons.push(`${attempt} ${reason}`) });
  expect(await (await fetcher(url)).text()).toBe('ok');
  expect(reasons).toEqual(['1 fetch failed', '2 HTTP 503', '3 HTTP 429']);
});

test('other statuses are answers', async () => {
  for (const status of [400, 404, 413, 500]) {
    const base = flaky([status]);
    expect((await retryingFetch(base)(url)).status).toBe(status);
    expect(base).toHaveBeenCalledTimes(1);
  }
});

test('after the last attempt the error or the answer is passed on', async () => {
  const gone = Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error(), { code: 'ECONNRESET' }),
  });
  const base = flaky([gone, gone, gone]);
  await expect(retryingFetch(base, { retries: 2 })(url)).rejects.toMatchObject({
    kind: 'transport',
    message: 'the network could not be reached: ECONNRESET',
  });
  expect(base).toHaveBeenCalledTimes(3);
  expect((await retryingFetch(flaky([503, 503]), { retries: 1 })(url)).status).toBe(503);
});

test('the signal stops at once: before, between and during attempts', async () => {
  const stop = new AbortController();
  const base = flaky([new TypeError('fetch failed'), new TypeError('fetch failed')]);
  const fetcher = retryingFetch(base, { signal: stop.signal, onRetry: () => stop.abort() });
  await expect(fetcher(url)).rejects.toMatchObject({ kind: 'aborted' });
  await expect(fetcher(url)).rejects.toMatchObject({ kind: 'aborted' });
  expect(base).toHaveBeenCalledTimes(1);

  const during = new AbortController();
  const hanging = abortable(new Promise(() => {}), during.signal);
  during.abort();
  await expect(hanging).rejects.toMatchObject({ kind: 'aborted' });
  await expect(delay(60_000, during.signal)).rejects.toMatchObject({ kind: 'aborted' });
});
