/**
 * Which canister an HTTP request is for: `ID.localhost` and `ID.raw.localhost` (or any other domain of the gateway), a
 * name out of a list, `?canisterId=ID`, or the last of these on the page that the request comes from.
 */
import { readFileSync } from 'node:fs';
import { Principal } from '@icp-sdk/core/principal';

export interface Resolved {
  canister: Principal;
  /** On `raw` domains responses are not verified. */
  raw: boolean;
  /** Whether the host's own name says so. */
  byHost: boolean;
}

function principal(text: string | null | undefined): Principal | undefined {
  try {
    return text ? Principal.fromText(text) : undefined;
  } catch {
    return undefined;
  }
}

const parameterOf = (url: string | undefined | null) => {
  try {
    return url ? principal(new URL(url, 'http://localhost').searchParams.get('canisterId')) : undefined;
  } catch {
    return undefined;
  }
};

/** Canisters by the hosts that stand for them, one `host:canister` a line, in a file that may change at any time. */
export function namedHosts(file: string | undefined): Map<string, Principal> {
  const hosts = new Map<string, Principal>();
  if (file === undefined) return hosts;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return hosts;
  }
  for (const line of text.split('\n')) {
    const at = line.lastIndexOf(':');
    const canister = principal(line.slice(at + 1).trim());
    if (canister !== undefined) hosts.set(line.slice(0, at).trim().toLowerCase(), canister);
  }
  return hosts;
}

/** `host` without a port, `url` with its query. */
export function resolveCanister(
  { host, url, referer }: { host: string; url: string; referer?: string | null },
  customDomains?: string,
): Resolved | undefined {
  const labels = host.toLowerCase().split('.');
  const first = labels.length > 1 ? principal(labels[0]) : undefined;
  if (first !== undefined) return { canister: first, raw: labels[1] === 'raw', byHost: true };
  const other = namedHosts(customDomains).get(host.toLowerCase()) ?? parameterOf(url) ?? parameterOf(referer);
  return other && { canister: other, raw: false, byHost: false };
}
