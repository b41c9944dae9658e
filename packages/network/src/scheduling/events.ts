/**
 * What happens to canisters and calls that other parts of the network act upon. Whoever tells of it and whoever listens are
 * given the same events when they are made.
 */
import type { Canister } from '../state/canister.js';
import type { Response } from './call-context.js';

/** One kind of event. */
class Topic<What extends unknown[], Result = void> {
  private readonly listeners: ((...what: What) => Result)[] = [];

  listen(listener: (...what: What) => Result): void {
    this.listeners.push(listener);
  }

  /** Tells the listeners in the order in which they came; returns what they return. */
  tell(...what: What): Result[] {
    return this.listeners.map((listener) => listener(...what));
  }
}

export class NetworkEvents {
  /** An execution has ended that may have changed a canister: its timer, its memory. */
  readonly executed = new Topic<[canister: Canister]>();
  /** A user's call, by the hex of its id, has its answer. */
  readonly answered = new Topic<[request: string, response: Response]>();
  /** A canister could not pay for its memory any more; it goes on when that has been dealt with. */
  readonly bankrupt = new Topic<[canister: Canister], Promise<void>>();
}
