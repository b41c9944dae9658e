// A file of another host, read in ranges as it is needed.
import { type ByteSource, LlamaError } from '@llama-canister/client';
import { texts } from '../texts.js';

const { failures } = texts.administration;

function refused(code: string, message: string, url: URL): LlamaError {
  return new LlamaError('input', code, message, { value: url.href, next: failures.url });
}

/** Where the hub shows a file, as where it has it. */
export function fileUrl(text: string): URL {
  const url = new URL(text.trim());
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('BAD_URL', texts.badUrl, url);
  if (url.hostname === 'huggingface.co') url.pathname = url.pathname.replace('/blob/', '/resolve/');
  return url;
}

/** What the file is called there. */
export function nameOfUrl(url: URL): string {
  return decodeURIComponent(url.pathname.split('/').at(-1) ?? '') || 'model.gguf';
}

async function asked(url: URL, range: string, signal: AbortSignal, fetcher: typeof fetch): Promise<Response> {
  let response: Response;
  try {
    response = await fetcher(url, { headers: { range }, signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch (cause) {
    // The browser does not tell a connection that was cut from a host that lets no other page read.
    throw new LlamaError('transport', 'UNREACHABLE', failures.unreadable(url.host), { value: url.href, cause });
  }
  if (response.status === 429 || response.status >= 500) {
    throw new LlamaError('transport', 'HTTP_STATUS', failures.status(url.host, response.status), { value: url.href });
  }
  if (response.status !== 206) {
    await response.body?.cancel();
    const said = response.ok ? failures.noRanges(url.host) : failures.status(url.host, response.status);
    throw refused(response.ok ? 'NO_RANGES' : 'HTTP_STATUS', said, url);
  }
  return response;
}

/** Errors: `UNREACHABLE`, `HTTP_STATUS`, `NO_RANGES`; `SOURCE_CHANGED` where it is another file by now. */
export async function urlSource(url: URL, signal: AbortSignal, fetcher: typeof fetch = fetch): Promise<ByteSource> {
  const first = await asked(url, 'bytes=0-0', signal, fetcher);
  const size = Number(/\/(\d+)$/.exec(first.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
  await first.body?.cancel();
  if (!Number.isSafeInteger(size)) throw refused('NO_RANGES', failures.noSize(url.host), url);
  const etag = first.headers.get('etag');
  return {
    size,
    read: async (offset, length) => {
      const end = Math.min(size, offset + length);
      const response = await asked(url, `bytes=${offset}-${end - 1}`, signal, fetcher);
      const now = response.headers.get('etag');
      if (etag !== null && now !== null && now !== etag) throw refused('SOURCE_CHANGED', failures.changed, url);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
