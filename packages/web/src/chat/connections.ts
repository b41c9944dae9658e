// Connections to canisters, with the user's identity on each network.
import type { HttpAgent } from '@icp-sdk/core/agent';
import type { LlamaClient, ModelInfo } from '@llama-canister/client';
import { choiceSetting, defaultChoice, type IdentityChoice } from '../identity/choice.js';
import { type NetworkPlace, networkOf, type Places } from '../network/places.js';
import type { Store } from '../store/store.js';
import { suggestedBy } from './request.js';

export interface Connected {
  llama: LlamaClient;
  agent: HttpAgent;
  principal: string;
  choice: IdentityChoice;
  /** The sampling that its model suggests, as flags; undefined until it was asked for. */
  suggested?: string;
}

/** A canister's report of its model, for this user. */
export interface Standing {
  model: ModelInfo | undefined;
  /** Why there is no model. */
  reason: string;
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));

export class Connections {
  readonly #store: Store;
  readonly #places: () => Places;
  readonly #base: URL;
  #open = new Map<string, Promise<Connected>>();

  /** `base` is the address of the page. */
  constructor(store: Store, places: () => Places, base: URL) {
    this.#store = store;
    this.#places = places;
    this.#base = base;
  }

  /** Forgets all connections, because the user's identity or the networks' addresses have changed. */
  forget(): void {
    this.#open = new Map();
  }

  async choice(network: string): Promise<IdentityChoice> {
    const isLocal = networkOf(this.#places(), network)?.local ?? false;
    return (await this.#store.setting<IdentityChoice>(choiceSetting(network))) ?? defaultChoice(isLocal);
  }

  async choose(network: string, choice: IdentityChoice): Promise<void> {
    await this.#store.set(choiceSetting(network), choice);
    this.forget();
  }

  /** Errors: those of `connect` and `openLlama`. */
  canister(network: string, id: string): Promise<Connected> {
    const key = `${network} ${id}`;
    let opening = this.#open.get(key);
    if (!opening) {
      opening = this.#connect(network, id);
      this.#open.set(key, opening);
      // The next call tries again.
      opening.catch(() => this.#open.get(key) === opening && this.#open.delete(key));
    }
    return opening;
  }

  async #connect(name: string, id: string): Promise<Connected> {
    const { connect, LlamaError, openLlama, browserKey } = await import('../network/connection.js');
    const network = networkOf(this.#places(), name);
    if (!network) throw new LlamaError('input', 'NO_SUCH_NETWORK', `there is no network "${name}"`, { value: name });
    let choice = await this.choice(name);
    const identity =
      choice === 'key'
        ? await browserKey(this.#store)
        : choice === 'internet-identity'
          ? await import('../identity/internet-identity.js').then(({ signedIn }) => signedIn())
          : undefined;
    if (!identity) choice = 'nobody';
    const agent = await connect({ ...this.#host(network), ...(identity ? { identity } : {}) });
    const principal = (await agent.getPrincipal()).toText();
    return { llama: openLlama(agent, id), agent, principal, choice };
  }

  #host({ url, rootKey }: NetworkPlace): { host: URL; rootKey?: Uint8Array } {
    const host = new URL(url, this.#base);
    return rootKey === undefined ? { host } : { host, rootKey: bytesOf(rootKey) };
  }

  /** Errors: those of the network, `ACCESS_DENIED`. */
  async standing(network: string, id: string): Promise<Standing> {
    const connected = await this.canister(network, id);
    const { llama } = connected;
    const model = await llama.canister.modelInfo();
    connected.suggested = suggestedBy(model);
    if (model) return { model, reason: '' };
    await llama.canister.checkAccess();
    return { model, reason: (await llama.canister.ready()).reason };
  }
}
