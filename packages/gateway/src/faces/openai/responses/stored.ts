// Responses that can be gone on with (previous_response_id), or asked for again, for a while.
import { Refusal } from '../../../refusal.js';
import type { Item } from './items.js';

/** The oldest go first. */
const MOST = 1_000;
const MOST_CHARACTERS = 64 * 2 ** 20;

export interface StoredResponse {
  /** Who may have it. */
  owner: string;
  /** All that was said up to its end, instructions apart. */
  items: Item[];
  /** What this one's request added. */
  input: Item[];
  /** As its interface has it; changes until it has ended. */
  response: { id: string };
}

export class StoredResponses {
  readonly #all = new Map<string, StoredResponse & { size: number }>();
  #characters = 0;

  keep(stored: StoredResponse): void {
    this.forget(stored.response.id);
    const size = JSON.stringify(stored.items).length;
    this.#all.set(stored.response.id, { ...stored, size });
    this.#characters += size;
    for (const id of this.#all.keys()) {
      if (this.#all.size <= MOST && this.#characters <= MOST_CHARACTERS) break;
      this.forget(id);
    }
  }

  /** @param param  the field that named it */
  find(id: string, owner: string, param?: string): StoredResponse {
    const found = this.#all.get(id);
    if (found === undefined || found.owner !== owner) {
      throw new Refusal(
        'not-found',
        `there is no response "${id.slice(0, 100)}"; send the whole conversation instead`,
        {
          param,
          code: 'previous_response_not_found',
        },
      );
    }
    return found;
  }

  forget(id: string): void {
    this.#characters -= this.#all.get(id)?.size ?? 0;
    this.#all.delete(id);
  }
}
