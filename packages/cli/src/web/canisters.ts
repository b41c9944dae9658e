// Which canisters the page is for, as it reads it: packages/web/README.md has the shape.
import type { Connection } from '../context.js';

export interface Places {
  version: 1;
  networks: { name: string; url: string; rootKey?: string; local: boolean }[];
  canisters: { id: string; name: string; network: string }[];
}

/** The canisters with these ids, under the names that the project has for them. */
export function canistersForPage({ agent, network, canisters }: Connection, ids: readonly string[]): Places {
  const { name, url, mainnet } = network;
  const rootKey = mainnet || !agent.rootKey ? {} : { rootKey: Buffer.from(agent.rootKey).toString('hex') };
  return {
    version: 1,
    networks: [{ name, url, ...rootKey, local: !mainnet }],
    canisters: ids.map((id) => ({ id, name: canisters.nameOf(id) ?? id, network: name })),
  };
}
