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

/** Names of hosts, one `host:canister` a line, in a file that may change at any time. */
function namedHost(host: string, file: string | undefined): Principal | undefined {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const line = text.split('\n').find((each) => each.slice(0, each.lastIndexOf(':')) === host);
  return line === undefined ? undefined : principal(line.slice(line.lastIndexOf(':') + 1).trim());
}

/** `host` without a port, `url` with its query. */
export function resolveCanister(
  { host, url, referer }: { host: string; url: string; referer?: string | null },
  customDomains?: string,
): Resolved | undefined {
  const labels = host.toLowerCase().split('.');
  const first = labels.length > 1 ? principal(labels[0]) : undefined;
  if (first !== undefined) return { canister: first, raw: labels[1] === 'raw' };
  const other = namedHost(host.toLowerCase(), customDomains) ?? parameterOf(url) ?? parameterOf(referer);
  return other && { canister: other, raw: false };
}
