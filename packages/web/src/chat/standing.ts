// The state of the current canister: connected, with which model, or why not.
import type { ModelInfo } from '@llama-canister/client';
import { signal } from '@preact/signals';
import type { IdentityChoice } from '../identity/choice.js';
import type { Connected, Connections } from './connections.js';
import { type Failure, failureOf } from './failure.js';
import type { CanisterChoice } from './places.js';
import { type Rights, rightsOf } from './rights.js';

export type Stand =
  | { is: 'nowhere' }
  | { is: 'connecting' }
  | { is: 'ready'; model: ModelInfo; principal: string; choice: IdentityChoice }
  /** The canister answers, but has no model yet. */
  | { is: 'without-model'; reason: string; principal: string; choice: IdentityChoice }
  | { is: 'failed'; failure: Failure; principal?: string; choice: IdentityChoice };

/** Milliseconds until a canister is asked again if it was not ready, and if it was; it may be stopped at any time. */
const AGAIN_MS = 5_000;
const READY_AGAIN_MS = 20_000;

export class Standing {
  readonly stand = signal<Stand>({ is: 'nowhere' });
  /** What the user may do there beside chatting. */
  readonly rights = signal<Rights>('none');
  #rightsOf: Connected | undefined;
  readonly #connections: Connections;
  #place: CanisterChoice | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Asks a canister for its state, now and again and again. */
  async look(place: CanisterChoice | undefined): Promise<void> {
    const isOther = place?.id !== this.#place?.id || place?.network !== this.#place?.network;
    this.#place = place;
    clearTimeout(this.#timer);
    const round = ++this.#round;
    if (!place) {
      this.stand.value = { is: 'nowhere' };
      return;
    }
    if (isOther) this.stand.value = { is: 'connecting' };
    const stand = await this.#ask(place);
    if (round !== this.#round) return;
    this.stand.value = stand;
    this.#timer = setTimeout(() => void this.again(), stand.is === 'ready' ? READY_AGAIN_MS : AGAIN_MS);
  }

  again(): Promise<void> {
    // Nobody sees the page.
    if (document.visibilityState === 'hidden') {
      this.#timer = setTimeout(() => void this.again(), AGAIN_MS);
      return Promise.resolve();
    }
    return this.look(this.#place);
  }

  /** Asks once for each connection; a user with another identity has another connection. */
  async #lookAtRights(connected: Connected): Promise<void> {
    if (this.#rightsOf === connected) return;
    this.#rightsOf = connected;
    this.rights.value = 'none';
    if (connected.choice === 'nobody') return;
    try {
      const rights = await rightsOf(connected.llama);
      if (this.#rightsOf === connected) this.rights.value = rights;
    } catch {
      // The rights are asked for again at the next look.
      if (this.#rightsOf === connected) this.#rightsOf = undefined;
    }
  }

  async #ask({ network, id }: CanisterChoice): Promise<Stand> {
    const choice = await this.#connections.choice(network);
    let principal: string | undefined;
    try {
      const connected = await this.#connections.canister(network, id);
      principal = connected.principal;
      void this.#lookAtRights(connected);
      const { model, reason } = await this.#connections.standing(network, id);
      const who = { principal, choice: connected.choice };
      return model ? { is: 'ready', model, ...who } : { is: 'without-model', reason, ...who };
    } catch (error) {
      return { is: 'failed', failure: failureOf(error), choice, ...(principal === undefined ? {} : { principal }) };
    }
  }
}
