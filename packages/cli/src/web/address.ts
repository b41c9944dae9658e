// Where a canister's own page is.
import { isLoopback } from '@llama-canister/client';
import { isRehearsal } from '../config/networks.js';
import type { Connection } from '../context.js';

/** The page that a canister serves itself; undefined on a network whose gateway is known by a number only. */
export function ownPage({ network }: Pick<Connection, 'network'>, id: string): string | undefined {
  if (network.mainnet && !isRehearsal(network)) return `https://${id}.icp0.io/`;
  const url = new URL(network.url);
  const { protocol, port } = url;
  return isLoopback(url) ? `${protocol}//${id}.localhost${port === '' ? '' : `:${port}`}/` : undefined;
}
