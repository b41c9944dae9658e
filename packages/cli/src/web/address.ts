// Where a canister's own page is.
import { isRehearsal } from '../config/networks.js';
import type { Connection } from '../context.js';

/** The page that a canister serves itself; undefined on a network whose gateway is known by a number only. */
export function ownPage({ network }: Pick<Connection, 'network'>, id: string): string | undefined {
  if (network.mainnet && !isRehearsal(network)) return `https://${id}.icp0.io/`;
  const { protocol, hostname, port } = new URL(network.url);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
  return isHere ? `${protocol}//${id}.localhost${port === '' ? '' : `:${port}`}/` : undefined;
}
