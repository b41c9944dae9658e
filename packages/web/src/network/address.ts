// Finds the canister in the page's own address, if the page is served by a canister.
import { isCanisterId, type NetworkPlace, type Places } from './places.js';

const MAIN_DOMAINS = ['icp0.io', 'ic0.app', 'icp.net'];

function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function isLoopback(host: string): boolean {
  return isUnder(host, 'localhost') || /^127\./.test(host) || host === '[::1]';
}

/**
 * What the asset certification's cookie says of a network other than the main one. Source: the `ic_env` cookie of
 * canisters.
 */
function rootKeyIn(cookies: string): string | undefined {
  const env = /(?:^|;\s*)ic_env=([^;]*)/.exec(cookies)?.[1];
  if (env === undefined) return undefined;
  try {
    const key = new URLSearchParams(decodeURIComponent(env)).get('ic_root_key');
    return key !== null && /^[0-9a-f]{266}$/i.test(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a network has a root key of its own: it is on this machine, or is reached by an IP address. */
function isOther(host: string): boolean {
  return isLoopback(host) || /^[\d.]+$|^\[/.test(host);
}

/**
 * `https://ID.icp0.io`, `http://ID.localhost:4944` and `?canisterId=ID` name a canister, and its network's API is at
 * the page's own host. A custom domain names none; then `told` is the canister that its gateway reports. Undefined if
 * nothing names one.
 */
export function placesOfAddress(address: URL, cookies: string, told?: string): Places | undefined {
  const host = address.hostname;
  const named = [address.searchParams.get('canisterId'), host.split('.')[0], told].find((each) =>
    isCanisterId(each ?? ''),
  );
  if (!named) return undefined;
  const rootKey = rootKeyIn(cookies);
  const isMain = MAIN_DOMAINS.some((domain) => isUnder(host, domain)) || (rootKey === undefined && !isOther(host));
  const name = isMain ? 'ic' : isLoopback(host) ? 'local' : address.host;
  const network: NetworkPlace = { name, url: '/', local: !isMain };
  if (rootKey !== undefined && !isMain) network.rootKey = rootKey;
  return { networks: [network], canisters: [{ name: named, id: named, network: name }] };
}
