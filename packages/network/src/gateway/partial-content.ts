/** Bodies that a canister hands out in ranges (status 206) to a client that asked for the whole. */
import { GatewayError } from './gateway-error.js';
import type { Header, HttpResponse } from './http-interface.js';

export interface ContentRange {
  first: number;
  last: number;
  total: number;
}

function refuse(text: string): never {
  throw new GatewayError(500, `Failed to create streaming response: ${text}`);
}

/** The Content-Range of a response, which must continue at byte `from`. Throws GatewayError. */
export function contentRange(headers: Header[], from: number): ContentRange {
  const value = headers.find(([name]) => name.toLowerCase() === 'content-range')?.[1];
  if (value === undefined) refuse('missing Content-Range header in 206 response');
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(value!.trim());
  if (match === null) refuse(`invalid Content-Range header '${value}'`);
  const [first, last, total] = match!.slice(1).map(Number) as [number, number, number];
  if (first > last || last >= total) refuse(`inconsistent Content-Range header '${value}'`);
  if (first > from || last < from) refuse(`chunk out of order: '${value}' where byte ${from} was expected`);
  return { first, last, total };
}

/** The first part and all that follow it; `next` fetches the part that begins at a byte. */
export async function* wholeBody(
  body: Uint8Array,
  range: ContentRange,
  next: (from: number) => Promise<Pick<HttpResponse, 'headers' | 'body'>>,
): AsyncGenerator<Uint8Array> {
  yield body;
  for (let at = range.last + 1; at < range.total; ) {
    const part = await next(at);
    const { first, last } = contentRange(part.headers, at);
    yield part.body.subarray(at - first);
    at = last + 1;
  }
}
