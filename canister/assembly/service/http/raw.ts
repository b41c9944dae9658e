/**
 * Domains on which gateways verify nothing (`ID.raw.icp0.io`): who comes there for the page is sent to where everything is
 * verified, as the asset canisters of the Internet Computer do it. The path goes along.
 */
import { HttpRequest } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { headerOf } from './asked';

const RAW: string[] = ['.raw.icp0.io', '.raw.ic0.app'];
const PREFIX: i32 = '.raw'.length;

/** A URL as a header may have it: printable ASCII. */
function isPrintable(url: Text): bool {
  for (let i: u32 = 0; i < url.size; ++i) {
    const byte = load<u8>(url.ptr + i);
    if (byte <= 0x20 || byte >= 0x7f) return false;
  }
  return true;
}

/** Letters, digits and hyphens, as a canister's id has them. */
function isLabel(text: string): bool {
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    const isOne = (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code == 0x2d;
    if (!isOne) return false;
  }
  return text.length > 0;
}

/** Where to send a request of a raw domain; null for all others. */
export function certifiedUrl(request: HttpRequest, maxUrl: u32): string | null {
  const header = headerOf(request, 'host');
  if (header === null) return null;
  const host = header.split(':')[0].toLowerCase();
  for (let i = 0; i < RAW.length; ++i) {
    if (!host.endsWith(RAW[i])) continue;
    const canister = host.substring(0, host.length - RAW[i].length);
    if (!isLabel(canister)) return null;
    const url = request.url;
    const isUsable = url.size <= maxUrl && isPrintable(url) && url.size > 0 && load<u8>(url.ptr) == 0x2f;
    return `https://${canister}${RAW[i].substring(PREFIX)}${isUsable ? url.toString() : '/'}`;
  }
  return null;
}
