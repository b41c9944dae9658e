/**
 * Events of canisters and calls that other parts of the network act upon. Senders and listeners are given the same
 * events when they are made.
 */
import type { Canister } from '../state/canister.js';
import type { Response } from './call-context.js';

/** One kind of event. */
class Topic<What extends unknown[], Result = void> {
  private readonly listeners: ((...what: What) => Result)[] = [];

  listen(listener: (...what: What) => Result): void {
    this.listeners.push(listener);
  }

  /** Tells the listeners in the order of their registration; returns their results. */
  tell(...what: What): Result[] {
    return this.listeners.map((listener) => listener(...what));
  }
}

export class NetworkEvents {
  /** An execution has ended that may have changed a canister: its timer, its memory. */
  readonly executed = new Topic<[canister: Canister]>();
  /** A user's call, by the hex of its id, has its answer. */
  readonly answered = new Topic<[request: string, response: Response]>();
  /** A canister can no longer pay for its memory; it continues after the listener has handled that. */
  readonly bankrupt = new Topic<[canister: Canister], Promise<void>>();
}
