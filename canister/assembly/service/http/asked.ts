/** What a request asks of a page, by its method and by the encodings that it accepts (RFC 9110, section 12.5.3). */
import { HttpRequest } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Asked } from './archive';

/** Bytes of a header that are looked at: no browser's has more. */
const MAX_HEADER: u32 = 1024;

/** Whether a text is a name that is given in lower case. */
function isNamed(text: Text, name: string): bool {
  if (text.size != <u32>name.length) return false;
  for (let i = 0; i < name.length; ++i) {
    const byte = load<u8>(text.ptr + i);
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) != name.charCodeAt(i)) return false;
  }
  return true;
}

/** The first header of a name in lower case; null where there is none, or too long a one. */
export function headerOf(request: HttpRequest, name: string): string | null {
  const headers = request.headers;
  for (let i = 0; i < headers.length; ++i) {
    if (!isNamed(headers[i]._0_, name)) continue;
    return headers[i]._1_.size > MAX_HEADER ? null : headers[i]._1_.toString();
  }
  return null;
}

/** Whether an encoding with its parameters is one that is not wanted: of a weight of zero. */
function isUnwanted(parts: string[]): bool {
  for (let i = 1; i < parts.length; ++i) {
    const weight = parts[i].trim().toLowerCase();
    if (weight.startsWith('q=')) return F64.parseFloat(weight.substring(2)) == 0;
  }
  return false;
}

/** Of Gzip, Silent and NoGzip, what a list of encodings says. */
function encodingAsked(list: string | null): Asked {
  if (list === null) return Asked.Silent;
  const encodings = list.split(',');
  let any = Asked.NoGzip;
  for (let i = 0; i < encodings.length; ++i) {
    const parts = encodings[i].split(';');
    const name = parts[0].trim().toLowerCase();
    const said = isUnwanted(parts) ? Asked.NoGzip : Asked.Gzip;
    if (name == 'gzip' || name == 'x-gzip') return said;
    if (name == '*') any = said;
  }
  return any;
}

export function asks(request: HttpRequest): Asked {
  const method = request.method.size > 16 ? '' : request.method.toString();
  if (method != 'GET' && method != 'HEAD') return Asked.Other;
  const encoding = encodingAsked(headerOf(request, 'accept-encoding'));
  return method == 'GET' ? encoding : encoding + Asked.HeadGzip;
}
