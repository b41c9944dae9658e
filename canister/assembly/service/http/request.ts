/** Requests of HTTP gateways. Every request gets an answer. */
import { HttpRequest, HttpResponse } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Asked, Page } from './archive';
import { asks } from './asked';
import { metricsText } from './metrics';
import { certifiedUrl } from './raw';
import { answerOf, changingAnswerOf, redirection } from './site';
import { statusJson } from './status';

const STATUS: string = 'status';
const METRICS: string = 'metrics';

/** Bytes of a URL that are read: no page has a longer one. */
const MAX_URL: u32 = 2048;

function digit(code: i32): i32 {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/**
 * The path of a URL, percent-decoded, with all slashes at its beginning but one removed, as verifying gateways do. Null
 * if no page can have it.
 */
function pathOf(url: Text): string | null {
  if (url.size == 0 || url.size > MAX_URL) return null;
  const text = url.toString();
  let end = text.length;
  for (let i = 0; i < end; ++i) {
    const code = text.charCodeAt(i);
    if (code == 0x3f || code == 0x23) end = i;
  }
  if (end == 0 || text.charCodeAt(0) != 0x2f) return null;
  let path = '';
  for (let i = 1; i < end; ++i) {
    let code = text.charCodeAt(i);
    if (code == 0x25) {
      const high = i + 1 < end ? digit(text.charCodeAt(i + 1)) : -1;
      const low = i + 2 < end ? digit(text.charCodeAt(i + 2)) : -1;
      if (high < 0 || low < 0) return null;
      code = high * 16 + low;
      i += 2;
    }
    // No page's name contains it.
    if (code <= 0x20 || code >= 0x7f) return null;
    if (code != 0x2f || path.length > 0) path += String.fromCharCode(code);
  }
  return path;
}

export function answer(request: HttpRequest): HttpResponse {
  const asked = asks(request);
  const path = pathOf(request.url);
  const page = Page.at(path);
  if (path !== null && path == STATUS) return changingAnswerOf(page, asked, asked <= Asked.NoGzip ? statusJson() : '');
  if (path !== null && path == METRICS)
    return changingAnswerOf(page, asked, asked <= Asked.NoGzip ? metricsText() : '');
  const url = certifiedUrl(request, MAX_URL);
  return url !== null && asked != Asked.Other ? redirection(url) : answerOf(page, asked);
}
