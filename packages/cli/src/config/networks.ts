import { LlamaError, MAINNET_HOST } from '@llama-canister/client';
import { UsageError } from '../failure.js';
import { isAlive, readStatus } from './local-network.js';

/** A network as commands see it. */
export interface NetworkChoice {
  /** `local`, `ic` or one made of the URL: names the file with its canisters. */
  name: string;
  url: string;
  /** The main network costs real cycles and has a key that is built in. */
  mainnet: boolean;
  /** DER, where it is known without asking. */
  rootKey: Uint8Array | undefined;
}

/** A network by name or URL. `local` is the one that `network start` runs. */
export function resolveNetwork(choice: string): NetworkChoice {
  if (choice === 'ic' || choice === 'mainnet') {
    return { name: 'ic', url: MAINNET_HOST, mainnet: true, rootKey: undefined };
  }
  if (choice === 'local') {
    const status = readStatus();
    if (!status || !isAlive(status.pid)) {
      throw new LlamaError('transport', 'NETWORK_NOT_RUNNING', 'the local network is not running', {
        next: 'Choose another (--network ic, --network URL), or start it: `llama-canister network start`',
      });
    }
    const rootKey = Uint8Array.from(Buffer.from(status.rootKey, 'hex'));
    return { name: 'local', url: status.url, mainnet: false, rootKey };
  }
  if (!/^https?:\/\//i.test(choice)) {
    throw new UsageError(`there is no network "${choice}"`, 'Choose local, ic or a URL such as http://127.0.0.1:8000.');
  }
  let url: URL;
  try {
    url = new URL(choice);
  } catch {
    throw new UsageError(`"${choice}" is not a URL`, 'Write it like http://127.0.0.1:8000.');
  }
  const name = url.host.toLowerCase().replace(/[^a-z0-9.]+/g, '_');
  return { name, url: url.origin, mainnet: false, rootKey: undefined };
}
