// The canisters that can be used: those that the page was served with, and those that were added in this browser.
import { computed, signal } from '@preact/signals';
import { type CanisterPlace, joinPlaces, type NetworkPlace, type Places } from '../network/places.js';
import type { Store } from '../store/store.js';

const ADDED = 'places';
const CHOSEN = 'canister';

export interface CanisterChoice {
  network: string;
  id: string;
}

export class KnownPlaces {
  readonly #store: Store;
  readonly #served: Places;
  readonly #added = signal<Places>({ networks: [], canisters: [] });
  readonly #chosen = signal<CanisterChoice | undefined>(undefined);

  constructor(store: Store, served: Places) {
    this.#store = store;
    this.#served = served;
    store.listen((change) => {
      if (change.of === 'setting' && change.name === ADDED) void this.load();
    });
  }

  async load(): Promise<void> {
    this.#added.value = (await this.#store.setting<Places>(ADDED)) ?? { networks: [], canisters: [] };
    this.#chosen.value ??= await this.#store.setting<CanisterChoice>(CHOSEN);
  }

  readonly all = computed(() => joinPlaces(this.#served, this.#added.value));

  /** The canister for a new conversation. */
  readonly chosen = computed<CanisterChoice | undefined>(() => {
    const { canisters } = this.all.value;
    const chosen = this.#chosen.value;
    const found = canisters.find(({ id, network }) => id === chosen?.id && network === chosen.network) ?? canisters[0];
    return found && { network: found.network, id: found.id };
  });

  choose(choice: CanisterChoice): Promise<void> {
    this.#chosen.value = choice;
    return this.#store.set(CHOSEN, choice);
  }

  nameOf(network: string, id: string): string {
    return this.all.value.canisters.find((each) => each.id === id && each.network === network)?.name ?? id;
  }

  isAdded({ id, network }: CanisterPlace): boolean {
    return this.#added.value.canisters.some((each) => each.id === id && each.network === network);
  }

  async add(canister: CanisterPlace, network?: NetworkPlace): Promise<void> {
    const added: Places = { networks: network ? [network] : [], canisters: [canister] };
    await this.#store.set(ADDED, joinPlaces(added, this.#added.value));
    await this.load();
  }

  async remove({ id, network }: CanisterPlace): Promise<void> {
    const { networks, canisters } = this.#added.value;
    const rest = canisters.filter((each) => each.id !== id || each.network !== network);
    await this.#store.set(ADDED, { networks, canisters: rest });
    await this.load();
  }
}
