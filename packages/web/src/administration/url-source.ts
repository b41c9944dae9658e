// A file at another host, read in ranges when they are needed.
import { type ByteSource, LlamaError } from '@llama-canister/client';
import { texts } from '../texts.js';

const { failures } = texts.administration;

function refused(code: string, message: string, url: URL): LlamaError {
  return new LlamaError('input', code, message, { value: url.href, next: failures.url });
}

/** The address of a file; if the text is the address of its page at the hub, that of the file itself. */
export function fileUrl(text: string): URL {
  const url = new URL(text.trim());
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('BAD_URL', texts.badUrl, url);
  if (url.hostname === 'huggingface.co') url.pathname = url.pathname.replace('/blob/', '/resolve/');
  return url;
}

/** The name of the file at its host. */
export function nameOfUrl(url: URL): string {
  return decodeURIComponent(url.pathname.split('/').at(-1) ?? '') || 'model.gguf';
}

async function asked(url: URL, range: string, signal: AbortSignal, fetcher: typeof fetch): Promise<Response> {
  let response: Response;
  try {
    response = await fetcher(url, { headers: { range }, signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch (cause) {
    // The browser does not distinguish a connection that was cut from a host that forbids other pages to read.
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

/** Errors: `UNREACHABLE`, `HTTP_STATUS`, `NO_RANGES`; `SOURCE_CHANGED` if the file is not the same any more. */
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
