// The canister that a page's own address names, where the page comes from a canister.
import { isCanisterId, type NetworkPlace, type Places } from './places.js';

const MAIN_DOMAINS = ['icp0.io', 'ic0.app', 'icp.net'];

function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function isLoopback(host: string): boolean {
  return isUnder(host, 'localhost') || /^127\./.test(host) || host === '[::1]';
}

/** What the asset certification's cookie says of a network that is not the main one. Source: the `ic_env` cookie of canisters. */
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

/**
 * `https://ID.icp0.io`, `http://ID.localhost:4944` and `?canisterId=ID` name a canister, whose network's API is at the page's
 * own host. Undefined where the address names none.
 */
export function placesOfAddress(address: URL, cookies: string): Places | undefined {
  const named = address.searchParams.get('canisterId') ?? address.hostname.split('.')[0]!;
  if (!isCanisterId(named)) return undefined;
  const isMain = MAIN_DOMAINS.some((domain) => isUnder(address.hostname, domain));
  const name = isMain ? 'ic' : isLoopback(address.hostname) ? 'local' : address.host;
  const network: NetworkPlace = { name, url: '/', local: !isMain };
  const rootKey = isMain ? undefined : rootKeyIn(cookies);
  if (rootKey !== undefined) network.rootKey = rootKey;
  return { networks: [network], canisters: [{ name: named, id: named, network: name }] };
}
