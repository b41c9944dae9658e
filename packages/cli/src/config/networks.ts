import { isLoopback, isMainnet, LlamaError, MAINNET_HOST } from '@llama-canister/client';
import { UsageError } from '../failure.js';
import { DEFAULT_NETWORK, isNetworkName, knownNetworks, type LocalNetwork, runningProcess } from './local-network.js';

/** A network as commands see it. */
export interface NetworkChoice {
  /** `ic`, a local network's name, or one made from the URL; names the file of its canisters. */
  name: string;
  url: string;
  /** The main network costs real cycles, and its key is built in. */
  mainnet: boolean;
  /** DER, if it is known without asking. */
  rootKey: Uint8Array | undefined;
}

const MAINNET: NetworkChoice = { name: 'ic', url: MAINNET_HOST, mainnet: true, rootKey: undefined };

function choiceOf(name: string, { url, rootKey }: LocalNetwork): NetworkChoice {
  return { name, url, mainnet: false, rootKey: Uint8Array.from(Buffer.from(rootKey, 'hex')) };
}

/** A local network by its name. Errors: `NETWORK_NOT_RUNNING`. */
function localNetwork(name: string): NetworkChoice {
  const network = runningProcess(name);
  if (network) return choiceOf(name, network);
  const what = name === DEFAULT_NETWORK ? 'the local network' : `the network "${name}"`;
  throw new LlamaError('transport', 'NETWORK_NOT_RUNNING', `${what} is not running`, {
    value: name,
    next: `Choose another (--network ic, --network URL), or start it: \`llama-canister network start${name === DEFAULT_NETWORK ? '' : ` ${name}`}\``,
  });
}

/**
 * The main network, or the local one that LLAMA_CANISTER_IC names: with it, what is to be done on the main network can be
 * rehearsed. Commands are the same and pay from the local network's ledgers; names of canisters are kept apart.
 */
function mainnetOrRehearsal(): NetworkChoice {
  const rehearsal = process.env.LLAMA_CANISTER_IC;
  return rehearsal === undefined || rehearsal === '' ? MAINNET : { ...localNetwork(rehearsal), mainnet: true };
}

/** Whether `ic` is a local network, on which nothing is spent. */
export const isRehearsal = ({ mainnet, rootKey }: NetworkChoice): boolean => mainnet && rootKey !== undefined;

function isSameHost(url: URL, other: URL): boolean {
  const isSame = url.hostname === other.hostname || (isLoopback(url) && isLoopback(other));
  return isSame && url.port === other.port && url.protocol === other.protocol;
}

/** A network by name or URL. `local` is the default of `network start`. */
export function resolveNetwork(choice: string): NetworkChoice {
  if (choice === 'ic' || choice === 'mainnet') return mainnetOrRehearsal();
  if (choice === DEFAULT_NETWORK || (isNetworkName(choice) && knownNetworks().includes(choice))) {
    return localNetwork(choice);
  }
  if (!/^https?:\/\//i.test(choice)) {
    const known = knownNetworks().filter((name) => name !== DEFAULT_NETWORK);
    const names = ['local', ...known, 'ic'].join(', ');
    throw new UsageError(
      `there is no network "${choice}"`,
      `Choose one of ${names}, or a URL such as http://127.0.0.1:8000.`,
    );
  }
  if (!URL.canParse(choice)) throw new UsageError(`"${choice}" is not a URL`, 'Write it like http://127.0.0.1:8000.');
  const url = new URL(choice);
  // A network with a name has the same canisters under its URL.
  if (isMainnet(url)) return { ...MAINNET, url: url.origin };
  for (const name of knownNetworks()) {
    const network = runningProcess(name);
    if (network && isSameHost(url, new URL(network.url))) return { ...choiceOf(name, network), url: url.origin };
  }
  const name = url.host.toLowerCase().replace(/[^a-z0-9.]+/g, '_');
  return { name, url: url.origin, mainnet: false, rootKey: undefined };
}
